"""Columns of few words: numbers in the file, the documented words to whoever asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from unit.facts.made_facts import INTAKE
from witnessmark.facts import store
from witnessmark.facts.build import build_facts
from witnessmark.facts.tables.code import STRINGS
from witnessmark.model.table import Coded, Coding, Column, Table, TableSchema
from witnessmark.package.open import open_input

SCHEMA = TableSchema(
    "made_up",
    "Made up.",
    (Column("row", "i4", "a number"), Column("few", "text", "few"), Column("many", "text", "many")),
    ("apk",),
)
FEW = ["plain", "it's \u2018quoted\u2019", "", "lone \ud800"]
MANY = [f"word {number}" for number in range(200)]


def words(texts: list[str]) -> np.ndarray:
    found = np.empty(len(texts), dtype=object)
    found[:] = texts
    return found


def test_codes_are_shown_as_words(tmp_path: Path) -> None:
    facts = build_facts(open_input([INTAKE]))
    strings = len(facts.table(STRINGS))
    assert strings > 3

    def spelled(rows: np.ndarray) -> np.ndarray:
        return words([f"string {row}" for row in rows.tolist()])

    few = Coding(np.array([3, 1, 0, 2, 1], np.uint8), words(FEW), np.empty(0, np.int64), spelled)
    many = Coding(np.array([0, 199, 201, 7, 200], np.int32), words(MANY), np.array([2, 0]), spelled)
    columns: dict[str, Any] = {
        "row": np.arange(5, dtype=np.int32),
        "few": Coded(lambda: few),
        "many": Coded(lambda: many),
    }
    table = Table(SCHEMA, columns)
    assert len(table) == 5
    assert list(table.rows("many", "few"))[1:3] == [("word 199", FEW[1]), ("string 0", "plain")]
    target = tmp_path / "facts.duckdb"
    store.write(facts.with_tables({SCHEMA.name: table}), target)
    with duckdb.connect(str(target), read_only=True) as link:
        found = link.execute("SELECT rowid, row, few, many FROM made_up ORDER BY rowid").fetchall()
        text = dict(link.execute("SELECT rowid, text FROM strings").fetchall())
    assert found == [
        (0, 0, "lone \ufffd", "word 0"),
        (1, 1, FEW[1], "word 199"),
        (2, 2, "plain", text[0]),
        (3, 3, "", "word 7"),
        (4, 4, FEW[1], text[2]),
    ]
