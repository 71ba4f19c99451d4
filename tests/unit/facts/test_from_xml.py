from __future__ import annotations

import pytest

from unit.facts.made_facts import facts_of
from witnessmark.facts.from_xml import Place, place_by_path, prefix
from witnessmark.facts.tables.artifacts import COVERAGE
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_FILES, XML_NODES

PATHS = {
    "res/layout/main.xml": Place("layout", "main", ""),
    "res/layout-land-v21/main.xml": Place("layout", "main", "land-v21"),
    "res/a.xml": Place("res", "a", ""),
    "assets/layout/x.xml": Place("other", "x", ""),
    "x.xml": Place("other", "x", ""),
}


@pytest.mark.parametrize("path", PATHS)
def test_place_by_path(path: str) -> None:
    assert place_by_path(path) == PATHS[path]


def test_prefixes() -> None:
    assert prefix("http://schemas.android.com/apk/res/android") == "android"
    assert prefix("http://schemas.android.com/apk/res/com.vendor") == "app"
    assert prefix("http://example.invalid/ns") == "http://example.invalid/ns"
    assert prefix("") == ""


def test_nodes_know_their_parents_across_files() -> None:
    layout = "<a><b><c/></b><d/></a>"
    facts = facts_of(layouts={"first": layout, "second": layout})
    files = list(facts.table(XML_FILES).rows("folder", "name", "path"))
    assert [row[:2] for row in files] == [
        ("manifest", "AndroidManifest"), ("layout", "first"), ("layout", "second"),
    ]  # fmt: skip
    nodes = facts.table(XML_NODES)
    second = [row for row in nodes.rows("file", "parent", "depth", "name") if row[0] == 2]
    start = len(nodes) - 4
    assert second == [
        (2, -1, 0, "a"), (2, start, 1, "b"), (2, start + 1, 2, "c"), (2, start, 1, "d"),
    ]  # fmt: skip
    owners = facts.table(XML_ATTRIBUTES)["node"]
    assert owners.max() < len(nodes)


def test_drawings_are_counted_and_not_read() -> None:
    facts = facts_of(layouts={"main": "<a/>"}, files={"res/drawable/b.xml": axml_hex()})
    rows = {row[0]: row[1:] for row in facts.table(COVERAGE).rows("kind", "present", "read", "why")}
    assert rows["xml/layout"] == (1, 1, "")
    assert rows["xml/drawable"][:2] == (1, 0)
    assert "hold no words" in rows["xml/drawable"][2]


def test_unreadable_layout_is_a_gap_and_counted() -> None:
    facts = facts_of(files={"res/layout/b.xml": "hex:0300080010000000ffffffffffffffff"})
    (gap,) = facts.gaps
    assert gap.at == "made.apk!res/layout/b.xml"
    assert gap.hides == ("asks",)
    rows = {row[0]: row[1:] for row in facts.table(COVERAGE).rows("kind", "present", "read")}
    assert rows["xml/layout"] == (1, 0)


def axml_hex() -> str:
    from miniapp.xml import write_axml

    return "hex:" + write_axml("<shape/>", lambda _: 0).hex()
