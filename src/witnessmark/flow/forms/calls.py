"""What a call does: a role that knowledge gives it, a library method, a method of the app."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from witnessmark.flow.forms.library import library_result
from witnessmark.flow.forms.passing import passes_on
from witnessmark.flow.forms.roles import EFFECTS
from witnessmark.flow.forms.uses import Told
from witnessmark.flow.forms.values import (
    UNKNOWN,
    Answer,
    Built,
    Coded,
    Instance,
    Item,
    Made,
    Resource,
    Value,
    Values,
    View,
    Word,
    answers_in,
    has_answer,
    uncoded,
)  # fmt: skip
from witnessmark.flow.instructions import Instruction
from witnessmark.flow.values.code import Callee
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.screen_calls import ANY_OWNER, ScreenCall

if TYPE_CHECKING:
    from witnessmark.flow.forms.state import State
    from witnessmark.flow.forms.tracer import Frame, Tracer

GETTERS = frozenset({"getString", "getText", "getStringArray", "getTextArray"})
"""Calls that fetch the words of a resource which they are given."""

HOLDING = frozenset({
    "<init>", "add", "addAll", "setData", "setItems", "setPicker", "setNewData", "setList",
    "setEntries",
})  # fmt: skip
"""Calls after which an object of a library holds the lists it was given."""

TOGETHER = "together"
"""Cells of objects that are called back: the lists that were handed over with them."""

COMPLAINTS = frozenset({"empty", "length", "pattern", "size"})
SHOWS = kept_regex(r"toast|snack|tip|alert|message|msg|show|hint|dialog", re.IGNORECASE)
"""Names of calls that show something."""

STATIC_CALLS = (0x71, 0x77)
SUPER_CALLS = (0x6F, 0x75)
VIRTUAL = (0x6E, 0x72, 0x74, 0x78)
TEXTUAL = frozenset({
    "Ljava/lang/String;", "Ljava/lang/CharSequence;", "Ljava/lang/Object;", "[B", "[C", "I", "J",
    "F", "D", "S", "Z", "C", "Ljava/lang/Integer;", "Ljava/lang/Long;", "Ljava/lang/Double;",
    "Ljava/lang/Float;", "Ljava/lang/Boolean;", "Ljava/math/BigDecimal;", "Ljava/util/Date;",
    "Landroid/text/Editable;", "Landroid/net/Uri;", "[Ljava/lang/String;",
})  # fmt: skip
"""Types of results in which an answer may come back from code that is not looked into."""


class Call(Struct, frozen=True):
    """A call under way: ``given`` the values of its operands, the receiver first."""

    callee: Callee
    given: tuple[Values, ...]
    kinds: tuple[str, ...]
    static: bool
    row: int
    one: Instruction
    frame: Frame
    state: State

    def values(self, position: int | None) -> Values:
        """Values of an operand; unknown where there is none."""
        if position is None or not 0 <= position < len(self.given):
            return UNKNOWN
        return self.given[position] or UNKNOWN

    @property
    def receiver(self) -> Values:
        """Values of the receiver; unknown for a static call."""
        return UNKNOWN if self.static else self.values(0)


def call(tracer: Tracer, frame: Frame, one: Instruction, state: State) -> Values:
    """Do a call; its result."""
    row = frame.code.code.calls.get(one.pc)
    if row is None:
        return UNKNOWN
    callee = tracer.program.world.callee_of_call(row)
    static = one.opcode in STATIC_CALLS
    kinds = callee.kinds if static else ("L", *callee.kinds)
    given = _given(one, kinds, state)
    made = Call(callee, given, kinds, static, row, one, frame, state)
    role = tracer.program.role(callee)
    target = _target(tracer, made)
    _hand_together(tracer, made)
    if role is not None and _takes_role(tracer, role, target, callee):
        return EFFECTS[role.does](tracer, made, role)
    known = library_result(tracer, made)
    if known is not None:
        return known
    tell(tracer, made)
    if target >= 0:
        entered = _enter(tracer, made, target)
        if entered is not None:
            return entered
    return _outside(tracer, made)


def _takes_role(tracer: Tracer, role: ScreenCall, target: int, callee: Callee) -> bool:
    """Methods of the app that only share a name with what knowledge describes are looked into,
    and so are constructors of classes of the app, which call the one that it describes.
    """
    if callee.name == "<init>" and target >= 0:
        return not tracer.may_enter(target)
    if role.owners != (ANY_OWNER,) or role.does == "test":
        return True
    return target < 0 or not tracer.may_enter(target)


def _given(one: Instruction, kinds: tuple[str, ...], state: State) -> tuple[Values, ...]:
    found: list[Values] = []
    at = 0
    for kind in kinds:
        inside = at < len(one.registers) and one.registers[at] < len(state.registers)
        found.append((state.registers[one.registers[at]] if inside else UNKNOWN) or UNKNOWN)
        at += 2 if kind in ("J", "D") else 1
    return tuple(found)


def _target(tracer: Tracer, made: Call) -> int:
    """The method of the app that runs, -1 for none or several."""
    callee, opcode = made.callee, made.one.opcode
    if opcode in VIRTUAL:
        classes = {
            one.descriptor for one in made.receiver if isinstance(one, Made | Instance)
        } & tracer.program.defined.keys()
        targets = {tracer.program.method_of(one, callee, opcode) for one in classes} - {-1}
        if len(targets) == 1:
            return targets.pop()
        if targets:
            return -1
    return tracer.program.target(callee, opcode)


def _enter(tracer: Tracer, made: Call, target: int) -> Values | None:
    callee = made.callee
    tracer.program_object(made)
    makes = callee.returns != "V" or callee.name == "<init>"
    arguments = made.given if made.static else made.given[1:]
    if callee.name == "<init>" or any(isinstance(one, Made | View) for one in made.receiver):
        arguments = made.given
    if not tracer.is_worth(target, arguments, makes=makes) and not _takes_list(tracer, made):
        return None
    place = made.frame.place(made.one)
    guards = made.frame.guards | made.state.guards
    result = tracer.enter(target, made.given, (*made.frame.chain, place), guards)
    return _of_own_view(tracer, made, result)


def _takes_list(tracer: Tracer, made: Call) -> bool:
    """Whether an object is made of a list, as adapters are."""
    if made.callee.name != "<init>":
        return False
    return any(_is_list(tracer, value) for values in made.given[1:] for value in values)


def _of_own_view(tracer: Tracer, made: Call, result: Values) -> Values:
    """What a view of the app's own makes of its parts is the answer of that view."""
    own = [one for one in made.receiver if isinstance(one, View)]
    if not own or not any(has_answer(value) for value in result):
        return result
    classes = set(tracer.program.above(made.callee.owner))
    within = {f"class:{one}" for one in classes}
    within |= {f"layout:{o.layout}" for o in tracer.uses.opened.values() if o.owner in classes}
    return frozenset(
        Answer(own[0], value.part, value.place)
        if isinstance(value, Answer) and value.view.within in within
        else value
        for value in result
    )


def tell(tracer: Tracer, made: Call) -> None:
    """Note a message that is shown because an answer is missing or wrong."""
    wrong = [
        guard.test for guard in made.state.guards if guard.outcome and guard.test.asks in COMPLAINTS
    ]
    if not wrong or not SHOWS.search(f"{made.callee.owner}{made.callee.name}"):
        return
    words = [
        value
        for values in made.given
        for value in map(uncoded, values)
        if isinstance(value, Word) or (isinstance(value, Resource) and value.kind == "string")
    ]
    place = made.frame.place(made.one)
    for test in wrong:
        for answer in answers_in(test.of):
            if isinstance(answer, Answer) and words:
                one = Told(answer.view, test, words[0], place)
                tracer.uses.told.setdefault((answer.view, test, place), one)


def _outside(tracer: Tracer, made: Call) -> Values:
    """Code that is not looked into: it may call back, keep what it is given, or pass it on."""
    tracer.escape(made)
    _hold(tracer, made)
    passes_on(tracer, made)
    if made.callee.name in GETTERS:
        named = [v for values in made.given for v in values if isinstance(v, Resource)]
        if any(one.kind in ("string", "array") for one in named):
            return frozenset(named)
    if made.callee.returns not in TEXTUAL:
        return _same_object(tracer, made)
    answers = frozenset(
        value
        for values in made.given
        for value in values
        if isinstance(value, Answer | Coded | Item)
        or (isinstance(value, Built) and has_answer(value))
    )
    return answers or tracer.asked(made)


def _hold(tracer: Tracer, made: Call) -> None:
    """Objects of libraries hold the lists that they are made of or given."""
    if made.static or made.callee.name not in HOLDING:
        return
    for owner in made.receiver:
        if not isinstance(owner, Made):
            continue
        listed = frozenset(v for values in made.given[1:] for v in values if _is_list(tracer, v))
        if listed:
            tracer.heap.write((owner, "content"), listed)
        elif made.callee.name == "add":
            slot = (made.frame.place(made.one), made.frame.chain[-3:])
            tracer.heap.put_slot(owner, slot, made.values(1))


def _hand_together(tracer: Tracer, made: Call) -> None:
    """Note the lists that a call is given together with an object of the app that it calls back."""
    values = [value for given in made.given[not made.static :] for value in given]
    listed = frozenset(value for value in values if _is_list(tracer, value))
    if listed:
        for value in values:
            if isinstance(value, Made) and value.descriptor in tracer.program.defined:
                tracer.heap.write((TOGETHER, value), listed)


def _is_list(tracer: Tracer, value: Value) -> bool:
    if isinstance(value, Resource):
        return value.kind == "array"
    return isinstance(value, Made) and (
        value.descriptor.startswith("[")
        or tracer.program.is_below(value.descriptor, ("java.util.Collection", "java.util.Map"))
    )


def _same_object(tracer: Tracer, made: Call) -> Values:
    """Builders of libraries return themselves; factories a new object that holds the list."""
    callee = made.callee
    if not made.static and callee.returns == callee.owner:
        return made.receiver
    listed = frozenset(v for values in made.given for v in values if _is_list(tracer, v))
    if listed and callee.returns.startswith("L"):
        one = Made(callee.returns, made.frame.place(made.one), made.frame.chain[-3:])
        tracer.heap.write((one, "content"), listed)
        return frozenset({one})
    if callee.name == "clone":
        return made.receiver
    return UNKNOWN
