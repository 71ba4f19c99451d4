"""Layouts that code shows and that are not among the files, as far as code tells of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from witnessmark.analyses.asks._code import Code, outermost
from witnessmark.flow.forms.trace import FormUses
from witnessmark.flow.forms.values import View


def absent_layouts(
    uses: FormUses, ids: Mapping[str, frozenset[str]]
) -> Mapping[str, frozenset[str]]:
    """Names of views that code looks up in layouts that are not here, by layout.

    ``ids`` are those of the layouts that are here. A class that shows several absent layouts
    leaves open in which one a view stands; such views are left out. Where no layout is here at
    all, a class of which no layout is known stands for its own.
    """
    opened = {one.layout for one in uses.uses.opened.values()}
    absent = frozenset(opened - set(ids))
    if ids and not absent:
        return {}
    code = Code(uses, ids)
    here = frozenset[str]().union(*ids.values())
    found: dict[str, set[str]] = defaultdict(set)
    for one in uses.uses.found.values():
        view = one.view
        if view.kind == "id" and view.name and view.name not in here:
            layout = _layout_of(code, view, absent, none_here=not ids)
            if layout:
                found[layout].add(view.name)
    return {layout: frozenset(names) for layout, names in sorted(found.items())}


def _layout_of(code: Code, view: View, absent: frozenset[str], *, none_here: bool) -> str:
    """The absent layout in which a view stands, empty where that is open."""
    where, _, name = view.within.partition(":")
    if where == "layout":
        return name if name in absent else ""
    if where != "class":
        return ""
    shown = code.layouts_of(name)
    if len(shown) == 1:
        (only,) = shown
        return only if only in absent else ""
    return outermost(name)[1:-1].replace("/", ".") if none_here and not shown else ""
