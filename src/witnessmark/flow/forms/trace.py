"""Which methods are followed, for which objects, until nothing new is seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.facts.tables.code import CALLS, CLASSES, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.forms.annotated import Annotated
from witnessmark.flow.forms.heap import Heap, known_only
from witnessmark.flow.forms.program import Program
from witnessmark.flow.forms.roles import LAYOUT
from witnessmark.flow.forms.steps import STEPS
from witnessmark.flow.forms.tracer import FuelError, Scope, Tracer
from witnessmark.flow.forms.uses import Opened, Uses
from witnessmark.flow.forms.values import (
    UNKNOWN,
    Answer,
    Handed,
    Index,
    Instance,
    Made,
    Place,
    Value,
    Values,
    View,
)  # fmt: skip
from witnessmark.flow.graph import distinct
from witnessmark.flow.resource_uses import resource_uses
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.record_marks import RecordMark
from witnessmark.knowledge.packs.screen_calls import ScreenCall
from witnessmark.model.distinct import among

BRIDGE = 0x40
STRONG = frozenset({
    "find", "screen", "inflate", "answer", "choices", "preferences", "menu", "add_view",
    "pick_date",
})  # fmt: skip
"""What a class must do to count as one of the screen's."""

WEAK = frozenset({"test", "stored"})
"""What any code does, whether it has to do with forms or not."""

CALLS_UP = 4
MOST_INSTRUCTIONS, MOST_OF_OTHERS = 600_000, 150_000
"""Instructions after which no more methods are begun: of the app's own, of all others."""

MOST_ROUNDS = 4
MOST_OBJECTS = 4000
SHOWN = 3

Root = tuple[int, Value]
"""A method and the object for which it runs, `UNKNOWN` for a static one."""


class FormUses(Struct, frozen=True):
    """What code does with views, and what objects hold.

    ``casts``  classes as which code treats views; ``short`` methods that were not followed to
    the end; ``left`` how many were not followed at all.
    """

    uses: Uses
    heap: Heap
    program: Program
    casts: Mapping[View, set[str]]
    short: tuple[int, ...]
    left: int
    instructions: int


class _Driver:
    def __init__(self, facts: Facts, own: NDArray[np.bool_], first: NDArray[np.bool_]) -> None:
        know = load(("record_marks", "screen_calls"))
        self._own = own
        self._first = first
        self._facts = facts
        self.program = Program(facts, know.entries("screen_calls", ScreenCall))
        self._annotated = Annotated(self.program, know.entries("record_marks", RecordMark))
        called = distinct(facts.table(CALLS)["callee"])
        self._known_calls = list(self.program.known_calls(called))
        self._relevant = self._find_relevant()
        useful = self._useful()
        scope = Scope(
            lambda method: bool(own[method]),
            lambda method: bool(useful[method]),
            lambda method: method in self._relevant,
        )
        self.tracer = Tracer(self.program, STEPS, scope, self._annotated)
        self._done: dict[Root, int] = {}
        self.short: dict[int, None] = {}
        self.left = 0

    def run(self) -> FormUses:
        """Follow the screens, then the objects they make, then again what read what changed."""
        self._declared()
        relevant = self._relevant
        classes = self._screen_classes(relevant)
        later: list[Root] = []
        for root in self._roots(classes, relevant):
            if self._is_inner(root[1]):
                later.append(root)
            else:
                self._first_run(root)
        self._objects()
        made = {one.descriptor for one in self.tracer.objects}
        for root in later:
            if not isinstance(root[1], Instance) or root[1].descriptor not in made:
                self._first_run(root)
        for _ in range(MOST_ROUNDS):
            self._objects()
            stale = [root for root in self._done if root in self.tracer.heap.stale]
            self.tracer.heap.stale.clear()
            if not stale:
                break
            for root in stale:
                self._follow(root)
        tracer = self.tracer
        return FormUses(tracer.uses, tracer.heap, self.program, tracer.casts, tuple(self.short),
                        self.left, tracer.used)  # fmt: skip

    def _declared(self) -> None:
        """Layouts that annotations give to classes, and views to methods, in place of calls."""
        uses, heap = self.tracer.uses, self.tracer.heap
        for descriptor, layout, row in self._annotated.layouts():
            made = self._constructor(descriptor)
            if made >= 0 and self._own[made]:
                place = Place(made, 0)
                one = Opened(layout, "view", descriptor, place, row)
                uses.opened.setdefault((layout, "view", descriptor, place), one)
                heap.write((Instance(descriptor), LAYOUT), frozenset({View(LAYOUT, layout)}))
        for method, views in self._annotated.listening():
            if self._own[method]:
                heap.write(("listens", f"method {method}"), views)

    def _constructor(self, descriptor: str) -> int:
        """The first constructor of a class with code, else its first method; -1 for none."""
        methods = self._methods_of(self.program.class_row(descriptor))
        names = {method: self.program.world.callee(method).name for method in methods}
        return min(methods, key=lambda one: (names[one] != "<init>", one), default=-1)

    def _first_run(self, root: Root) -> None:
        if root not in self._done:
            self._done[root] = 0
            self._follow(root)

    def _follow(self, root: Root) -> None:
        most = MOST_INSTRUCTIONS if self._first[root[0]] else MOST_OF_OTHERS
        if self.tracer.used >= most:
            self.left += 1
            return
        heap = self.tracer.heap
        heap.reader = root
        try:
            self.tracer.run(root[0], self._arguments(root))
        except FuelError:
            self.short.setdefault(root[0])
        finally:
            heap.reader = None

    def _objects(self) -> None:
        """Follow the methods that outside code may call on objects that traced code made."""
        done = 0
        while done < min(len(self.tracer.objects), MOST_OBJECTS) or self.tracer.started:
            for initialiser in list(self.tracer.started):
                del self.tracer.started[initialiser]
                if self._own[initialiser]:
                    self._first_run((initialiser, UNKNOWN_RECEIVER))
            objects = list(self.tracer.objects)[done:MOST_OBJECTS]
            done += len(objects)
            for one in objects:
                for method in self._callbacks(one.descriptor):
                    self._first_run((method, one))

    def _callbacks(self, descriptor: str) -> Iterator[int]:
        """Methods that outside code may call on an object of a class of the app."""
        row = self.program.class_row(descriptor)
        if row < 0 or not self._is_called_back(descriptor):
            return
        for method in self._methods_of(row):
            named = self.program.world.callee(method).name
            if self._own[method] and not named.startswith("<") and not self._is_bridge(method):
                yield method

    def _is_bridge(self, method: int) -> bool:
        """Whether a compiler made the method to call another of that name."""
        return bool(int(self._facts.table(METHODS)["access"][method]) & BRIDGE)

    def _is_called_back(self, descriptor: str) -> bool:
        inner = descriptor.rstrip(";").rpartition("$")[2]
        if inner.isdigit() or "ambda" in descriptor:
            return True
        outside = {one for one in self.program.above(descriptor) if one not in self.program.defined}
        return bool(outside - PLAIN)

    def _methods_of(self, row: int) -> list[int]:
        return self.program.methods_of(row)

    def _is_inner(self, value: Value) -> bool:
        """Whether an object is one that code around it makes: of a class within another, or of
        one that only answers outside code, as a shrinker leaves those.
        """
        if not isinstance(value, Instance):
            return False
        above = self.program.defined.get(value.descriptor, ())
        answers = any(one not in self.program.defined for one in above[1:])
        return "$" in value.descriptor or (answers and above[0] == "Ljava/lang/Object;")

    def _useful(self) -> NDArray[np.bool_]:
        """Methods with a call whose role is known, and those that call such, a few calls up."""
        calls = self._facts.table(CALLS)
        known = [row for row, role in self._known_calls if role.does not in WEAK]
        useful = np.zeros(len(self._facts.table(METHODS)), dtype=bool)
        useful[calls["method"][among(calls["callee"], known)]] = True
        useful[list(self._relevant)] = True
        useful &= self._own
        for _ in range(CALLS_UP):
            useful[calls["method"][useful[calls["callee"]]]] = True
        return useful & self._own

    def _find_relevant(self) -> set[int]:
        """Methods of the app that do something with views or name resources of forms."""
        calls = self._facts.table(CALLS)
        wanted = [row for row, role in self._known_calls if role.does in STRONG]
        methods = set(calls["method"][among(calls["callee"], wanted)].tolist())
        kinds = self.program.resource_by_number
        for method, resource in resource_uses(self._facts).rows("method", "resource"):
            if kinds.get(resource, ("", ""))[0] in ("id", "layout", "menu", "xml"):
                methods.add(method)
        return {method for method in methods if self._own[method]}

    def _screen_classes(self, relevant: set[int]) -> list[int]:
        owners = self._facts.table(METHODS)["class"]
        return sorted({int(owners[method]) for method in relevant} - {-1})

    def _roots(self, classes: list[int], relevant: set[int]) -> Iterator[Root]:
        """Every method of screen classes, for each class that can have objects."""
        facts = self._facts
        kinds = facts.table(CLASSES)["type"]
        names = {facts.descriptor(int(kinds[row])): row for row in classes}
        listed = sorted(set(names) | self._below(set(names)))
        for descriptor in sorted(listed, key=lambda one: not self._is_first(one)):
            if self.program.is_concrete(descriptor):
                yield from self._roots_of(descriptor, relevant, screen=descriptor in names)
        for descriptor, row in names.items():
            if not self.program.is_concrete(descriptor):
                for method in self._methods_of(row):
                    if self.program.world.is_static(method) and self._own[method]:
                        yield self._root(method, descriptor)

    def _is_first(self, descriptor: str) -> bool:
        methods = self._methods_of(self.program.class_row(descriptor))
        return bool(methods) and bool(self._first[methods[0]])

    def _roots_of(self, descriptor: str, relevant: set[int], *, screen: bool) -> Iterator[Root]:
        """Methods of one class, and those it inherits that do something with views."""
        own = self._methods_of(self.program.class_row(descriptor)) if screen else []
        taken = {self._key(method) for method in own}
        for method in own:
            if self._own[method] and not self._is_bridge(method):
                yield self._root(method, descriptor)
        for above in sorted(self.program.above(descriptor) - {descriptor}):
            for method in self._methods_of(self.program.class_row(above)):
                free = self._key(method) not in taken
                if free and method in relevant and not self.program.world.is_static(method):
                    yield self._root(method, descriptor)
                taken.add(self._key(method))

    def _key(self, method: int) -> tuple[int, int]:
        methods = self._facts.table(METHODS)
        return int(methods["name"][method]), int(methods["proto"][method])

    def _below(self, names: set[str]) -> set[str]:
        """Classes of the app below a screen class."""
        return {
            descriptor
            for descriptor in self.program.defined
            if not names.isdisjoint(self.program.above(descriptor))
        }

    def _root(self, method: int, descriptor: str) -> Root:
        static = self.program.world.is_static(method)
        return method, UNKNOWN_RECEIVER if static else Instance(descriptor)

    def _arguments(self, root: Root) -> list[Values]:
        """What a root is handed: what is known of its receiver and the views it listens to."""
        method, receiver = root
        callee = self.program.world.callee(method)
        views = self._annotated.listened(method)
        views = views or self._listened(receiver, callee.name)
        found: list[Values] = [] if receiver is UNKNOWN_RECEIVER else [frozenset({receiver})]
        listened = False
        for kind in callee.kinds:
            if kind in self.program.defined:
                found.append(frozenset({Instance(kind)}))
            elif self._is_view(kind) and views:
                found.append(frozenset(views))
            elif (part := ANSWERED.get((callee.name, kind), "")) and views and not listened:
                found.append(frozenset({Answer(v, part) for v in views if isinstance(v, View)}))
                listened = True
            elif kind == "I" and callee.name.startswith(NUMBERED):
                found.append(frozenset({Index(method, receiver)}))
            elif kind in TEXTS and isinstance(receiver, Made):
                found.append(frozenset({Handed(receiver)}))
            elif kind.startswith("[") or kind == "Ljava/lang/Object;":
                task = known_only(self.tracer.heap.read(("task", receiver)))
                found.append(frozenset(task) or UNKNOWN)
            else:
                found.append(UNKNOWN)
        return found

    def _listened(self, receiver: Value, callback: str) -> Values:
        """Views that an object listens to: those that tell it what a callback is about, where one
        object listens to several in several ways, else all.
        """
        heap, about = self.tracer.heap, callback.removeprefix("on")
        for way in (about, about.removesuffix("d")):
            views = known_only(heap.read(("listens", receiver, way)))
            if views:
                return views
        return known_only(heap.read(("listens", receiver)))

    def _is_view(self, kind: str) -> bool:
        return kind.startswith("L") and self.program.is_below(kind, ("android.view.View",))


UNKNOWN_RECEIVER: Value = next(iter(UNKNOWN))
PLAIN = frozenset({
    "Ljava/lang/Object;", "Ljava/io/Serializable;", "Landroid/os/Parcelable;",
    "Ljava/lang/Cloneable;", "Ljava/lang/Comparable;", "Ljava/lang/Enum;", "Ljava/lang/Exception;",
    "Ljava/lang/Throwable;",
})  # fmt: skip
"""Classes above many objects that nobody calls back."""

TEXTS = ("Ljava/lang/String;", "Ljava/lang/CharSequence;")
NUMBERED = ("on", "getView")
"""How methods begin that are called back with the number of a choice or row."""

ANSWERED: Mapping[tuple[str, str], str] = {
    ("onItemSelected", "I"): "position",
    ("onItemClick", "I"): "position",
    ("onItemLongClick", "I"): "position",
    ("onCheckedChanged", "I"): "checked id",
    ("onCheckedChanged", "Z"): "checked",
    ("onProgressChanged", "I"): "number",
    ("onRatingChanged", "F"): "number",
    ("onValueChange", "I"): "position",
    ("onTextChanged", "Ljava/lang/CharSequence;"): "text",
    ("afterTextChanged", "Landroid/text/Editable;"): "text",
    ("onQueryTextChange", "Ljava/lang/String;"): "text",
    ("onQueryTextSubmit", "Ljava/lang/String;"): "text",
}
"""Which part of an answer a callback is told first, by its name and the type of the parameter."""


def form_uses(
    facts: Facts, own: NDArray[np.bool_], first: NDArray[np.bool_] | None = None
) -> FormUses:
    """What the methods marked in ``own`` do with forms; the same app gives the same.

    Those marked in ``first`` are followed before others, and further.
    """
    return _Driver(facts, own, own if first is None else first).run()
