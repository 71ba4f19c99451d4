"""tables.xlsx: one sheet a chapter, the app's words and their glosses side by side.

Made for sorting and annotating: one row a finding, the last column left empty for notes. In
another language than English the English sentence stands beside the translated one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from witnessmark.report.document import Document, FrozenAssessment, FrozenFinding, thaw
from witnessmark.report.forms._lines import first_place, glosses, own_words
from witnessmark.report.names import category_name
from witnessmark.report.shown import plain
from witnessmark.report.told import told
from witnessmark.report.view import coverage_name, hidden_name, unit_name
from witnessmark.report.words import ENGLISH, Words, words

NEVER = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, so that equal reports are equal files
LONGEST = 32_000
"""Characters of a cell; the format allows 32,767."""

SHEET_NAME, NOT_IN_SHEET_NAME = 31, re.compile(r"[\[\]:*?/\\]")
"""Characters that the name of a sheet may have at most, and may not hold."""

Columns = tuple[tuple[str, int], ...]
"""Message that heads a column, and its width in characters."""

ABOUT_COLUMNS: Columns = (("column-about", 26), ("column-content", 110))
FINDING_COLUMNS: Columns = (
    ("column-finding", 28), ("kind", 16), ("column-says", 70), ("own-words", 32),
    ("column-gloss", 32), ("personal-data", 28), ("special-category", 10), ("about-whom", 16),
    ("reach", 13), ("how-sure", 13), ("column-quote", 44), ("not-shown", 50),
    ("column-notes", 40),
)  # fmt: skip
IN_ENGLISH = ("sketch-english", 60)
GAP_COLUMNS: Columns = (("column-where", 44), ("why-not", 80), ("column-hides", 30),
                        ("column-notes", 40))  # fmt: skip
COVERAGE_COLUMNS: Columns = (
    ("member", 50), ("kind", 24), ("unit", 10), ("present", 12), ("read", 12), ("unread", 12),
    ("why-not", 60),
)  # fmt: skip
LAW_COLUMNS: Columns = (
    ("column-instrument", 44), ("column-article", 14), ("column-question", 70),
    ("column-reading", 24), ("column-findings", 40), ("settles", 50), ("not-shown", 50),
    ("column-status", 60), ("column-notes", 40),
)  # fmt: skip


def render(document: bytes, lang: str = ENGLISH) -> bytes:
    """The workbook for the bytes of a findings.json, in the given language."""
    doc, t = thaw(document), words(lang)
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": doc.app.name, "created": NEVER})
        sheets = _Sheets(book, t)
        sheets.add("sheet-about", ABOUT_COLUMNS, _about(doc, t))
        columns = FINDING_COLUMNS
        if lang != ENGLISH:
            columns = (*FINDING_COLUMNS[:3], IN_ENGLISH, *FINDING_COLUMNS[3:])
        for chapter in dict.fromkeys(one.chapter for one in doc.findings):
            rows = [_finding(one, t) for one in doc.findings if one.chapter == chapter]
            sheets.add(f"chapter-{chapter}", columns, rows)
        sheets.add("gaps", GAP_COLUMNS, _gaps(doc, t))
        sheets.add("coverage", COVERAGE_COLUMNS, _coverage(doc, t))
        sheets.add("legal-readings", LAW_COLUMNS, [_reading(one, t) for one in doc.assessments])
    return out.getvalue()


class _Sheets:
    """Adds sheets with a fixed head, wrapped cells and a filter."""

    def __init__(self, book: Any, t: Words) -> None:
        self._book = book
        self._t = t
        self._head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._cell = book.add_format({"text_wrap": True, "valign": "top"})

    def add(self, name: str, columns: Columns, rows: Sequence[Sequence[Any]]) -> None:
        """A sheet under the message ``name``."""
        sheet = self._book.add_worksheet(NOT_IN_SHEET_NAME.sub(" ", self._t(name))[:SHEET_NAME])
        if self._t.direction == "rtl":
            sheet.right_to_left()
        for number, (title, width) in enumerate(columns):
            sheet.set_column(number, number, width, self._cell)
            sheet.write_string(0, number, self._t(title), self._head)
        for at, row in enumerate(rows, start=1):
            for number, value in enumerate(row):
                if isinstance(value, int) and not isinstance(value, bool):
                    sheet.write_number(at, number, value, self._cell)
                else:
                    sheet.write_string(at, number, plain(value)[:LONGEST], self._cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)


def _about(doc: Document, t: Words) -> list[tuple[str, str]]:
    app = doc.app
    rows = [
        (t("column-app"), app.name or t("unnamed-app")),
        (t("package"), f"{app.package or t('not-stated')}, {t('version')} {app.version}"),
        *(
            (t("file"), f"{one.name}, {t('file-size', n=one.size)}, SHA-256 {one.sha256}")
            for one in app.inputs
        ),
        (t("how-to-read"), t("can-not-did")),
    ]
    if not t.reviewed:
        rows.append((t("language"), t("unreviewed")))
    if doc.redaction is not None:
        rows.append((t("column-masked"), t("masked", policy=doc.redaction.policy)))
    return rows


def _finding(one: FrozenFinding, t: Words) -> tuple[Any, ...]:
    says = (told(one.says, t),) if t.lang == ENGLISH else (told(one.says, t), one.says)
    return (
        one.id, one.kind, *says, own_words(one), glosses(one),
        ", ".join(category_name(name, t.lang) for name in one.categories),
        t("yes") if one.special else "", t(f"about-{one.about}"), t(f"reach-{one.reach.state}"),
        t(f"strength-{one.strength}"), first_place(one, t),
        "\n".join(told(limit, t) for limit in one.limits), "",
    )  # fmt: skip


def _gaps(doc: Document, t: Words) -> list[tuple[Any, ...]]:
    return [
        (one.at, told(one.why, t), ", ".join(hidden_name(name, t) for name in one.hides), "")
        for one in doc.gaps
    ]


def _coverage(doc: Document, t: Words) -> list[tuple[Any, ...]]:
    return [
        (one.member, coverage_name(one.kind, t), unit_name(one.unit, t), one.present, one.read,
         one.not_read, told(one.why, t))
        for one in doc.coverage.by_member
    ]  # fmt: skip


def _reading(one: FrozenAssessment, t: Words) -> tuple[Any, ...]:
    law = one.provision
    return (
        told(law.instrument, t), told(law.article, t), told(one.element, t), t(f"law-{one.state}"),
        "\n".join(one.findings), told(one.settles, t),
        "\n".join(told(limit, t) for limit in one.limits), told(law.status, t), "",
    )  # fmt: skip
