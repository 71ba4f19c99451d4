"""The intake app as apktool decodes it gives the tables that its APK gives."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from witnessmark.facts.build import build_facts
from witnessmark.facts.tables.artifacts import COVERAGE, TEXT_SPANS
from witnessmark.facts.tables.code import (
    ANNOTATIONS,
    CALLS,
    CLASSES,
    FIELD_USES,
    METHODS,
    STRING_USES,
    TYPES,
)
from witnessmark.facts.tables.everything import SCHEMAS
from witnessmark.facts.tables.manifest import XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.view import Facts
from witnessmark.model.evidence import Evidence
from witnessmark.model.table import Table, TableSchema
from witnessmark.package.open import open_input

INTAKE = Path(__file__).resolve().parents[2] / "apps" / "intake"
DECODED = INTAKE / "decoded"


@pytest.fixture(scope="module")
def packed() -> Facts:
    return build_facts(open_input([INTAKE / "intake.apk"]))


@pytest.fixture(scope="module")
def decoded() -> Facts:
    return build_facts(open_input([DECODED]))


def signatures(facts: Facts) -> Counter[str]:
    return Counter(facts.method_signature(row) for row in range(len(facts.table(METHODS))))


def uses(facts: Facts) -> dict[str, Counter[tuple[str, int, str]]]:
    """Calls, field uses and string uses in words, with their places."""
    named: dict[TableSchema, tuple[str, Callable[[int], str]]] = {
        CALLS: ("callee", facts.method_signature),
        FIELD_USES: ("field", facts.field_signature),
        STRING_USES: ("string", facts.string),
    }
    return {
        schema.name: Counter(
            (facts.method_signature(method), pc, spelled(target))
            for method, pc, target in facts.table(schema).rows("method", "pc", column)
        )
        for schema, (column, spelled) in named.items()
    }


def quote_row(facts: Facts, table: Table, row: int) -> Evidence:
    artifact, offset, length = (int(table[name][row]) for name in ("artifact", "offset", "length"))
    return facts.quote("it stands here", artifact, offset, length)


def test_code_is_the_same(packed: Facts, decoded: Facts) -> None:
    assert signatures(decoded) == signatures(packed)
    assert uses(decoded) == uses(packed)
    for schema in (CLASSES, TYPES, ANNOTATIONS):
        assert len(decoded.table(schema)) == len(packed.table(schema))


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("app", ("key", "value")),
        ("components", ("kind", "class_name", "exported", "exported_because", "label")),
        ("intent_filters", ("part", "value")),
        ("permissions", ("kind", "name", "max_sdk")),
        ("resources", ("resource", "package", "type", "name")),
        ("resource_values", ("resource", "configuration", "locale", "kind", "text", "target")),
        ("xml_files", ("folder", "name", "configuration")),
    ],
)
def test_manifest_and_resources_are_the_same(
    packed: Facts, decoded: Facts, table: str, columns: tuple[str, ...]
) -> None:
    schema = SCHEMAS[table]
    theirs, ours = (Counter(one.table(schema).rows(*columns)) for one in (packed, decoded))
    assert ours == theirs


def test_nothing_was_left_unread(decoded: Facts) -> None:
    assert decoded.gaps == ()
    unread = [row for row in decoded.table(COVERAGE).rows() if row[3] != row[4]]
    assert unread == []


def test_code_is_quoted_where_it_stands_in_the_text(decoded: Facts) -> None:
    calls = decoded.calls_to("java.net.URL", "openConnection")
    method, pc = next(decoded.table(CALLS).rows("method", "pc")) if not calls else (
        int(decoded.table(CALLS)["method"][calls[0]]), int(decoded.table(CALLS)["pc"][calls[0]])
    )  # fmt: skip
    quoted = decoded.quote_instruction("a call", method, pc)
    assert quoted.at is not None
    assert quoted.at.member[0].endswith(".smali")
    text = (DECODED / quoted.at.member[0]).read_bytes()
    spelled = text[quoted.at.offset : quoted.at.offset + quoted.at.length].decode()
    assert quoted.excerpt == spelled
    assert spelled.startswith("invoke-")
    line = text.decode().splitlines()[int(quoted.at.place["line"]) - 1]
    assert line[int(quoted.at.place["column"]) - 1 :] == spelled


def test_every_string_and_class_is_quoted_in_its_text(decoded: Facts) -> None:
    for row in set(decoded.table(STRING_USES)["string"].tolist()):
        quoted = decoded.quote_string("a string", row)
        assert quoted.at is not None
        text = (DECODED / quoted.at.member[0]).read_bytes()
        assert text[quoted.at.offset :].startswith(quoted.excerpt.encode())
        assert quoted.at.reads_as == "utf-8"
        assert decoded.string(row) in text.decode("utf-8")
    assert len(decoded.table(TEXT_SPANS)) > 100


def test_resources_and_elements_are_quoted_in_their_files(decoded: Facts) -> None:
    values = decoded.table(RESOURCE_VALUES)
    rows = [row for row in range(len(values)) if values["kind"][row] == "string"]
    for row in rows:
        quoted = quote_row(decoded, values, row)
        assert quoted.at is not None
        text = (DECODED / quoted.at.member[0]).read_bytes()
        assert text[quoted.at.offset :].startswith(quoted.excerpt.encode())
    nodes = decoded.table(XML_NODES)
    quoted = quote_row(decoded, nodes, 0)
    assert quoted.excerpt.startswith("<manifest ")


def test_loose_files_give_what_they_hold(tmp_path: Path) -> None:
    found = next(DECODED.rglob("Uploader.smali"))
    deep = tmp_path / "some" / "where"
    deep.mkdir(parents=True)
    shutil.copy(found, deep / "Uploader.smali")
    facts = build_facts(open_input([tmp_path]))
    assert facts.class_by_name("org.example.intake.Uploader") >= 0
    assert [gap.why for gap in facts.gaps if "no AndroidManifest.xml" in gap.why]


def test_resources_without_public_ids_are_numbered(tmp_path: Path) -> None:
    shutil.copytree(DECODED, tmp_path / "tree")
    (tmp_path / "tree" / "res" / "values" / "public.xml").unlink()
    facts = build_facts(open_input([tmp_path / "tree"]))
    texts = facts.table(RESOURCE_VALUES)["text"].tolist()
    labels = dict(facts.table(SCHEMAS["components"]).rows("class_name", "label"))
    assert "Reason for travel abroad" in texts
    assert any(labels.values())


def test_damaged_files_are_gaps_and_the_rest_is_read(tmp_path: Path) -> None:
    shutil.copytree(DECODED, tmp_path / "tree")
    tree = tmp_path / "tree"
    next(tree.rglob("Store.smali")).write_bytes(b"\x00\x01 not smali")
    strings = tree / "res" / "values" / "strings.xml"
    strings.write_bytes(strings.read_bytes()[:-30])
    facts = build_facts(open_input([tree]))
    assert {gap.at.rpartition("/")[2] for gap in facts.gaps} == {"Store.smali", "strings.xml"}
    assert facts.class_by_name("org.example.intake.Uploader") >= 0


def test_the_layout_of_jadx(tmp_path: Path) -> None:
    shutil.copytree(DECODED / "res", tmp_path / "app" / "resources" / "res")
    shutil.copy(DECODED / "AndroidManifest.xml", tmp_path / "app" / "resources")
    for source in sorted((INTAKE / "src").rglob("*.java")):
        target = tmp_path / "app" / "sources" / source.relative_to(INTAKE / "src")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    facts = build_facts(open_input([tmp_path]))
    assert not facts.gaps
    assert facts.class_by_name("org.example.intake.Uploader") >= 0
    labels = dict(facts.table(SCHEMAS["components"]).rows("class_name", "label"))
    assert "org.example.intake.IntakeActivity" in labels
    assert facts.table(SCHEMAS["xml_files"])["folder"].tolist() == ["manifest", "layout"]
    (row,) = facts.calls_to("java.net.URL", "openConnection")
    calls = facts.table(CALLS)
    quoted = facts.quote_instruction("a call", int(calls["method"][row]), int(calls["pc"][row]))
    assert quoted.at is not None
    assert quoted.at.member[0].startswith("app/sources/org/example/intake/")
    assert "openConnection" in quoted.excerpt


def test_java_of_a_class_that_smali_declares_adds_nothing(decoded: Facts, tmp_path: Path) -> None:
    shutil.copytree(DECODED, tmp_path / "app")
    shutil.copytree(INTAKE / "src", tmp_path / "app" / "sources")
    both = build_facts(open_input([tmp_path]))
    assert both.gaps == ()
    assert signatures(both) == signatures(decoded)


def test_a_digest_stays_a_digest_of_the_text(decoded: Facts) -> None:
    strings = decoded.table(SCHEMAS["strings"])
    row = decoded.table(STRING_USES)["string"].tolist()[0]
    artifact, offset, length = (
        int(strings[name][row]) for name in ("artifact", "offset", "length")
    )
    quoted = decoded.quote("told by its digest", artifact, offset, length, "sha256")
    assert quoted.at is not None
    text = (DECODED / quoted.at.member[0]).read_bytes()
    spelled = text[quoted.at.offset : quoted.at.offset + quoted.at.length]
    assert quoted.excerpt == hashlib.sha256(spelled).hexdigest()
    assert quoted.at.reads_as == "sha256"
