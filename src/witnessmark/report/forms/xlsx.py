"""tables.xlsx: one sheet a chapter, the app's words and their glosses side by side.

Made for sorting and annotating: one row a finding, the last column left empty for notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from witnessmark.report.document import Document, FrozenFinding, thaw
from witnessmark.report.forms._lines import first_place, glosses, words
from witnessmark.report.shown import plain

NEVER = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, so that equal reports are equal files
LONGEST = 32_000
"""Characters of a cell; the format allows 32,767."""

FINDING_COLUMNS = (
    ("finding", 28), ("kind", 16), ("says", 70), ("in the app's words", 32), ("gloss", 32),
    ("personal data", 28), ("special category", 10), ("about", 12), ("reach", 11),
    ("strength", 11), ("first quote stands in", 44), ("what it does not show", 50), ("notes", 40),
)  # fmt: skip
GAP_COLUMNS = (("where", 44), ("why", 80), ("may hide", 30), ("notes", 40))
COVERAGE_COLUMNS = (
    ("member", 50), ("kind", 20), ("unit", 10), ("present", 12), ("read", 12), ("not read", 12),
    ("why", 60),
)  # fmt: skip
LAW_COLUMNS = (
    ("instrument", 44), ("article", 14), ("question", 70), ("reading", 14), ("findings", 40),
    ("what would settle it", 50), ("what it does not show", 50), ("status", 60), ("notes", 40),
)  # fmt: skip


def render(document: bytes) -> bytes:
    """The workbook for the bytes of a findings.json."""
    doc = thaw(document)
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": doc.app.name, "created": NEVER})
        sheets = _Sheets(book)
        for chapter in dict.fromkeys(one.chapter for one in doc.findings):
            rows = [_finding(one) for one in doc.findings if one.chapter == chapter]
            sheets.add(chapter, FINDING_COLUMNS, rows)
        sheets.add("gaps", GAP_COLUMNS, [(g.at, g.why, ", ".join(g.hides), "") for g in doc.gaps])
        sheets.add("coverage", COVERAGE_COLUMNS, _coverage(doc))
        sheets.add("law", LAW_COLUMNS, _law(doc))
    return out.getvalue()


class _Sheets:
    """Adds sheets with a fixed head, wrapped cells and a filter."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._cell = book.add_format({"text_wrap": True, "valign": "top"})

    def add(
        self, name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Any]]
    ) -> None:
        sheet = self._book.add_worksheet(name)
        for number, (title, width) in enumerate(columns):
            sheet.set_column(number, number, width, self._cell)
            sheet.write_string(0, number, title, self._head)
        for at, row in enumerate(rows, start=1):
            for number, value in enumerate(row):
                if isinstance(value, int) and not isinstance(value, bool):
                    sheet.write_number(at, number, value, self._cell)
                else:
                    sheet.write_string(at, number, plain(value)[:LONGEST], self._cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)


def _finding(one: FrozenFinding) -> tuple[Any, ...]:
    return (
        one.id, one.kind, one.says, words(one), glosses(one), ", ".join(one.categories),
        "yes" if one.special else "", one.about.replace("_", " "), one.reach.state, one.strength,
        first_place(one), "\n".join(one.limits), "",
    )  # fmt: skip


def _coverage(doc: Document) -> list[tuple[Any, ...]]:
    return [
        (one.member, one.kind, one.unit, one.present, one.read, one.not_read, one.why)
        for one in doc.coverage.by_member
    ]


def _law(doc: Document) -> list[tuple[Any, ...]]:
    return [
        (one.provision.instrument, one.provision.article, one.element, one.state,
         "\n".join(one.findings), one.settles, "\n".join(one.limits), one.provision.status, "")
        for one in doc.assessments
    ]  # fmt: skip
