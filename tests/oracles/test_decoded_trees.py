"""Real apps as baksmali and apktool write them give the tables and findings of their APKs."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from apps.real import real_app
from oracles.agreement import JADX, apktool, compare, findings, jadx, share
from witnessmark.facts.build import build_facts
from witnessmark.facts.tables.code import (
    CALLS,
    CLASSES,
    FIELD_USES,
    STATIC_VALUES,
    STRING_USES,
    TRY_HANDLERS,
    TYPE_USES,
)
from witnessmark.facts.tables.everything import SCHEMAS
from witnessmark.facts.view import Facts
from witnessmark.model.table import TableSchema
from witnessmark.package.open import open_input

INTAKE = Path(__file__).resolve().parents[1] / "apps" / "intake"
APPS = ("contactmanager", "selendroid")
NEEDS_THE_PACKAGE = frozenset({"embeds.attribution"})
"""Kinds that rest on the signature of the package, which decoding takes apart."""


AGREEING = ("intake", "contactmanager", "selendroid", "uiautomator", "stf", "settings")
"""Apps of which findings are compared; more by tools/tree_agreement.py."""
Findings = Mapping[tuple[str, str], str]


def app_of(name: str) -> Path:
    return INTAKE / f"{name}.apk" if name.startswith("intake") else real_app(name)


def run(*command: str) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    subprocess.run(command, check=True, capture_output=True)


def edges(facts: Facts) -> dict[str, Counter[tuple[str, int, str]]]:
    """Every use in words: method, place, what is used."""
    tables: dict[TableSchema, tuple[str, Callable[[int], str]]] = {
        CALLS: ("callee", facts.method_signature),
        FIELD_USES: ("field", facts.field_signature),
        STRING_USES: ("string", facts.string),
        TYPE_USES: ("type", facts.descriptor),
        TRY_HANDLERS: ("handler", str),
    }
    return {
        schema.name: Counter(
            (facts.method_signature(row[0]), row[1], spelled(row[2]))
            for row in facts.table(schema).rows(
                "method", "start" if schema is TRY_HANDLERS else "pc", column
            )
        )
        for schema, (column, spelled) in tables.items()
    }


def classes(facts: Facts) -> Counter[tuple[str, str, int]]:
    return Counter(
        (facts.descriptor(kind), facts.descriptor(above) if above >= 0 else "", access)
        for kind, above, access in facts.table(CLASSES).rows("type", "super_type", "access")
    )


@pytest.mark.parametrize("name", ["intake-r8", *APPS])
def test_smali_gives_the_code_of_the_app(name: str, tmp_path: Path) -> None:
    app = app_of(name)
    run("baksmali", "d", str(app), "-o", str(tmp_path / "smali"))
    packed, decoded = build_facts(open_input([app])), build_facts(open_input([tmp_path]))
    assert classes(decoded) == classes(packed)
    assert edges(decoded) == edges(packed)
    assert len(decoded.table(STATIC_VALUES)) == len(packed.table(STATIC_VALUES))


@pytest.mark.parametrize("name", APPS)
def test_a_decoded_app_gives_the_tables_of_the_app(name: str, tmp_path: Path) -> None:
    app, tree = real_app(name), tmp_path / "tree"
    run("apktool", "d", "-q", "-f", "-o", str(tree), str(app))
    packed, decoded = build_facts(open_input([app])), build_facts(open_input([tree]))
    for table, columns in (
        ("components", ("kind", "class_name", "exported", "exported_because", "label")),
        ("permissions", ("kind", "name", "max_sdk")),
        ("intent_filters", ("part", "value")),
        ("app", ("key", "value")),
        ("resources", ("resource", "type", "name")),
    ):
        theirs, ours = (
            Counter(one.table(SCHEMAS[table]).rows(*columns)) for one in (packed, decoded)
        )
        assert ours == theirs, table


@pytest.fixture(scope="module")
def packed_findings(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Findings]:
    @cache
    def of(name: str) -> Findings:
        return findings(app_of(name), tmp_path_factory.mktemp(name) / "case")

    return of


@pytest.mark.parametrize("name", AGREEING)
def test_smali_trees_agree(
    name: str, packed_findings: Callable[[str], Findings], tmp_path: Path
) -> None:
    tree = apktool(app_of(name), tmp_path / "tree")
    if tree is None:
        pytest.skip("apktool is not installed")
    rows = compare(name, packed_findings(name), findings(tree, tmp_path / "case"))
    assert {row.kind for row in rows if row.packed or row.decoded} <= NEEDS_THE_PACKAGE
    assert share([row for row in rows if row.kind not in NEEDS_THE_PACKAGE]) >= 0.99


@pytest.mark.parametrize("name", AGREEING)
def test_decompiled_trees_agree(
    name: str, packed_findings: Callable[[str], Findings], tmp_path: Path
) -> None:
    app = app_of(name)
    tree = jadx(app, tmp_path / "tree")
    if tree is None:
        pytest.skip(f"jadx is not installed, and {JADX} names no command")
    rows = compare(name, packed_findings(name), findings(tree, tmp_path / "case"))
    for chapter in ("asks", "keeps", "marks"):
        assert share([row for row in rows if row.kind.startswith(chapter)]) >= 0.9, rows
    assert share(rows) >= 0.9
