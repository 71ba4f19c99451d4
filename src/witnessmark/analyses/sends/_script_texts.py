"""Addresses in the text constants of programs that are not dex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from witnessmark.analyses.sends._files import FileText
from witnessmark.analyses.sends._urls import URL
from witnessmark.facts.tables.scripts import SCRIPT_TEXTS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.web_files import WebFile

MARK = "://"


def script_addresses(app: Facts, kinds: Sequence[WebFile]) -> Iterator[FileText]:
    """Texts with addresses in programs, in the order of programs; each address by itself."""
    table, scripts = app.table(SCRIPT_TEXTS), app.table(SCRIPTS)
    rows = [row for row, text in enumerate(table["text"].tolist()) if MARK in text]
    named: dict[int, tuple[str, bool, bool]] = {}
    for row in rows:
        script = int(table["script"][row])
        if script not in named:
            name = str(scripts["name"][script])
            is_document, is_library = (
                any(one.kind == kind and one.recognises(name) for one in kinds)
                for kind in ("document", "library")
            )
            named[script] = name, is_document, is_library
        name, is_document, is_library = named[script]
        if not is_document:
            yield from _addresses(app, row, name, library=is_library)


def _addresses(app: Facts, row: int, name: str, *, library: bool) -> Iterator[FileText]:
    table = app.table(SCRIPT_TEXTS)
    artifact, offset, length = (
        int(table[column][row]) for column in ("artifact", "offset", "length")
    )
    text, reads_as = str(table["text"][row]), table["reads_as"][row]
    plain = reads_as == "utf-8" and bytes(app.blob(artifact)[offset : offset + length]) == (
        text.encode("utf-8", "surrogatepass")
    )
    for match in URL.finditer(text):
        start, span = offset, length
        if plain:
            start = offset + len(text[: match.start()].encode("utf-8", "surrogatepass"))
            span = len(match[0].encode("utf-8", "surrogatepass"))
        yield FileText(match[0], artifact, start, span, name, library, reads_as)
