"""Reading of CREATE TABLE and ALTER TABLE."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.analyses.keeps._sql import parsed_names, read_tables


def names(text: str) -> list[tuple[str, list[str]]]:
    return [(table.name, [column.name for column in table.columns]) for table in read_tables(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("create table t(a int, b)", [("t", ["a", "b"])]),
        ("CREATE TEMP TABLE IF NOT EXISTS [my t] ([a b] TEXT, 'c' INT)", [("my t", ["a b", "c"])]),
        ("CREATE TABLE main.t (a, PRIMARY KEY (a), CHECK (a > 0))", [("t", ["a"])]),
        ('CREATE TABLE ?"USER" ("_id" INTEGER PRIMARY KEY)', [("USER", ["_id"])]),
        ("CREATE VIRTUAL TABLE f USING fts4(a, b)", [("f", ["a", "b"])]),
        ("CREATE TABLE 人员 (姓名 TEXT, 民族 TEXT)", [("人员", ["姓名", "民族"])]),
        ("create table a(x); create table b(y);", [("a", ["x"]), ("b", ["y"])]),
        ("CREATE TABLE t AS SELECT * FROM u", []),
        ("please CREATE TABLE for six", []),
        ("ALTER TABLE t ADD c TEXT; ALTER TABLE t RENAME TO u", [("t", ["c"])]),
    ],
)
def test_tables(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert names(text) == expected


def test_what_breaks_off_is_said() -> None:
    (table,) = read_tables("CREATE TABLE t (a INT, b TEX")
    assert not table.complete
    (holed,) = read_tables("CREATE TABLE t (a INT, ? TEXT)")
    assert not holed.complete
    assert [column.name for column in holed.columns] == ["a"]


WORD = st.text("abcdefghijxyz_", min_size=2, max_size=8).map(lambda word: f"c{word}")


@given(st.lists(st.tuples(WORD, st.sampled_from(["TEXT", "INTEGER", "REAL", "BLOB"])), min_size=1,
                max_size=12, unique_by=lambda column: column[0]))  # fmt: skip
def test_agrees_with_sqlglot(columns: list[tuple[str, str]]) -> None:
    statement = f"CREATE TABLE t ({', '.join(f'{n} {k} NOT NULL' for n, k in columns)})"
    (table,) = read_tables(statement)
    assert tuple(column.name for column in table.columns) == parsed_names(statement)
    assert [(column.name, column.type) for column in table.columns] == columns


@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    list(read_tables("CREATE TABLE " + text))
