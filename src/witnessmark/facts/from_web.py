"""Web pages inside the app as tables: elements and texts, with their bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from witnessmark.facts.from_script import LARGEST_SCRIPT, Script, is_worth_reading, unescaped
from witnessmark.facts.tables.web import WEB_ELEMENTS, WEB_TEXTS
from witnessmark.formats.html import Token, tokens
from witnessmark.model.gap import Gap
from witnessmark.model.table import Table
from witnessmark.package.app import App

PAGES = ("html", "xhtml")
TEMPLATES = (".html", ".htm", ".xhtml", ".wxml", ".tpl", ".vue", ".axml", ".swan", ".ttml")
LARGEST_PAGE = 8 << 20
MOST_ELEMENTS = 50_000
LONGEST_TEXT = 400
DEEPEST = 256
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
})  # fmt: skip
"""Elements without content (HTML Living Standard, section 13.1.2)."""

CLOSED_BY_LIKE = frozenset({"option", "li", "p", "tr", "td", "th", "dt", "dd"})
"""Elements that the next of their kind ends (section 13.1.2.4)."""

CUT_TAG = "a tag of the page is longer than is read; a part of its attributes is missing"
SILENT = frozenset({"script", "style"})
STATED = ("gb18030", "gbk", "gb2312", "big5", "windows-1251", "shift_jis", "euc-kr")


def web_facts(app: App) -> tuple[Mapping[str, Table], tuple[Gap, ...]]:
    """Tables of all pages, and a gap for each page that was read in part."""
    elements: list[tuple[Any, ...]] = []
    texts: list[tuple[Any, ...]] = []
    gaps: list[Gap] = []
    for artifact in _pages(app):
        data = bytes(app.blob(artifact)[:LARGEST_PAGE])
        page = _Page(data, artifact, elements, texts)
        page.read()
        if page.cut:
            gaps.append(Gap(app.path(artifact), CUT_TAG, ("asks",)))
        if page.full or app.artifacts[artifact].size > LARGEST_PAGE:
            why = "the page is longer than is read; fields on the rest of it may be missing"
            gaps.append(Gap(app.path(artifact), why, ("asks",)))
    for artifact in app.of_type("js"):
        data = bytes(app.blob(artifact)[: LARGEST_SCRIPT + 1])
        if not is_worth_reading(data):
            continue
        if len(data) > LARGEST_SCRIPT:
            why = "the script is longer than is read; forms that it holds are missing"
            gaps.append(Gap(app.path(artifact), why, ("asks",)))
            continue
        script = Script(data, artifact, elements, texts)
        full = False
        for start, template in script.read():
            page = _Page(template, artifact, elements, texts, start)
            page.read()
            full |= page.full or page.cut
        if script.full or full:
            why = "the script makes more elements than are read; forms may be missing"
            gaps.append(Gap(app.path(artifact), why, ("asks",)))
    tables = {
        WEB_ELEMENTS.name: Table.from_rows(WEB_ELEMENTS, elements),
        WEB_TEXTS.name: Table.from_rows(WEB_TEXTS, texts),
    }
    return tables, tuple(gaps)


def _pages(app: App) -> list[int]:
    """Pages by what they hold, and templates by their name: these begin with any element."""
    named = [one for one in app.of_type("xml", "text") if app.path(one).endswith(TEMPLATES)]
    return sorted({*app.of_type(*PAGES), *named})


class _Page:
    """Collects elements and texts of one page, or of a template that begins at ``base``."""

    def __init__(
        self,
        data: bytes,
        artifact: int,
        elements: list[tuple[Any, ...]],
        texts: list[tuple[Any, ...]],
        base: int = 0,
    ) -> None:
        self._data = data
        self._base = base
        self._artifact = artifact
        self._elements = elements
        self._texts = texts
        self._first = len(elements)
        self._open: list[tuple[str, int]] = []
        self._encoding = _encoding(data)
        self.full = False
        self.cut = False

    def read(self) -> None:
        """Fill the rows of the page."""
        for token in tokens(self._data):
            if token.kind == "text":
                self._text(token)
            elif token.kind == "end":
                self._end(token.name)
            elif len(self._elements) - self._first >= MOST_ELEMENTS:
                self.full = True
                return
            else:
                self._start(token)

    def _start(self, token: Token) -> None:
        if token.name in CLOSED_BY_LIKE and self._open and self._open[-1][0] == token.name:
            self._open.pop()
        self.cut |= token.cut
        given: dict[str, str] = {}
        for name, value in token.attributes:
            given.setdefault(name, self._decoded(value))
        self._elements.append(
            (self._parent(), token.name, json.dumps(given, ensure_ascii=False, sort_keys=True),
             self._artifact, self._base + token.span.offset, token.span.length)
        )  # fmt: skip
        opens = token.name not in VOID and not token.closed
        if opens and len(self._open) < DEEPEST:
            self._open.append((token.name, len(self._elements) - 1))

    def _end(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth][0] == tag:
                del self._open[depth:]
                return

    def _text(self, token: Token) -> None:
        if token.raw in SILENT:
            return
        start, end = token.span.offset, token.span.end
        raw = self._data[start:end]
        start += len(raw) - len(raw.lstrip())
        raw = raw.strip()[:LONGEST_TEXT]
        text = " ".join(self._decoded(raw).split())
        if text and not (self._base and "<" in text):
            at = self._base + start
            row = (self._parent(), len(self._elements), text, self._artifact, at, len(raw))
            self._texts.append(row)

    def _parent(self) -> int:
        return self._open[-1][1] if self._open else -1

    def _decoded(self, raw: bytes) -> str:
        from html import unescape

        text = unescape(raw.decode(self._encoding, "replace"))
        return unescaped(text).strip() if self._base else text


def _encoding(data: bytes) -> str:
    """UTF-8 where the bytes are that; else the encoding that the page states, if we know it."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        head = data[:2048].lower().replace(b'"', b"").replace(b"'", b"")
        for name in STATED:
            if f"charset={name}".encode() in head:
                return "gb18030" if name.startswith("gb") else name
    return "utf-8"
