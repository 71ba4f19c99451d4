"""Statements that make or extend a table, from every place where an app has SQL."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.keeps._sql import SqlTable, read_tables
from witnessmark.facts.search import used_strings_matching
from witnessmark.facts.tables.code import FIELD_USES, STATIC_VALUES, STRING_USES
from witnessmark.facts.tables.databases import SHIPPED_TABLES
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.view import Facts
from witnessmark.flow.built_text import BuiltText, built_texts
from witnessmark.flow.resource_uses import resource_uses
from witnessmark.flow.values.evidence import derived_evidence
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.distinct import among
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Strength
from witnessmark.model.location import ReadsAs

LOWERED_SQL = rb"(?:create\s[a-z\s]{0,24}table|alter\s+table)\s"
SQL = kept_regex(LOWERED_SQL, re.IGNORECASE)


class Statement(Struct, frozen=True):
    """What tells of a table.

    ``methods``  whose code it stands in or that use it, empty where none is known; ``file`` the
    file of the app it comes from; ``rows`` how many rows come with the app, -1 for unknown;
    ``elsewhere``  whether code asks for it over a connection to a database, not in a file.
    """

    table: SqlTable
    methods: tuple[int, ...]
    evidence: Evidence
    strength: Strength
    rows: int = -1
    file: str = ""
    elsewhere: bool = False


def statements_in_code(app: Facts) -> Iterator[Statement]:
    """Statements in constants, joined from pieces, and computed by code."""
    strings = used_strings_matching(app, kept_regex(LOWERED_SQL), lowered=True)
    uses = app.table(STRING_USES)
    rows = np.flatnonzero(among(uses["string"], np.asarray(strings, dtype=np.int64)))
    used = [(int(uses["string"][r]), int(uses["method"][r]), int(uses["pc"][r])) for r in rows]
    fields = _field_strings(app, strings)
    methods = sorted({method for _, method, _ in used} | _readers(app, fields))
    built_from: set[tuple[int, int]] = set()
    for text in built_texts(app, methods):
        if any(piece.string in set(strings) for piece in text.pieces):
            built_from |= {(text.method, piece.pc) for piece in text.pieces}
            yield from _from_built(app, text)
    for statement, pieces in _computed(app, built_from):
        built_from |= pieces
        yield statement
    for string, method, pc in used:
        if (method, pc) not in built_from:
            yield from _from_constant(app, string, (method,), pc)
    seen = {string for string, _, _ in used}
    for string in sorted(set(fields.values()) - seen):
        readers = _readers(app, [field for field, text in fields.items() if text == string])
        if not readers & {method for method, _ in built_from}:
            yield from _from_constant(app, string, tuple(sorted(readers)), -1)


def _field_strings(app: Facts, strings: Sequence[int]) -> dict[int, int]:
    wanted = set(strings)
    return {
        field: string
        for field, kind, string in app.table(STATIC_VALUES).rows("field", "kind", "ref")
        if kind == "string" and string in wanted
    }


def _readers(app: Facts, fields: Iterable[int]) -> set[int]:
    uses = app.table(FIELD_USES)
    rows = among(uses["field"], np.asarray(sorted(fields), dtype=np.int64))
    return {int(method) for method in uses["method"][rows]}


def _from_constant(
    app: Facts, string: int, methods: tuple[int, ...], pc: int
) -> Iterator[Statement]:
    text = app.string(string)
    place: dict[str, str | int] = {}
    if methods and pc >= 0:
        place = {"method": app.method_signature(methods[0]), "pc": pc}
    for table in read_tables(text):
        says = f"SQL text that {verb(table)} the table {table.name}"
        evidence = app.quote_string(says, string, place)
        yield Statement(table, methods, evidence, "read")


def _from_built(app: Facts, built: BuiltText) -> Iterator[Statement]:
    place: dict[str, str | int] = {"method": app.method_signature(built.method)}
    for table in read_tables(built.joined()):
        pieces = tuple(
            app.quote_string("piece of the SQL text", piece.string, {**place, "pc": piece.pc})
            for piece in built.pieces
            if piece.string >= 0
        )
        says = f"the method joins these pieces to SQL that {verb(table)} the table {table.name}"
        yield Statement(table, (built.method,), Evidence(says, because=pieces), "derived")


def _computed(
    app: Facts, built_from: set[tuple[int, int]]
) -> Iterator[tuple[Statement, set[tuple[int, int]]]]:
    """SQL that code puts together across methods or decodes, not told as pieces before, and the
    places where its pieces are loaded.
    """
    texts = app.table(DERIVED_TEXTS)
    for row, (method, text, steps) in enumerate(texts.rows("method", "text", "steps")):
        if not SQL.search(text.encode("utf-8", "replace")):
            continue
        loaded = [step for step in json.loads(steps) if step["string"] >= 0]
        plain = len(loaded) == 1 and app.string(loaded[0]["string"]) == text
        pieces = {(step["method"], step["pc"]) for step in loaded}
        if plain or (pieces and pieces <= built_from and "?" in text):
            continue
        for table in read_tables(text):
            evidence = derived_evidence(app, row)
            yield Statement(table, (method,), evidence, "derived"), pieces


def statements_in_resources(app: Facts) -> Iterator[Statement]:
    """Statements in string resources; the methods that name the resource run them."""
    values = app.table(RESOURCE_VALUES)
    columns = ("resource", "kind", "text", "reads_as", "artifact", "offset", "length")
    for resource, kind, text, reads_as, artifact, offset, length in values.rows(*columns):
        if kind != "string" or "table" not in text.casefold():
            continue
        for table in read_tables(text):
            uses = resource_uses(app)
            methods = sorted(set(uses["method"][uses["resource"] == resource].tolist()))
            says = f"a text among the resources {verb(table)} the table {table.name}"
            evidence = app.quote(says, artifact, offset, length, reads_as)
            yield Statement(table, tuple(methods), evidence, "read")


def statements_shipped(app: Facts) -> Iterator[Statement]:
    """Tables of databases in the app; a statement over several pages is quoted by its file."""
    for name, sql, rows, artifact, offset, length in app.table(SHIPPED_TABLES).rows(
        "name", "sql", "rows", "artifact", "offset", "length"
    ):
        file = app.member_path(artifact)
        says = f"a database that comes with the app has the table {name}"
        if length:
            utf16 = bytes(app.blob(artifact)[offset : offset + 2])[1:] == b"\0"
            reads_as: ReadsAs = "utf-16le" if utf16 else "utf-8"
            evidence = app.quote(says, artifact, offset, length, reads_as, {"file": file})
        else:
            evidence = app.quote(says, artifact, 0, 16, "hex", {"file": file})
        for table in read_tables(sql):
            yield Statement(table, (), evidence, "read", rows, file)


def verb(table: SqlTable) -> str:
    """What a statement does to its table."""
    return "extends" if table.how == "alter" else "creates"
