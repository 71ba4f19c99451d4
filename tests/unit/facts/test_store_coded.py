"""Columns of few words: numbers in the file, the documented words to whoever asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from unit.facts.made_facts import INTAKE
from witnessmark.facts import store
from witnessmark.facts.build import build_facts
from witnessmark.facts.store_coded import CODED
from witnessmark.facts.tables.code import ANNOTATIONS, STRINGS
from witnessmark.facts.tables.everything import SCHEMAS
from witnessmark.facts.view import Facts
from witnessmark.model.table import Coded, Coding, Column, Table, TableSchema
from witnessmark.package.open import open_input

MADE_UP = TableSchema(
    "made_up",
    "Made up.",
    (Column("row", "i4", "a number"), Column("few", "text", "few"), Column("many", "text", "many")),
    ("apk",),
)
FEW = ["plain", "it's \u2018quoted\u2019", "", "lone \ud800"]
MANY = [f"word {number}" for number in range(200)]


@pytest.fixture(scope="module")
def facts() -> Facts:
    return build_facts(open_input([INTAKE]))


def words(texts: list[str]) -> np.ndarray:
    found = np.empty(len(texts), dtype=object)
    found[:] = texts
    return found


def coded(coding: Coding) -> Coded:
    return Coded(lambda: coding)


def codings(facts: Facts) -> tuple[Coding, Coding]:
    """A column of few words, and one that strings say in part."""

    def spelled(rows: np.ndarray) -> np.ndarray:
        return words([facts.string(row) for row in rows.tolist()])

    few = Coding(np.array([3, 1, 0, 2, 1], np.uint8), words(FEW), np.empty(0, np.int64), spelled)
    many = Coding(np.array([0, 199, 201, 7, 200], np.int32), words(MANY), np.array([2, 0]), spelled)
    return few, many


def test_codes_are_shown_as_words(tmp_path: Path, facts: Facts) -> None:
    assert len(facts.table(STRINGS)) > 3
    few, many = codings(facts)
    columns: dict[str, Any] = {}
    for column in ANNOTATIONS.columns:
        columns[column.name] = np.arange(5, dtype=np.int32)
        if column.type == "text":
            columns[column.name] = coded(many if CODED[ANNOTATIONS.name][column.name] else few)
    table = Table(ANNOTATIONS, columns)
    assert len(table) == 5
    assert list(table.rows("text", "kind"))[1:3] == [
        ("word 199", FEW[1]),
        (facts.string(0), "plain"),
    ]
    target = tmp_path / "facts.duckdb"
    store.write(facts.with_tables({ANNOTATIONS.name: table}), target)
    with duckdb.connect(str(target), read_only=True) as link:
        sql = "SELECT rowid, row, kind, text FROM annotations ORDER BY rowid"
        found = link.execute(sql).fetchall()
        text = dict(link.execute("SELECT rowid, text FROM strings").fetchall())
    assert found == [
        (0, 0, "lone \ufffd", "word 0"),
        (1, 1, FEW[1], "word 199"),
        (2, 2, "plain", text[0]),
        (3, 3, "", "word 7"),
        (4, 4, FEW[1], text[2]),
    ]


def test_other_coded_tables_are_stored_as_they_are_shown(tmp_path: Path, facts: Facts) -> None:
    few, many = codings(facts)
    columns: dict[str, Any] = {
        "row": np.arange(5, dtype=np.int32),
        "few": coded(few),
        "many": coded(many),
    }
    target = tmp_path / "facts.duckdb"
    store.write(facts.with_tables({MADE_UP.name: Table(MADE_UP, columns)}), target)
    with duckdb.connect(str(target), read_only=True) as link:
        found = link.execute("SELECT few, many FROM made_up ORDER BY rowid").fetchall()
    assert found[:3] == [
        ("lone \ufffd", "word 0"),
        (FEW[1], "word 199"),
        ("plain", facts.string(0)),
    ]


def test_tables_named_here_are_coded_in_real_code(facts: Facts) -> None:
    for name, columns in CODED.items():
        table = facts.table(SCHEMAS[name])
        assert len(table)
        assert set(table.coded) == set(columns)
        for column, strings in columns.items():
            assert strings or not len(table.coded[column].coding.strings)
