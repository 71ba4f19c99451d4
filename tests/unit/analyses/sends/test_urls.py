"""Addresses in text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.analyses.sends._urls import addresses, bare_address, in_clear


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://a.example.invalid:8080/x?y=1#z", ["http://a.example.invalid:8080/x"]),
        (
            "see https://b.example.invalid/q, or ftp://c.example.invalid.",
            ["https://b.example.invalid/q", "ftp://c.example.invalid"],
        ),
        ("http://10.1.2.3/app", ["http://10.1.2.3/app"]),
        ("http://[2001:db8::1]:81/", ["http://[2001:db8::1]:81/"]),
        ("HTTPS://Example.INVALID/Path", ["https://example.invalid/Path"]),
        ("<a href=&quot;http://e.example.invalid/doc&quot;&gt;", ["http://e.example.invalid/doc"]),
        ("http://f.example.invalid/a&amp;b/c", ["http://f.example.invalid/a&b/c"]),
        ("http://%s/api", []),
        ("http://localhost:8080/", []),
        ("http://", []),
        ("http://a b", []),
        ("http://999.1.1.1/", []),
        ("访问http://d.example.invalid/中文。", ["http://d.example.invalid/中文"]),
    ],
)  # fmt: skip
def test_urls(text: str, expected: list[str]) -> None:
    assert [address.url for address in addresses(text)] == expected


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("192.168.0.1", True), ("10.0.0.5:9000", True), ("121.40.3.9", True), ("1.2.3.4", False),
        ("4.0.0.0", False), ("127.0.0.1", False), ("255.255.255.0", False), ("1.2.3.4:80", True),
        ("01.2.3.40", False), ("300.1.1.1", False), ("v10.0.0.5", False),
    ],
)  # fmt: skip
def test_bare_addresses(text: str, known: bool) -> None:
    assert (bare_address(text) is not None) is known


def test_private_addresses_are_told() -> None:
    assert addresses("http://172.16.0.9/")[0].is_private
    assert not addresses("http://121.40.3.9/")[0].is_private


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    for address in addresses("http://" + text):
        assert address.host
    bare_address(text)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("jdbc:mysql://10.0.0.5:3306/a?user=b&password=c", "jdbc:mysql://10.0.0.5:3306/a"),
        ("jdbc:sqlserver://db.example.org:1433;database=a;password=c",
         "jdbc:sqlserver://db.example.org:1433"),
        ("jdbc:jtds:sqlserver://db.example.org/a;password=c", "jdbc:jtds:sqlserver://db.example.org/a"),
        ("jdbc:oracle:thin:@//10.0.0.5:1521/a", "jdbc:oracle:thin://10.0.0.5:1521/a"),
        ("mongodb+srv://u:p@db.example.org/a", "mongodb+srv://db.example.org/a"),
    ],
)  # fmt: skip
def test_an_address_of_a_database_leaves_its_settings_out(text: str, url: str) -> None:
    assert [one.url for one in addresses(text)] == [url]
    assert in_clear(addresses(text)[0].scheme) is not True


def test_a_file_that_java_sql_opens_is_no_address() -> None:
    assert addresses("jdbc:sqldroid:/data/data/org.example/a.db") == []


def test_the_end_of_a_line_in_a_format_ends_an_address() -> None:
    (one,) = addresses("see http://docs.example.org/a.html%n%nThen")
    assert one.path == "/a.html"


def test_an_address_of_six_is_a_host_and_a_pattern_is_none() -> None:
    assert [one.host for one in addresses("http://[2001:db8::1]:80/a")] == ["[2001:db8::1]"]
    assert addresses("http://[a-zA-Z0-9_]+/a") == []
    assert addresses("http://[a-f0-9]/a") == []
