"""Where the marks of triggers stand: in the manifest, in classes, at call sites."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
from msgspec import Struct

from witnessmark.analyses.code_names import Call as CallSite
from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.intervals import interval_seconds
from witnessmark.facts.tables.code import CLASSES, STRING_USES
from witnessmark.facts.tables.manifest import COMPONENTS, INTENT_FILTERS, META_DATA
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import constant_arguments
from witnessmark.flow.instructions import CodeReader
from witnessmark.flow.names import string_bytes
from witnessmark.flow.origins import Call, CallResult, Origin, Origins
from witnessmark.flow.straight import static_constants
from witnessmark.knowledge.packs.triggers import Trigger
from witnessmark.model.distinct import among

How = Literal["declared", "answered", "registered", "called", "meta_data"]

ACTION_PARTS = ("receiver", "service", "activity", "provider")


class Mark(Struct, frozen=True):
    """A place that plants a trigger; the columns that do not apply are -1.

    ``row`` is a row of ``intent_filters``, ``meta_data`` or ``classes``, as ``how`` has it.
    ``seconds`` is the interval (negative: not constant), ``words`` the constants compared,
    ``starts`` the class that a call names.
    """

    trigger: Trigger
    how: How
    component: int = -1
    row: int = -1
    method: int = -1
    pc: int = -1
    string: int = -1
    callee: int = -1
    seconds: float = -1.0
    words: tuple[tuple[str, int, int], ...] = ()
    starts: str = ""


def find_marks(
    app: Facts,
    names: CodeNames,
    triggers: Sequence[Trigger],
    filters: Sequence[Member],
    settings: Sequence[Member] = (),
) -> Iterator[Mark]:
    """All marks; ``filters`` are the methods that register for a broadcast, ``settings`` those that
    give what the app keeps, with which no word of a message is compared.
    """
    yield from _declared(app, triggers)
    yield from _answered(app, names, triggers)
    yield from _registered(app, names, triggers, filters)
    yield from _called(app, names, triggers, settings)


def _declared(app: Facts, triggers: Sequence[Trigger]) -> Iterator[Mark]:
    by_action = _by(triggers, "actions")
    by_meta = _by(triggers, "meta_data")
    kinds = app.table(COMPONENTS)["kind"]
    filters = app.table(INTENT_FILTERS)
    for row, (component, part, value) in enumerate(filters.rows("component", "part", "value")):
        if part == "action" and component >= 0 and kinds[component] in ACTION_PARTS:
            for trigger in by_action.get(value, ()):
                yield Mark(trigger, "declared", component, row)
    for row, (component, name) in enumerate(app.table(META_DATA).rows("component", "name")):
        for trigger in by_meta.get(name, ()):
            yield Mark(trigger, "meta_data", component, row)


def _by(triggers: Sequence[Trigger], field: str) -> Mapping[str, Sequence[Trigger]]:
    found: dict[str, list[Trigger]] = defaultdict(list)
    for trigger in triggers:
        for mark in getattr(trigger, field):
            found[mark].append(trigger)
    return found


def _answered(app: Facts, names: CodeNames, triggers: Sequence[Trigger]) -> Iterator[Mark]:
    by_class = _by(triggers, "classes")
    types = app.table(CLASSES)["type"]
    components: dict[int, int] = {}
    for row, (kind, type_row) in enumerate(app.table(COMPONENTS).rows("kind", "type")):
        if type_row >= 0 and kind in ACTION_PARTS:
            components.setdefault(type_row, row)
    for row, owner in names.classes_below(by_class).items():
        component = components.get(int(types[row]), -1)
        for trigger in by_class[owner]:
            if component >= 0 or not trigger.declared:
                yield Mark(trigger, "answered", component, row)


def _registered(
    app: Facts, names: CodeNames, triggers: Sequence[Trigger], filters: Sequence[Member]
) -> Iterator[Mark]:
    by_action = _by(triggers, "actions")
    calls: dict[int, list[CallSite]] = defaultdict(list)
    for call in names.calls(names.methods(filters, below=False)):
        calls[call.method].append(call)
    uses = app.table(STRING_USES)
    rows = np.flatnonzero(among(uses["method"], np.asarray(sorted(calls), dtype=np.int64)))
    texts = string_bytes(app, uses["string"][rows].astype(np.int64))
    for row, text in zip(rows.tolist(), texts, strict=True):
        method, pc = int(uses["method"][row]), int(uses["pc"][row])
        behind = [call for call in calls[method] if call.pc > pc]
        for trigger in by_action.get(text.decode("utf-8", "replace"), ()) if behind else ():
            used = min(behind, key=lambda call: call.pc)
            string = int(uses["string"][row])
            yield Mark(
                trigger, "registered", method=method, pc=pc, string=string, callee=used.callee
            )


def _called(
    app: Facts, names: CodeNames, triggers: Sequence[Trigger], settings: Sequence[Member]
) -> Iterator[Mark]:
    meant: dict[int, list[Trigger]] = defaultdict(list)
    for below in (False, True):
        wanted: dict[Member, list[Trigger]] = defaultdict(list)
        for trigger in triggers:
            for name in trigger.calls if trigger.below == below else ():
                wanted[member(name)].append(trigger)
        for row, members in names.methods(wanted, below=below).items():
            meant[row] += [trigger for one in members for trigger in wanted[one]]
    calls = list(names.calls(meant))
    given = _arguments(app, [call.row for call in calls])
    words = _Words(app, names, triggers, names.methods(settings, below=True))
    for call in calls:
        for trigger in dict.fromkeys(meant[call.callee]):
            passed = given.get(call.row, {})
            told = {text for _, text, _, _ in passed.values()}
            said = words.behind(trigger, call)
            if (trigger.compared_by and not said) or (
                trigger.argument and trigger.argument not in told
            ):
                continue
            yield Mark(
                trigger, "called", method=call.method, pc=call.pc, callee=call.callee,
                seconds=interval_seconds(trigger, _plain(passed)), words=said,
                starts=_started(passed),
            )  # fmt: skip


Arguments = Mapping[int, tuple[str, str, int, int]]
"""Kind, text, row and place of the constant, by position."""


def _arguments(app: Facts, rows: Sequence[int]) -> Mapping[int, Arguments]:
    found: dict[int, dict[int, tuple[str, str, int, int]]] = defaultdict(dict)
    if rows:
        table = constant_arguments(app, rows)
        for call, position, kind, text, row, pc in table.rows(
            "call", "position", "kind", "text", "row", "pc"
        ):
            found[call][position] = (kind, text, row, pc)
    return found


def _plain(passed: Arguments) -> dict[int, tuple[str, str]]:
    return {position: (kind, text) for position, (kind, text, _, _) in passed.items()}


def _started(passed: Arguments) -> str:
    """The class object that a call is given, with dots."""
    types = [text for _, (kind, text, _, _) in sorted(passed.items()) if kind == "type"]
    return types[0][1:-1].replace("/", ".") if types and types[0].startswith("L") else ""


class _Words:
    """Constants that methods compare."""

    def __init__(
        self,
        app: Facts,
        names: CodeNames,
        triggers: Sequence[Trigger],
        settings: Collection[int],
    ) -> None:
        wanted = {member(name) for trigger in triggers for name in trigger.compared_by}
        sources = {
            member(name) for trigger in triggers if trigger.compared_by for name in trigger.calls
        }
        reading = {call.method for call in names.calls(names.methods(sources, below=False))}
        calls = [
            call
            for call in names.calls(names.methods(wanted, below=False))
            if call.method in reading
        ]
        given = _arguments(app, [call.row for call in calls])
        self._by_method: dict[int, list[tuple[int, str, int, int]]] = defaultdict(list)
        of_settings = {
            place for method in sorted({call.method for call in calls} if settings else ())
            for place in _settings_compared(app, method, settings)
        }  # fmt: skip
        for call in calls:
            if (call.method, call.pc) in of_settings:
                continue
            for kind, text, row, pc in given.get(call.row, {}).values():
                if kind == "string" and row >= 0 and text.strip():
                    self._by_method[call.method].append((call.pc, text, row, pc))

    def behind(self, trigger: Trigger, call: CallSite) -> tuple[tuple[str, int, int], ...]:
        """Words compared behind a call in its method: text, string row, place."""
        if not trigger.compared_by:
            return ()
        found = sorted(one for one in self._by_method[call.method] if one[0] > call.pc)
        return tuple(
            (text, row, pc) for _, text, row, pc in found
            if not trigger.word or re.fullmatch(trigger.word, text)
        )  # fmt: skip


def _settings_compared(
    app: Facts, method: int, settings: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Calls of a method that are given what a setting holds."""
    code = CodeReader(app).read(method)
    for event in Origins(app, code, static_constants(app)).events() if code is not None else ():
        if isinstance(event, Call) and any(_is_setting(one, settings) for one in event.arguments):
            yield method, event.pc


def _is_setting(value: Origin, settings: Collection[int]) -> bool:
    return isinstance(value, CallResult) and (
        value.callee in settings or any(_is_setting(one, settings) for one in value.arguments)
    )


def member(name: str) -> Member:
    """``pkg.Class.method`` as a member."""
    owner, _, bare = name.rpartition(".")
    return Member(owner, bare)
