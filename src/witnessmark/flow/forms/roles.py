"""What calls do whose role knowledge gives (pack `screen_calls`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from witnessmark.flow.forms.heap import known_only
from witnessmark.flow.forms.passing import keep, run_sql, write_row
from witnessmark.flow.forms.uses import Filled, Found, Opened, Placed, Shown
from witnessmark.flow.forms.values import (
    ANY,
    UNKNOWN,
    Answer,
    Coded,
    Instance,
    Item,
    Made,
    Resource,
    Symbol,
    Test,
    Value,
    Values,
    View,
    Word,
    has_answer,
    only,
    uncoded,
)  # fmt: skip
from witnessmark.knowledge.packs.screen_calls import Does, ScreenCall

if TYPE_CHECKING:
    from witnessmark.flow.forms.calls import Call
    from witnessmark.flow.forms.tracer import Tracer

Effect = Callable[["Tracer", "Call", ScreenCall], Values]
LAYOUT = "layout"


def _operand(made: Call, role: ScreenCall, name: str) -> Values:
    return made.values(role.operand(name, static=made.static))


def find(tracer: Tracer, made: Call, role: ScreenCall) -> Values:
    """A view by its id, within the screen or layout in which it is looked for; the button that
    is chosen in a group stands for the answer.
    """
    owners = _operand(made, role, "in")
    found: set[Value] = set()
    place = made.frame.place(made.one)
    for value in map(uncoded, _operand(made, role, "id")):
        if isinstance(value, Resource) and value.kind == "id":
            for within in sorted(_within(tracer, made, owners)):
                view = View("id", value.name, within)
                tracer.uses.see_found(Found(view, place))
                found.add(view)
        elif isinstance(value, Answer) and value.part == "checked id":
            found.add(value)
    return frozenset(found) or UNKNOWN


def _within(tracer: Tracer, made: Call, owners: Values) -> set[str]:
    """Where a view is looked for: a layout where that is known, else the class that looks."""
    found: set[str] = set()
    for owner in owners:
        if isinstance(owner, View) and owner.kind == "layout":
            found.add(f"layout:{owner.name}")
        elif isinstance(owner, View):
            found.add(owner.within or f"class:{owner.name}")
        elif isinstance(owner, Made | Instance):
            layouts = [one for one in tracer.heap.read((owner, LAYOUT)) if isinstance(one, View)]
            if layouts:
                found.update(f"layout:{one.name}" for one in layouts)
            elif owner.descriptor in tracer.program.defined:
                found.add(f"class:{owner.descriptor}")
    return found or {f"class:{tracer.home(made.frame)}"}


def screen(tracer: Tracer, made: Call, role: ScreenCall) -> Values:
    """A layout becomes the content of a window."""
    for value in map(uncoded, _operand(made, role, LAYOUT)):
        name = ""
        if (isinstance(value, Resource) and value.kind == LAYOUT) or (
            isinstance(value, View) and value.kind == LAYOUT
        ):
            name = value.name
        if not name:
            continue
        view = View(LAYOUT, name)
        owner = only(made.receiver)
        if isinstance(owner, Made | Instance):
            tracer.heap.write((owner, LAYOUT), frozenset({view}))
        _opened(tracer, made, name, role.what)
        if role.what == "dialog" and isinstance(value, Resource):
            return made.receiver
    return made.receiver if made.callee.returns != "V" else UNKNOWN


def _opened(tracer: Tracer, made: Call, name: str, how: str) -> None:
    owner = only(made.receiver)
    descriptor = owner.descriptor if isinstance(owner, Instance | Made) else ""
    if descriptor not in tracer.program.defined:
        how = "dialog" if descriptor.endswith("Dialog;") else how
        descriptor = tracer.home(made.frame)
    place = made.frame.place(made.one)
    one = Opened(name, how, descriptor, place)
    tracer.uses.opened.setdefault((name, how, descriptor, place), one)


def inflate(tracer: Tracer, made: Call, role: ScreenCall) -> Values:
    """The root view of a layout."""
    found: set[Value] = set()
    for value in map(uncoded, _operand(made, role, LAYOUT)):
        if isinstance(value, Resource) and value.kind == LAYOUT:
            view = View(LAYOUT, value.name)
            found.add(view)
            _opened(tracer, made, value.name, role.what)
            for parent in made.given[1:]:
                _grows(tracer, parent, view)
    return frozenset(found) or UNKNOWN


def _grows(tracer: Tracer, parent: Values, view: View) -> None:
    """A view of the app's own that takes a layout into itself."""
    for owner in parent:
        if isinstance(owner, Instance | Made) and tracer.program.is_below(
            owner.descriptor, ("android.view.View",)
        ):
            tracer.heap.write((owner, LAYOUT), frozenset({view}))


def answer(tracer: Tracer, made: Call, role: ScreenCall) -> Values:
    """What people entered into a view."""
    place = made.frame.place(made.one)
    found: set[Value] = set()
    for value in _operand(made, role, "of"):
        if isinstance(value, View) and value.kind != LAYOUT:
            if value.kind == "id" and not made.static:
                tracer.cast(value, made.callee.owner)
            found.add(Answer(value, role.what, place))
            tracer.uses.answered.setdefault((value, place), None)
        elif isinstance(value, Answer | Coded | Item):
            found.add(value)
    return frozenset(found) or UNKNOWN


def show(tracer: Tracer, made: Call, role: ScreenCall) -> Values:
    """What a view shows is changed."""
    views = [v for v in _operand(made, role, "view") if isinstance(v, View) and v.kind != LAYOUT]
    views.sort(key=repr)
    values = _operand(made, role, "value")
    for view in views:
        if view.kind == "id" and role.what in ("text", "hint", "error"):
            tracer.cast(view, made.callee.owner)
        one = Shown(
            view, role.what, values, made.frame.place(made.one),
            made.frame.guards | made.state.guards, tracer.callback,
        )  # fmt: skip
        tracer.uses.see_shown(one)
    return made.receiver if made.callee.returns == made.callee.owner else UNKNOWN


def choices(tracer: Tracer, made: Call, role: ScreenCall) -> Values:
    """A view or a dialog gets its list."""
    place = made.frame.place(made.one)
    owners = _operand(made, role, "view") if role.what != "dialog" else made.receiver
    for source in _operand(made, role, "list"):
        if not isinstance(source, Made | Instance | Resource | Answer | Item):
            continue
        for owner in owners:
            if owner is not ANY:
                one = Filled(owner, source, place)
                tracer.uses.filled.setdefault((owner, source, place), one)
    tracer.escape(made)
    return made.receiver if role.what == "dialog" else UNKNOWN


def test(tracer: Tracer, made: Call, role: ScreenCall) -> Values:
    """A question about a text."""
    place = made.frame.place(made.one)
    if role.what == "equals":
        return _equal(tracer, made)
    found: set[Value] = set()
    others = [v for values in made.given for v in map(uncoded, values) if isinstance(v, Word)]
    for values in made.given:
        for value in values:
            if has_answer(value) or isinstance(value, Symbol):
                other = others[0] if role.what == "pattern" and others else ANY
                found.add(Test(role.what, value, other, place))
            elif isinstance(value, Test):
                found.add(value)
    return frozenset(found) or UNKNOWN


def _equal(tracer: Tracer, made: Call) -> Values:
    place = made.frame.place(made.one)
    if len(made.given) < 2:
        return UNKNOWN
    found: set[Value] = set()
    for first, second in ((made.values(0), made.values(1)), (made.values(1), made.values(0))):
        other = only(known_only(second)) or ANY
        for value in first:
            if has_answer(value) or (
                isinstance(value, Symbol) and isinstance(uncoded(other), Word)
            ):
                if isinstance(other, Word) and not other.text:
                    found.add(Test("empty", value, ANY, place))
                else:
                    found.add(Test("equals", value, other, place))
    same = only(made.values(0)), only(made.values(1))
    if not found and all(isinstance(one, Word) for one in same):
        return tracer.truth(same[0] == same[1])
    return frozenset(found) or UNKNOWN


def kept(tracer: Tracer, made: Call, role: ScreenCall) -> Values:
    """A value goes under a name."""
    keep(tracer, made, role)
    if made.callee.returns == made.callee.owner or made.callee.name == "putExtra":
        return made.receiver
    return UNKNOWN


def stored(tracer: Tracer, made: Call, role: ScreenCall) -> Values:
    """A value is read by its name."""
    found: set[Value] = set()
    for key in map(uncoded, _operand(made, role, "key")):
        if isinstance(key, Word):
            found |= known_only(tracer.heap.read(("name", role.what, key.text)))
            if not found and role.what == "preference":
                found.add(Symbol(f"setting “{key.text}”"))
    return frozenset(found) or UNKNOWN


def sql(tracer: Tracer, made: Call, role: ScreenCall) -> Values:
    """An SQL statement with values."""
    run_sql(tracer, made, _operand(made, role, "sql"), _operand(made, role, "values"))
    return UNKNOWN


def row(tracer: Tracer, made: Call, role: ScreenCall) -> Values:
    """A row is written."""
    write_row(tracer, made, _operand(made, role, "table"))
    return UNKNOWN


def resource_screen(tracer: Tracer, made: Call, role: ScreenCall) -> Values:
    """Settings or a menu by their resource."""
    for value in map(uncoded, _operand(made, role, LAYOUT)):
        if isinstance(value, Resource):
            _opened(tracer, made, f"{value.kind}/{value.name}", role.what)
    return UNKNOWN


def add_view(tracer: Tracer, made: Call, role: ScreenCall) -> Values:
    """A view goes into another."""
    place = made.frame.place(made.one)
    for parent in sorted(_operand(made, role, "parent"), key=repr):
        for child in sorted(_operand(made, role, "view"), key=repr):
            if isinstance(child, View):
                held = parent if isinstance(parent, View) else tracer.view_of(made.frame)
                tracer.uses.placed.setdefault((held, child, place), Placed(held, child, place))
    return UNKNOWN


def identity(_: Tracer, made: Call, role: ScreenCall) -> Values:
    """The id of a view."""
    place = made.frame.place(made.one)
    found: set[Value] = set()
    for value in _operand(made, role, "of"):
        if isinstance(value, View) and value.kind == "id":
            found.add(Resource("id", value.name, place))
        else:
            found.add(ANY)
    return frozenset(found) or UNKNOWN


def pick_date(tracer: Tracer, made: Call, _: ScreenCall) -> Values:
    """A picker for dates or times is made."""
    tracer.escape(made)
    return UNKNOWN


EFFECTS: Mapping[Does, Effect] = {
    "find": find, "screen": screen, "inflate": inflate, "answer": answer, "show": show,
    "choices": choices, "keep": kept, "sql": sql, "row": row, "preferences": resource_screen,
    "menu": resource_screen, "add_view": add_view, "stored": stored, "pick_date": pick_date,
    "test": test, "identity": identity,
}  # fmt: skip
"""By what knowledge says a call does."""
