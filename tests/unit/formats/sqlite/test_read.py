"""Databases that the standard library's SQLite writes, read back without it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.formats.sqlite import SqliteFile, read_sqlite
from witnessmark.model.errors import FormatError


def made(path: Path, statements: list[str], rows: Sequence[tuple[object, ...]]) -> bytes:
    link = sqlite3.connect(path)
    for statement in statements:
        link.execute(statement)
    if rows:
        link.executemany(f"INSERT INTO t VALUES ({','.join('?' * len(rows[0]))})", rows)
    link.commit()
    link.close()
    return path.read_bytes()


@pytest.fixture(params=["UTF-8", "UTF-16le", "UTF-16be"])
def encoding(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_rows_of_many_pages_come_back(tmp_path: Path, encoding: str) -> None:
    rows = [
        (None if n % 7 == 0 else n * 1001, n / 3, f"имя {n}", bytes([n % 256]) * (n % 50))
        for n in range(2000)
    ]
    rows.append((-(2**62), -1.5, "长" * 9000, b"x" * 40000))
    data = made(
        tmp_path / "a.db",
        [f"PRAGMA encoding='{encoding}'", "PRAGMA page_size=1024",
         "CREATE TABLE t (a INTEGER, b REAL, c TEXT, d BLOB)", "CREATE INDEX i ON t (a)"],
        rows,
    )  # fmt: skip
    file = read_sqlite(data)
    table = next(one for one in file.objects if one.type == "table")
    assert (table.name, table.sql) == ("t", "CREATE TABLE t (a INTEGER, b REAL, c TEXT, d BLOB)")
    assert list(file.rows(table.root)) == rows
    assert file.count(table.root) == len(rows)
    span = data[table.span.offset : table.span.end]
    assert span.decode(file.encoding) == table.sql


def test_views_and_triggers_have_no_pages(tmp_path: Path) -> None:
    data = made(
        tmp_path / "a.db", ["CREATE TABLE t (a)", "CREATE VIEW v AS SELECT a FROM t"], [(1,)]
    )
    kinds = {one.type: one.root for one in read_sqlite(data).objects}
    assert kinds["view"] == 0
    assert kinds["table"] > 0


def test_a_circle_of_pages_is_refused(tmp_path: Path) -> None:
    rows = [("x" * 100,) for _ in range(2000)]
    data = bytearray(made(tmp_path / "a.db", ["PRAGMA page_size=512", "CREATE TABLE t (a)"], rows))
    root = read_sqlite(bytes(data)).objects[0].root
    start = (root - 1) * 512
    data[start + 8 : start + 12] = root.to_bytes(4, "big")
    with pytest.raises(FormatError, match="twice"):
        read_sqlite(bytes(data)).count(root)


@pytest.mark.parametrize("cut", [0, 15, 99, 511])
def test_a_file_cut_in_its_first_page_is_refused(tmp_path: Path, cut: int) -> None:
    data = made(tmp_path / "a.db", ["PRAGMA page_size=512", "CREATE TABLE t (a)"], [(1,)] * 300)
    with pytest.raises(FormatError):
        read_sqlite(data[:cut])


def test_a_file_cut_later_says_which_page_is_missing(tmp_path: Path) -> None:
    data = made(tmp_path / "a.db", ["PRAGMA page_size=512", "CREATE TABLE t (a)"], [(1,)] * 300)
    with pytest.raises(FormatError, match="outside the file"):
        walk(read_sqlite(data[:700]))


def walk(file: SqliteFile) -> None:
    for one in file.objects:
        if one.root:
            list(file.rows(one.root))


SAMPLE: list[bytes] = []


@settings(max_examples=300)
@given(st.integers(0, 4095), st.integers(0, 255), st.integers(0, 4095), st.integers(0, 255))
def test_changed_bytes_never_crash(one: int, new: int, two: int, other: int) -> None:
    if not SAMPLE:
        link = sqlite3.connect(":memory:")
        link.execute("PRAGMA page_size=512")
        link.execute("CREATE TABLE t (a, b)")
        link.executemany("INSERT INTO t VALUES (?, ?)", [(n, "y" * n) for n in range(60)])
        link.commit()
        SAMPLE.append(link.serialize())
    data = bytearray(SAMPLE[0])
    data[one % len(data)], data[two % len(data)] = new, other
    with suppress(FormatError):
        walk(read_sqlite(bytes(data)))
