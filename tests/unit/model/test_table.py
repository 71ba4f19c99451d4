"""Rows of a table by what a text column says."""

from __future__ import annotations

import numpy as np

from witnessmark.model.table import Coded, Coding, Column, Table, TableSchema

SCHEMA = TableSchema(
    "things", "Things.", (Column("kind", "text", "kind"), Column("size", "i4", "size")), ()
)
KINDS = ["class", "method", "class", "field"]
SIZES = np.arange(4, dtype=np.int32)


def _coded() -> Table:
    words = np.array(["class", "field", "method"], dtype=object)
    none = np.zeros(0, dtype=np.int64)
    codes = np.array([0, 2, 0, 1])
    coding = Coding(codes, words, none, lambda _: np.zeros(0, dtype=object))
    return Table(SCHEMA, {"kind": Coded(lambda: coding), "size": SIZES})


def test_rows_are_found_by_words_that_are_numbers() -> None:
    table = _coded()
    assert table.where("kind", "class", "field").tolist() == [True, False, True, True]
    assert not table.where("kind", "annotation").any()


def test_rows_are_found_the_same_once_the_column_is_spelled() -> None:
    table = _coded()
    assert table["kind"].tolist() == KINDS
    assert table.where("kind", "method").tolist() == [False, True, False, False]
