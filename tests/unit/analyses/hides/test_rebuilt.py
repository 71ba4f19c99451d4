"""Which tool wrote a dex file, by the order of its parts."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.analyses.hides._rebuilt import CODE, STRING_DATA, rebuilt_findings
from witnessmark.facts.tables.artifacts import ARTIFACTS, INPUTS
from witnessmark.facts.tables.code import DEX_FILES
from witnessmark.facts.view import Facts
from witnessmark.model.table import Table

MAP = 0x70
TYPE_LISTS = 0x1001


def dex(places: list[tuple[int, int]]) -> bytes:
    """The head of a dex file whose map lists kinds of data and their offsets."""
    entries = b"".join(struct.pack("<HHII", kind, 0, 1, offset) for kind, offset in places)
    head = bytearray(MAP)
    head[:8] = b"dex\n035\0"
    struct.pack_into("<I", head, 0x34, MAP)
    return bytes(head) + struct.pack("<I", len(places)) + entries


def facts_of(blob: bytes) -> Facts:
    tables = {
        ARTIFACTS.name: Table.from_rows(
            ARTIFACTS, [(0, "ab" * 32, '["classes.dex"]', "dex", len(blob), "")]
        ),
        DEX_FILES.name: Table.from_rows(DEX_FILES, [(0, 0, 35, 0, 0, 0)]),
        INPUTS.name: Table.from_rows(INPUTS, []),
    }
    return Facts(tables, lambda _: memoryview(blob))


def test_texts_before_all_other_data() -> None:
    blob = dex([(0, 0), (STRING_DATA, 400), (TYPE_LISTS, 500), (CODE, 600)])
    (found,) = rebuilt_findings(facts_of(blob))
    assert found.subject["id"] == "rebuilt"
    strings, code = found.evidence[0].because
    assert bytes.fromhex(strings.excerpt) == struct.pack("<HHII", STRING_DATA, 0, 1, 400)
    assert bytes.fromhex(code.excerpt) == struct.pack("<HHII", CODE, 0, 1, 600)


def test_the_order_of_d8_stays_silent() -> None:
    blob = dex([(CODE, 400), (TYPE_LISTS, 500), (STRING_DATA, 600)])
    assert list(rebuilt_findings(facts_of(blob))) == []


def with_strings(offsets: list[int], note: bytes = b"") -> bytes:
    """The head of a dex file with a table of strings."""
    head = bytearray(dex([(CODE, 400), (STRING_DATA, 600)]))
    struct.pack_into("<II", head, 0x38, len(offsets), len(head))
    return bytes(head) + b"".join(struct.pack("<I", one) for one in offsets) + note


def test_texts_out_of_the_order_of_their_table() -> None:
    (found,) = rebuilt_findings(facts_of(with_strings([600, 640, 620])))
    assert found.subject["name"] == "dexlib"
    one, two = found.evidence[0].because
    assert [bytes.fromhex(quoted.excerpt) for quoted in (one, two)] == [
        struct.pack("<I", 640), struct.pack("<I", 620),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "blob",
    [with_strings([600, 620, 640]), with_strings([600, 640, 620], b'~~R8{"version":"8.3"}')],
    ids=["in order", "R8"],
)
def test_other_orders_stay_silent(blob: bytes) -> None:
    assert list(rebuilt_findings(facts_of(blob))) == []


def test_without_code_the_order_tells_nothing() -> None:
    blob = dex([(STRING_DATA, 400), (TYPE_LISTS, 500)])
    assert list(rebuilt_findings(facts_of(blob))) == []


@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_error(tail: bytes) -> None:
    head = bytearray(b"dex\n035\0" + tail)
    for found in rebuilt_findings(facts_of(bytes(head))):
        assert found.evidence
