"""Where lists lie: in files of the app, in arrays of code and resources."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from witnessmark.analyses.marks._books_in_resources import resource_books
from witnessmark.analyses.marks._lists import (
    BinaryList,
    TextList,
    binary_list,
    entries_list,
    inflated,
    text_list,
)
from witnessmark.facts.from_sqlite import shipped_rows
from witnessmark.facts.tables.artifacts import ARTIFACTS, MEMBERS
from witnessmark.facts.tables.code import STRINGS
from witnessmark.facts.tables.databases import SHIPPED_TABLES
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import array_elements
from witnessmark.knowledge.packs.list_entries import ListEntry
from witnessmark.model.evidence import Evidence

TEXTUAL = frozenset({"text", "csv", "json", "unknown", "properties"})
BINARY = frozenset({"unknown", "high_entropy"})
SYSTEM = re.compile(r"(?:^|/)META-INF/|^(?:kotlin|okhttp3|DebugProbesKt)|\.(?:prof|profm|SF|MF)$")
SMALLEST = 128
MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Shipped:
    """A list in a file: its name for readers, its path in the app, and the whole as evidence."""

    name: str
    member: str
    found: TextList | BinaryList
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ListInCode:
    """A list in an array: the methods that make or use it, and where its first entry stands."""

    name: str
    methods: tuple[int, ...]
    found: TextList
    evidence: Evidence


def shipped_lists(app: Facts, kinds: Sequence[ListEntry]) -> Iterator[Shipped]:
    """Lists among the files of the app, by artifact."""
    own_files = {str(name) for (name,) in app.table(MEMBERS).rows("name")}
    seen: set[str] = set()
    for row, (kind, size, digest, member) in enumerate(
        app.table(ARTIFACTS).rows("type", "size", "sha256", "member")
    ):
        chain = json.loads(member)
        if not chain or size < SMALLEST or SYSTEM.search(chain[-1]) or digest in seen:
            continue
        found = _found(app, row, kind, kinds)
        if found is None or _own_digests(app, row, found, own_files):
            continue
        seen.add(digest)
        where = app.location(row, 0, size, "sha256", {"file": chain[-1]})
        says = "the list, by the SHA-256 of the whole file"
        name = app.member_name(row)
        yield Shipped(name, name.rpartition("!")[2], found, Evidence(says, where, digest))


def _found(
    app: Facts, row: int, kind: str, kinds: Sequence[ListEntry]
) -> TextList | BinaryList | None:
    data: memoryview | None = app.blob(row) if kind in TEXTUAL | BINARY | {"gzip"} else None
    if kind == "gzip" and data is not None:
        data = inflated(data)
    if data is None:
        return None
    found: TextList | BinaryList | None = None
    if kind in TEXTUAL or kind == "gzip":
        found = text_list(data, kinds)
    if found is None and (kind in BINARY or kind == "gzip"):
        found = binary_list(data)
    return found


def _own_digests(app: Facts, row: int, found: TextList | BinaryList, own_files: set[str]) -> bool:
    """Whether a list of digests names the app's own files beside them."""
    if isinstance(found, BinaryList) or found.kind.identifies != "file":
        return False
    text = bytes(app.blob(row)[: 1 << 20]).decode("utf-8", "replace")
    words = [word for word in re.split(r"[\s,;:\"'*]+", text) if "." in word or "/" in word]
    tails = {name.rpartition("/")[2] for name in own_files}
    known = sum(word.rpartition("/")[2] in tails for word in words)
    return len(words) > 0 and known * 2 >= len(words)


def lists_in_code(app: Facts, kinds: Sequence[ListEntry]) -> Iterator[ListInCode]:
    """Lists in string arrays of code and of resources."""
    arrays: dict[tuple[int, int], list[int]] = defaultdict(list)
    for method, array, string in array_elements(app).rows("method", "array", "string"):
        if string >= 0:
            arrays[method, array].append(string)
    for (method, _), strings in sorted(arrays.items()):
        found = entries_list([app.string(row) for row in strings], kinds)
        if found is not None:
            name = f"array in {app.method_class(method)}.{app.method_name(method)}"
            yield ListInCode(name, (method,), found, _first(app, strings[0]))
    for book in resource_books(app):
        found = entries_list([entry.label for entry in book.entries], kinds)
        if found is not None:
            first = _digest(app, book.entries[0].span)
            yield ListInCode(f"array/{book.name}", book.methods, found, first)


def _first(app: Facts, string: int) -> Evidence:
    strings = app.table(STRINGS)
    span = tuple(int(strings[column][string]) for column in ("artifact", "offset", "length"))
    return _digest(app, (span[0], span[1], span[2]))


def _digest(app: Facts, span: tuple[int, int, int]) -> Evidence:
    """The first entry, told by its digest, so that nobody on the list is quoted."""
    return app.quote("the first entry, by the SHA-256 of its bytes", *span, "sha256")


def database_lists(app: Facts, kinds: Sequence[ListEntry]) -> Iterator[Shipped]:
    """Columns of shipped databases whose texts are entries of one kind, the first of a table.

    Texts are looked at to tell their kind; nothing of them is kept but their number.
    """
    table = app.table(SHIPPED_TABLES)
    for row, (name, count, artifact) in enumerate(table.rows("name", "rows", "artifact")):
        columns: dict[int, list[str]] = defaultdict(list)
        for values in shipped_rows(app, row, MOST_ROWS):
            for column, value in enumerate(values):
                if isinstance(value, str | int) and value != "":
                    columns[column].append(str(value))
        for _, texts in sorted(columns.items()):
            found = entries_list(texts, kinds)
            if found is None:
                continue
            chain = json.loads(app.table(ARTIFACTS)["member"][artifact])
            digest = str(app.table(ARTIFACTS)["sha256"][artifact])
            size = int(app.table(ARTIFACTS)["size"][artifact])
            where = app.location(artifact, 0, size, "sha256", {"file": chain[-1] if chain else ""})
            says = f"the database that holds the table {name}, by the SHA-256 of the whole file"
            member = app.member_name(artifact).rpartition("!")[2] if chain else ""
            counted = replace(found, count=max(count, found.count), first=())
            yield Shipped(f"{member}, table {name}", member, counted, Evidence(says, where, digest))
            break
