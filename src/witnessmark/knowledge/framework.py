"""The framework model: what code outside an app declares, calls back and starts.

Files and sources: ``data/framework/README.md``. Class names are in internal form
(``android/app/Activity``); a method is ``name:parameters`` with one letter a parameter and ``L``
for every reference type, as that is enough to tell an override from a namesake.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

from witnessmark.model.errors import KnowledgeError

DATA = Path(__file__).parent / "data" / "framework"

Binding = Literal["virtual", "final", "static"]
_MARKS: Mapping[str, Binding] = {"!": "final", "+": "static"}


class OutsideClass(Struct, frozen=True):
    """A class that an app can extend or name but does not hold.

    ``methods`` are those first declared there, with how they bind; empty for a final class.
    """

    name: str
    is_interface: bool
    super_name: str
    interfaces: tuple[str, ...]
    methods: Mapping[str, Binding]


class ImplicitCall(Struct, frozen=True):
    """After ``class_name.method``, outside code calls ``runs`` on an object of type ``on``.

    ``of_receiver`` says whether that object is the receiver or one of the arguments.
    """

    class_name: str
    method: str
    of_receiver: bool
    on: str
    runs: str
    kind: str


class Role(Struct, frozen=True):
    """What overriding a method of ``type`` means to an app."""

    type: str
    kind: str
    says: str


class Handler(Struct, frozen=True):
    """An annotation whose methods are called unseen; ``state`` as in `model.finding.Reach`."""

    annotation: str
    kind: str
    state: Literal["reached", "unknown"]
    says: str


class UnseenCall(Struct, frozen=True):
    """A call that reaches code by name or brings code; ``argument`` -1 when it names nothing."""

    class_name: str
    method: str
    kind: str
    argument: int
    says: str


class FrameworkModel:
    """Outside classes by name, and the small tables beside them; read-only."""

    def __init__(self, lines: Mapping[str, str], folder: Path) -> None:
        self._lines = lines
        self.outside = lru_cache(maxsize=None)(self._outside)
        self.implicit_calls = tuple(
            ImplicitCall(name, method, position == "-1", on, runs, kind)
            for name, method, position, on, runs, kind, _ in _rows(folder / "implicit_calls.csv", 7)
        )
        self.always_called = frozenset(name for name, _ in _rows(folder / "always_called.csv", 2))
        self.roles = tuple(Role(*row) for row in _rows(folder / "roles.csv", 3))
        self.handlers = tuple(
            Handler(name, kind, "reached" if state == "reached" else "unknown", says)
            for name, kind, state, says, _ in _rows(folder / "handlers.csv", 5)
        )
        self.unseen_calls = tuple(
            UnseenCall(name, method, kind, int(argument), says)
            for name, method, kind, argument, says in _rows(folder / "reflection.csv", 5)
        )

    def __contains__(self, name: str) -> bool:
        return name in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def _outside(self, name: str) -> OutsideClass | None:
        line = self._lines.get(name)
        if line is None:
            return None
        parts = line.split(",")
        if len(parts) != 5:
            raise KnowledgeError(f"framework model: class {name} has {len(parts)} cells, not 5")
        _, flags, super_name, interfaces, methods = parts
        return OutsideClass(
            name, "i" in flags, super_name, tuple(interfaces.split()), dict(_bindings(methods))
        )


def _bindings(methods: str) -> Iterator[tuple[str, Binding]]:
    for method in methods.split():
        binding = _MARKS.get(method[0])
        yield (method, "virtual") if binding is None else (method[1:], binding)


@lru_cache(maxsize=1)
def framework_model() -> FrameworkModel:
    """The model that comes with witnessmark; 12,000 classes are indexed, few are parsed."""
    lines: dict[str, str] = {}
    for name in ("classes.csv", "libraries.csv"):
        for line in _lines(DATA / name):
            lines.setdefault(line[: line.index(",")], line)
    return FrameworkModel(lines, DATA)


def _lines(path: Path) -> list[str]:
    """Lines of a CSV file without remarks and header."""
    found = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return found[1:]


def _rows(path: Path, width: int) -> Iterator[list[str]]:
    for row in csv.reader(_lines(path)):
        if len(row) != width:
            raise KnowledgeError(
                f"framework/{path.name}: {row[:2]} has {len(row)} cells, not {width}"
            )
        yield row


@lru_cache(maxsize=1)
def _versions() -> Mapping[int, str]:
    return {int(level): version for level, version in _rows(DATA / "versions.csv", 2)}


def android_version(level: int) -> str:
    """The version of Android that people know an API level by; ``API level N`` for one not known.

    Source: developer.android.com/guide/topics/manifest/uses-sdk-element#ApiLevels.
    """
    return _versions().get(level, f"API level {level}")
