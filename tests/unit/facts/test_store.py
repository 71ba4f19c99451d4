from __future__ import annotations

import json
from pathlib import Path

import duckdb
import numpy as np
import pytest

from unit.facts.made_facts import INTAKE, facts_of
from witnessmark.facts import store
from witnessmark.facts.build import build_facts
from witnessmark.facts.tables.code import STRINGS
from witnessmark.facts.tables.everything import SCHEMAS
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES
from witnessmark.facts.view import Facts
from witnessmark.model.errors import CaseError
from witnessmark.model.table import Column, Table, TableSchema
from witnessmark.package.open import open_input


@pytest.fixture(scope="module")
def facts() -> Facts:
    return build_facts(open_input([INTAKE]))


@pytest.fixture(scope="module")
def path(facts: Facts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("store") / "facts.duckdb"
    store.write(facts, target)
    return target


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as link:
        rows: list[tuple[object, ...]] = link.execute(sql).fetchall()
        return rows


def test_what_was_written_is_read(facts: Facts, path: Path) -> None:
    again = store.read(path)
    assert set(again.tables()) == set(SCHEMAS)
    for name, schema in SCHEMAS.items():
        for column in schema.column_names():
            written, read = facts.table(schema)[column], again.tables()[name][column]
            np.testing.assert_array_equal(written, read)
            assert written.dtype == read.dtype, f"{name}.{column}"


def test_read_facts_know_words_but_no_bytes(facts: Facts, path: Path) -> None:
    again = store.read(path)
    rows = range(len(facts.table(STRINGS)))
    assert [again.string(row) for row in rows] == [facts.string(row) for row in rows]
    method = facts.methods_named("org.example.intake.IntakeActivity", "deviceId")[0]
    assert again.method_signature(method) == facts.method_signature(method)
    with pytest.raises(CaseError, match="not bytes"):
        again.blob(0)


def test_views_answer_in_names(path: Path) -> None:
    (row,) = ask(path, "SELECT caller, callee FROM call_names WHERE callee LIKE '%getDeviceId%'")
    assert row == (
        "Lorg/example/intake/IntakeActivity;->deviceId()Ljava/lang/String;",
        "Landroid/telephony/TelephonyManager;->getDeviceId()Ljava/lang/String;",
    )
    found = ask(path, "SELECT text FROM resource_texts WHERE locale = 'zh' AND text LIKE '宗教%'")
    assert found == [("宗教信仰",)]
    (table,) = ask(path, "SELECT used_in FROM string_texts WHERE text LIKE 'CREATE TABLE%'")
    assert "Lorg/example/intake/Store;->" in str(table[0])
    (name,) = ask(path, "SELECT super_name FROM class_names WHERE name LIKE '%.IntakeActivity'")
    assert name == ("android.app.Activity",)


def test_every_view_agrees_with_the_facts(facts: Facts, path: Path) -> None:
    signatures = [row[0] for row in ask(path, "SELECT signature FROM method_names ORDER BY method")]
    assert signatures == [facts.method_signature(row) for row in range(len(signatures))]
    fields = [row[0] for row in ask(path, "SELECT signature FROM field_names ORDER BY field")]
    assert fields == [facts.field_signature(row) for row in range(len(fields))]
    assert signatures
    assert fields


def test_tables_and_columns_are_explained_inside(path: Path) -> None:
    tables = {row[0] for row in ask(path, "SELECT name FROM about_tables")}
    assert tables == set(SCHEMAS)
    columns = ask(path, 'SELECT "table", name FROM about_columns')
    stored = ask(path, "SELECT table_name, column_name FROM information_schema.columns "
                 "WHERE table_schema = 'main' AND column_name <> 'rowid'")  # fmt: skip
    assert {pair for pair in stored if pair[0] in tables} == set(columns)


def test_two_files_are_the_same_to_the_byte(facts: Facts, path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    store.write(facts, other)
    assert other.read_bytes() == path.read_bytes()


def test_views_say_what_their_statements_say(path: Path, tmp_path: Path) -> None:
    """Else ``tools/duckdb_views.py`` was not run after a view or a table that one reads changed."""
    other = tmp_path / path.name
    with duckdb.connect(str(other), config={"storage_compatibility_version": "v1.0.0"}) as link:
        for (table,) in ask(path, "SELECT sql FROM duckdb_tables()"):
            link.execute(str(table))
        for statement in store.view_statements().values():
            link.execute(statement)
    views = "SELECT view_name, sql FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
    assert ask(path, views) == ask(other, views)
    assert len(ask(path, views)) == len(store.view_statements())
    columns = (
        "SELECT table_name, column_name, data_type FROM information_schema.columns ORDER BY ALL"
    )
    assert ask(path, columns) == ask(other, columns)


def test_older_clients_can_read_the_format(path: Path) -> None:
    (tags,) = ask(path, "SELECT tags::VARCHAR FROM duckdb_databases() WHERE NOT internal")
    assert "v1.0.0" in str(tags[0])


def test_tables_of_analyses_are_written_too(tmp_path: Path, facts: Facts) -> None:
    schema = TableSchema("marks_made_up", "Made up.", (Column("word", "text", "a word"),), ("apk",))
    target = tmp_path / "facts.duckdb"
    more = facts.with_tables({schema.name: Table.from_rows(schema, [("one",), ("two",)])})
    store.write(more, target)
    assert ask(target, "SELECT word FROM marks_made_up") == [("one",), ("two",)]
    assert ask(target, "SELECT says FROM about_tables WHERE name = 'marks_made_up'") == [
        ("Made up.",)
    ]


def test_lone_surrogates_are_told_as_replaced(tmp_path: Path) -> None:
    facts = facts_of()
    table = facts.table(XML_ATTRIBUTES)
    columns = {name: table[name].copy() for name in XML_ATTRIBUTES.column_names()}
    columns["value"][0] = "a\ud800b"
    target = tmp_path / "facts.duckdb"
    store.write(facts.with_tables({XML_ATTRIBUTES.name: Table(XML_ATTRIBUTES, columns)}), target)
    assert ask(target, "SELECT value FROM xml_attributes LIMIT 1") == [("a\ufffdb",)]


def test_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "facts.duckdb"
    target.write_bytes(b"before")
    monkeypatch.setattr("witnessmark.facts.store.os.replace", full)
    with pytest.raises(CaseError, match="cannot be written"):
        store.write(facts_of(), target)
    assert [one.name for one in tmp_path.iterdir()] == ["facts.duckdb"]
    assert target.read_bytes() == b"before"
    with pytest.raises(CaseError, match="cannot be written"):
        store.write(facts_of(), tmp_path / "absent" / "facts.duckdb")


@pytest.mark.parametrize("content", [b"", b"words that are no database" * 300])
def test_what_is_no_database_is_refused(content: bytes, tmp_path: Path) -> None:
    target = tmp_path / "facts.duckdb"
    target.write_bytes(content)
    with pytest.raises(CaseError, match="no database of facts"):
        store.read(target)


def test_gaps_survive(tmp_path: Path) -> None:
    facts = facts_of(files={"res/layout/b.xml": "hex:0300080010000000ffffffffffffffff"})
    target = tmp_path / "facts.duckdb"
    store.write(facts, target)
    assert store.read(target).gaps == facts.gaps
    (hides,) = ask(target, "SELECT hides FROM reading_gaps")
    assert json.loads(str(hides[0])) == ["asks"]
