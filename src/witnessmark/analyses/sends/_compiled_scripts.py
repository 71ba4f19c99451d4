"""Compiled scripts (table ``script_calls``) in the form in which source is read."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from witnessmark.facts.tables.scripts import SCRIPT_CALLS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.formats.script import (
    Call,
    Expression,
    Items,
    Joined,
    Name,
    Other,
    Record,
    Script,
    Text,
)  # fmt: skip
from witnessmark.model.location import ReadsAs, Span

COMPILED = ("hermes", "dotnet")
HOLE = kept_regex(r"\{([A-Za-z_$][\w$]*)\}")
FORMS = ("FormData", "URLSearchParams")
"""Objects that named values are put into before they are sent."""

RESULT = "()"
"""Only member of what stands for the answer of a call: its name, then what it is given."""


def compiled_scripts(app: Facts) -> Iterator[tuple[str, int, Script, str]]:
    """Name, artifact, calls and kind of each compiled script."""
    calls: dict[int, list[Call]] = defaultdict(list)
    columns = ("script", "function", "name", "made", "arguments", "offset", "length")
    scripts = app.table(SCRIPTS)
    kinds = scripts["kind"].tolist()
    if not any(kind in COMPILED for kind in kinds):
        return
    for script, function, name, made, arguments, offset, length in app.table(SCRIPT_CALLS).rows(
        *columns
    ):
        if kinds[script] in COMPILED:
            span = Span(offset, length)
            given = tuple(_expression(one, span, function) for one in json.loads(arguments))
            owner, dot, last = name.partition("().")
            name = f"{_form(owner, function)}.{last}" if dot and owner in FORMS else name
            calls[script].append(Call(name, given, span, made))
    for row, (name, artifact) in enumerate(scripts.rows("name", "artifact")):
        if calls.get(row):
            made = Script(calls=calls[row])
            for call in made.calls:
                for value in call.arguments:
                    _keep_members(value, made.members)
            yield name, artifact, made, kinds[row]


def _keep_members(value: Expression, members: dict[str, list[Expression]]) -> None:
    """Note what members of objects are given as texts."""
    if isinstance(value, Record):
        for name, inner in value.members.items():
            if isinstance(inner, Text | Joined):
                members.setdefault(name, []).append(inner)
            _keep_members(inner, members)


def compiled_as(app: Facts, artifact: int, offset: int, length: int) -> ReadsAs | None:
    """How a call in a compiled script is quoted: its bytes, or the digest of the packed ones in
    which it stands; None where scripts of this artifact are source.
    """
    rows = app.table(SCRIPTS).rows("kind", "artifact", "offset", "length")
    spans = [(at, size) for kind, one, at, size in rows if kind in COMPILED and one == artifact]
    if not spans:
        return None
    return "sha256" if (offset, length) in spans else "hex"


def _form(name: str, function: int) -> str:
    """The name of the form that a function makes; forms of one function are not told apart."""
    return f"{name} {function}"


def _expression(told: Any, span: Span, function: int) -> Expression:
    if isinstance(told, str) and not told.startswith("="):
        return _text(told, span)
    if isinstance(told, list):
        return Items(tuple(_expression(one, span, function) for one in told), span)
    if isinstance(told, dict):
        if list(told) == [RESULT]:
            name, *given = told[RESULT]
            if name in FORMS:
                return Name(_form(name, function), span)
            return Call(name, tuple(_expression(one, span, function) for one in given), span)
        return Record(
            {key: _expression(one, span, function) for key, one in told.items()}, span, False
        )
    return Other(span)


def _text(told: str, span: Span) -> Expression:
    """A text; names in braces stand for what is not known."""
    pieces: list[Expression] = []
    at = 0
    for match in HOLE.finditer(told):
        if match.start() > at:
            pieces.append(Text(told[at : match.start()], span))
        pieces.append(Name(match[1], span))
        at = match.end()
    if not pieces:
        return Text(told, span)
    if at < len(told):
        pieces.append(Text(told[at:], span))
    return pieces[0] if len(pieces) == 1 else Joined(tuple(pieces), span)
