"""Triggers: what sets the app in motion without its user.

What it finds
    Events that the app waits for: start of the device, calls, messages, new apps, networks,
    places, cards; times and intervals at which it wakes; work that the system runs for it; push
    messages and settings fetched from afar; words in text messages that it obeys; services
    that keep running.

Why it matters
    They tell when an app collects and sends although nobody touches it, how often, and who can
    command it from afar.

How it decides
    An alarm or work that what runs then sets anew is told as repeating, with what it runs. The
    knowledge pack ``triggers`` names the marks of each: broadcasts declared by a component
    or registered in code, classes that answer an event, calls that plant it, manifest entries
    that switch it on. Intervals are told where they are constants of the method that sets them.
    Words in text messages count only where a method reads the text of a message and compares it
    with constants. Code of the platform's own libraries is left out: it runs on behalf of the
    calls that are told.

What it misses
    Intervals and broadcasts that are computed; what a push message starts; components that an
    alarm names by an action put together at run time; push services that the pack does not know.

Example
    ``<action android:name="android.intent.action.BOOT_COMPLETED"/>``;
    ``AlarmManager.setRepeating(type, first, 900000, ...)``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from witnessmark.analyses.call_roles import call_roles
from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.intervals import spelled
from witnessmark.analyses.orders._marks import Mark, find_marks
from witnessmark.analyses.starts import Starts, starts_of
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import (
    CALLS,
    CLASSES,
    FIELD_USES,
    FIELDS,
    METHODS,
    STRING_USES,
    STRINGS,
    TRY_HANDLERS,
    TYPE_USES,
)
from witnessmark.facts.tables.manifest import (
    APP,
    COMPONENTS,
    INTENT_FILTERS,
    META_DATA,
    PERMISSIONS,
)
from witnessmark.facts.view import Facts
from witnessmark.flow.call_lists import call_lists
from witnessmark.flow.dispatch import POSTED
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import CALL_EDGES, DISPATCHES, ENTRY_POINTS, REACH
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.apis import Api
from witnessmark.knowledge.packs.channels import Channel
from witnessmark.knowledge.packs.triggers import Trigger
from witnessmark.model.distinct import among
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original, Reach
from witnessmark.model.table import Table

TRIGGER = Analysis(
    id="orders/trigger",
    version=1,
    reads=(
        CALLS, CLASSES, COMPONENTS, INTENT_FILTERS, META_DATA, METHODS, REACH, SDK_CLASSES,
        STRING_USES, STRINGS, APP, PERMISSIONS, CALL_EDGES, DISPATCHES, ENTRY_POINTS, FIELDS,
        FIELD_USES, TRY_HANDLERS, TYPE_USES,
    ),
    knows=("apis", "call_roles", "channels", "triggers"),
)  # fmt: skip

AGAIN = ", and sets the next one each time"
"""What is said of an alarm or work that plans itself anew."""

MOST_QUOTED = 12
"""Places that a finding quotes; more are counted."""


@TRIGGER.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding for each trigger and component, and one for each that code plants."""
    filters = [
        Member(api.owner, name)
        for api in know.entries("apis", Api)
        if api.kind == "use" and "action" in api.of and api.action == "watch"
        for name in api.members
    ]
    names = CodeNames(app, framework_model())
    teller = _Teller(app, starts_of(app, call_roles(know)))
    grouped: dict[tuple[str, int, str, bool], list[Mark]] = defaultdict(list)
    settings = [
        Member(one.owner, name)
        for one in know.entries("channels", Channel)
        if one.kind == "setting"
        for name in one.members
    ]
    for mark in find_marks(app, names, know.entries("triggers", Trigger), filters, settings):
        if teller.owner(mark) != "platform":
            how = "component" if mark.component >= 0 and mark.how != "meta_data" else mark.how
            grouped[mark.trigger.id, mark.component, how, teller.is_set_anew(mark)].append(mark)
    for key in sorted(grouped):
        yield teller.finding(grouped[key])


class _Teller:
    """Words marks of one trigger as a finding."""

    def __init__(self, app: Facts, starts: Starts) -> None:
        self._app = app
        self._planned = starts

    def is_set_anew(self, mark: Mark) -> bool:
        """Whether what runs at a time that is set once sets the next time."""
        planned = self._planned.at(mark.method, mark.pc)
        return not mark.trigger.repeats and any(map(self._planned.comes_again, planned))

    def owner(self, mark: Mark) -> str:
        """``own``, ``other``, ``platform``, or the id of a known library."""
        row = self._class_of(mark)
        table = self._app.table(SDK_CLASSES)
        if not 0 <= row < len(table):
            return "own"
        return str(table["sdk"][row]) or str(table["ownership"][row])

    def _class_of(self, mark: Mark) -> int:
        if mark.method >= 0:
            return int(self._app.table(METHODS)["class"][mark.method])
        if mark.how == "answered":
            return mark.row
        if mark.component < 0:
            return -1
        type_row = int(self._app.table(COMPONENTS)["type"][mark.component])
        rows = np.flatnonzero(self._app.table(CLASSES)["type"] == type_row).tolist()
        return rows[0] if type_row >= 0 and rows else -1

    def finding(self, marks: Sequence[Mark]) -> Finding:
        """One finding about marks of one trigger and one component, or of one way in code."""
        first, trigger = marks[0], marks[0].trigger
        owners = sorted({self.owner(mark) for mark in marks})
        libraries = [owner for owner in owners if owner not in ("own", "other")]
        starts = self._starts(marks)
        anew = self.is_set_anew(first)
        seconds = sorted({one for mark in marks for one in self._seconds(mark) if one >= 0})
        words = list(dict.fromkeys(text for mark in marks for text, _, _ in mark.words))
        component = self._component(first.component)
        return Finding(
            kind="orders.trigger",
            subject={
                "trigger": trigger.id,
                "event": trigger.event,
                "how": "declared" if first.how == "answered" and component else first.how,
                "component": component,
                "what_it_starts": starts,
                "interval_seconds": seconds,
                "repeats": trigger.repeats or anew,
                "words": words,
                "places": len(marks),
                "in_sdk": libraries,
            },
            says=_says(first, starts, seconds, words, (AGAIN if anew else "", "" if
                       len(libraries) < len(owners) else
                       f" (in library code: {', '.join(libraries)})")),
            evidence=tuple(self._evidence(mark) for mark in marks[:MOST_QUOTED]),
            strength="derived" if first.how == "registered" or words else "read",
            reach=self._reach(marks),
            original=tuple(Original(word) for word in words),
            limits=self._limits(marks, seconds),
            identity=f"{trigger.id} {first.how if not component else 'component'} {component}"
            f"{' anew' if anew else ''}",
        )  # fmt: skip

    def _component(self, row: int) -> str:
        return str(self._app.table(COMPONENTS)["class_name"][row]) if row >= 0 else ""

    def _starts(self, marks: Sequence[Mark]) -> list[str]:
        found = {mark.starts for mark in marks} | {self._component(m.component) for m in marks}
        found |= {self._app.class_name(m.row) for m in marks if m.how == "answered"}
        planned = (one for m in marks for one in self._planned.at(m.method, m.pc))
        found |= {self._app.class_name(one.component) for one in planned}
        found |= {name for mark in marks if mark.trigger.takes_task for name in self._tasks(mark)}
        return sorted(found - {""})

    def _tasks(self, mark: Mark) -> Iterator[str]:
        """Classes of the tasks that a call is known to be given."""
        if mark.method < 0:
            return
        edges = call_lists(self._app).edges.of(mark.method)
        for pc, callee, kind in self._app.table(CALL_EDGES).rows_at(edges, "pc", "callee", "kind"):
            if pc == mark.pc and kind == POSTED:
                yield self._app.method_class(callee)

    def _seconds(self, mark: Mark) -> list[float]:
        """Intervals: what the call says, else what a time that is set anew is away."""
        if mark.seconds >= 0 or not self.is_set_anew(mark):
            return [mark.seconds]
        return [one.seconds for one in self._planned.at(mark.method, mark.pc)]

    def _reach(self, marks: Sequence[Mark]) -> Reach:
        methods = {mark.method for mark in marks if mark.method >= 0}
        classes = {self._class_of(mark) for mark in marks if mark.method < 0} - {-1}
        if any(self._is_off(mark) for mark in marks) or not (methods or classes):
            return Reach("unknown")
        if classes:
            owners = self._app.table(METHODS)["class"]
            rows = np.flatnonzero(among(owners, np.asarray(sorted(classes)))).tolist()
            methods.update(rows)
        return best_reach(self._app, sorted(methods))

    def _is_off(self, mark: Mark) -> bool:
        return mark.component >= 0 and not self._app.table(COMPONENTS)["enabled"][mark.component]

    def _evidence(self, mark: Mark) -> Evidence:
        app = self._app
        if mark.how == "declared":
            table = app.table(INTENT_FILTERS)
            says = f"{self._component(mark.component)} waits for {table['value'][mark.row]}"
            return _span(app, says, table, mark.row)
        if mark.how == "meta_data":
            table = app.table(META_DATA)
            return _span(app, f"the manifest holds {table['name'][mark.row]}", table, mark.row)
        if mark.how == "answered":
            return _span(
                app, f"{app.class_name(mark.row)} answers it", app.table(CLASSES), mark.row
            )
        where = app.method_signature(mark.method)
        if mark.how == "registered":
            says = f"registers for it by {app.method_signature(mark.callee)}"
            return app.quote_string(says, mark.string, {"method": where, "pc": mark.pc})
        said = tuple(
            app.quote_string("compares with", row, {"method": where, "pc": pc})
            for _, row, pc in mark.words[:MOST_QUOTED]
        )
        called = app.quote_instruction(
            f"calls {app.method_signature(mark.callee)}", mark.method, mark.pc
        )
        if not said:
            return called
        says = f"{where} compares what came with constants"
        return Evidence(says, because=(called, *said), by=TRIGGER.by)

    def _limits(self, marks: Sequence[Mark], seconds: Sequence[float]) -> tuple[str, ...]:
        limits = ["It does not show what the app does then."]
        if marks[0].trigger.interval >= 0 and len(marks) > len(seconds):
            limits.append("Not every interval is a constant of the method that sets it.")
        if any(self._is_off(mark) for mark in marks):
            limits.append("The component is switched off in the manifest; code can switch it on.")
        if marks[0].component >= 0 and self._class_of(marks[0]) < 0:
            limits.append("The app holds no class of the component's name.")
        if self._is_refused(marks[0].trigger):
            limits.append("The app asks for none of the permissions that this needs.")
        if len(marks) > MOST_QUOTED:
            limits.append(f"{MOST_QUOTED} of {len(marks)} places are quoted.")
        return tuple(limits)

    def _is_refused(self, trigger: Trigger) -> bool:
        """Whether the system keeps the event from the app, by the manifest."""
        asked = {
            str(name)
            for kind, name in self._app.table(PERMISSIONS).rows("kind", "name")
            if kind in ("uses", "uses_sdk_23", "implied")
        }
        return bool(trigger.needs and len(self._app.table(APP)) and not asked & {*trigger.needs})


def _span(app: Facts, says: str, table: Table, row: int) -> Evidence:
    artifact, offset, length = (int(table[one][row]) for one in ("artifact", "offset", "length"))
    return app.quote(says, artifact, offset, length)


def _says(
    mark: Mark,
    starts: Sequence[str],
    seconds: Sequence[float],
    words: Sequence[str],
    added: tuple[str, str],
) -> str:
    """The sentence; ``added`` stands behind the trigger, and at the end."""
    says = mark.trigger.says
    text = f"The app {says[:1].lower()}{says[1:]}{added[0]}"
    if mark.how == "registered" and says.startswith("Starts "):
        text = f"While it runs, the app acts {says.removeprefix('Starts ')}"
    if seconds:
        text += f" (every {', '.join(spelled(one) for one in seconds)})"
    if words:
        text += f": {', '.join(f'“{word}”' for word in words)}"
    elif starts:
        shown = ", ".join(starts[:3])
        text += f": {shown}{' and others' if len(starts) > 3 else ''}"
    return f"{text}{added[1]}."
