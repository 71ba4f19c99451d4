"""Follows the values of forms through methods, into the methods they call, over joins and loops.

A forward data-flow analysis over sets of values: methods are looked into where they are handed
something that matters, objects are kept apart by the place that makes them and the calls that led
there. States that differ in a counter are kept apart, so that loops over known lists are followed
element by element. Work is bounded by fuel; nothing of the app is executed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING

from msgspec import Struct

from witnessmark.flow.forms.annotated import Annotated
from witnessmark.flow.forms.heap import Heap
from witnessmark.flow.forms.program import Blocks, Program
from witnessmark.flow.forms.state import Key, State, key_of, merge_into
from witnessmark.flow.forms.uses import Kept, Tested, Uses
from witnessmark.flow.forms.values import (
    NOTHING,
    UNKNOWN,
    Answer,
    Coded,
    Guard,
    Instance,
    Made,
    Number,
    Place,
    Resource,
    Symbol,
    Test,
    Value,
    Values,
    View,
    Word,
    answers_in,
    has_answer,
    joined,
    only,
    uncoded,
)  # fmt: skip
from witnessmark.flow.instructions import Instruction
from witnessmark.flow.values.code import Runnable
from witnessmark.formats.patterns import kept_regex

if TYPE_CHECKING:
    from witnessmark.flow.forms.calls import Call
    from witnessmark.flow.forms.library import Effect

DEEPEST = 9
MOST_STATES = 120
MOST_VISITS = 6
ROOT_FUEL = 20_000
SHORT, SHORT_CONSTRUCTOR = 24, 60
"""Instructions up to which a method that returns something is always looked into."""

SCREENS = (
    "android.app.Activity", "android.app.Fragment", "androidx.fragment.app.Fragment",
    "android.support.v4.app.Fragment", "android.app.Dialog", "android.view.View",
    "android.widget.PopupWindow", "android.widget.Adapter",
    "androidx.recyclerview.widget.RecyclerView$Adapter",
    "androidx.recyclerview.widget.RecyclerView$ViewHolder",
    "android.support.v7.widget.RecyclerView$Adapter",
    "android.support.v7.widget.RecyclerView$ViewHolder", "android.content.Context",
    "android.os.AsyncTask", "android.os.Handler", "java.lang.Thread",
)  # fmt: skip
"""Classes whose fields hold the screen and its work, not records."""


class FuelError(Exception):
    """A root took more instructions than it may."""


Step = Callable[["Tracer", "Frame", Instruction, State], "list[tuple[int, State]] | None"]
"""What an instruction does to a state: None to go on, else the places to go on at."""


class Frame:
    """One method being followed: its code, the calls that led here, and the guards there."""

    __slots__ = ("chain", "code", "guards", "returns")

    def __init__(self, code: Runnable, chain: tuple[Place, ...], guards: frozenset[Guard]) -> None:
        self.code = code
        self.chain = chain
        self.guards = guards
        self.returns: Values = NOTHING

    @property
    def method(self) -> int:
        """Row of the method."""
        return self.code.method

    def place(self, one: Instruction) -> Place:
        """Where an instruction stands."""
        return Place(self.code.method, one.pc)


Arrive = Callable[[int, State], None]


class Scope(Struct, frozen=True):
    """Which methods are looked into.

    ``own``         code of the app, not of known libraries.
    ``does_forms``  methods that do something with forms, or call such.
    ``makes_views`` methods that find or make views themselves.
    """

    own: Callable[[int], bool]
    does_forms: Callable[[int], bool]
    makes_views: Callable[[int], bool]


class Tracer:
    """Follows roots; what it sees goes into `uses`, what objects hold into `heap`."""

    def __init__(
        self,
        program: Program,
        steps: Mapping[int, Step],
        scope: Scope,
        annotated: Annotated,
    ) -> None:
        self.program = program
        self.heap = Heap()
        self.uses = Uses()
        self.may_enter = scope.own
        self.does_forms = scope.does_forms
        self.makes_views = scope.makes_views
        self.callback = ""
        self.library_effects: dict[int, Effect | None] = {}
        self.fuel = 0
        self.used = 0
        self.objects: dict[Made | Instance, None] = {}
        self.started: dict[int, None] = {}
        self.casts: dict[View, set[str]] = {}
        self._steps = steps
        self._annotated = annotated
        self._active: list[int] = []
        self._receiver: Values = UNKNOWN
        self._of_screen: dict[int, bool] = {}
        self._looked_up: set[int] = set()

    def run(self, method: int, arguments: Sequence[Values]) -> None:
        """Follow a root; `FuelError` when it takes too long."""
        self.fuel = ROOT_FUEL
        self._active.clear()
        static = self.program.world.is_static(method)
        self._receiver = UNKNOWN if static or not arguments else arguments[0]
        self.callback = self.program.facts.method_name(method)
        try:
            self.enter(method, arguments, self._made_by(), frozenset())
        finally:
            self.used += ROOT_FUEL - max(self.fuel, 0)

    def _made_by(self) -> tuple[Place, ...]:
        """The calls that led to the object for which a root runs; what it makes is its own."""
        root = only(self._receiver)
        return (*root.chain, root.place)[-3:] if isinstance(root, Made) else ()

    def enter(
        self,
        method: int,
        arguments: Sequence[Values],
        chain: tuple[Place, ...],
        guards: frozenset[Guard],
    ) -> Values:
        """What a method returns for these arguments, the receiver first."""
        blocks = self.program.blocks(method)
        if blocks is None or len(self._active) > DEEPEST or self._active.count(method) > 1:
            return UNKNOWN
        frame = Frame(blocks.code, chain, guards)
        known: dict[Key, State] = {}
        visits: dict[Key, int] = {}
        waiting: list[tuple[int, tuple[int, ...], int, Key]] = []
        queued: set[Key] = set()
        number = count()

        def arrive(start: int, state: State) -> None:
            key = key_of(blocks, start, state)
            at_block = known.get(key)
            if at_block is None:
                if len(known) >= MOST_STATES + len(blocks.starts):
                    return
                known[key] = state
            elif not merge_into(at_block, state) or visits.get(key, 0) >= MOST_VISITS:
                return
            if key not in queued:
                queued.add(key)
                heappush(waiting, (*_order(blocks, key), next(number), key))

        arrive(0, State(self._registers(blocks.code, arguments), frozenset()))
        self._active.append(method)
        try:
            while waiting:
                key = heappop(waiting)[-1]
                queued.discard(key)
                visits[key] = visits.get(key, 0) + 1
                start = key[0]
                self._follow(frame, (start, blocks.end_of[start]), known[key].copy(), arrive)
        finally:
            self._active.pop()
        return frame.returns or UNKNOWN

    def _registers(self, code: Runnable, arguments: Sequence[Values]) -> list[Values]:
        registers: list[Values] = [NOTHING] * code.registers
        at = code.registers - code.ins
        kinds = self.program.world.callee(code.method).kinds
        widths = [1] * (len(arguments) - len(kinds)) + [2 if k in "JD" else 1 for k in kinds]
        for values, width in zip(arguments, widths, strict=False):
            if at < len(registers):
                registers[at] = values or UNKNOWN
            at += width
        return registers

    def _follow(self, frame: Frame, block: tuple[int, int], state: State, arrive: Arrive) -> None:
        """Run one block and hand its ends on."""
        code, (start, end) = frame.code, block
        at_start = code.instructions[start].pc
        handlers = [code.at[h] for first, last, h in code.tries
                    if first <= at_start < last and h in code.at]  # fmt: skip
        for handler in handlers:
            arrive(handler, state.copy())
        onward: list[tuple[int, State]] | None = None
        for one in code.instructions[start:end]:
            self.fuel -= 1
            if self.fuel <= 0:
                raise FuelError
            step = self._steps.get(one.opcode)
            if step is not None:
                onward = step(self, frame, one, state)
                if onward is not None:
                    break
        for handler in handlers:
            arrive(handler, state.copy())
        if onward is not None:
            for pc, after in onward:
                if pc in code.at:
                    arrive(code.at[pc], after)
        elif end < len(code.instructions):
            arrive(end, state)

    @property
    def at_root(self) -> bool:
        """Whether the method being followed is the root, not one that it calls."""
        return len(self._active) == 1

    def gives_back(self, frame: Frame, values: Values) -> None:
        """Note what a method returns."""
        frame.returns = joined(frame.returns, values)

    def is_worth(self, target: int, arguments: Sequence[Values], *, makes: bool) -> bool:
        """Whether to look into a method of the app.

        It must be handed an answer; or be handed something else of a form and do something with
        forms, or be short; or be short and return something. ``makes`` says that it makes an
        object or returns a value.
        """
        if not self.may_enter(target):
            return False
        lively = self.heap.is_lively
        handed = [value for values in arguments for value in values if lively(value)]
        short = self._is_short(target)
        if handed:
            useful = short or self.does_forms(target)
            return useful or any(_carries(value) for value in handed)
        return makes and (short or self.makes_views(target))

    def _is_short(self, target: int) -> bool:
        code = self.program.world.methods.get(target)
        if code is None:
            return False
        makes = self.program.facts.method_name(target) == "<init>"
        return len(code.instructions) <= (SHORT_CONSTRUCTOR if makes else SHORT)

    def coded(self, values: Values, guards: frozenset[Guard]) -> Values:
        """A constant as what it stands for, where an answer decided that it is taken."""
        when = [guard for guard in guards if stands_for(guard)]
        if not when:
            return values
        first = min(when, key=repr)
        return frozenset(Coded(value, first) for value in values)

    def store(
        self, frame: Frame, one: Instruction, row: int, owners: Values, values: Values, state: State
    ) -> None:
        """Write a field; an answer that becomes part of a record is noted."""
        row = self.program.world.field(row)
        for owner in owners:
            if isinstance(owner, Made | Instance | View):
                self.heap.write((owner, row), values)
        self.heap.write(("any", row), values)
        if not any(has_answer(value) for value in values) or self._is_of_screen(row):
            return
        name, owner_name = self._annotated.record_name(row)
        guards = frame.guards | state.guards
        for value in values:
            for answer in answers_in(value):
                place = frame.place(one)
                self.uses.see_kept(Kept(answer, "field", name, place, None, owner_name, "", guards))

    def _is_of_screen(self, row: int) -> bool:
        if row not in self._of_screen:
            owner = self.program.facts.field_signature(row).partition("->")[0]
            inner = owner.rstrip(";").rpartition("$")[2]
            self._of_screen[row] = (
                inner.isdigit() or "ambda" in owner or self.program.is_below(owner, SCREENS)
            )
        return self._of_screen[row]

    def starts(self, row: int) -> None:
        """The class of a static field is to be initialised."""
        if row not in self._looked_up:
            self._looked_up.add(row)
            initialiser = self.program.world.initialiser(row)
            if initialiser >= 0:
                self.started.setdefault(initialiser)

    def bound_field(self, row: int) -> Values:
        """The view that an annotation, or a binding class, puts into a field."""
        return self._annotated.bound_view(row)

    def parameter_names(self, method: int) -> Mapping[int, str]:
        """Names that annotations give to the parameters of a method, by position."""
        return self._annotated.parameter_names(method)

    def cast(self, view: View, descriptor: str) -> None:
        """Code treats a view as one of that class."""
        self.casts.setdefault(view, set()).add(descriptor)

    def tested(self, test: Test, place: Place) -> None:
        """Note a branch that depends on an answer."""
        for answer in answers_in(test.of):
            if isinstance(answer, Answer):
                one = Tested(answer.view, test.asks, test.other, place)
                self.uses.tested.setdefault((one.view, one.asks, one.other, place), one)

    def home(self, frame: Frame) -> str:
        """The class for which a method runs: that of the root's receiver, else its own."""
        root = only(self._receiver)
        if isinstance(root, Instance | Made):
            return root.descriptor
        return self.program.world.callee(frame.method).owner

    def view_of(self, frame: Frame) -> View:
        """The whole content of the screen for which a method runs."""
        return View("screen", self.home(frame))

    def truth(self, value: bool) -> Values:
        """A known outcome."""
        return frozenset({Number(int(value))})

    def program_object(self, made: Call) -> None:
        """Note objects of the app that a call is made on, or that are handed on."""
        for values in made.given:
            for value in values:
                if isinstance(value, Made) and value.descriptor in self.program.defined:
                    self.objects.setdefault(value)

    def escape(self, made: Call) -> None:
        """Objects of the app that outside code gets: it may call them, for the view it was told."""
        self.program_object(made)
        views = [value for value in made.receiver if isinstance(value, View)]
        named = SETTER.fullmatch(made.callee.name)
        first = 0 if made.static else 1
        for values in made.given[first:]:
            for value in values:
                if isinstance(value, Made | Instance) and views:
                    self.heap.write(("listens", value), frozenset(views))
                    if named is not None:
                        self.heap.write(("listens", value, named[1]), frozenset(views))
        if made.callee.name in ("execute", "executeOnExecutor"):
            for task in made.receiver:
                if isinstance(task, Made | Instance):
                    self.heap.write(("task", task), made.values(len(made.given) - 1))

    def asked(self, made: Call) -> Values:
        """What outside code, or code not looked into, says: known by the words of the question."""
        callee = made.callee
        if callee.owner in self.program.defined and callee.returns in _WORDY:
            simple = callee.owner.rpartition("/")[2].rstrip(";")
            return frozenset({Symbol(f"{simple}.{callee.name}")})
        if callee.returns in self.program.defined:
            return frozenset({Instance(callee.returns)})
        return UNKNOWN


SETTER = kept_regex(r"setOn(\w+)Listener")
"""Names of methods by which a view is told its listener, and of what it will be told."""

_WORDY = ("Ljava/lang/String;", "I", "Z")


def _order(blocks: Blocks, key: Key) -> tuple[int, tuple[int, ...]]:
    return blocks.rank[key[0]], tuple(-1 if number is None else number for number in key[1])


def _carries(value: Value) -> bool:
    """Whether a value is an answer, or a list of such."""
    return has_answer(value) or (isinstance(value, Made) and value.descriptor.startswith("["))


def stands_for(guard: Guard) -> bool:
    """Whether a branch was taken because an answer is a certain one that is known.

    That a typed text equals another text says nothing of a choice, unless code spells that text.
    """
    test = guard.test
    if not guard.outcome or not has_answer(test.of):
        return False
    return test.asks == "checked" or (
        test.asks == "equals" and isinstance(uncoded(test.other), Word | Number | Resource)
    )
