"""How far understanding goes stands in the ledger, and beside each chapter that found nothing."""

from __future__ import annotations

import json

from witnessmark.report.document import AppSummary, CoverageRow, InputSummary, freeze
from witnessmark.report.forms.markdown import render as as_markdown
from witnessmark.report.html import render

ROWS = (
    CoverageRow("classes.dex", "code", 900, 900, 0, "methods", ""),
    CoverageRow("", "code reached", 900, 300, 600, "methods", "no way was found"),
    CoverageRow("", "texts computed", 40, 30, 10, "strings", "some piece comes from outside"),
)


def document() -> bytes:
    digest = "0" * 64
    app = AppSummary("made up", "org.example", "1", (InputSummary("a.apk", digest, 10),), ())
    return freeze(app, ROWS, (), ())


def test_the_ledger_of_the_document_holds_them() -> None:
    kinds = {one["kind"]: one for one in json.loads(document())["coverage"]["by_kind"]}
    assert (kinds["code reached"]["read"], kinds["code reached"]["present"]) == (300, 900)


def test_the_page_says_them_in_words_beside_every_chapter_without_findings() -> None:
    page = render(document()).decode()
    assert page.count("running code comes to 300 of 900 methods") >= 8
    assert page.count("30 of 40 known in full") >= 8
    assert "600 not read" not in page, "code that is not reached was read"


def test_other_forms_say_them_too() -> None:
    assert "running code comes to 300 of 900 methods" in as_markdown(document()).decode()
