"""Where lists lie: in what an app carries as data, in arrays of code and resources."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from witnessmark.analyses.marks._books_in_resources import resource_books
from witnessmark.analyses.marks._contents import Content
from witnessmark.analyses.marks._lists import (
    SHARE,
    BinaryList,
    TextList,
    WordList,
    binary_list,
    entries_list,
    text_list,
    word_list,
)
from witnessmark.analyses.marks._row_sets import row_sets
from witnessmark.analyses.ownership import arrays_outside_libraries, not_of_libraries
from witnessmark.analyses.tables import FIELD_CHOICES, KEPT_COLUMNS
from witnessmark.facts.tables.artifacts import ARTIFACTS, MEMBERS
from witnessmark.facts.tables.code import CALLS, STRINGS
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.list_entries import ListEntry
from witnessmark.model.evidence import Evidence

SURE = frozenset({"citizen_number"})
"""Kinds of entries that only people have."""

TEXTUAL = frozenset({"text", "csv", "json", "unknown", "properties"})
BINARY = frozenset({"unknown", "high_entropy"})
PICTURES = frozenset({"jpeg", "png", "webp", "bmp"})
FEWEST_PICTURES = 5
LIST_NAME = kept_regex(
    r"(?i)(?:black|white|watch|wanted|block|deny|forbid|ban|filter|keyword|sensitive|virus|malware|"
    r"hash|md5|sha1|feature|signature|target|suspect|list)|名单|黑|敏感|关键词|特征"
)
"""Names that files of lists bear; an empty file is told only where it bears one."""

NAME = kept_regex(r"[A-Za-z_][A-Za-z0-9_.]*")
CURSOR = ")Landroid/database/Cursor;"

Found = TextList | BinaryList | WordList


class Shipped(Struct, frozen=True):
    """A list in a file: its name for readers, its path in the app, and the whole as evidence.

    ``how``  what had to be done to read it, in words.
    """

    name: str
    member: str
    found: Found
    evidence: Evidence
    how: tuple[str, ...] = ()


class ListInCode(Struct, frozen=True):
    """A list in an array: the methods that make or use it, and where its first entry stands."""

    name: str
    methods: tuple[int, ...]
    found: TextList | WordList
    evidence: Evidence


def shipped_lists(
    app: Facts, contents: Sequence[Content], kinds: Sequence[ListEntry]
) -> Iterator[Shipped]:
    """Lists among what an app carries, in the order of its files."""
    own_files = {str(name) for (name,) in app.table(MEMBERS).rows("name")}
    for content in contents:
        if content.kind == "sqlite":
            yield from _in_tables(app, content, kinds)
            continue
        found = _found(content, kinds)
        left_out = found is None or _is_roster(app, content, found)
        if found is not None and not left_out and not _own_digests(content, found, own_files):
            yield Shipped(content.name, content.member, found, content.evidence(app), content.how)


def _found(content: Content, kinds: Sequence[ListEntry]) -> Found | None:
    if content.kind in TEXTUAL:
        listed = text_list(content.data, kinds)
        if listed is not None:
            return listed
    if content.kind in BINARY:
        records = binary_list(content.data)
        if records is not None:
            return records
    return word_list(content.data) if content.kind in TEXTUAL else None


def _is_roster(app: Facts, content: Content, found: Found) -> bool:
    """Whether numbers that only people have stand beside other cells; see `people_list`."""
    if not isinstance(found, TextList) or found.kind.entry not in SURE:
        return False
    return any(len(rows.columns) > 1 for rows in row_sets(app, content))


def _own_digests(content: Content, found: Found, own_files: set[str]) -> bool:
    """Whether a list of digests names the app's own files beside them."""
    if not isinstance(found, TextList) or found.kind.identifies != "file":
        return False
    text = bytes(content.data[: 1 << 20]).decode("utf-8", "replace")
    words = [word for word in re.split(r"[\s,;:\"'*]+", text) if "." in word or "/" in word]
    tails = {name.rpartition("/")[2] for name in own_files}
    known = sum(word.rpartition("/")[2] in tails for word in words)
    return len(words) > 0 and known * 2 >= len(words)


def _in_tables(app: Facts, content: Content, kinds: Sequence[ListEntry]) -> Iterator[Shipped]:
    """The first column of each table whose texts are entries of one kind.

    Texts are looked at to tell their kind; nothing of them is kept but their number.
    """
    for rows in row_sets(app, content):
        for column in range(len(rows.columns)):
            found = entries_list(rows.cells(column), kinds)
            if found is not None and found.kind.entry in SURE and len(rows.columns) > 1:
                break
            if found is not None:
                counted = replace(found, count=max(rows.count, found.count), first=())
                name = f"{content.name}, {rows.name}"
                evidence = content.evidence(app)
                yield Shipped(name, content.member, counted, evidence, content.how)
                break


def lists_in_code(app: Facts, kinds: Sequence[ListEntry]) -> Iterator[ListInCode]:
    """Lists in string arrays of code outside known libraries, and of resources."""
    told = not_of_libraries(app)
    arrays: dict[tuple[int, int], list[int]] = defaultdict(list)
    for method, array, string in arrays_outside_libraries(app).rows("method", "array", "string"):
        if string >= 0 and told[method]:
            arrays[method, array].append(string)
    for (method, _), strings in sorted(arrays.items()):
        texts = [app.string(row) for row in strings]
        found = _of_texts(texts, kinds)
        if found is not None and not (
            isinstance(found, WordList) and _are_no_list(app, method, texts)
        ):
            name = f"array in {app.method_class(method)}.{app.method_name(method)}"
            yield ListInCode(name, (method,), found, _first(app, strings[0]))
    for book in resource_books(app):
        if book.offered or book.setting:
            continue
        found = _of_texts([entry.label for entry in book.entries], kinds)
        if found is not None:
            first = _digest(app, book.entries[0].span)
            yield ListInCode(f"array/{book.name}", book.methods, found, first)


def _are_no_list(app: Facts, method: int, texts: Sequence[str]) -> bool:
    """Whether words name columns or are what a field offers: nearly all are columns of the app's
    tables or choices of one field, or they are names without blanks where the same method asks a
    database for rows.
    """
    columns = {name.casefold() for (name,) in app.table(KEPT_COLUMNS).rows("name")}
    offered = [set(labels.split("\n")) for (labels,) in app.table(FIELD_CHOICES).rows("choices")]
    if sum(text.casefold() in columns for text in texts) >= SHARE * len(texts):
        return True
    if any(sum(text in labels for text in texts) >= SHARE * len(texts) for labels in offered):
        return True
    if not all(NAME.fullmatch(text) for text in texts):
        return False
    calls = app.table(CALLS)
    asked = set(calls["callee"][calls["method"] == method].tolist())
    return any(app.method_signature(callee).endswith(CURSOR) for callee in asked)


def _of_texts(texts: Sequence[str], kinds: Sequence[ListEntry]) -> TextList | WordList | None:
    return entries_list(texts, kinds) or word_list(memoryview("\n".join(texts).encode()))


def _first(app: Facts, string: int) -> Evidence:
    strings = app.table(STRINGS)
    span = tuple(int(strings[column][string]) for column in ("artifact", "offset", "length"))
    return _digest(app, (span[0], span[1], span[2]))


def _digest(app: Facts, span: tuple[int, int, int]) -> Evidence:
    """The first entry, told by its digest, so that nobody on the list is quoted."""
    return app.quote("the first entry, by the SHA-256 of its bytes", *span, "sha256")


class EmptyList(Struct, frozen=True):
    """A file that is called as a list is, and holds nothing."""

    name: str
    evidence: Evidence


def empty_lists(app: Facts) -> Iterator[EmptyList]:
    """Files of the app without content that bear the name of a list."""
    table = app.table(MEMBERS)
    for row, (name, size, artifact, offset, length) in enumerate(
        table.rows("name", "size", "artifact", "offset", "length")
    ):
        inside = name.startswith(("assets/", "res/raw/"))
        if inside and size == 0 and not name.endswith("/") and LIST_NAME.search(name):
            says = "the entry of the archive says that the file has no content"
            evidence = app.quote(says, artifact, offset, length, "hex", {"entry": name})
            yield EmptyList(str(table["name"][row]), evidence)


def picture_folders(app: Facts) -> Iterator[tuple[str, list[str], list[int]]]:
    """Folders of the app's data with at least five pictures: the folder, their names without
    endings, the rows of the files.
    """
    folders: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row, (kind,) in enumerate(app.table(ARTIFACTS).rows("type")):
        if kind in PICTURES:
            path = app.member_name(row).rpartition("!")[2]
            folder, _, name = path.rpartition("/")
            if folder.startswith("assets"):
                folders[folder].append((name.rpartition(".")[0], row))
    for folder, files in sorted(folders.items()):
        if len(files) >= FEWEST_PICTURES:
            yield folder, [name for name, _ in files], [row for _, row in files]
