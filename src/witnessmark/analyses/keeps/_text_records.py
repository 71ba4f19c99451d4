"""Records that code writes as text piece by piece: request bodies, JSON, XML, HTML and CSV lines.

``"username=" + name + "&password=" + word`` names two parameters; what stands between the names
is no constant and is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.search import strings_among
from witnessmark.facts.tables.code import CALLS, STRING_USES
from witnessmark.facts.view import Facts
from witnessmark.flow.built_text import built_texts
from witnessmark.flow.constants import constant_arguments
from witnessmark.flow.values.evidence import derived_evidence
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.framework import framework_model
from witnessmark.model.distinct import among, distinct
from witnessmark.model.evidence import Evidence

HINT = kept_regex(rb"[\w\]]=|[\"']\s*:|</|\"[,;]|[^\s,;][,;][^\s,;]+[,;][^\s,;]")
"""What a piece of such a text holds; cheap, to find the methods worth reading."""

NAME = r"[A-Za-z_][\w.\[\]-]{0,63}"
FORM = kept_regex(rf"(?:^|[?&])({NAME})=(?=[?&]|$|[^\s=<>\"']*(?:&|$))")
JSON_KEY = kept_regex(rf"[{{,]\s*\\?[\"']({NAME})\\?[\"']\s*:")
XML_TAG = kept_regex(rf"<({NAME})(?:\s[^<>]*)?>([^<>]*)</\1>")
PAGE_TAG = kept_regex(
    r"<(?:html|style|script|font|div|span|strong|em|[biup]|[hb]r|[uo]l|li|h[1-6]|t[rdh])\b"
    r"|<a\s+(?:href|name)\b",
    re.IGNORECASE,
)
"""Elements that lay out a page (HTML Living Standard, chapter 4); messages have names of their own.
``head``, ``body``, ``title`` and ``table`` occur in both and are left out.
"""
CELL = kept_regex(r"<t[dh][^<>]*>([^<>?]{1,40})</t[dh]>", re.IGNORECASE)
HEAD = kept_regex(r"<th(?:\s[^<>]*)?>([^<>?]{1,40})</th>", re.IGNORECASE)
WORD = kept_regex(r"[^\W\d][\w \u00b7().（）/-]{0,39}")
WRITERS = ("java.io.Writer", "java.io.PrintStream", "java.io.RandomAccessFile")
WRITES = ("write", "append", "println", "print", "writeBytes", "writeUTF")
SQL = kept_regex(r"(?i)\b(?:select|insert|create|update|delete|alter)\s")
FEWEST: Mapping[str, int] = {"form": 2, "json": 2, "xml": 2, "html": 3, "csv": 3}
FEWEST_HEADS = 2
"""Cells that say of themselves that they head a column."""


class TextRecord(Struct, frozen=True):
    """Names that a text written by ``method`` holds, in order, and the pieces that hold them."""

    method: int
    format: str
    names: tuple[str, ...]
    evidence: Evidence
    whole: bool


def text_records(app: Facts) -> Iterator[TextRecord]:
    """Records in built texts and in constant heads of tables, by method."""
    told = not_of_libraries(app)
    uses = app.table(STRING_USES)
    rows = np.flatnonzero(told[uses["method"]])
    strings = strings_among(app, distinct(uses["string"][rows]).astype(np.int64), HINT)
    rows = rows[among(uses["string"][rows], np.asarray(strings, dtype=np.int64))]
    methods = distinct(uses["method"][rows]).tolist()
    seen: set[tuple[int, tuple[str, ...]]] = set()
    for text in built_texts(app, methods):
        pieces = [piece for piece in text.pieces if piece.string >= 0]
        for form, names in read_names(text.joined()):
            if pieces and (text.method, names) not in seen:
                seen.add((text.method, names))
                place: dict[str, str | int] = {"method": app.method_signature(text.method)}
                quoted = tuple(
                    app.quote_string("a piece of the text", piece.string, {**place, "pc": piece.pc})
                    for piece in pieces
                )
                says = f"code joins these pieces to a text that names {', '.join(names)}"
                yield TextRecord(text.method, form, names, Evidence(says, because=quoted), False)
    yield from _computed(app, seen)
    yield from _heads(app, told, seen)


def _computed(app: Facts, seen: set[tuple[int, tuple[str, ...]]]) -> Iterator[TextRecord]:
    """Texts that code puts together across methods."""
    told = not_of_libraries(app)
    table = app.table(DERIVED_TEXTS)
    for row, (method, text, steps) in enumerate(table.rows("method", "text", "steps")):
        if not told[method] or not HINT.search(text.encode("utf-8", "replace")):
            continue
        loaded = [step for step in json.loads(steps) if step["string"] >= 0]
        for form, names in read_names(text) if len(loaded) > 1 else ():
            if not any(names == known for _, known in seen):
                seen.add((method, names))
                yield TextRecord(method, form, names, derived_evidence(app, row), False)


def _heads(
    app: Facts, told: NDArray[np.bool_], seen: set[tuple[int, tuple[str, ...]]]
) -> Iterator[TextRecord]:
    """Constants that code writes as the head of a table: comma-separated values, HTML."""
    table = app.table(CALLS)
    members = [Member(owner, name) for owner in WRITERS for name in WRITES]
    methods = CodeNames(app, framework_model()).methods(members, below=True)
    rows = [row for method in methods for row in app.calls_of(method)]
    calls = [row for row in rows if told[int(table["method"][row])]]
    for call, kind, text, string in constant_arguments(app, calls).rows(
        "call", "kind", "text", "row"
    ):
        form, names = head_of_table(text) if kind == "string" else ("", ())
        method, pc = int(table["method"][call]), int(table["pc"][call])
        if names and (method, names) not in seen:
            place: dict[str, str | int] = {"method": app.method_signature(method), "pc": pc}
            says = "code writes a line that heads the columns of a table"
            yield TextRecord(method, form, names, app.quote_string(says, string, place), True)


def read_names(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Format and names of the record that a text with holes (``?``) writes."""
    if SQL.search(text):
        return
    address, _, query = text.partition("?")
    bare = query if "://" in address else text
    found = {
        "json": tuple(dict.fromkeys(JSON_KEY.findall(text))),
        "html": tuple(dict.fromkeys(map(str.strip, CELL.findall(text)))),
        "xml": _elements(text),
        "form": tuple(dict.fromkeys(FORM.findall(bare.strip()))) if "&" in bare else (),
    }
    for form, names in found.items():
        if len(names) >= FEWEST[form]:
            yield form, names
            return
    line, ended, _ = text.partition("\n")
    head = () if "?" in line else head_of_csv(line)
    if head and (ended or line.count('"') == 2 * len(head)):
        yield "csv", head


def _elements(text: str) -> tuple[str, ...]:
    """Elements of a text that hold values; all where none does; of a page none is a name."""
    if PAGE_TAG.search(text):
        return ()
    found = XML_TAG.findall(text)
    filled = [name for name, content in found if content.strip()]
    return tuple(dict.fromkeys(filled or [name for name, _ in found]))


def head_of_table(text: str) -> tuple[str, tuple[str, ...]]:
    """Format and names of columns where a text is one line of them, or holds cells of HTML."""
    heads = tuple(dict.fromkeys(map(str.strip, HEAD.findall(text))))
    cells = heads or tuple(dict.fromkeys(map(str.strip, CELL.findall(text))))
    if len(cells) >= (FEWEST_HEADS if heads else FEWEST["html"]):
        return "html", cells
    return "csv", head_of_csv(text)


def head_of_csv(text: str) -> tuple[str, ...]:
    """Names of columns where a text is one line of them, without a space behind a separator."""
    line = text.strip("\ufeff\r\n")
    if "\n" in line or len(line) > 2000:
        return ()
    separator = max(",;\t|", key=line.count)
    cells = [cell.strip('"') for cell in line.rstrip(separator).split(separator)]
    if len(cells) < FEWEST["csv"] or len(set(cells)) < len(cells):
        return ()
    return tuple(cells) if all(WORD.fullmatch(cell) for cell in cells) else ()
