"""What we write as a DuckDB file, read back by DuckDB."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.formats.duckdb import ColumnData, DatabaseFile, Numbers, Texts
from witnessmark.formats.duckdb.serial import signed, unsigned

ROWS = 260_001
KINDS = {
    "BOOLEAN": "?", "UTINYINT": "u1", "USMALLINT": "u2", "UINTEGER": "u4", "INTEGER": "i4",
    "BIGINT": "i8",
}  # fmt: skip


def write(path: Path, tables: dict[str, Sequence[ColumnData]]) -> Path:
    with path.open("wb", buffering=0) as file:
        database = DatabaseFile(file)
        for name, columns in tables.items():
            database.table(name, columns)
        database.finish()
    return path


def whole_range(kind: str, rows: int) -> np.ndarray:
    """Values over all that the type can hold, both ends among them."""
    dtype = np.dtype(KINDS[kind])
    if kind == "BOOLEAN":
        return np.random.default_rng(1).integers(0, 2, rows).astype(dtype)
    ends = np.iinfo(dtype)
    values = np.random.default_rng(2).integers(ends.min, ends.max, rows, dtype, endpoint=True)
    values[[7, rows // 2]] = ends.min, ends.max
    return values


def columns_of_all_kinds() -> dict[str, np.ndarray]:
    found = {kind.lower(): whole_range(kind, ROWS) for kind in KINDS}
    found["runs"] = np.repeat(np.arange(-7, ROWS // 9, dtype=np.int32), 9)[:ROWS]
    found["long_run"] = np.repeat(np.array([3, 1], np.uint16), [ROWS - 5, 5])
    found["one_value"] = np.full(ROWS, -(1 << 40))
    return found


SQL_KIND = {np.dtype(dtype): kind for kind, dtype in KINDS.items()}


def test_numbers_come_back(tmp_path: Path) -> None:
    wanted = columns_of_all_kinds()
    columns = [Numbers(name, SQL_KIND[values.dtype], values) for name, values in wanted.items()]
    path = write(tmp_path / "a.duckdb", {"numbers": columns})
    with duckdb.connect(str(path), read_only=True) as link:
        found = link.execute("SELECT * FROM numbers ORDER BY rowid").fetchnumpy()
        for name, values in wanted.items():
            np.testing.assert_array_equal(found[name], values)
            assert found[name].dtype == values.dtype
            low, high = int(values.min()), int(values.max())
            sql = f"SELECT min({name})::BIGINT, max({name})::BIGINT FROM numbers"
            assert link.execute(sql).fetchall() == [(low, high)]
            sql = f"SELECT count(*) FROM numbers WHERE {name}::BIGINT = {int(values[-1])}"
            assert link.execute(sql).fetchall() == [(int((values == values[-1]).sum()),)]
        stored = dict(
            link.execute(
                "SELECT column_name, any_value(compression) FROM pragma_storage_info('numbers') "
                "WHERE segment_type <> 'VALIDITY' GROUP BY ALL"
            ).fetchall()
        )
    assert (stored["runs"], stored["one_value"]) == ("RLE", "Constant")
    assert stored["integer"] == "Uncompressed"


def test_texts_come_back_whatever_their_length(tmp_path: Path) -> None:
    texts = [f"wört {row}" * (row % 4) for row in range(ROWS)]
    for row, size in (
        (0, 40_000),
        (1, 32_768),
        (2, 32_769),
        (130_000, 262_140),
        (ROWS - 1, 900_001),
    ):
        texts[row] = "é" + "x" * (size - 2)
    column = Texts.of("text", [text.encode() for text in texts])
    path = write(tmp_path / "a.duckdb", {"texts": [column]})
    with duckdb.connect(str(path), read_only=True) as link:
        found = link.execute("SELECT text FROM texts ORDER BY rowid").fetchall()
        assert [text for (text,) in found] == texts
        sql = "SELECT rowid FROM texts WHERE text = 'wört 9wört 9wört 9wört 9' OR text = 'wört 9'"
        assert link.execute(sql).fetchall() == [(9,)]


def test_empty_tables_and_many_tables(tmp_path: Path) -> None:
    empty: list[ColumnData] = [Numbers("a", "INTEGER", np.empty(0, np.int32)), Texts.of("b", [])]
    tables: dict[str, Sequence[ColumnData]] = {"empty": empty}
    for number in range(300):
        values = np.array([number, -number], np.int32)
        tables[f"t{number}"] = [Numbers(f"column {n}", "INTEGER", values) for n in range(9)]
    path = write(tmp_path / "a.duckdb", tables)
    with duckdb.connect(str(path), read_only=True) as link:
        assert link.execute("SELECT * FROM empty").fetchall() == []
        assert link.execute('SELECT "column 8" FROM t299').fetchall() == [(299,), (-299,)]
        assert link.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(301,)]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    column = Numbers("a", "INTEGER", whole_range("INTEGER", 5000))
    one, two = (write(tmp_path / name, {"t": [column]}) for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_clients_may_change_the_file(tmp_path: Path) -> None:
    """Blocks that several tables share must be known as shared, or dropping one frees the rest."""
    texts = Texts.of("text", [b"x" * 50_000, b"y" * 300_000, b"short"])
    values = whole_range("INTEGER", ROWS)
    kept = [Numbers("value", "INTEGER", values)]
    path = write(tmp_path / "a.duckdb", {"kept": kept, "dropped": kept, "texts": [texts]})
    for statements in (
        ("DROP TABLE dropped", "CHECKPOINT"),
        (
            "CREATE TABLE made AS SELECT value FROM kept",
            "UPDATE kept SET value = 1 WHERE rowid = 3",
        ),
        ("CHECKPOINT", "DELETE FROM texts WHERE text = 'short'", "CREATE TABLE more AS FROM made"),
    ):
        with duckdb.connect(str(path)) as link:
            for statement in statements:
                link.execute(statement).fetchall()
    with duckdb.connect(str(path), read_only=True) as link:
        assert [len(text) for (text,) in link.execute("FROM texts").fetchall()] == [50_000, 300_000]
        np.testing.assert_array_equal(link.execute("FROM more").fetchnumpy()["value"], values)
        values[3] = 1
        found = link.execute("SELECT value FROM kept ORDER BY rowid").fetchnumpy()["value"]
        np.testing.assert_array_equal(found, values)


def test_columns_must_be_of_one_length(tmp_path: Path) -> None:
    columns = [Texts.of("a", [b"x"]), Texts.of("b", [])]
    with pytest.raises(ValueError, match="differ in length"):
        write(tmp_path / "a.duckdb", {"t": columns})


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    column = Numbers("a", "INTEGER", whole_range("INTEGER", 5000))
    path = write(tmp_path / "a.duckdb", {"t": [column]})
    content = bytearray(path.read_bytes())
    content[3 * 4096 + 8 + 99] ^= 1
    path.write_bytes(content)
    with (
        pytest.raises(duckdb.Error, match=r"[Cc]orrupt"),
        duckdb.connect(str(path), read_only=True) as link,
    ):
        link.execute("SELECT sum(a) FROM t").fetchall()


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.integers(-9, 9))))
@settings(max_examples=25, deadline=None)
def test_any_rows_come_back(rows: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        texts = Texts.of("a", [text.encode() for text, _ in rows])
        numbers = Numbers("b", "INTEGER", np.array([value for _, value in rows], np.int32))
        path = write(Path(folder) / "a.duckdb", {"t": [texts, numbers]})
        with duckdb.connect(str(path), read_only=True) as link:
            assert link.execute("SELECT a, b FROM t ORDER BY rowid").fetchall() == rows


def test_integers_are_spelled_as_leb128() -> None:
    assert [unsigned(value).hex() for value in (0, 127, 128, 624485)] == [
        "00",
        "7f",
        "8001",
        "e58e26",
    ]
    assert [signed(value).hex() for value in (63, 64, -64, -65, -123456)] == [
        "3f", "c000", "40", "bf7f", "c0bb78",
    ]  # fmt: skip
