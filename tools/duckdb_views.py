"""Make ``facts/data/views.json``: ``python tools/duckdb_views.py``.

Each view of ``views.sql``, and of each table that is stored as numbers, as DuckDB itself writes it
into the catalog of a file: base64 by name. Run it after a view, or a table that one reads, changed;
a test holds the views of a written file against the statements.
"""

from __future__ import annotations

import base64
import json
import struct
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb

from witnessmark.facts.store import SQL_TYPES, TEXT, view_statements
from witnessmark.facts.store_coded import CODED, coded_name, words_name
from witnessmark.facts.tables.code import STRINGS
from witnessmark.facts.tables.everything import SCHEMAS

FILE = Path(__file__).parents[1] / "src" / "witnessmark" / "facts" / "data" / "views.json"
SETTINGS = {"threads": 1, "storage_compatibility_version": "v1.0.0"}
HEADER, BLOCK, SUB_BLOCK, LINK = 4096, 1 << 18, 4088, 8
SCHEMA_ENTRY = bytes.fromhex("63000264000164000266") + b"\0\4main" + bytes.fromhex("690000ffffffff")
CATALOG = b"\x64\0\2" + SCHEMA_ENTRY
END = b"\xff\xff"


def tables() -> Iterator[str]:
    """Statements that make the tables which views read."""
    for schema in SCHEMAS.values():
        columns = {column.name: SQL_TYPES[column.type] for column in schema.columns}
        if schema.name == STRINGS.name:
            columns[TEXT.name] = SQL_TYPES[TEXT.type]
        coded = CODED.get(schema.name, {})
        for column in coded:
            columns[column] = "INTEGER"
            yield _table(words_name(schema.name, column), {"text": "VARCHAR", "string": "BIGINT"})
        yield _table(coded_name(schema.name) if coded else schema.name, columns)


def entry(name: str) -> bytes:
    """The catalog entry of one view."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.duckdb"
        with duckdb.connect(str(path), config=SETTINGS) as link:
            for statement in (*tables(), *view_statements().values()):
                link.execute(statement)
            for other in view_statements():
                if other != name:
                    link.execute(f'DROP VIEW "{other}"')
            for (table,) in link.execute("SELECT table_name FROM duckdb_tables()").fetchall():
                link.execute(f'DROP TABLE "{table}"')
        return entry_of(path.read_bytes())


def entry_of(content: bytes) -> bytes:
    """The entry in a file that has one view and nothing else."""
    catalog = _catalog(content).rstrip(b"\0")
    if not catalog.startswith(CATALOG) or not catalog.endswith(END):
        raise ValueError("DuckDB writes its catalog otherwise than this script knows")
    return catalog[len(CATALOG) : -len(END)]


def main() -> None:
    """Write the file."""
    made = {name: base64.b64encode(entry(name)).decode("ascii") for name in view_statements()}
    FILE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def _table(name: str, columns: Mapping[str, str]) -> str:
    spelled = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    return f'CREATE TABLE "{name}" ({spelled})'


def _catalog(content: bytes) -> bytes:
    """The chain of metadata that the newest header points to."""
    _, at = max(struct.unpack_from("<QQ", content, place + 8) for place in (HEADER, 2 * HEADER))
    chain = []
    while at != (1 << 64) - 1:
        block, number = at & ((1 << 56) - 1), at >> 56
        begin = 3 * HEADER + block * BLOCK + 8 + number * SUB_BLOCK
        (at,) = struct.unpack_from("<Q", content, begin)
        chain.append(content[begin + LINK : begin + SUB_BLOCK])
    return b"".join(chain)


if __name__ == "__main__":
    main()
