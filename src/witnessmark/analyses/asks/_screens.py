"""Which layouts are screens of the app, and what opens them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct

from witnessmark.analyses.asks._code import Code
from witnessmark.analyses.asks._layouts import Layouts, View
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import METHODS
from witnessmark.facts.tables.resources import RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.forms.program import Program
from witnessmark.flow.reach import ORDER, best_reach, reach_of, reach_unnamed
from witnessmark.flow.resource_uses import resource_uses
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.library_layouts import LibraryLayout
from witnessmark.model.finding import Reach

OWN_CODE = ("own", "other")
KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("dialog", (
        "android.app.Dialog", "android.app.DialogFragment",
        "androidx.fragment.app.DialogFragment", "android.support.v4.app.DialogFragment",
    )),
    ("fragment", (
        "android.app.Fragment", "androidx.fragment.app.Fragment",
        "android.support.v4.app.Fragment",
    )),
    ("row of a list", (
        "android.widget.Adapter", "androidx.recyclerview.widget.RecyclerView$Adapter",
        "android.support.v7.widget.RecyclerView$Adapter",
        "androidx.recyclerview.widget.RecyclerView$ViewHolder",
        "android.support.v7.widget.RecyclerView$ViewHolder",
    )),
    ("activity", ("android.app.Activity",)),
    ("part of a view", ("android.view.View",)),
)  # fmt: skip
"""What a screen is, by the class that opens it."""

UNREAD = frozenset({"asks", "orders"})
"""Chapters that a gap hides when code as a whole, that of screens too, was not read."""

HOW = {"dialog": "dialog", "popup": "popup window", "fragment": "fragment"}
ROW_METHODS = ("getView", "onCreateViewHolder", "newView", "bindView", "getDropDownView",
               "getGroupView", "getChildView")  # fmt: skip


class Opening(Struct, frozen=True):
    """Code that names the layout: where, the class for which, and how it shows it.

    ``annotation`` the row of the annotation that names it instead, -1 for none.
    """

    method: int
    pc: int
    owner: str = ""
    how: str = ""
    annotation: int = -1

    def reach(self, facts: Facts) -> Reach:
        """Whether running code comes here for an object of the owner.

        Code of a base class runs for many; a screen of which no object is made is not opened.
        """
        here = reach_of(facts, self.method)
        makers = facts.methods_named(self.owner, "<init>") if self.owner else []
        made = best_reach(facts, makers)
        return made if makers and ORDER[made.state] > ORDER[here.state] else here


MADE_BY_TOOLS = kept_regex(
    r"DataBinderMapper\w*(\$\w+)?$|\.databinding\.\w+Binding(Impl)?(\$\w+)?$"
)
"""Classes that the build tools make for data and view binding."""


class Screen(Struct, frozen=True):
    """A layout of the app's own with the code that opens it, if any; ``within`` screens that
    include it.
    """

    name: str
    root: View
    openings: tuple[Opening, ...]
    within: tuple[str, ...] = ()

    def reach(self, facts: Facts) -> Reach:
        """Whether running code comes to open it; unknown for an app without code."""
        if self.openings:
            found = [opening.reach(facts) for opening in self.openings]
            return min(found, key=lambda reach: (ORDER[reach.state], len(reach.path)))
        return reach_unnamed(facts)

    @property
    def owners(self) -> list[str]:
        """Classes that open it; those that tools make of layouts only where there is no other."""
        names = sorted({opening.owner for opening in self.openings if opening.owner})
        return [name for name in names if not MADE_BY_TOOLS.search(name)] or names

    @property
    def kind(self) -> str:
        """Activity, fragment, dialog, row of a list, ...; empty when nobody opens it."""
        return next((opening.how for opening in self.openings if opening.how), "")


def screens(facts: Facts, know: Knowledge, layouts: Layouts, code: Code) -> Iterator[Screen]:
    """Screens in order of name.

    Left out: layouts that only libraries open, layouts that nobody opens and whose name is one
    that libraries bring along, and layouts that are only parts of others.
    """
    openings = _openings(facts, code)
    library = know.entries("library_layouts", LibraryLayout)
    within = layouts.included_in()
    for name in layouts.names():
        root = layouts.tree(name)
        uses = openings.get(name, [])
        own = tuple(use for use in uses if is_own(facts, use.method))
        brought_along = any(entry.recognises(name) for entry in library)
        if root is None or (uses and not own) or (not own and brought_along):
            continue
        if not own and within.get(name):
            continue
        yield Screen(name, root, own, tuple(sorted(within.get(name, ()))))


def _openings(facts: Facts, code: Code) -> Mapping[str, list[Opening]]:
    layouts = {
        resource: name
        for resource, kind, name in facts.table(RESOURCES).rows("resource", "type", "name")
        if kind == "layout"
    }
    found: dict[str, dict[tuple[int, int], Opening]] = defaultdict(dict)
    for method, pc, resource in resource_uses(facts).rows():
        if resource in layouts:
            owner = facts.method_class(method)
            found[layouts[resource]][method, pc] = Opening(method, pc, owner, "")
    program = code.uses.program
    for one in code.uses.uses.opened.values():
        at = one.place
        how = how_opened(program, one.owner, one.how, facts.method_name(at.method))
        owner = one.owner[1:-1].replace("/", ".")
        opening = Opening(at.method, at.pc, owner, how, one.annotation)
        found[one.layout][at.method, at.pc] = opening
    return {name: list(listed.values()) for name, listed in found.items()}


def how_opened(program: Program, owner: str, how: str, method: str) -> str:
    """What a layout becomes: by how it is shown, by the class that does, by the method."""
    if how in HOW:
        return HOW[how]
    if method in ROW_METHODS:
        return "row of a list"
    for name, bases in KINDS:
        if program.is_below(owner, bases):
            if name == "activity" and how == "view":
                return "view of an activity"
            return name
    return "activity" if how == "activity" else "view"


def is_own(facts: Facts, method: int) -> bool:
    """Whether a method is not that of a known library."""
    owner = int(facts.table(METHODS)["class"][method])
    table = facts.table(SDK_CLASSES)
    return not 0 <= owner < len(table) or str(table["ownership"][owner]) in OWN_CODE
