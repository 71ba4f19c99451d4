"""Addresses in text files of an app: where they are used, not where they are only mentioned.

Comments do not count, nor do licences, manuals and descriptions of packages (pack ``web_files``).
Of scripts the text constants count, of pages the attributes and scripts, of styles what they load.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from witnessmark.analyses.sends._urls import URL_BYTES
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.manifest import XML_FILES
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.view import Facts
from witnessmark.formats.html import tokens
from witnessmark.formats.patterns import kept_regex
from witnessmark.formats.script import read_script
from witnessmark.knowledge.packs.web_files import WebFile
from witnessmark.model.location import ReadsAs

TYPES = ("html", "xhtml", "js", "json", "xml", "properties", "text", "css", "yaml")
PAGES = (".html", ".htm", ".xhtml")
LARGEST = 8 << 20
LONGEST = 400
CSS_COMMENT = kept_regex(rb"/\*.*?\*/", re.DOTALL)
XML_COMMENT = kept_regex(rb"<!--.*?-->", re.DOTALL)
XML_NAMES = kept_regex(
    rb"""\b(?:xmlns(?::\w+)?|xsi:\w+)\s*=\s*(?:"[^"]*"|'[^']*')|<!DOCTYPE[^>]*>"""
)
LINE_COMMENT = kept_regex(rb"(?m)^[ \t]*(?:#|!|//|;).*$")
MENTIONS = kept_regex(
    rb'"(?:homepage|repository|bugs|license|licenses|author|\$schema|documentation|docs|spec)"'
    rb'\s*:\s*(?:"[^"]*"|\{[^{}]*\})'
)
"""Members of JSON that name pages for readers."""


class FileText(Struct, frozen=True):
    """A text that holds an address: its span in an artifact; ``library`` when a known script or
    style of others holds it, ``name`` of the file.
    """

    text: str
    artifact: int
    offset: int
    length: int
    name: str
    library: bool
    reads_as: ReadsAs = "utf-8"


def file_texts(app: Facts, kinds: Sequence[WebFile]) -> Iterator[FileText]:
    """Texts with addresses in files, in the order of files."""
    values = app.table(RESOURCE_VALUES)
    inside = values["artifact"][values["offset"] > 0]  # of decoded trees, 0 is a file as a whole
    read = {*app.table(XML_FILES)["artifact"].tolist(), *inside.tolist()}
    documents = [one for one in kinds if one.kind == "document"]
    libraries = [one for one in kinds if one.kind == "library"]
    for name, kind, artifact in app.table(MEMBERS).rows("name", "type", "content"):
        if artifact < 0 or artifact in read or kind not in TYPES:
            continue
        if any(one.recognises(name) for one in documents) or len(app.blob(artifact)) > LARGEST:
            continue
        data = bytes(app.blob(artifact))
        if URL_BYTES.search(data) is None:
            continue
        kind = "html" if name.casefold().endswith(PAGES) else kind
        library = any(one.recognises(name) for one in libraries)
        for start, end in _places(data, kind):
            text = data[start:end].decode("utf-8", "replace")
            yield FileText(text, artifact, start, end - start, name, library)


def _places(data: bytes, kind: str) -> Iterator[tuple[int, int]]:
    if kind == "js":
        yield from _script(data, 0)
    elif kind in ("html", "xhtml"):
        yield from _page(data)
    elif kind == "css":
        yield from _around(data, CSS_COMMENT)
    elif kind == "xml":
        yield from _around(data, XML_COMMENT, XML_NAMES)
    elif kind == "json":
        yield from _around(data, MENTIONS)
    else:
        yield from _around(data, LINE_COMMENT)


def _script(data: bytes, offset: int) -> Iterator[tuple[int, int]]:
    for one in read_script(data, offset).texts:
        inner = data[one.span.offset - offset : one.span.end - offset]
        for match in URL_BYTES.finditer(inner):
            yield one.span.offset + match.start(), one.span.end


def _page(data: bytes) -> Iterator[tuple[int, int]]:
    for token in tokens(data):
        if token.kind == "start":
            at = token.span.offset
            for _, value in token.attributes:
                if URL_BYTES.search(value):
                    start = data.find(value, at, token.span.end)
                    yield from _urls(data, start, start + len(value)) if start >= 0 else ()
        elif token.raw == "script":
            inner = data[token.span.offset : token.span.end]
            yield from _script(inner, token.span.offset)


def _around(data: bytes, *left_out: re.Pattern[bytes]) -> Iterator[tuple[int, int]]:
    """Addresses outside what the patterns match."""
    bare = data
    for pattern in left_out:
        bare = pattern.sub(lambda match: b" " * len(match[0]), bare)
    yield from _urls(bare, 0, len(bare))


def _urls(data: bytes, first: int, last: int) -> Iterator[tuple[int, int]]:
    for match in URL_BYTES.finditer(data, first, last):
        yield match.start(), min(match.start() + LONGEST, last)
