"""Tags and texts of pages; whatever a page holds, all of it is told once and in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.formats.html import LONGEST_TAG, MOST_ATTRIBUTES, tokens


def told(page: bytes) -> list[tuple[str, str]]:
    return [
        (one.kind, one.name or page[one.span.offset : one.span.end].decode())
        for one in tokens(page)
    ]


def test_tags_texts_comments_and_scripts() -> None:
    page = b'<!DOCTYPE html><p>a<!-- <b> --><br/>b</p><script>if (a<b) "</p>"</script>c'
    assert told(page) == [
        ("start", "p"), ("text", "a"), ("start", "br"), ("text", "b"), ("end", "p"),
        ("start", "script"), ("text", 'if (a<b) "</p>"'), ("end", "script"), ("text", "c"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        (b"<a b='1' C=2 d>", (("b", b"1"), ("c", b"2"), ("d", b""))),
        (b'<a b=">" />', (("b", b">"),)),
        (b"<a @click='go' :value=x>", (("@click", b"go"), (":value", b"x"))),
    ],
)
def test_attributes_as_written(tag: bytes, attributes: tuple[tuple[str, bytes], ...]) -> None:
    (token,) = tokens(tag)
    assert (token.kind, token.name, token.attributes) == ("start", "a", attributes)


@pytest.mark.parametrize("page", [b"a < b", b"<", b"<!-- open", b"<a b='", b"1 <2"])
def test_what_is_no_tag_is_text(page: bytes) -> None:
    assert [one.kind for one in tokens(page)] == ["text"]


@given(st.text(alphabet="<>/!-='\" abscript?&;\n", max_size=300))
def test_tokens_follow_each_other(text: str) -> None:
    page = text.encode()
    end = 0
    for one in tokens(page):
        assert one.span.offset >= end
        assert one.span.length > 0
        end = one.span.end
    assert end <= len(page)


@pytest.mark.parametrize("rest", [b" c='" + b"x" * LONGEST_TAG + b"'", b" d" * MOST_ATTRIBUTES])
def test_long_tags_are_read_in_part(rest: bytes) -> None:
    page = b"<input name='card'" + rest + b"><b>x</b>"
    first, *others = tokens(page)
    assert (first.name, first.attributes[0], first.cut) == ("input", ("name", b"card"), True)
    assert [one.name for one in others] == ["b", "", "b"]
    assert not any(one.cut for one in others)


def test_a_long_tag_without_an_end_is_text() -> None:
    page = b"<a " + b"x" * LONGEST_TAG + b"<a " + b"x" * LONGEST_TAG
    assert [one.kind for one in tokens(page)] == ["text"]
