"""Tables and columns that statements use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.analyses.keeps._queries import read_uses
from witnessmark.analyses.keeps._text_records import head_of_csv, read_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT a, b FROM t WHERE c=? ORDER BY d", [("t", {"a", "b", "c", "d"}, "reads")]),
        ("select x.a, y.b from t x join u y on x.id = y.id",
         [("t", {"a", "id"}, "reads"), ("u", {"b", "id"}, "reads")]),
        ("INSERT INTO t (a, b) VALUES (?, ?)", [("t", {"a", "b"}, "writes")]),
        ("UPDATE t SET a=? WHERE b=?", [("t", {"a", "b"}, "writes")]),
        ("DELETE FROM t WHERE a IN (1, 2)", [("t", {"a"}, "writes")]),
        ("select * from t", [("t", set(), "reads")]),
        ("please select a name from the list of people", []),
        ("CREATE TABLE t (a)", []),
    ],
)  # fmt: skip
def test_uses(text: str, expected: list[tuple[str, set[str], str]]) -> None:
    assert [(one.table, set(one.columns), one.how) for one in read_uses(text)] == expected


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    list(read_uses("select " + text))
    list(read_names(text))
    head_of_csv(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("username=?&password=?", [("form", ("username", "password"))]),
        ("http://example.org/a?did=?&uid=?", [("form", ("did", "uid"))]),
        ('{"name":"?","age":?}', [("json", ("name", "age"))]),
        ("<r><name>?</name><age>?</age></r>", [("xml", ("name", "age"))]),
        ("<tr><th>Name</th><th>Age</th><th>Cell</th></tr>", [("html", ("Name", "Age", "Cell"))]),
        ("<r><head><id>?</id></head><body><title>?</title></body></r>", [("xml", ("id", "title"))]),
        ("<html><title>?</title><h1>?</h1><table>?</table></html>", []),
        ('<a href="?">?</a> <font size=2>?</font>', []),
        ("the total of a = ? and b = ?", []),
        ("http://example.org/a=b&c=d", []),
        ("http://example.org/", []),
        ("getX=?getY=?", []),
        ("SELECT a FROM t WHERE b=? AND c=?", []),
    ],
)
def test_names_of_joined_texts(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert list(read_names(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("姓名,身份证号,电话\n", ("姓名", "身份证号", "电话")),
        ("name;born;phone", ("name", "born", "phone")),
        ("yes, no, maybe", ()),
        ("a,b", ()),
        ("name,name,phone", ()),
    ],
)
def test_heads_of_tables(text: str, expected: tuple[str, ...]) -> None:
    assert head_of_csv(text) == expected
