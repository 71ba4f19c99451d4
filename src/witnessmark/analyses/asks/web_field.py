"""Fields of web pages: what pages inside the app ask people to enter.

What it finds
    Inputs, selections, text areas, groups of radio buttons and boxes, and the like components
    of frameworks (``ion-input``, ``van-field``, ``el-select``), in HTML pages and templates that
    the app brings along: with label, hint, choices, and the name under which the answer goes.

Why it matters
    Many apps are pages in a frame: their forms stand in HTML, not in layouts.

How it decides
    A label is told by ``for``, by the label or item around the control, by an attribute, or by
    the text right before it. Buttons and hidden inputs ask nothing. Code that names the page, or
    a page that links to it, decides its reach.

What it misses
    Forms that scripts build, pages from a server, templates inside scripts. It does not show
    what becomes of the answer.

Example
    ``<label for="n">姓名</label><input id="n" name="xm">``
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from witnessmark.analyses.asks._web_controls import Control, Page, Said, WebPages
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.file_uses import uses_of_member
from witnessmark.facts.tables.code import STRING_USES
from witnessmark.facts.tables.web import WEB_ELEMENTS, WEB_TEXTS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original, Reach
from witnessmark.model.table import Table

WEB_FIELD = Analysis(
    id="asks/web_field", version=1, reads=(WEB_ELEMENTS, WEB_TEXTS, STRING_USES, REACH)
)

MOST_CHOICES = 40


@WEB_FIELD.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a control."""
    del know
    pages = WebPages(app)
    for artifact, page in pages.pages.items():
        name = app.member_name(artifact)
        member = name.rpartition("!")[2]
        methods = [use.method for use in uses_of_member(app, member)]
        reach = best_reach(app, methods) if methods else Reach("unknown")
        met: Counter[str] = Counter()
        for control in pages.controls(page):
            known = control.bound_to or (control.label.text if control.label else "")
            if known or control.hint:
                yield _finding(app, name, page, (met[known], control), reach)
            met[known] += 1


def _finding(
    app: Facts, name: str, page: Page, numbered: tuple[int, Control], reach: Reach
) -> Finding:
    number, one = numbered
    label = one.label.text if one.label else ""
    hint = one.hint.text if one.hint else ""
    title = f"“{label or hint}”" if label or hint else f"a field named “{one.bound_to}”"
    screen = f"{page.title} ({name})" if page.title else name
    return Finding(
        kind="asks.field",
        subject={
            "screen": name,
            "label": label,
            "hint": hint,
            "name": one.attributes.get("name") or one.attributes.get("id", ""),
            "widget": one.tag,
            "input": one.input,
            "choices": [{"code": code, "label": said.text} for code, said in one.choices],
            "bound_to": one.bound_to,
        },
        says=f"The page “{screen}” asks for {title} ({one.input}).",
        evidence=tuple(_evidence(app, one)),
        strength="read",
        reach=reach,
        original=tuple(Original(text) for text in dict.fromkeys((label, hint)) if text),
        limits=("It does not show what becomes of the answer.",),
        identity=f"{name}\0{one.bound_to or label}\0{number}",
    )


def _evidence(app: Facts, one: Control) -> Iterator[Evidence]:
    yield _element(app, one.row, f"the page holds the element {one.tag}")
    for what, said in (("label", one.label), ("hint", one.hint)):
        if said is not None and said.row >= 0:
            yield _text(app, said, f"its {what}")
    for code, said in one.choices[:MOST_CHOICES]:
        if said.row >= 0:
            yield _text(app, said, f"one of its choices, {code}: {said.text}")


def _element(app: Facts, row: int, says: str) -> Evidence:
    return _quoted(app, app.table(WEB_ELEMENTS), row, says)


def _text(app: Facts, said: Said, says: str) -> Evidence:
    return _quoted(app, app.table(WEB_TEXTS), said.row, says)


def _quoted(app: Facts, table: Table, row: int, says: str) -> Evidence:
    return app.quote(
        says,
        int(table["artifact"][row]),
        int(table["offset"][row]),
        int(table["length"][row]),
        "utf-8",
    )
