"""Code books in files of the app: JSON, CSV, properties, XML, object literals of scripts, and SQL
that fills a table.

Files are read for their shape; a book in a file counts only where its labels sort people, so
translations, key names and tables of signs stay silent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from witnessmark.analyses.bounded import first, too_large
from witnessmark.analyses.file_uses import uses_of_member
from witnessmark.analyses.marks._book import CODE, SHORT_CODE, Book, BookEntry, composed
from witnessmark.analyses.marks._books_in_xml import xml_lists
from witnessmark.analyses.marks._delimited import rows_of
from witnessmark.analyses.marks._file_text import ENCODINGS, text_of
from witnessmark.facts.tables.artifacts import ARTIFACTS
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.location import ReadsAs
from witnessmark.model.markup import escaped

HIDES = ("marks/code_book",)
LARGEST = 4 << 20
FEWEST = 3
MOST = 5000
LONGEST_LABEL = 60

DECODED = kept_regex(r"(?:^|/)(?:res/(?!raw)|AndroidManifest\.xml|META-INF/|apktool\.yml)")
"""Files that are told as resources, or that tools wrote."""

QUOTED = r"'(?:[^'\\\n]|\\.){0,80}'|\"(?:[^\"\\\n]|\\.){0,80}\""
KEYED = rf"(?:[\w$]{{1,40}}|{QUOTED})\s*:\s*(?:{QUOTED}|-?\d{{1,9}})"
LITERAL = kept_regex(rf"\{{\s*{KEYED}(?:\s*,\s*{KEYED}){{0,400}}\s*,?\s*\}}")
MEMBER = kept_regex(rf"([\w$]{{1,40}}|{QUOTED})\s*:\s*({QUOTED}|-?\d{{1,9}})")
BETWEEN = kept_regex(r"\s*,?\s*")
PROPERTY = kept_regex(r"^\s*([^\s=:#!][^=:\n]{0,60}?)\s*[=:]\s*(\S[^\n]*?)\s*$", re.MULTILINE)
ELEMENT = kept_regex(
    r"<([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:\"[^\"<]{0,80}\"|'[^'<]{0,80}')){0,8})\s*"
    r"(?:/>|>\s*(?:<[\w.:-]+>)?\s*([^<>]{0,80}?)\s*</)"
)
ATTRIBUTE = kept_regex(r"([\w.:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
INSERT = kept_regex(
    r"insert\s+(?:or\s+\w+\s+)?into\s+[`\"\[]?([\w.]+)[`\"\]]?\s*(?:\([^()]{0,400}\)\s*)?values\s*"
    r"((?:\((?:[^()']|'(?:[^']|'')*')*\)\s*,?\s*)+)",
    re.IGNORECASE,
)
VALUES = kept_regex(r"\(((?:[^()']|'(?:[^']|'')*')*)\)")
VALUE = kept_regex(r"'((?:[^']|'')*)'|([\w.+-]+)")

Rows = Sequence[tuple[str, str]]
"""Codes and labels."""


class _Found(Struct, frozen=True):
    """A list in a file: what it is called inside it, its pairs, whether it states codes, and the
    label above each where the list is a tree.
    """

    name: str
    pairs: Rows
    stated: bool = True
    parents: Sequence[str] = ()


def file_books(app: Facts) -> Iterator[Book]:
    """Books in files, in the order of the files."""
    for artifact, (kind, size) in enumerate(app.table(ARTIFACTS).rows("type", "size")):
        name = app.member_name(artifact)
        reader = _reader(kind, name.rpartition("!")[2])
        if reader is None or not size or DECODED.search(name):
            continue
        if too_large(app, size, LARGEST, name, HIDES):
            continue
        data = bytes(app.blob(artifact))
        text = text_of(data)
        if text is not None:
            yield from _books(app, artifact, data, reader(text[0]), text[1])


def _reader(kind: str, name: str) -> Callable[[str], Iterator[_Found]] | None:
    """How a file is read: by its type; by its name where its spelling hid the type."""
    if kind != "unknown":
        return READERS.get(kind)
    ending = name.rpartition(".")[2].casefold() if UNMARKED.match(name) else ""
    return READERS.get({"txt": "text", "dat": "text", "dic": "text"}.get(ending, ending))


UNMARKED = kept_regex(r"(?:assets|res/raw)/")


def _books(
    app: Facts, artifact: int, data: bytes, lists: Iterator[_Found], reads_as: ReadsAs
) -> Iterator[Book]:
    users: tuple[int, ...] | None = None
    member = app.member_name(artifact).rpartition("!")[2]
    for found in lists:
        pairs = first(app, found.pairs, MOST, "entries of a list in this file", member, HIDES)
        if len({label for _, label in pairs}) < FEWEST:
            continue
        entries = tuple(_placed(artifact, data, pairs, found.parents, reads_as))
        if len(entries) < FEWEST:
            continue
        if users is None:
            users = tuple(sorted({use.method for use in uses_of_member(app, member)}))
        name = f"{member}, {found.name}" if found.name else member
        yield Book("file", name, entries, found.stated, users, read=True)


def _placed(
    artifact: int, data: bytes, pairs: Rows, parents: Sequence[str], reads_as: ReadsAs
) -> Iterator[BookEntry]:
    """Entries whose label is found in the file, one after another."""
    at = 0
    for number, (code, label) in enumerate(pairs):
        place, length = _find(data, label, at, reads_as)
        if place >= 0:
            at = place + length
            parent = parents[number] if number < len(parents) else ""
            yield BookEntry(code, label, "", (artifact, place, length), reads_as, parent)


def _find(data: bytes, label: str, at: int, reads_as: ReadsAs) -> tuple[int, int]:
    """Where a label stands from ``at`` on, else anywhere, and its length; -1 for nowhere."""
    encoding = ENCODINGS[reads_as]
    in_json = json.dumps(label)[1:-1]
    spellings = [label, in_json, escaped(label)]
    forms = [one.encode(encoding, "replace") for one in dict.fromkeys(spellings)]
    upper = UNICODE_ESCAPE.sub(lambda one: one[0].upper().replace("\\U", "\\u"), in_json)
    forms.append(upper.encode(encoding, "replace"))
    for start in (at, 0):
        for spelled in forms:
            place = data.find(spelled, start)
            if place >= 0:
                return place, len(spelled)
    return -1, 0


UNICODE_ESCAPE = kept_regex(r"\\u([0-9a-fA-F]{4})")


def _json(text: str) -> Iterator[_Found]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        yield from _script(text)
        return
    waiting: list[tuple[str, object]] = [("", document)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            yield from _of_mapping(name, value)
            waiting.extend((str(key), inner) for key, inner in reversed(value.items()))
        elif isinstance(value, list):
            tree = _of_tree(name, value)
            if tree is not None:
                yield tree
                continue
            yield from _of_list(name, value)
            waiting.extend((name, inner) for inner in reversed(value[:MOST]))


def _of_mapping(name: str, value: Mapping[str, object]) -> Iterator[_Found]:
    texts = {str(k): v for k, v in value.items() if isinstance(v, str)}
    if len(texts) >= FEWEST and len(texts) == len(value):
        if all(CODE.fullmatch(key) for key in texts):
            yield _Found(name, list(texts.items()))
        elif all(CODE.fullmatch(label) for label in texts.values()):
            yield _Found(name, [(label, key) for key, label in texts.items()])


def _of_tree(name: str, value: Sequence[object]) -> _Found | None:
    """The book that objects are which hold objects of their kind; None for no such tree."""
    nodes = [item for item in value if isinstance(item, dict)]
    below = next((key for one in nodes for key, inner in one.items() if _are_like(one, inner)), "")
    if not below or len(nodes) < len(value):
        return None
    records: list[Mapping[str, object]] = []
    above: list[int] = []
    waiting = [(one, -1) for one in reversed(nodes)]
    while waiting and len(records) < MOST:
        one, parent = waiting.pop()
        inner = one.get(below)
        waiting.extend(
            (child, len(records))
            for child in reversed(inner if isinstance(inner, list) else [])
            if isinstance(child, dict)
        )
        records.append(one)
        above.append(parent)
    pairs = _of_records(records)
    if not pairs:
        return None
    return _Found(name, pairs, True, [pairs[at][1] if at >= 0 else "" for at in above])


def _are_like(one: Mapping[str, object], inner: object) -> bool:
    """Whether ``inner`` is a list of objects that share at least two keys of texts with ``one``."""
    if not isinstance(inner, list) or not inner:
        return False
    texts = {key for key, value in one.items() if isinstance(value, str | int)}
    return all(isinstance(item, dict) and len(texts & item.keys()) > 1 for item in inner[:MOST])


def _of_list(name: str, value: Sequence[object]) -> Iterator[_Found]:
    if all(isinstance(item, str) for item in value):
        labels = [str(item) for item in value]
        pairs = composed(labels)
        yield _Found(name, pairs or list(_numbered(labels)), stated=bool(pairs))
    elif all(isinstance(item, dict) for item in value):
        found = _of_records([item for item in value if isinstance(item, dict)])
        if found:
            yield _Found(name, found)


def _numbered(labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at, label in enumerate(labels):
        yield str(at), label


def _of_records(records: Sequence[Mapping[str, object]]) -> Rows:
    """Codes and labels of like objects: a key whose values are short and differ, and the first
    key whose values are words.
    """
    if len(records) < FEWEST:
        return ()
    columns = {
        key: [str(one.get(key, "")) for one in records]
        for key, first in records[0].items()
        if isinstance(first, str | int) and not isinstance(first, bool)
    }
    return pairs_of(columns)


def pairs_of(columns: Mapping[str, Sequence[str]]) -> Rows:
    """Codes and labels among columns of like rows; empty where there are none."""
    found = book_columns(columns)
    if found is None:
        return ()
    code, label = found
    return list(zip(columns[code], columns[label], strict=True))


def book_columns(columns: Mapping[str, Sequence[str]]) -> tuple[str, str] | None:
    """The column of codes and the first column of labels; None where either is missing.

    Codes are short and differ; a column called so counts first.
    """
    codes = [key for key, cells in columns.items() if _are_codes(cells)]
    if not codes:
        return None
    code = min(
        codes, key=lambda key: (not key.casefold().endswith(CODED), list(columns).index(key))
    )
    labels = [key for key, cells in columns.items() if key != code and _are_labels(cells)]
    return (code, labels[0]) if labels else None


def _are_labels(cells: Sequence[str]) -> bool:
    words = sum(any(map(str.isalpha, cell)) for cell in cells)
    return all(0 < len(cell) <= LONGEST_LABEL for cell in cells) and words * 10 >= 9 * len(cells)


HEADS = frozenset({
    "code", "name", "value", "label", "id", "key", "text", "no", "dm", "bm", "mc", "title", "desc",
    "description", "parent", "pid", "编码", "名称", "代码", "值", "序号", "编号", "说明", "код",
    "название", "codigo", "código", "nombre", "nom", "libelle", "libellé",
})  # fmt: skip
CODED = ("code", "value", "dm", "bm", "key", "no", "num")


def _are_codes(cells: Sequence[str]) -> bool:
    return len(set(cells)) == len(cells) and all(
        SHORT_CODE.fullmatch(cell) and cell.isascii() for cell in cells
    )


def _table(text: str) -> Iterator[_Found]:
    rows = rows_of(text)
    if rows and len(rows[0]) == 1:
        labels = [row[0] for row in rows if row]
        pairs = composed(labels)
        yield _Found("", pairs or list(_numbered(labels)), stated=bool(pairs))
        return
    width = min((len(row) for row in rows), default=0)
    for start in (1, 0) if _has_head(rows) else (0, 1):
        columns = {str(at): [row[at] for row in rows[start:]] for at in range(min(width, 12))}
        pairs = pairs_of(columns) if len(rows) - start >= FEWEST else ()
        if pairs:
            yield _Found("", pairs)
            return


def _has_head(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a first row without digits heads a column in which all others have them, or names
    the columns as codes and labels.
    """
    if len(rows) < FEWEST:
        return False
    if all(cell.casefold() in HEADS for cell in rows[0]):
        return True
    width = min(map(len, rows))
    return any(
        not _has_digit(rows[0][at]) and all(_has_digit(row[at]) for row in rows[1:])
        for at in range(width)
    )


def _has_digit(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def _properties(text: str) -> Iterator[_Found]:
    pairs = [(_unescaped(match[1]), _unescaped(match[2])) for match in PROPERTY.finditer(text)]
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, label in pairs:
        groups.setdefault(key.rpartition(".")[0], []).append((key, label))
    for name, listed in groups.items():
        yield _Found(name, listed)


def _unescaped(text: str) -> str:
    return UNICODE_ESCAPE.sub(lambda one: chr(int(one[1], 16)), text)


def _xml(text: str) -> Iterator[_Found]:
    """Lists by their parents; of what is no well-formed XML, runs of elements of one name."""
    lists = xml_lists(text, pairs_of)
    found = [_Found(one.name, one.pairs, one.stated, one.parents) for one in lists or ()]
    yield from found or _runs(text)


def _runs(text: str) -> Iterator[_Found]:
    """Runs of elements of one name, each with a code and a label in attributes or content."""
    runs: dict[str, list[dict[str, str]]] = {}
    for match in ELEMENT.finditer(text):
        record = {one[1]: one[2] or one[3] or "" for one in ATTRIBUTE.finditer(match[2])}
        if match[3]:
            record["#text"] = match[3]
        runs.setdefault(match[1], []).append(record)
    for name, records in runs.items():
        keys = set(records[0]).intersection(*records[1:])
        columns = {key: [one[key] for one in records] for key in records[0] if key in keys}
        pairs = pairs_of(columns) if len(records) >= FEWEST else ()
        if pairs:
            yield _Found(name, pairs)
        elif set(columns) == {"#text"}:
            yield _Found(name, list(_numbered(columns["#text"])), stated=False)


def _script(text: str) -> Iterator[_Found]:
    """Object literals that are maps, and runs of like object literals."""
    run: list[dict[str, str]] = []
    end = -1
    for match in LITERAL.finditer(text):
        members = {_bare(one[1]): _bare(one[2]) for one in MEMBER.finditer(match[0])}
        if run and not BETWEEN.fullmatch(text, end, match.start()):
            yield from _of_run(run)
            run = []
        run.append(members)
        end = match.end()
        if len(members) >= FEWEST:
            yield from _of_mapping("", members)
    yield from _of_run(run)


def _of_run(run: Sequence[Mapping[str, str]]) -> Iterator[_Found]:
    pairs = _of_records(run)
    if pairs:
        yield _Found("", pairs)


def _bare(token: str) -> str:
    if token[:1] not in "'\"":
        return token
    inner = token[1:-1]
    if "\\" not in inner:
        return inner
    try:
        return str(json.loads(f'"{inner}"'))
    except ValueError:
        return inner


def insert_rows(text: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Table and values of each row that ``INSERT`` statements in ``text`` write."""
    for match in INSERT.finditer(text):
        for values in VALUES.finditer(match[2]):
            yield (
                match[1],
                [
                    one[1].replace("''", "'") if one[1] is not None else one[2]
                    for one in VALUE.finditer(values[1])
                ],
            )


def _sql(text: str) -> Iterator[_Found]:
    tables: dict[str, list[Sequence[str]]] = {}
    for table, values in insert_rows(text):
        tables.setdefault(table, []).append(values)
    for table, rows in tables.items():
        width = min(len(row) for row in rows)
        columns = {str(at): [row[at] for row in rows] for at in range(min(width, 12))}
        pairs = pairs_of(columns) if len(rows) >= FEWEST else ()
        if pairs:
            yield _Found(f"table {table}", pairs)


READERS: Mapping[str, Callable[[str], Iterator[_Found]]] = {
    "json": _json, "csv": _table, "text": _table, "properties": _properties, "xml": _xml,
    "js": _script, "html": _script, "sql": _sql,
}  # fmt: skip
