"""Settings and menus: what an app lets people set, and what it offers them to do.

What it finds
    Screens of settings with each setting as a field: title, kind, choices, default, and the key
    under which the answer is kept; menus with their entries. Which code opens them, and whether
    running code comes to it.

Why it matters
    Settings tell what operators may switch: which server, which upload, which check. Entries of a
    menu name what the app can do.

How it decides
    Files of resource type ``xml`` whose root is a screen of preferences, and files of type
    ``menu``. Code opens them by their resource id.

What it misses
    Settings made in code; what the app does with a setting.

Example
    ``<ListPreference android:key="level" android:title="Level" android:entries="@array/levels"/>``
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from witnessmark.analyses.asks._bound import quote
from witnessmark.analyses.asks._choices import ChoiceList, quote_spot
from witnessmark.analyses.asks._layouts import Layouts, View, wordings
from witnessmark.analyses.asks._listed import Row, listed
from witnessmark.analyses.asks._pages import PACKS, Pages, pages_of
from witnessmark.analyses.asks._screens import Opening, is_own
from witnessmark.analyses.asks._told import KINDS, element, originals, quote_words
from witnessmark.analyses.asks._words import Words
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import FIELD_USES, INSTRUCTIONS, METHODS
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_FILES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.forms.values import Place
from witnessmark.flow.reach import best_reach, reach_unnamed
from witnessmark.flow.resource_uses import resource_uses
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.library_layouts import LibraryLayout
from witnessmark.knowledge.packs.widgets import WidgetKind
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original, Reach

SETTING = Analysis(
    id="asks/setting",
    version=1,
    reads=(
        XML_FILES, XML_NODES, XML_ATTRIBUTES, RESOURCES, RESOURCE_VALUES, RESOURCE_ITEMS,
        INSTRUCTIONS, FIELD_USES, METHODS, SDK_CLASSES, REACH,
    ),
    knows=PACKS,
)  # fmt: skip

MOST_OPENINGS, MOST_QUOTED, MOST_TEXTS = 6, 40, 60
LIMIT = "It does not show what the app does with the setting."


class Setting(Struct, frozen=True):
    """One setting: its element, kind, words and choices."""

    view: View
    kind: WidgetKind
    key: str
    title: Words
    summary: Words
    choices: ChoiceList | None


@SETTING.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a screen, and one a setting."""
    pages = pages_of(app, know)
    library = know.entries("library_layouts", LibraryLayout)
    for folder, kind in (("xml", "settings"), ("menu", "menu")):
        trees, openings = Layouts(app, folder), _openings(app, folder)
        for name in trees.names():
            root = trees.tree(name)
            uses = openings.get(name, [])
            own = [one for one in uses if is_own(app, one.method)]
            if root is None or (uses and not own) or any(e.recognises(name) for e in library):
                continue
            if kind == "settings" and root.name.endswith("PreferenceScreen"):
                yield from _settings(app, pages, (name, root), own)
            elif kind == "menu" and root.name == "menu":
                yield from _menu(app, pages, (name, root), own)


def _openings(app: Facts, folder: str) -> dict[str, list[Opening]]:
    names = {
        resource: name
        for resource, kind, name in app.table(RESOURCES).rows("resource", "type", "name")
        if kind == folder
    }
    found: dict[str, list[Opening]] = {}
    for method, pc, resource in resource_uses(app).rows():
        if resource in names:
            owner = app.method_class(method)
            found.setdefault(names[resource], []).append(Opening(method, pc, owner, ""))
    return found


def _words(app: Facts, view: View, attribute: str) -> Words:
    texts = wordings(app, view.get(attribute))
    return Words(texts, view.attribute_row(attribute)) if texts else Words()


def _settings(
    app: Facts, pages: Pages, named: tuple[str, View], own: Sequence[Opening]
) -> Iterator[Finding]:
    name, root = named
    found = list(_found(app, pages, root))
    if not found:
        return
    numbers = {id(one.view): number for number, one in enumerate(found, 1)}
    rows = []
    for view in root.walk():
        title = _words(app, view, "title").default
        if title or id(view) in numbers:
            kind = next((one.kind for one in found if one.view is view), "")
            below = _words(app, view, "summary").default
            rows.append(Row(title, below, kind, numbers.get(id(view), 0)))
    drawing = listed(rows, lambda text: pages.english(text, ""))
    texts = [text for row in rows for text in (row.text, row.below) if text]
    subject = {
        "name": name, "opened_by": _classes(own), "opens_as": ["settings"] if own else [],
        "inputs": len(found), "fields": [one.title.default or one.key for one in found],
        "texts": len(texts), "drawing": drawing,
    }  # fmt: skip
    says = f"The settings “{name}” let people set {len(found)} thing{'s'[: len(found) != 1]}"
    yield _screen(app, (f"settings\0{name}", says, root, name), own, subject, texts)
    for number, one in enumerate(found, 1):
        yield _setting(app, name, (number, one), _reach(app, own))


def _found(app: Facts, pages: Pages, root: View) -> Iterator[Setting]:
    for view in root.walk():
        widget = pages.kinds.widget(view)
        if widget is None or widget.kind == "web" or view is root:
            continue
        entries = view.get("entries").removeprefix("@").rpartition(":")[2]
        choices = pages.lists.of_resource(entries) if entries else None
        codes = view.get("entryValues").removeprefix("@").rpartition(":")[2]
        if choices is not None and codes:
            choices = _with_codes(choices, pages.lists.of_resource(codes))
        yield Setting(
            view, widget.kind, view.get("key"), _words(app, view, "title"),
            _words(app, view, "summary"), choices,
        )  # fmt: skip


def _with_codes(choices: ChoiceList, codes: ChoiceList | None) -> ChoiceList:
    """Choices with what is kept for them, where there is as much of the one as of the other."""
    if codes is None or len(codes.choices) != len(choices.choices):
        return choices
    pairs = zip(choices.choices, codes.choices, strict=True)
    coded = tuple(type(one)(code.label, one.label, one.at) for one, code in pairs)
    return ChoiceList(choices.name, coded, choices.place)


def _setting(app: Facts, name: str, numbered: tuple[int, Setting], reach: Reach) -> Finding:
    number, one = numbered
    listed_ = one.choices.choices if one.choices is not None else ()
    subject: dict[str, Any] = {
        "screen": name,
        "label": one.title.default,
        "hint": one.summary.default,
        "name": one.key,
        "widget": one.view.class_name,
        "input": one.view.get("inputType") or one.kind,
        "choices": [{"code": choice.code, "label": choice.label} for choice in listed_],
        "bound_to": one.key,
        "number": number,
    }
    if one.key:
        subject["goes_to"] = [{"name": one.key, "kind": "preference"}]
    default = one.view.get("defaultValue")
    if default:
        subject["default"] = _words(app, one.view, "defaultValue").default or default
    evidence = [
        element(app, name, one.view, one.key),
        *quote_words(app, "title", one.title),
        *quote_words(app, "summary", one.summary),
    ]
    for choice in listed_[:MOST_QUOTED]:
        quoted = quote_spot(app, choice.at, f"one of its choices: {choice.label}")
        evidence += [quoted] if quoted is not None else []
    title = f"“{one.title.default}”" if one.title.default else f"with the key “{one.key}”"
    return Finding(
        kind="asks.field",
        subject=subject,
        says=f"The settings “{name}” have {KINDS[one.kind]} {title}.",
        evidence=tuple(evidence),
        strength="read",
        reach=reach,
        original=originals(one.title, one.summary),
        limits=(LIMIT,),
        identity=f"settings\0{name}\0{one.key or number}",
    )


def _menu(
    app: Facts, pages: Pages, named: tuple[str, View], own: Sequence[Opening]
) -> Iterator[Finding]:
    name, root = named
    titles = [_words(app, view, "title").default for view in root.walk()]
    texts = [title for title in titles if title]
    if not texts:
        return
    rows = [Row(text, is_button=True) for text in texts]
    subject = {
        "name": f"menu/{name}", "opened_by": _classes(own), "opens_as": ["menu"] if own else [],
        "inputs": 0, "fields": [], "texts": len(texts),
        "drawing": listed(rows, lambda text: pages.english(text, "")),
    }  # fmt: skip
    shown = ", ".join(f"“{text}”" for text in texts[:4])
    more = f" and {len(texts) - 4} more" if len(texts) > 4 else ""
    says = f"The menu “{name}” offers {shown}{more}"
    yield _screen(app, (f"menu\0{name}", says, root, name), own, subject, texts)


def _screen(
    app: Facts, told: tuple[str, str, View, str], own: Sequence[Opening], subject: dict[str, Any],
    texts: Sequence[str],
) -> Finding:  # fmt: skip
    identity, says, root, name = told
    classes = subject["opened_by"]
    shown = ", ".join(one.rpartition(".")[2] for one in classes[:3])
    return Finding(
        kind="asks.screen",
        subject=subject,
        says=f"{says}; opened by {shown}."
        if classes
        else f"{says}; no code that was read names it.",
        evidence=tuple(_evidence(app, name, root, own)),
        strength="read",
        reach=_reach(app, own),
        original=tuple(Original(text) for text in list(dict.fromkeys(texts))[:MOST_TEXTS]),
        limits=("Entries that code adds are not part of the file.",),
        identity=identity,
    )


def _evidence(app: Facts, name: str, root: View, own: Sequence[Opening]) -> Iterator[Evidence]:
    yield element(app, name, root, "")
    for opening in own[:MOST_OPENINGS]:
        says = f"{app.method_class(opening.method)}.{app.method_name(opening.method)} names it"
        yield quote(app, says, Place(opening.method, opening.pc))


def _classes(own: Sequence[Opening]) -> list[str]:
    return sorted({opening.owner for opening in own})


def _reach(app: Facts, own: Sequence[Opening]) -> Reach:
    if own:
        return best_reach(app, [opening.method for opening in own])
    return reach_unnamed(app)
