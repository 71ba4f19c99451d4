"""Rows under columns, as files of an app hold them: tables of databases, lines of cells, objects
of JSON, elements of XML, sheets, cards of contacts.

Rows are read to tell what they are; nothing of them is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from witnessmark.analyses.bounded import too_large
from witnessmark.analyses.marks._contents import LARGEST, Content
from witnessmark.analyses.marks._delimited import rows_of
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.formats.sqlite import SchemaObject, SqliteFile, Value, read_sqlite
from witnessmark.formats.zip import read_zip, unpack
from witnessmark.model.errors import FormatError
from witnessmark.model.gap import Gap

SAMPLE = 2000
MOST_COLUMNS = 200
HIDES = ("marks/watch_list", "marks/people_list")
LARGEST_TEXT = 32 << 20
MOST_SETS = 200
CARD = kept_regex(r"BEGIN:VCARD(.*?)END:VCARD", re.DOTALL | re.IGNORECASE)
CARD_LINE = kept_regex(r"^([A-Z]+)[^:\n]*:(.*)$", re.MULTILINE)
CARD_NAMES = {"FN": "name", "N": "name", "TEL": "phone", "EMAIL": "email", "ADR": "address",
              "ORG": "organisation", "BDAY": "birthday", "NOTE": "note"}  # fmt: skip
ELEMENT = kept_regex(r"<(\w[\w.:-]*)([^<>]*?)(/?)>([^<>]{0,200})")
ATTRIBUTE = kept_regex(r"([\w.:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
CELL = kept_regex(r"<c\b([^>]*)>(.*?)</c>|<c\b[^>]*/>", re.DOTALL)
ROW = kept_regex(r"<row\b[^>]*>(.*?)</row>", re.DOTALL)
SHARED = kept_regex(r"<si>(.*?)</si>", re.DOTALL)
TEXT = kept_regex(r"<t\b[^>]*>([^<]*)</t>")


class RowSet(Struct, frozen=True):
    """Rows of one kind: what they are called inside their file, their columns, how many there
    are, and a sample by column.
    """

    name: str
    columns: tuple[str, ...]
    count: int
    sample: tuple[tuple[str, ...], ...]

    def cells(self, column: int) -> list[str]:
        """Sampled cells of a column that are not empty."""
        return [row[column] for row in self.sample if column < len(row) and row[column]]


def row_sets(app: Facts, content: Content) -> Iterator[RowSet]:
    """Row sets of a content, at most `MOST_SETS`; none where it has another shape."""
    if content.kind == "sqlite":
        yield from _first(app, content, _tables(content.data))
        return
    reader = _READERS.get(content.kind)
    if reader is None or too_large(app, len(content.data), LARGEST_TEXT, content.name, HIDES):
        return
    try:
        text = bytes(content.data).decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = bytes(content.data).decode("gb18030")
        except UnicodeDecodeError:
            return
    yield from _first(app, content, reader(text))


def _first(app: Facts, content: Content, found: Iterator[RowSet]) -> Iterator[RowSet]:
    """The first `MOST_SETS`; a gap tells where there are more."""
    yield from islice(found, MOST_SETS)
    if next(found, None) is not None:
        why = f"only the first {MOST_SETS} lists of rows in this file were looked at"
        app.leave_out(Gap(content.name, why, HIDES))


def _tables(data: memoryview) -> Iterator[RowSet]:
    try:
        file = read_sqlite(data)
    except FormatError:
        return
    for one in file.objects:
        if one.type == "table" and one.root and not one.name.startswith("sqlite_"):
            found = _table(file, one)
            if found is not None:
                yield found


def _table(file: SqliteFile, one: SchemaObject) -> RowSet | None:
    rows: list[tuple[str, ...]] = []
    count = 0
    try:
        for values in file.rows(one.root):
            count += 1
            if len(rows) < SAMPLE:
                rows.append(tuple(map(_spelled, values)))
    except FormatError:
        if not rows:
            return None
    width = max(map(len, rows), default=0)
    names = column_names(one.sql)
    columns = tuple(names[at] if at < len(names) else "" for at in range(max(width, len(names))))
    return RowSet(f"table {one.name}", columns, count, tuple(rows))


def column_names(sql: str) -> tuple[str, ...]:
    """Columns that a ``CREATE TABLE`` statement names; empty where it cannot be parsed."""
    from sqlglot import exp, parse_one
    from sqlglot.errors import SqlglotError

    try:
        tree = parse_one(sql, read="sqlite")
    except (SqlglotError, RecursionError):
        return ()
    schema = tree.this if isinstance(tree, exp.Create) else None
    if not isinstance(schema, exp.Schema):
        return ()
    return tuple(
        str(one.name)
        for one in schema.expressions
        if isinstance(one, exp.ColumnDef | exp.Identifier)
    )


def _spelled(value: Value) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _lines(text: str) -> Iterator[RowSet]:
    if "BEGIN:VCARD" in text[:4096].upper():
        yield from _cards(text)
        return
    rows = [tuple(row) for row in rows_of(text)]
    if not rows:
        return
    width = min(max(map(len, rows)), MOST_COLUMNS)
    head = _head(rows)
    body = rows[1:] if head else rows
    columns = (*head, *("" for _ in range(width - len(head))))
    yield RowSet("", columns[:width], len(body), tuple(body[:SAMPLE]))


def _head(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The first row where it names the columns: words without digits that no column repeats."""
    first = rows[0]
    if len(rows) < 2 or any(any(map(str.isdigit, cell)) or not cell for cell in first):
        return ()
    body = rows[1 : SAMPLE + 1]
    repeated = any(
        cell in {row[at] for row in body if at < len(row)} for at, cell in enumerate(first)
    )
    return () if repeated or len(set(first)) < len(first) else first


def _cards(text: str) -> Iterator[RowSet]:
    """Cards of contacts (RFC 6350), one a row."""
    columns = tuple(dict.fromkeys(CARD_NAMES.values()))
    rows: list[tuple[str, ...]] = []
    count = 0
    for card in CARD.finditer(text):
        count += 1
        if len(rows) < SAMPLE:
            lines = [(one[1].upper(), one[2]) for one in CARD_LINE.finditer(card[1])]
            found = {
                CARD_NAMES[name]: value.replace(";", " ").strip()
                for name, value in lines
                if name in CARD_NAMES
            }
            rows.append(tuple(found.get(column, "") for column in columns))
    if count:
        yield RowSet("contacts", columns, count, tuple(rows))


def _json(text: str) -> Iterator[RowSet]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        yield from _lines_of_json(text)
        return
    waiting: list[tuple[str, object]] = [("", document)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            inner = [item for item in value.values() if isinstance(item, dict)]
            if len(inner) == len(value) > 2:
                yield from _objects(name, inner)
            waiting.extend((str(key), item) for key, item in reversed(value.items()))
        elif isinstance(value, list):
            objects = [item for item in value if isinstance(item, dict)]
            if objects and len(objects) == len(value):
                yield from _objects(name, objects)
            elif value and all(isinstance(item, str) for item in value):
                rows = tuple((str(item),) for item in value)
                yield RowSet(name, ("",), len(rows), rows[:SAMPLE])
            waiting.extend((name, item) for item in reversed(value[:SAMPLE]))


def _lines_of_json(text: str) -> Iterator[RowSet]:
    """One object a line, as logs and exports write them."""
    objects = []
    for line in text.splitlines():
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            return
        if isinstance(value, dict):
            objects.append(value)
    yield from _objects("", objects)


def _objects(name: str, objects: Sequence[Mapping[str, object]]) -> Iterator[RowSet]:
    keys = tuple(
        dict.fromkeys(str(key) for one in objects[:SAMPLE] for key in one)
    )[:MOST_COLUMNS]  # fmt: skip
    rows = tuple(tuple(_cell(one.get(key)) for key in keys) for one in objects[:SAMPLE])
    if keys:
        yield RowSet(name, keys, len(objects), rows)


def _cell(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _xml(text: str) -> Iterator[RowSet]:
    """Elements with attributes, and elements whose children hold one text each, by name."""
    flat: dict[str, list[dict[str, str]]] = {}
    for match in ELEMENT.finditer(text):
        found = {one[1]: one[2] or one[3] or "" for one in ATTRIBUTE.finditer(match[2])}
        if len(found) > 1:
            flat.setdefault(match[1], []).append(found)
    nested: dict[str, list[dict[str, str]]] = {}
    parent: str = ""
    for match in ELEMENT.finditer(text):
        inside = match[4].strip()
        if inside and not match[3] and parent:
            nested.setdefault(parent, [{}])[-1].setdefault(match[1], inside)
        elif not match[3]:
            parent = match[1]
            nested.setdefault(parent, []).append({})
    for sets in (flat, nested):
        for name, records in sets.items():
            full = [one for one in records if len(one) > 1]
            if len(full) > 1:
                yield from _objects(name, full)


_READERS: Mapping[str, Callable[[str], Iterator[RowSet]]] = {
    "csv": _lines, "text": _lines, "json": _json, "xml": _xml, "unknown": _lines,
}  # fmt: skip


def sheets(content: Content) -> Iterator[RowSet]:
    """Sheets of an Office Open XML workbook (ECMA-376 part 1, section 18)."""
    try:
        archive = read_zip(content.data)
        parts = {one.name: one for one in archive.entries}
        shared = parts.get("xl/sharedStrings.xml")
        texts: list[str] = []
        if shared is not None:
            text = bytes(unpack(content.data, shared, LARGEST)).decode("utf-8", "replace")
            texts = ["".join(TEXT.findall(one)) for one in SHARED.findall(text)]
        for name in sorted(parts):
            if name.startswith("xl/worksheets/sheet"):
                text = bytes(unpack(content.data, parts[name], LARGEST)).decode("utf-8", "replace")
                yield from _sheet(name.rpartition("/")[2], text, texts)
    except FormatError:
        return


def _sheet(name: str, text: str, texts: Sequence[str]) -> Iterator[RowSet]:
    rows = [
        tuple(_sheet_cell(cell[1] or "", cell[2] or "", texts) for cell in CELL.finditer(row[1]))
        for row in ROW.finditer(text)
    ]
    rows = [row for row in rows if any(row)]
    if len(rows) > 1:
        head = _head(rows) or ("",) * max(map(len, rows))
        body = rows[1:] if any(head) else rows
        yield RowSet(name, head, len(body), tuple(body[:SAMPLE]))


def _sheet_cell(attributes: str, inner: str, texts: Sequence[str]) -> str:
    value = re.search(r"<v>([^<]*)</v>", inner)
    if 't="s"' in attributes and value and value[1].isdigit() and int(value[1]) < len(texts):
        return texts[int(value[1])]
    inline = TEXT.findall(inner)
    return "".join(inline) if inline else value[1] if value else ""
