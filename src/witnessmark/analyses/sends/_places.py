"""Texts in which addresses are looked for, each with the place it stands in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from witnessmark.analyses.sends._declared import declared_addresses
from witnessmark.analyses.sends._urls import (
    ADDRESS_BYTES,
    URL,
    URL_BYTES,
    Address,
    addresses,
    bare_address,
)  # fmt: skip
from witnessmark.facts.search import strings_matching
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import STRING_USES
from witnessmark.facts.tables.manifest import XML_FILES
from witnessmark.facts.tables.native import NATIVE_LIBRARIES, NATIVE_STRINGS
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.view import Facts
from witnessmark.flow.built_text import BuiltText, built_texts
from witnessmark.flow.values.evidence import derived_evidence
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.model.evidence import Evidence
from witnessmark.model.location import ReadsAs
from witnessmark.model.table import Table

TEXT_TYPES = ("html", "js", "json", "xml", "properties", "text", "css")
LARGEST_TEXT = 8 << 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address stands: kind of place, method (-1 none), span and spelling; or the pieces,
    or the row of ``derived_texts`` (-1 none), or the declaration, of which it is made.
    """

    kind: str
    says: str
    method: int = -1
    pc: int = 0
    string: int = -1
    span: tuple[int, int, int] = (-1, 0, 0)
    reads_as: ReadsAs = "hex"
    built: BuiltText | None = None
    derived: int = -1
    declared: Evidence | None = None

    @property
    def is_derived(self) -> bool:
        """Whether the address stands nowhere as it is."""
        return self.built is not None or self.derived >= 0 or self.declared is not None

    def quote(self, app: Facts) -> Evidence:
        """The evidence."""
        if self.declared is not None:
            return self.declared
        if self.derived >= 0:
            return derived_evidence(app, self.derived)
        if self.built is not None:
            place: dict[str, str | int] = {"method": app.method_signature(self.method)}
            pieces = tuple(
                app.quote_string("piece of the address", piece.string, {**place, "pc": piece.pc})
                for piece in self.built.pieces
                if piece.string >= 0
            )
            return Evidence(self.says, because=pieces)
        if self.string >= 0:
            where: dict[str, str | int] = {}
            if self.method >= 0:
                where = {"method": app.method_signature(self.method), "pc": self.pc}
            return app.quote_string(self.says, self.string, where)
        return app.quote(self.says, *self.span, self.reads_as)


@dataclass(frozen=True, slots=True)
class Source:
    """Addresses found at one place."""

    addresses: tuple[Address, ...]
    place: Place


def sources(app: Facts) -> Iterator[Source]:
    """All places with at least one address: code, resources, native libraries, text files."""
    yield from _code(app)
    yield from _declared(app)
    yield from _resources(app)
    yield from _native(app)
    yield from _text_files(app)


def _code(app: Facts) -> Iterator[Source]:
    with_url = strings_matching(app, URL_BYTES)
    numeric = [s for s in strings_matching(app, ADDRESS_BYTES) if bare_address(app.string(s))]
    uses = app.table(STRING_USES)
    wanted = {*with_url, *numeric}
    rows = np.flatnonzero(
        np.isin(uses["string"], np.asarray(sorted(wanted), dtype=np.int64))
    ).tolist()
    used = [(int(uses["string"][r]), int(uses["method"][r]), int(uses["pc"][r])) for r in rows]
    joined: set[tuple[int, int]] = set()
    for source, places in _derived(app):
        joined |= places
        yield source
    for text in built_texts(app, sorted({method for _, method, _ in used})):
        found = tuple(addresses(text.joined()))
        known = {(text.method, piece.pc) for piece in text.pieces if piece.string >= 0}
        if found and not known <= joined and any(p.string in wanted for p in text.pieces):
            joined |= {(text.method, piece.pc) for piece in text.pieces}
            says = f"the method joins these pieces to {text.joined()}"
            yield Source(found, Place("built", says, text.method, text.pc, built=text))
    for string, method, pc in used:
        if (method, pc) not in joined:
            yield from _constant(app, string, method, pc)
    for string in sorted(wanted - {string for string, _, _ in used}):
        yield from _constant(app, string, -1, 0)


def _derived(app: Facts) -> Iterator[tuple[Source, set[tuple[int, int]]]]:
    """Addresses that code computes, each with the places where a piece of it is loaded."""
    table = app.table(DERIVED_TEXTS)
    for row, (method, pc, text, steps) in enumerate(table.rows("method", "pc", "text", "steps")):
        bare = bare_address(text)
        found = (bare,) if bare else tuple(addresses(text)) if "://" in text else ()
        if found:
            pieces = {
                (step["method"], step["pc"])
                for step in json.loads(steps)
                if step["string"] >= 0 and step["method"] == method
            }
            says = f"the code computes {text}"
            yield Source(found, Place("derived", says, method, pc, derived=row)), pieces


def _declared(app: Facts) -> Iterator[Source]:
    for one in declared_addresses(app):
        found = tuple(addresses(one.text))
        if found:
            place = Place("declared", "declared by annotation", one.method, declared=one.evidence)
            yield Source(found, place)


def _constant(app: Facts, string: int, method: int, pc: int) -> Iterator[Source]:
    text = app.string(string)
    bare = bare_address(text)
    found = (bare,) if bare else tuple(addresses(text))
    if found:
        says = (
            "string constant in code"
            if method >= 0
            else "string constant that no code loads itself"
        )
        yield Source(found, Place("code", says, method, pc, string))


def _resources(app: Facts) -> Iterator[Source]:
    table = app.table(RESOURCE_VALUES)
    for row, (kind, text) in enumerate(table.rows("kind", "text")):
        if kind == "string" and ("://" in text or bare_address(text)):
            bare = bare_address(text)
            found = (bare,) if bare else tuple(addresses(text))
            span = _span(table, row)
            if found:
                place = Place(
                    "resource", "text resource", span=span, reads_as=table["reads_as"][row]
                )
                yield Source(found, place)


def _span(table: Table, row: int) -> tuple[int, int, int]:
    return int(table["artifact"][row]), int(table["offset"][row]), int(table["length"][row])


def _native(app: Facts) -> Iterator[Source]:
    table, libraries = app.table(NATIVE_STRINGS), app.table(NATIVE_LIBRARIES)
    for row, (library, text) in enumerate(table.rows("library", "text")):
        found = tuple(addresses(text)) if "://" in text else ()
        if found:
            span = _span(table, row)
            says = f"string in the native library {libraries['path'][library]}"
            yield Source(found, Place("native", says, span=span, reads_as="utf-8"))


def _text_files(app: Facts) -> Iterator[Source]:
    read_as_resources = {
        *app.table(XML_FILES)["artifact"].tolist(),
        *app.table(RESOURCE_VALUES)["artifact"].tolist(),
    }
    for name, kind, artifact in app.table(MEMBERS).rows("name", "type", "content"):
        if artifact < 0 or artifact in read_as_resources or kind not in TEXT_TYPES:
            continue
        if len(app.blob(artifact)) > LARGEST_TEXT:
            continue
        blob = bytes(app.blob(artifact))
        for match in URL_BYTES.finditer(blob):
            text = blob[match.start() : match.start() + 400].decode("utf-8", "replace")
            found = addresses(text)[:1]
            if found:
                length = len(_as_written(text).encode())
                place = Place(
                    "file",
                    f"text in {name}",
                    span=(artifact, match.start(), length),
                    reads_as="utf-8",
                )
                yield Source(tuple(found), place)


def _as_written(text: str) -> str:
    match = URL.match(text)
    return text[: match.end()] if match else text[:1]
