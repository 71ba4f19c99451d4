"""Branches that ask which view it is: ``switch (view.getId())``, ``view == button``.

One listener serves many views. Behind such a branch only the view that was asked for is left of
those that a register may hold, of their ids, and of what was answered in them.
"""

from __future__ import annotations

from witnessmark.flow.forms.state import State
from witnessmark.flow.forms.values import ANY, Answer, Resource, Value, Values, View

Ways = tuple[State | None, State | None]
"""The states where it is that view, and where it is another; None for a way never taken."""


def ways(state: State, first: Values, second: Values, *, may_be_other: bool) -> Ways | None:
    """Both ways of a comparison of views or ids; None when it compares something else.

    ``may_be_other`` says that a view may be here that nobody saw being handed over.
    """
    for many, one in ((first, second), (second, first)):
        name = _single(one)
        names = _names(many)
        if not name or not names:
            continue
        if name in names:
            equal: State | None = _left(state.copy(), names, {name})
        elif ANY in many or may_be_other:
            equal = _left(state.copy(), names, set(), name)
        else:
            equal = None
        others = names - {name}
        unequal = _left(state, names, others) if others or ANY in many or may_be_other else None
        return equal, unequal
    return None


def _name(value: Value) -> str:
    if isinstance(value, View | Resource) and value.kind == "id":
        return value.name
    if isinstance(value, Answer) and value.view.kind == "id":
        return value.view.name
    return ""


def _single(values: Values) -> str:
    """The view or id that a side of a comparison is."""
    if len(values) != 1:
        return ""
    value = next(iter(values))
    return _name(value) if isinstance(value, View | Resource) else ""


def _names(values: Values) -> set[str]:
    """Views or ids that a side may be; none when it may be something else that is known."""
    known = [one for one in values if one is not ANY]
    named = [_name(one) for one in known if isinstance(one, View | Resource)]
    return set(named) if len(named) == len(known) and "" not in named else set()


def _left(state: State, names: set[str], stay: set[str], instead: str = "") -> State:
    """The state with only those of the views, ids and answers that ``stay``."""
    for register, values in enumerate(state.registers):
        here = {_name(one) for one in values} - {""}
        if len(here) < 2 and not (instead and here):
            continue
        if here != names and not (stay and stay < here):
            continue
        kept = {one for one in values if not _name(one) or _name(one) in stay}
        if instead:
            kept |= {_named(one, instead) for one in values if _name(one)}
        if stay:
            kept.discard(ANY)
        state.registers[register] = frozenset(kept)
    return state


def _named(value: Value, name: str) -> Value:
    """The same of another view."""
    if isinstance(value, View):
        return View(value.kind, name, value.within)
    if isinstance(value, Resource):
        return Resource(value.kind, name, value.place)
    if isinstance(value, Answer):
        return Answer(View(value.view.kind, name, value.view.within), value.part, value.place)
    return value
