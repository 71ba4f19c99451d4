"""Names inside texts that a request carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.analyses.sends._bodies import MOST_NAMES, read_body, read_query
from witnessmark.flow.values.objects import FIRST_LABEL, HOLE

HELD = HOLE + chr(FIRST_LABEL + 3)


def names(text: str) -> tuple[str, list[str]]:
    body = read_body(text)
    return body.form, [one.name for one in body.names]


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        (f"user={HELD}&pass={HOLE}", "form", ["user", "pass"]),
        ("a=1", "form", ["a"]),
        ('{"id":"1","place":{"lat":' + HOLE + ',"lng":"' + HELD + '"}}', "json",
         ["id", "place.lat", "place.lng"]),
        ('{"list":[{"name":"' + HELD + '"}],"n":[]}', "json", ["list", "list.name", "n"]),
        ('{"a":' + HELD + HOLE + '}', "json", ["a"]),
        ('{"a":"x","b":' + HELD + ',', "json", ["a", "b"]),
        ('[{"k":1},{"k":2}]', "json", ["k"]),
        ('{"a":' + HELD + ',"b":"x"}0', "json", ["a", "b"]),
        (f"<data><row><id>{HELD}</id><name>x</name></row><row><id>2</id></row></data>", "xml",
         ["id", "name"]),
        (f'<v:Envelope xmlns:v="x"><v:Body><card type="{HOLE}">1</card></v:Body></v:Envelope>',
         "xml", ["type", "card"]),
        (f'--b\r\nContent-Disposition: form-data; name="photo"; filename="{HELD}"\r\n\r\n', "multipart",
         ["photo"]),
        ("hello world", "text", []),
        ("if (a == b) c = d", "text", []),
        ("http://x.invalid/?a=1", "text", []),
        (HELD, "text", []),
        ("", "", []),
        ("   ", "", []),
    ],
)  # fmt: skip
def test_bodies(text: str, form: str, expected: list[str]) -> None:
    assert names(text) == (form, expected)


def test_values_keep_their_holes_and_lose_their_spelling() -> None:
    body = read_body(f"city=X%20Y&place={HELD}%2C1&empty=")
    assert [(one.name, one.value) for one in body.names] == [
        ("city", "X Y"), ("place", f"{HELD},1"), ("empty", ""),
    ]  # fmt: skip


def test_a_query_has_names_and_values_only() -> None:
    assert [one.name for one in read_query("a=1&flag&b=2&=3")] == ["a", "b"]


@given(st.text(alphabet=st.sampled_from('{}[]<>"=&;:,\\/ab1 \n' + HELD), max_size=200))
def test_any_text_is_read_without_fault(text: str) -> None:
    body = read_body(text)
    assert len(body.names) <= MOST_NAMES
    assert all(HOLE not in one.name for one in body.names)


@pytest.mark.parametrize("text", ["{" * 5000, '{"a":' * 3000, "<a>" * 5000, "a=" * 8000])
def test_deep_and_long_texts_end(text: str) -> None:
    assert len(read_body(text).names) <= MOST_NAMES
