"""What code says of the views of a screen: words, choices, tests, and where answers go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field

from witnessmark.analyses.ownership import not_of_libraries, surely_own
from witnessmark.facts.view import Facts
from witnessmark.flow.forms.calls import TOGETHER
from witnessmark.flow.forms.trace import FormUses, form_uses
from witnessmark.flow.forms.uses import Filled, Found, Kept, Opened, Shown, Tested
from witnessmark.flow.forms.values import (
    Answer,
    Coded,
    Given,
    Guard,
    Handed,
    Index,
    Instance,
    Item,
    Made,
    Place,
    Resource,
    Value,
    View,
    Word,
    answers_in,
    uncoded,
)  # fmt: skip

ROWS = ("getView", "onBindViewHolder", "getItemViewType")
"""Methods whose number is that of a row, not of a choice."""

ADAPTERS = (
    "android.widget.BaseAdapter", "android.support.v7.widget.RecyclerView$Adapter",
    "androidx.recyclerview.widget.RecyclerView$Adapter",
)  # fmt: skip
"""Classes that make the rows of lists."""

PICKED_DATE = ("onDateSet", "onTimeSet", "onDateSelected", "onTimeSelect", "onTimeSelected")
"""Callbacks that hand over a date or time."""

PICKED_TEXT = (
    "onSelect", "onSelected", "onSelection", "onItemSelect", "onItemPicked", "onOptionPicked",
    "onOptionsSelect", "onAddressPicked", "onAddressSelected", "onPicked", "onChoose", "onChosen",
)  # fmt: skip
"""Callbacks of pickers that hand over what was chosen."""

ARRIVED = (
    "onSuccess", "onResponse", "onResult", "onReceive", "onMessage", "onError", "onFail", "onNext",
    "onLoad", "onFinish", "onComplete", "onProgress", "onPost", "call", "accept", "run",
)  # fmt: skip
"""How callbacks begin that hand over what came from elsewhere, and was not chosen."""

CHOSEN_PARTS = ("position", "selected")
"""Parts of answers that say which item of a list was chosen."""

INTO_RECORDS = ("json", "parameter", "column", "xml", "map")
"""Kinds of names under which answers go into records, not from screen to screen."""


class Said(Struct):
    """What code does with one view.

    ``filled``  lists that it offers; ``picked`` lists of which it shows the chosen item;
    ``handed`` what may be the list of a picker of the app's own that hands it a text, best first;
    ``date`` places at which it shows a picked date, ``chosen`` what else a picker handed over;
    ``variables`` names of fields that hold it; ``answered`` places at which code takes what was
    entered.
    """

    found: list[Found] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    filled: list[Filled] = field(default_factory=list)
    picked: list[tuple[Value, Shown]] = field(default_factory=list)
    handed: list[Value] = field(default_factory=list)
    date: list[Shown] = field(default_factory=list)
    chosen: list[Shown] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    tested: list[Tested] = field(default_factory=list)
    casts: set[str] = field(default_factory=set)
    variables: dict[str, None] = field(default_factory=dict)
    answered: list[Place] = field(default_factory=list)

    @property
    def recorded(self) -> bool:
        """Whether what the view shows goes into a record."""
        return any(one.kind in INTO_RECORDS for one in self.kept)


NOTHING_SAID = Said()


class MadeView(Struct, frozen=True):
    """A view that code makes, and the class of the screen for which it does."""

    view: View
    said: Said


class Code:
    """Uses of views by layout and id, and views made in code."""

    def __init__(self, uses: FormUses, ids: Mapping[str, frozenset[str]]) -> None:
        """``ids`` are the ids of each layout, those of included ones too."""
        self.uses = uses
        self._ids = ids
        self._layouts = self._layouts_by_class()
        self._by_id = self._layouts_by_id()
        self._said: dict[tuple[str, str], Said] = defaultdict(Said)
        self._made: dict[View, Said] = defaultdict(Said)
        self._pickers = self._picker_views()
        self._tapped = self._tapped_views()
        self._collect()

    def said(self, layout: str, name: str) -> Said:
        """What code does with the view ``name`` of a layout."""
        return self._said.get((layout, name), NOTHING_SAID)

    def is_tapped(self, layout: str, name: str) -> bool:
        """Whether code listens to what people do with a view."""
        return (layout, name) in self._tapped

    def _tapped_views(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            (layout, view.name)
            for cell, values in self.uses.heap.cells()
            if cell[0] == "listens"
            for view in values
            if isinstance(view, View) and view.kind == "id"
            for layout in self.places(view)
        )

    def openings(self, layout: str) -> tuple[Opened, ...]:
        """Places that show or make a layout."""
        return tuple(one for one in self.uses.uses.opened.values() if one.layout == layout)

    def is_row(self, layout: str) -> bool:
        """Whether a layout is only shown as the rows of a list: what is tapped there and handed on
        was not entered there.
        """
        opened = self.openings(layout)
        return bool(opened) and all(
            one.how == "row" or self.uses.program.is_below(one.owner, ADAPTERS) for one in opened
        )

    def made(self) -> Iterator[MadeView]:
        """Views that code makes, in the order in which they were first seen."""
        for view, said in self._made.items():
            yield MadeView(view, said)

    def layouts_of(self, descriptor: str) -> frozenset[str]:
        """Layouts that a class shows, or the class around it, or those above it."""
        found: set[str] = set()
        for one in (descriptor, outermost(descriptor)):
            found |= self._layouts.get(one, set())
        if not found:
            for one in self.uses.program.above(descriptor):
                found |= self._layouts.get(one, set())
        return frozenset(found)

    def _layouts_by_class(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for one in self.uses.uses.opened.values():
            found[one.owner].add(one.layout)
            found[outermost(one.owner)].add(one.layout)
        for cell, values in self.uses.heap.cells():
            if len(cell) == 2 and cell[1] == "layout" and isinstance(cell[0], Instance | Made):
                names = {one.name for one in values if isinstance(one, View)}
                found[cell[0].descriptor] |= names
        return found

    def _layouts_by_id(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for layout in sorted(self._ids):
            for name in self._ids[layout]:
                found[name].append(layout)
        return {name: tuple(layouts) for name, layouts in found.items()}

    def places(self, view: View) -> tuple[str, ...]:
        """Layouts in which a view that code names can stand."""
        holding = self._by_id.get(view.name, ())
        where, _, name = view.within.partition(":")
        if where == "layout" and name in holding:
            return (name,)
        if where == "class":
            shown = self.layouts_of(name)
            named = tuple(layout for layout in holding if layout in shown)
            if named:
                return named
        return holding if len(holding) == 1 else ()

    def _of(self, view: View) -> list[Said]:
        if view.kind == "made":
            return [self._made[view]]
        if view.kind != "id":
            return []
        return [self._said[layout, view.name] for layout in self.places(view)]

    def _picker_views(self) -> Mapping[Index, tuple[View, ...]]:
        """Views that show what was chosen, by the choice that a callback was handed."""
        found: dict[Index, dict[View, None]] = defaultdict(dict)
        for shown in self.uses.uses.shown.values():
            if shown.what != "text":
                continue
            for value in sorted(shown.values, key=repr):
                for given in answers_in(value):
                    if isinstance(given, Index):
                        found[given][shown.view] = None
                    elif isinstance(given, Coded) and isinstance(given.when.test.of, Index):
                        found[given.when.test.of][shown.view] = None
        return {index: tuple(views) for index, views in found.items()}

    def views_of(self, given: Given) -> tuple[View, ...]:
        """The views into which an answer was entered."""
        if isinstance(given, Answer):
            return (given.view,)
        if isinstance(given, Index):
            return self._pickers.get(given, ())
        return tuple(
            view for inner in answers_in(given.when.test.of) for view in self.views_of(inner)
        )

    def _is_elsewhere(self, value: Value, view: View) -> bool:
        """Whether a choice was made in a view of another screen, or one that code made."""
        if not isinstance(value, Answer) or value.part not in CHOSEN_PARTS:
            return False
        places = self.places(value.view)
        return value.view.kind == "made" or (
            bool(places) and set(places).isdisjoint(self.places(view))
        )

    @cached_property
    def _offered_in(self) -> Mapping[View, tuple[Value, ...]]:
        """Lists from which views let people choose."""
        found: dict[View, dict[Value, None]] = defaultdict(dict)
        for filled in self.uses.uses.filled.values():
            if isinstance(filled.view, View):
                found[filled.view][filled.source] = None
        return {view: tuple(sources) for view, sources in found.items()}

    @cached_property
    def _lists_of(self) -> Mapping[Value, tuple[Value, ...]]:
        """Lists that go with objects which are called back, and what holds such an object."""
        together: dict[Value, dict[Value, None]] = defaultdict(dict)
        held: dict[Value, dict[Value, None]] = defaultdict(dict)
        for cell, values in self.uses.heap.cells():
            if len(cell) != 2:
                continue
            first = cell[0]
            if first == TOGETHER and isinstance(cell[1], Made):
                together[cell[1]].update(dict.fromkeys(sorted(values, key=repr)))
            elif isinstance(first, Made):
                for value in sorted(values, key=repr):
                    if isinstance(value, Made):
                        held[value][first] = None
        return {
            value: (*together.get(value, ()), *held.get(value, ()))
            for value in {**together, **held}
        }

    def _collect(self) -> None:
        uses = self.uses.uses
        for made in uses.made:
            if self.uses.program.is_below(made.descriptor, ("android.view.View",)):
                self._made.setdefault(View("made", made.descriptor, made=made), Said())
        for view, casts in self.uses.casts.items():
            for said in self._of(view):
                said.casts |= casts
        for found in uses.found.values():
            for said in self._of(found.view):
                said.found.append(found)
        for tested in uses.tested.values():
            for said in self._of(tested.view):
                said.tested.append(tested)
        for kept in uses.kept.values():
            for view in self.views_of(kept.answer):
                for said in self._of(view):
                    said.kept.append(kept)
        self._collect_answered()
        self._collect_variables()
        self._collect_shown()

    def _collect_answered(self) -> None:
        for view, place in self.uses.uses.answered:
            for said in self._of(view):
                said.answered.append(place)

    def _collect_variables(self) -> None:
        program = self.uses.program
        for cell, values in self.uses.heap.cells():
            if len(cell) != 2 or not isinstance(cell[1], int) or isinstance(cell[0], str):
                continue
            for value in sorted(values, key=repr):
                for said in self._of(value) if isinstance(value, View) else ():
                    named = program.facts.field_signature(cell[1]).partition("->")[2]
                    said.variables[named.partition(":")[0]] = None

    def _collect_shown(self) -> None:
        uses = self.uses.uses
        for shown in uses.shown.values():
            for said in self._of(shown.view):
                said.shown.append(shown)
                self._note_picked(said, shown)
        for filled in uses.filled.values():
            if isinstance(filled.view, View):
                for said in self._of(filled.view):
                    said.filled.append(filled)

    def _note_picked(self, said: Said, shown: Shown) -> None:
        if shown.what != "text":
            return
        for value in sorted(shown.values, key=repr):
            if isinstance(value, Item) and isinstance(value.by, Index):
                if shown.callback in ROWS:
                    continue
                said.picked.append((value.source, shown))
            elif isinstance(value, Handed) and not shown.callback.startswith(ARRIVED):
                said.handed += self._lists_of.get(value.of, ())
            elif isinstance(value, Item) and self._is_elsewhere(value.by, shown.view):
                said.handed.append(value.source)
            elif isinstance(value, Answer) and self._is_elsewhere(value, shown.view):
                said.handed += self._offered_in.get(value.view, ())
        if not constants(shown.values):
            if shown.callback in PICKED_DATE:
                said.date.append(shown)
            elif shown.callback in PICKED_TEXT:
                said.chosen.append(shown)


def outermost(descriptor: str) -> str:
    """The class around an inner or anonymous one."""
    head, dollar, _ = descriptor.partition("$")
    return f"{head};" if dollar else descriptor


def constants(values: Iterable[Value]) -> list[Word | Resource]:
    """Texts among values, constants first spelled out: strings and string resources."""
    found = [
        one
        for one in map(uncoded, values)
        if (isinstance(one, Word) and one.text.strip())
        or (isinstance(one, Resource) and one.kind == "string")
    ]
    return sorted(found, key=repr)


def conditions(guards: Iterable[Guard]) -> list[Guard]:
    """Guards that say something a reader understands, in a fixed order."""
    return sorted(guards, key=repr)


def traced(facts: Facts) -> FormUses:
    """What the app's own code does with forms."""
    return form_uses(facts, not_of_libraries(facts), surely_own(facts))
