"""Lists of codes and labels in texts of any shape."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.analyses.marks._book import composed
from witnessmark.analyses.marks._books_in_files import READERS, insert_rows
from witnessmark.analyses.marks._books_in_lists import split_text
from witnessmark.analyses.marks._books_in_xml import xml_lists
from witnessmark.analyses.marks._contents import Content
from witnessmark.analyses.marks._file_text import text_of
from witnessmark.analyses.marks._row_sets import row_sets
from witnessmark.facts.view import Facts

KINDS = sorted(READERS)
NO_APP = Facts({}, lambda _: memoryview(b""))


def lists_of(kind: str, text: str) -> list[list[tuple[str, str]]]:
    return [list(found.pairs) for found in READERS[kind](text)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("json", '{"a": "One", "b": "Two", "c": "Three"}'),
        ("json", '[{"id": "a", "n": "One"}, {"id": "b", "n": "Two"}, {"id": "c", "n": "Three"}]'),
        ("csv", "code,name\na,One\nb,Two\nc,Three\n"),
        ("csv", "a;One\nb;Two\nc;Three\n"),
        ("properties", "a=One\nb=Two\nc: Three\n"),
        ("xml", '<d><i k="a" v="One"/><i k="b" v="Two"/><i k="c" v="Three"/></d>'),
        ("js", "var x = {a: 'One', b: \"Two\", c: 'Three'};"),
        ("js", "x=[{k:'a',v:'One'},{k:'b',v:'Two'},{k:'c',v:'Three'}]"),
        (
            "sql",
            "insert into t values ('a','One'),('b','Two');\nINSERT INTO t VALUES ('c','Three')",
        ),
    ],
)
def test_pairs_are_read(kind: str, text: str) -> None:
    assert [("a", "One"), ("b", "Two"), ("c", "Three")] in lists_of(kind, text)


@pytest.mark.parametrize(
    ("labels", "pairs"),
    [
        (["01-Han", "02-Hui"], [("01", "Han"), ("02", "Hui")]),
        (["1、男", "2、女"], [("1", "男"), ("2", "女")]),
        (["01汉族", "02回族"], [("01", "汉族"), ("02", "回族")]),
        (["汉族(01)", "回族(02)"], [("01", "汉族"), ("02", "回族")]),
        (["3 months", "6 months"], []),
        (["1-a", "1-b"], []),
        (["Yes", "No"], []),
    ],
)
def test_entries_that_hold_their_codes(labels: list[str], pairs: list[tuple[str, str]]) -> None:
    assert list(composed(labels)) == pairs


def test_rows_of_insert_statements() -> None:
    text = "INSERT OR REPLACE INTO `t` (a, b) VALUES ('it''s', 2), ('x', NULL)"
    assert list(insert_rows(text)) == [("t", ["it's", "2"]), ("t", ["x", "NULL"])]


@given(st.sampled_from(KINDS), st.text(max_size=400))
def test_any_text_is_survived(kind: str, text: str) -> None:
    lists_of(kind, text)


@given(st.sampled_from(["csv", "text", "json", "xml", "sqlite"]), st.binary(max_size=600))
def test_any_bytes_are_survived(kind: str, data: bytes) -> None:
    list(row_sets(NO_APP, Content(0, "x", "x", kind, memoryview(data))))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=5)
    ),
    max_leaves=30,
)


@given(JSON)
def test_any_document_is_survived(document: object) -> None:
    text = json.dumps(document)
    lists_of("json", text)
    list(row_sets(NO_APP, Content(0, "x", "x", "json", memoryview(text.encode()))))


def test_lists_of_xml_stand_below_their_parents() -> None:
    text = (
        '<all><dict name="faith"><i k="1" v="One"/><i k="2" v="Two"/><i k="3" v="Three"/></dict>'
        '<dict name="work"><i k="1" v="Four"/><i k="2" v="Five"/><i k="3" v="Six"/></dict></all>'
    )
    found = list(READERS["xml"](text))
    assert [one.name for one in found] == ["dict faith", "dict work"]
    assert list(found[1].pairs) == [("1", "Four"), ("2", "Five"), ("3", "Six")]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (
            "json",
            '[{"id": "1", "n": "One", "below": [{"id": "11", "n": "Two"}, {"id": "12", "n": "Six"}]}]',
        ),
        ("xml", '<a><i id="1" n="One"><i id="11" n="Two"/><i id="12" n="Six"/></i><i id="2" n="Ten"/></a>'),
    ],
)  # fmt: skip
def test_a_tree_is_one_list_with_what_stands_above(kind: str, text: str) -> None:
    (found,) = READERS[kind](text)
    assert list(found.pairs)[:3] == [("1", "One"), ("11", "Two"), ("12", "Six")]
    assert list(found.parents)[:3] == ["", "One", "One"]


def test_declared_entities_are_not_followed() -> None:
    text = '<!DOCTYPE a [<!ENTITY x "y">]><a><i k="1" v="&x;"/></a>'
    assert xml_lists(text, lambda _: ()) is None


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("1|One;2|Two;3|Three", [("1", "One"), ("2", "Two"), ("3", "Three")]),
        ("One=1,Two=2,Three=3", [("1", "One"), ("2", "Two"), ("3", "Three")]),
        ("1,One,2,Two,3,Three", [("1", "One"), ("2", "Two"), ("3", "Three")]),
        ("One,Two,Three", []),
    ],
)
def test_codes_in_a_text_are_divided_from_labels(text: str, pairs: list[tuple[str, str]]) -> None:
    assert list(split_text(text)[0]) == pairs


@given(st.text(alphabet="1aB|;,=:-_ 一", max_size=60))
def test_any_list_in_a_text_is_survived(text: str) -> None:
    split_text(text)


def test_spellings_of_files() -> None:
    assert text_of("01,汉族\n02,回族".encode("gbk")) == ("01,汉族\n02,回族", "gb18030")
    assert text_of("汉族".encode("utf-8-sig")) == ("汉族", "utf-8")
    assert text_of(b"\xff\xfe" + "汉族".encode("utf-16-le")) == ("汉族", "utf-16le")
    assert text_of(bytes(range(128, 256)) * 4) is None


@given(st.binary(max_size=300))
def test_any_bytes_have_a_spelling_or_none(data: bytes) -> None:
    text_of(data)
