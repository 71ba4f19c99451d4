"""Constants are found by their bytes; what costs much is made once an app."""

from __future__ import annotations

import re

import numpy as np

from unit.facts.made_facts import INTAKE
from witnessmark.facts.build import build_facts
from witnessmark.facts.search import (
    string_bytes,
    strings_matching,
    strings_with_dotted_numbers,
    used_strings,
    used_strings_by_piece,
    used_strings_equal,
    used_strings_matching,
)
from witnessmark.facts.tables.code import ANNOTATIONS, STATIC_VALUES, STRING_USES, STRINGS
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.model.table import Table
from witnessmark.package.open import open_input

FACTS = build_facts(open_input([INTAKE]))


def all_texts(facts: Facts) -> list[bytes]:
    return string_bytes(facts, np.arange(len(facts.table(STRINGS))))


def test_every_string_is_searched_alone() -> None:
    pattern = re.compile(rb"[a-z]e[a-z]")
    expected = [row for row, text in enumerate(all_texts(FACTS)) if pattern.search(text)]
    assert expected
    assert strings_matching(FACTS, pattern) == expected
    assert strings_matching(FACTS, pattern, holding=b"e") == expected


def test_used_strings_by_the_pieces_that_they_hold() -> None:
    used = used_strings(FACTS)
    pieces = [b"content", b"on", b"a", b"never in any of them"]
    expected = {
        row: {piece for piece in pieces if piece in text}
        for row, text in zip(used.rows.tolist(), used.texts, strict=True)
        if any(piece in text for piece in pieces)
    }
    assert expected
    found = used_strings_by_piece(FACTS, pieces)
    assert found == expected
    assert list(found) == sorted(found)
    assert used_strings_by_piece(FACTS, []) == {}


def test_used_strings_are_those_of_code_and_static_fields() -> None:
    used = used_strings(FACTS)
    values = FACTS.table(STATIC_VALUES)
    held = values["ref"][values["kind"] == "string"].tolist()
    loaded = FACTS.table(STRING_USES)["string"].tolist()
    assert used.rows.tolist() == sorted({*held, *loaded})
    assert 0 < len(used.rows) < len(FACTS.table(STRINGS))
    pattern = re.compile(rb"[a-z]e[a-z]")
    both = set(strings_matching(FACTS, pattern)) & set(used.rows.tolist())
    assert used_strings_matching(FACTS, pattern) == sorted(both)


def test_whole_texts_are_found_in_any_case() -> None:
    used = used_strings(FACTS)
    row, text = next((r, t) for r, t in zip(used.rows.tolist(), used.texts, strict=True)
                     if len(t) > 4 and t.isalpha())  # fmt: skip
    assert row in used_strings_equal(FACTS, [text.decode().swapcase()])
    assert row not in used_strings_equal(FACTS, [text.decode() + "x", text.decode()[:-1]])


def test_dotted_numbers_are_found_like_any_pattern() -> None:
    texts = [b"10.0.2.2", b"1.2.3", b"v1.22.333.4444", b"at 192.168.1.77:80", b"a.b.c.d", b""]
    blob = b"".join(bytes([len(text)]) + text + b"\0" for text in texts)
    offsets = [blob.index(bytes([len(text)]) + text + b"\0") + 1 for text in texts]
    rows = [(0, offset, len(text)) for offset, text in zip(offsets, texts, strict=True)]
    facts = Facts({STRINGS.name: Table.from_rows(STRINGS, rows)}, lambda _: memoryview(blob))
    pattern = re.compile(rb"(?<![\w.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w.])")
    assert strings_with_dotted_numbers(facts, pattern) == [0, 3]


def test_what_costs_much_is_made_once_whatever_tables_are_added() -> None:
    made = []

    @once_an_app
    def counted(facts: Facts) -> int:
        made.append(facts)
        return len(made)

    facts = Facts({}, lambda _: memoryview(b""))
    assert counted(facts) == counted(facts) == 1
    assert counted(facts.with_tables({STRINGS.name: Table.empty(STRINGS)})) == 1
    assert counted(Facts({}, lambda _: memoryview(b""))) == 2


def test_words_follow_the_tables_that_they_are_spelled_from() -> None:
    blob = b"\x03one\0\x03two\0"
    first = Table.from_rows(STRINGS, [(0, 1, 3)])
    facts = Facts({STRINGS.name: first}, lambda _: memoryview(blob))
    assert facts.string(0) == "one"
    assert (
        facts.with_tables({STRINGS.name: Table.from_rows(STRINGS, [(0, 6, 3)])}).string(0) == "two"
    )
    assert facts.with_tables({}).string is facts.string


def test_rows_at_some_places_read_like_all_rows() -> None:
    again = build_facts(open_input([INTAKE]))
    columns = ("target", "row", "type", "name", "kind", "text", "ref")
    table, places = again.table(ANNOTATIONS), np.arange(0, len(again.table(ANNOTATIONS)), 3)
    picked = list(table.rows_at(places, *columns))
    assert picked
    assert picked == list(table.rows(*columns))[::3]
    assert list(table.rows_at(places, *columns)) == picked
