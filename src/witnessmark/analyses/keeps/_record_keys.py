"""Records that code writes or reads key by key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from witnessmark.facts.tables.code import CALLS, STRINGS
from witnessmark.facts.view import Facts, readable_type
from witnessmark.flow.constants import constant_arguments
from witnessmark.knowledge.packs.record_marks import RecordMark
from witnessmark.model.evidence import Evidence

PREFERENCE = "preference"
"""Format of keys that are kept one by one; they form no record."""

FEWEST = 3
"""Different keys from which a run of calls counts as a record."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key, the call that puts or gets it, and its string constant (-1 when derived)."""

    name: str
    pc: int
    string: int
    mark: RecordMark
    value_type: str


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """The keys of one kind that one method writes or reads; ``table`` is told by a call that
    takes the record, empty for none.
    """

    method: int
    format: str
    written: bool
    table: str
    keys: tuple[Key, ...]

    def evidence(self, app: Facts) -> tuple[Evidence, ...]:
        """Each key where it stands."""
        verb = "writes" if self.written else "reads"
        found = []
        for key in self.keys:
            place: dict[str, str | int] = {
                "method": app.method_signature(self.method), "pc": key.pc,
            }  # fmt: skip
            says = f"the method {verb} the key {key.name}"
            if key.string >= 0:
                found.append(app.quote_string(says, key.string, place))
            else:
                found.append(app.quote_instruction(says, self.method, key.pc))
        return tuple(found)


def key_records(
    app: Facts, marks: Sequence[RecordMark], fewest: int = FEWEST
) -> Iterator[KeyRecord]:
    """Records of at least ``fewest`` keys, by method, format and direction."""
    groups: dict[tuple[int, str, bool], list[Key]] = defaultdict(list)
    named: dict[int, list[Key]] = defaultdict(list)
    for method, key in keys_of(app, [one for one in marks if one.format != PREFERENCE]):
        if key.mark.role == "names":
            named[method].append(key)
        else:
            groups[method, key.mark.format, key.mark.role == "put"].append(key)
    for (method, form, written), keys in sorted(groups.items(), key=lambda item: item[0]):
        takers = named.get(method, []) if form == "values" else []
        for table, part in _split(keys, takers):
            distinct = {key.name: key for key in sorted(part, key=lambda key: -key.pc)}
            if len(distinct) >= fewest:
                ordered = tuple(sorted(distinct.values(), key=lambda key: key.pc))
                yield KeyRecord(method, form, written, table, ordered)


def _split(keys: Sequence[Key], takers: Sequence[Key]) -> Iterator[tuple[str, list[Key]]]:
    """Keys by the table that takes them: each taker takes the keys put since the one before."""
    left = sorted(keys, key=lambda key: key.pc)
    by_table: dict[str, list[Key]] = defaultdict(list)
    for taker in sorted(takers, key=lambda key: key.pc):
        by_table[taker.name] += [key for key in left if key.pc < taker.pc]
        left = [key for key in left if key.pc >= taker.pc]
    by_table[""] += left
    yield from by_table.items()


def keys_of(app: Facts, marks: Sequence[RecordMark]) -> Iterator[tuple[int, Key]]:
    """Constant keys of calls that ``marks`` describe, each with the method that holds it."""
    calls = {
        row: one
        for one in marks
        if one.role in ("put", "get", "names")
        for row in app.calls_to(one.owner, one.member)
    }
    table = app.table(CALLS)
    strings = len(app.table(STRINGS))
    for call, position, kind, text, row in constant_arguments(app, sorted(calls)).rows(
        "call", "position", "kind", "text", "row"
    ):
        mark = calls[call]
        if position == mark.position and kind in ("string", "derived") and text:
            string = row if kind == "string" and 0 <= row < strings else -1
            value = _value_type(app, int(table["callee"][call]), position)
            yield (
                int(table["method"][call]),
                Key(text, int(table["pc"][call]), string, mark, value),
            )


def _value_type(app: Facts, callee: int, position: int) -> str:
    """Declared type of what is put beside the key, empty where the call tells none."""
    parameters = app.parameter_types(callee)
    return _plain(parameters[position + 1]) if len(parameters) > position + 1 else ""


def _plain(descriptor: str) -> str:
    name = readable_type(descriptor)
    return "" if name == "java.lang.Object" else name.removeprefix("java.lang.")
