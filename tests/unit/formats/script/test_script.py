"""Scripts as texts, calls and values."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.formats.script import (
    Call,
    Joined,
    Name,
    Record,
    Text,
    read_script,
    unescaped,
)

SOURCE = b"""
// "no text"
var base = 'http://a.invalid', other = `${base}/b`;
config.url = "c" + base;
send({url: base + "/d", 'method': "POST", data: {name, age: 1, ...rest}});
new WebSocket("ws://e.invalid");
if (a /b/ c) { }
"""


def test_texts_of_comments_do_not_count() -> None:
    assert [one.text for one in read_script(SOURCE).texts] == [
        "http://a.invalid", "/b", "c", "/d", "method", "POST", "ws://e.invalid",
    ]  # fmt: skip


def test_spans_are_what_stands_between_the_quotes() -> None:
    for one in read_script(SOURCE, 100).texts:
        start = one.span.offset - 100
        assert SOURCE[start : start + one.span.length].decode() == one.text


def test_calls_with_records_and_joined_texts() -> None:
    send, socket = (one for one in read_script(SOURCE).calls if one.name in ("send", "WebSocket"))
    (given_record,) = send.arguments
    assert isinstance(given_record, Record)
    url, data = given_record.members["url"], given_record.members["data"]
    assert isinstance(url, Joined)
    assert isinstance(url.pieces[0], Name)
    assert isinstance(url.pieces[1], Text)
    assert isinstance(data, Record)
    assert list(data.members) == ["name", "age"]
    assert data.open
    assert socket.made


def test_values_by_their_last_name() -> None:
    script = read_script(SOURCE)
    assert isinstance({**script.members, **script.values}["base"][0], Text)
    assert isinstance(script.members["url"][0], Joined)


def test_functions_by_the_name_that_they_are_given() -> None:
    found = read_script(
        b"function a(x, y = 1) {} const b = z => z; var o = {c(p) {}, 'd': function () {}}; e.f = (q) => q"
    ).functions
    assert [(one.name, one.parameters) for one in found] == [
        ("a", ("x", "y")), ("b", ("z",)), ("c", ("p",)), ("d", ()), ("f", ("q",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "plain"),
    [("a\\n\\x41\\u0042\\u{1F600}", "a\nAB\U0001f600"), ("\\ud800", "\ufffd"), ("\\\\", "\\"),
     ("\\u{110000}", "\ufffd"), ("plain", "plain"), ("\\", "\\")],
)  # fmt: skip
def test_escapes(text: str, plain: str) -> None:
    assert unescaped(text) == plain


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    script = read_script(data)
    assert all(0 <= one.span.offset <= len(data) for one in script.texts)


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("(){}[]`'\"$+=:,.;ab1/*\n\\"), max_size=80))
def test_odd_scripts_are_read(text: str) -> None:
    assert all(isinstance(one, Call) for one in read_script(text.encode()).calls)


def test_deep_nesting_ends() -> None:
    assert read_script(b"f(" * 3000 + b"1").cut is False
    assert read_script(b"a=" + b"{b:" * 3000).texts == []
    assert read_script(b"x=" + b"'a'+" * 5000 + b"'b'").texts


def test_assignments_stand_in_the_order_of_the_script() -> None:
    source = b"".join(b"store.k%d = answer.k%d;" % (number, number) for number in range(30))
    assigned = read_script(source).assigned
    assert [one.name for one in assigned] == [f"store.k{number}" for number in range(30)]
