"""What code keeps under a key and reads again elsewhere: preferences, extras of intents.

Stores of one kind are not told apart: two files of preferences with the same key are one here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from witnessmark.flow.values.library_call import Call, Function
from witnessmark.flow.values.objects import (
    UNKNOWN,
    Several,
    Step,
    Text,
    Value,
    is_unknown,
    joined_steps,
)  # fmt: skip
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.cells import Cell

MOST_KEPT = 4
"""Texts under one key; beyond that none is told."""

Key = tuple[str, str]
"""Store and key."""


class Cells:
    """Texts by key, as runs of code put them.

    ``unknown``  keys and places at which something is put that is not known, with the round that
    saw it last: what a later round knows there is known. ``given`` what stands for such values.
    """

    __slots__ = ("given", "kept", "round", "settled", "unknown")

    def __init__(self) -> None:
        self.kept: dict[Key, dict[str, Text]] = {}
        self.unknown: dict[tuple[Key, int, int], int] = {}
        self.given: dict[Key, dict[str, None]] = {}
        self.settled: frozenset[Key] = frozenset()
        self.round = 0

    @property
    def open(self) -> frozenset[Key]:
        """Keys under which something is put that is not known."""
        return frozenset(name for name, _, _ in self.unknown)

    def settle(self) -> None:
        """Begin a round: keys that hold a text by now get no more of them."""
        self.settled = frozenset(self.kept)
        self.round += 1

    def stand_in(self, key: str, reads: bool) -> Function | None:
        """The stand-in for ``Lowner;->name``; with ``reads`` false what is got is not known."""
        cell = known_cells().get(key)
        if cell is None:
            return None
        if cell.access == "put":
            return lambda call: self._put(cell, call)
        return (lambda call: self._get(cell, call)) if reads else None

    def _put(self, cell: Cell, call: Call) -> Value:
        name, first = _name(cell, call), _first(call)
        text = call.text(first + cell.value)
        if name is not None and text is not None and not is_unknown(text):
            if name not in self.settled and len(self.kept.setdefault(name, {})) <= MOST_KEPT:
                self.kept[name].setdefault(text.text, text)
            if self.unknown.get((name, call.method, call.pc), self.round) < self.round:
                del self.unknown[name, call.method, call.pc]
        elif name is not None:
            self.unknown[name, call.method, call.pc] = self.round
            if text is not None and len(self.given.setdefault(name, {})) < MOST_KEPT:
                self.given[name].setdefault(text.text)
        return call.value(0) if cell.returns else UNKNOWN

    def _get(self, cell: Cell, call: Call) -> Value:
        """What was put under the key, and what the call itself gives where there is nothing."""
        name = _name(cell, call)
        kept = {} if name is None else self.kept.get(name, {})
        if name is None or len(kept) > MOST_KEPT:
            return UNKNOWN
        step = (Step(f"kept under the key {name[1]}", call.method, call.pc),)
        found = {text: Text(text, joined_steps(kept[text].steps, step)) for text in sorted(kept)}
        spare = call.text(_first(call) + cell.value) if cell.value >= 0 else None
        if spare is not None and spare.text and not is_unknown(spare):
            found.setdefault(spare.text, Text(spare.text, joined_steps(spare.steps, step)))
        texts = tuple(found.values())
        return UNKNOWN if not texts else texts[0] if len(texts) == 1 else Several(texts)


def _first(call: Call) -> int:
    """Where arguments begin: behind the receiver, where there is one."""
    return 0 if call.kind(0) != "L" else 1


def _name(cell: Cell, call: Call) -> Key | None:
    key = call.whole(_first(call) + cell.key)
    return None if key is None else (cell.store, key)


@lru_cache(maxsize=1)
def known_cells() -> Mapping[str, Cell]:
    """Entries of the pack by ``Lowner;->name``."""
    entries = load(("cells",)).entries("cells", Cell)
    return {f"{one.descriptor}->{name}": one for one in entries for name in one.members}
