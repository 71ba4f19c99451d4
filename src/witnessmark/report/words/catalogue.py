"""Messages of one language: those parts of Fluent that the catalogues use.

A message is one line of text with values (``{ $app }``), other messages (``{ check-this }``) and
at most choices by number (``{ $n -> [one] ... *[other] ... }``, not within each other). Reading
these takes a twentieth of the time that the general reader of Fluent takes to be loaded and to
parse a catalogue. Tests hold every message of every catalogue against the general reader.

Source: Project Fluent, syntax 1.0, projectfluent.org. Plurals and numbers: `conventions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from witnessmark.report.words.conventions import Conventions

MESSAGE = re.compile(r"^(-?[a-zA-Z][\w-]*) = (.*(?:\n(?: +\S.*|\}.*))*)", re.MULTILINE)
PART = re.compile(
    r"\{ *\$(?P<by>\w+) *->\n(?P<cases>(?: +\*?\[\w+\] .*\n)+) *\}"
    r"|\{ *\$(?P<value>\w+) *\}|\{ *(?P<message>[a-zA-Z][\w-]*) *\}"
)
CASE = re.compile(r"^ +(\*?)\[(\w+)\] (.*)$", re.MULTILINE)


class Value(Struct, frozen=True):
    """Place of a value, by name."""

    name: str


class Other(Struct, frozen=True):
    """Place of another message, by name."""

    name: str


class Choice(Struct, frozen=True):
    """Texts by the plural category of a number, and the one for all other categories."""

    by: str
    cases: Mapping[str, Parts]
    default: Parts


Parts: TypeAlias = "tuple[str | Value | Other | Choice, ...]"


class Catalogue:
    """Messages by name; each is taken apart when it is first asked for."""

    def __init__(self, path: Path, conventions: Conventions) -> None:
        self._written: dict[str, str] = dict(MESSAGE.findall(path.read_text(encoding="utf-8")))
        self._parts: dict[str, Parts] = {}
        self._conventions = conventions

    def __contains__(self, name: str) -> bool:
        return name in self._written

    def format(self, name: str, values: Mapping[str, object]) -> str:
        """A message with its values; KeyError when it, or a value that it needs, is not there.

        Values are texts and whole numbers; TypeError for others.
        """
        parts = self._parts.get(name)
        if parts is None:
            parts = self._parts[name] = parts_of(self._written[name])
        return "".join(self._told(parts, values))

    def _told(self, parts: Parts, values: Mapping[str, object]) -> Iterator[str]:
        for part in parts:
            if isinstance(part, str):
                yield part
            elif isinstance(part, Value):
                yield self._value(values[part.name])
            elif isinstance(part, Other):
                yield self.format(part.name, values)
            else:
                yield from self._told(self._chosen(part, values[part.by]), values)

    def _value(self, value: object) -> str:
        if isinstance(value, str):
            return value
        if not isinstance(value, int):
            raise TypeError(f"a message takes texts and whole numbers, not {type(value).__name__}")
        return self._conventions.number(value)

    def _chosen(self, choice: Choice, number: object) -> Parts:
        if not isinstance(number, int):
            return choice.default
        return choice.cases.get(self._conventions.plural(number), choice.default)


def parts_of(written: str) -> Parts:
    """A message taken apart; ValueError for what is not among the parts of Fluent used here."""
    parts: list[str | Value | Other | Choice] = []
    end = 0
    for match in PART.finditer(written):
        parts += _plain(written[end : match.start()])
        end = match.end()
        if match["by"]:
            parts.append(_choice(match["by"], CASE.findall(match["cases"])))
        else:
            parts.append(Value(match["value"]) if match["value"] else Other(match["message"]))
    parts += _plain(written[end:])
    return tuple(parts)


def _choice(by: str, cases: Sequence[tuple[str, str, str]]) -> Choice:
    made = {category: parts_of(text) for _, category, text in cases}
    default = next((category for star, category, _ in cases if star), None)
    if default is None:
        raise ValueError(f"no case of ${by} is marked as that for all others")
    return Choice(by, made, made[default])


def _plain(text: str) -> tuple[str, ...]:
    if "{" in text or "}" in text or "\n" in text:
        raise ValueError(f"not a part of Fluent that catalogues use: {text!r}")
    return (text,) if text else ()
