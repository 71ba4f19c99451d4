"""Fields of web pages: what pages inside the app ask people to enter.

What it finds
    Inputs, selections, text areas, groups of radio buttons and boxes, and the like components
    of frameworks (``ion-input``, ``van-field``, ``el-select``), in HTML pages and templates that
    the app brings along, in templates inside scripts, and in templates that were compiled into
    calls (Vue, React, uni-app): with label, hint, choices, what is required, on which expression
    it hangs, and the name under which the answer goes.

Why it matters
    Many apps are pages in a frame: their forms stand in HTML, not in layouts.

How it decides
    A label is told by ``for``, by the label or item around the control, by an attribute, or by
    the text right before it. Buttons and hidden inputs ask nothing. Code that names the page, or
    a page that links to it, decides its reach.

What it misses
    Forms that scripts build piece by piece, pages from a server, scripts that are longer than is
    read, bytecode of scripts. It does not show what becomes of the answer.

Example
    ``<label for="n">姓名</label><input id="n" name="xm">``
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from witnessmark.analyses.asks._listed import Row, listed
from witnessmark.analyses.asks._web_controls import Control, Page, Said, WebPages
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.file_uses import uses_of_member
from witnessmark.facts.tables.code import STRING_USES
from witnessmark.facts.tables.web import WEB_ELEMENTS, WEB_TEXTS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.gloss import PACKS as GLOSS_PACKS
from witnessmark.knowledge.gloss import Glossary
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.web_libraries import WebLibrary
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original, Reach
from witnessmark.model.table import Table

KINDS: Mapping[str, str] = {
    "select": "choice", "radio": "radio", "checkbox": "check", "toggle": "check",
    "switch": "check", "date": "date", "datetime": "date", "datetime-local": "date",
    "time": "date", "picker": "choice", "cascader": "choice", "datepicker": "date",
    "file": "capture", "uploader": "capture",
}  # fmt: skip
"""How controls are drawn, by their kind; all others as a line to type in."""

WEB_FIELD = Analysis(
    id="asks/web_field",
    version=2,
    reads=(WEB_ELEMENTS, WEB_TEXTS, STRING_USES, REACH),
    knows=(*GLOSS_PACKS, "web_libraries"),
)

MOST_CHOICES, MOST_TEXTS = 40, 60
LIMIT = "It does not show what becomes of the answer."
Same = tuple[str, str, str, tuple[str, ...]]


class WebPage(Struct, frozen=True):
    """A page with its controls, and the code that names it."""

    name: str
    page: Page
    controls: Sequence[Control]
    methods: Sequence[int]
    reach: Reach


PICTURE = kept_regex(r"(?:^|/)res/(?:drawable|mipmap)[^/]*/")
"""Members that the platform shows as pictures only: a page saved there by mistake asks nobody."""


@WEB_FIELD.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a page that asks something, and one a control."""
    glossary = Glossary(know)
    for one in _pages(app, know):
        if one.controls:
            yield _screen(app, one, glossary)
        met: Counter[str] = Counter()
        for number, control in enumerate(one.controls, 1):
            known = control.bound_to or (control.label.text if control.label else "")
            yield _finding(app, one, (number, met[known], control))
            met[known] += 1


def _pages(app: Facts, know: Knowledge) -> Iterator[WebPage]:
    """Pages of the app's own; of a script those controls that no page has."""
    libraries = know.entries("web_libraries", WebLibrary)
    pages = WebPages(app)
    seen: set[Same] = set()
    listed = [(app.member_name(artifact), page) for artifact, page in pages.pages.items()]
    for name, page in sorted(listed, key=lambda one: (one[0].endswith(".js"), one[0])):
        if PICTURE.search(name) or any(library.recognises(name) for library in libraries):
            continue
        told = [one for one in pages.controls(page) if one.bound_to or one.label or one.hint]
        controls = [one for one in told if not name.endswith(".js") or _same(one) not in seen]
        seen.update(map(_same, told))
        methods = [use.method for use in uses_of_member(app, name.rpartition("!")[2])]
        reach = best_reach(app, methods) if methods else Reach("unknown")
        yield WebPage(name, page, controls, methods, reach)


def _same(one: Control) -> Same:
    label, hint = (said.text if said else "" for said in (one.label, one.hint))
    return label, hint, one.bound_to, tuple(said.text for _, said in one.choices)


def _screen(app: Facts, one: WebPage, glossary: Glossary) -> Finding:
    rows = [
        Row(
            _title(control),
            "",
            KINDS.get(control.input, "text"),
            number,
            hint=control.hint.text if control.hint and control.label else "",
        )
        for number, control in enumerate(one.controls, 1)
    ]
    title = f"“{one.page.title}” ({one.name})" if one.page.title else f"“{one.name}”"
    number = len(rows)
    things = "one thing" if number == 1 else f"{number} things"
    texts = [text for text in dict.fromkeys((one.page.title, *(r.text for r in rows))) if text]
    return Finding(
        kind="asks.screen",
        subject={
            "name": one.name,
            "opened_by": sorted({app.method_class(method) for method in one.methods}),
            "opens_as": ["web page"],
            "inputs": number,
            "fields": [row.text for row in rows],
            "texts": len(texts),
            "drawing": listed(rows, lambda text: _english(glossary, text)),
        },
        says=f"The page {title} inside the app lets people enter {things}.",
        evidence=(_element(app, one.controls[0].row, "the first input of the page"),),
        strength="read",
        reach=one.reach,
        original=tuple(Original(text) for text in texts[:MOST_TEXTS]),
        limits=("What scripts add to the page is not part of it.",),
        identity=f"page\0{one.name}",
    )


def _title(one: Control) -> str:
    return (one.label.text if one.label else "") or (one.hint.text if one.hint else one.bound_to)


def _english(glossary: Glossary, text: str) -> str:
    found = None if text.isascii() else glossary.gloss(text)
    return found.text if found is not None else ""


def _finding(app: Facts, one: WebPage, numbered: tuple[int, int, Control]) -> Finding:
    number, met, control = numbered
    label = control.label.text if control.label else ""
    hint = control.hint.text if control.hint else ""
    title = f"“{label or hint}”" if label or hint else f"a field named “{control.bound_to}”"
    screen = f"{one.page.title} ({one.name})" if one.page.title else one.name
    given = control.attributes
    subject: dict[str, Any] = {
        "screen": one.name,
        "label": label,
        "hint": hint,
        "name": given.get("name") or given.get("id", ""),
        "widget": control.tag,
        "input": control.input,
        "choices": [{"code": code, "label": said.text} for code, said in control.choices],
        "bound_to": control.bound_to,
        "number": number,
    }
    if control.required:
        subject["required"] = True
    if control.rules:
        subject["validation"] = control.rules
    if control.condition:
        subject["condition"] = f"shown only if {control.condition}"
    return Finding(
        kind="asks.field",
        subject=subject,
        says=f"The page “{screen}” asks for {title} ({control.input}).",
        evidence=tuple(_evidence(app, control)),
        strength="read",
        reach=one.reach,
        original=tuple(Original(text) for text in dict.fromkeys((label, hint)) if text),
        limits=(LIMIT,),
        identity=f"{one.name}\0{control.bound_to or label}\0{met}",
    )


def _evidence(app: Facts, one: Control) -> Iterator[Evidence]:
    yield _element(app, one.row, f"the page holds the element {one.tag}")
    for what, said in (("label", one.label), ("hint", one.hint)):
        if said is not None:
            yield from _said(app, said, one.row, f"its {what}")
    for code, said in one.choices[:MOST_CHOICES]:
        yield from _said(app, said, one.row, f"one of its choices, {code}: {said.text}")


def _said(app: Facts, said: Said, row: int, says: str) -> Iterator[Evidence]:
    """Evidence for words in a text, or in an attribute of another element."""
    if said.row >= 0:
        yield _quoted(app, app.table(WEB_TEXTS), said.row, says)
    elif -1 - said.row != row:
        yield _element(app, -1 - said.row, says)


def _element(app: Facts, row: int, says: str) -> Evidence:
    return _quoted(app, app.table(WEB_ELEMENTS), row, says)


def _quoted(app: Facts, table: Table, row: int, says: str) -> Evidence:
    return app.quote(
        says,
        int(table["artifact"][row]),
        int(table["offset"][row]),
        int(table["length"][row]),
        "utf-8",
    )
