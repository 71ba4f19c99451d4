"""Calls that the knowledge pack ``deeds`` describes, with what they are given.

Arguments are constants of the calling method, or texts that the code puts together
(`flow.values`), each with its bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.code_names import Call, CodeNames, Member
from witnessmark.analyses.manifest import app_value
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import constant_arguments
from witnessmark.flow.values.evidence import derived_evidence
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.packs.deeds import Deed
from witnessmark.model.evidence import Evidence


class Argument(Struct, frozen=True):
    """What a call is given at one place.

    ``text`` as `CALL_ARGUMENTS` spells it, ``?`` for each piece that is not known; ``string`` row
    of the string constant, ``derived`` row of `DERIVED_TEXTS`, -1 for none; ``pc`` where a
    constant comes from.
    """

    text: str
    kind: str = "derived"
    string: int = -1
    derived: int = -1
    pc: int = -1


Given = Mapping[int, Sequence[Argument]]
"""Possible arguments by position; the receiver stands at -1."""


class Done(Struct, frozen=True):
    """One call that does what an entry says."""

    deed: Deed
    method: int
    pc: int
    call: int
    callee: int
    given: Given

    @property
    def named(self) -> tuple[Argument, ...]:
        """What it is done to, as far as that is known."""
        position = self.deed.named_at
        return () if position is None else tuple(self.given.get(position, ()))


def find_deeds(app: Facts, names: CodeNames, deeds: Sequence[Deed]) -> Iterator[Done]:
    """Calls that fit an entry, in the order of entries and calls.

    Code without a manifest may be part of an app: there, no class that an entry needs is missed.
    Where a condition asks for an argument with several possible values, one of them must fit.
    """
    meant: dict[int, list[Deed]] = defaultdict(list)
    met = set(names.classes_below({deed.needs for deed in deeds if deed.needs}).values())
    whole = bool(app_value(app, "package"))
    able = [deed for deed in deeds if not deed.needs or deed.needs in met or not whole]
    for below in (False, True):
        chosen = [deed for deed in able if deed.subclasses == below]
        for row, fitting in _named(app, names, chosen, below=below):
            meant[row] += fitting
    calls = sorted(names.calls(meant), key=lambda call: call.row)
    asking = [call.row for call in calls if any(d.when or d.names for d in meant[call.callee])]
    given = arguments_of(app, asking)
    for call in calls:
        for deed in meant[call.callee]:
            done = _done(deed, call, given.get(call.row, {}))
            if done is not None:
                yield done


def _named(
    app: Facts, names: CodeNames, deeds: Sequence[Deed], *, below: bool
) -> Iterator[tuple[int, list[Deed]]]:
    wanted: dict[Member, list[Deed]] = defaultdict(list)
    for deed in deeds:
        for member in deed.members:
            wanted[Member(deed.owner, member)].append(deed)
    for row, members in names.methods(wanted, below=below).items():
        yield (
            row,
            [
                deed
                for member in members
                for deed in wanted[member]
                if not deed.parameters or deed.parameters == "".join(app.parameter_types(row))
            ],
        )


def _done(deed: Deed, call: Call, given: Given) -> Done | None:
    """The call with the arguments that fit, None when a condition does not hold."""
    kept = {position: tuple(values) for position, values in given.items()}
    for condition in deed.conditions:
        position = condition.position
        fitting = tuple(one for one in kept.get(position, ()) if condition.holds(one.text))
        if not fitting:
            return None
        kept[position] = fitting
    return Done(deed, call.method, call.pc, call.row, call.callee, kept)


def arguments_of(app: Facts, calls: Iterable[int]) -> Mapping[int, Given]:
    """What the call rows ``calls`` are given: constants, then texts that were computed."""
    rows = sorted(set(calls))
    found: dict[int, dict[int, list[Argument]]] = defaultdict(lambda: defaultdict(list))
    if not rows:
        return found
    computed = _computed(app, frozenset(rows))
    table = constant_arguments(app, np.asarray(rows, dtype=np.int64))
    for call, position, kind, text, row, pc in table.rows():
        string = row if kind in ("string", "derived") else -1
        derived = computed.get((call, position), {}).get(text, -1) if string < 0 else -1
        found[call][position].append(Argument(text, kind, string, derived, pc))
    for (call, position), texts in computed.items():
        for text, row in texts.items():
            if all(one.text != text for one in found[call][position]):
                found[call][position].append(Argument(text, "derived", -1, row))
    return found


def _computed(app: Facts, calls: frozenset[int]) -> Mapping[tuple[int, int], Mapping[str, int]]:
    """Rows of `DERIVED_TEXTS` by call and position, then by text."""
    found: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    rows = app.table(DERIVED_TEXTS).rows("call", "position", "text")
    for row, (call, position, text) in enumerate(rows):
        if call in calls:
            found[call, position].setdefault(text, row)
    return found


def quote_argument(app: Facts, method: int, argument: Argument) -> Evidence | None:
    """Evidence for an argument; None for numbers and objects, which the call itself quotes."""
    if argument.derived >= 0:
        return derived_evidence(app, argument.derived)
    if argument.string >= 0:
        place: dict[str, str | int] = {"method": app.method_signature(method)}
        if argument.pc >= 0:
            place["pc"] = argument.pc
        return app.quote_string(f"the constant {argument.text}", argument.string, place)
    if argument.pc >= 0:
        says = f"the constant {argument.text}"
        return app.quote_instruction(says, method, argument.pc)
    return None


def quote_call(app: Facts, done: Done) -> Evidence:
    """Evidence for the call, with the arguments that matter."""
    called = app.quote_instruction(
        f"calls {app.method_signature(done.callee)}", done.method, done.pc
    )
    positions = {condition.position for condition in done.deed.conditions}
    if done.deed.named_at is not None:
        positions.add(done.deed.named_at)
    quoted = [
        evidence
        for position in sorted(positions)
        for argument in done.given.get(position, ())[:2]
        if (evidence := quote_argument(app, done.method, argument)) is not None
    ]
    by = f"deeds/{done.deed.id}"
    where = app.method_signature(done.method)
    return Evidence(f"in the method {where}", because=(called, *quoted), by=by)
