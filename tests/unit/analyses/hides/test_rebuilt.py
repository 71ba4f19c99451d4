"""Which tool wrote a dex file, by the order of its parts."""

from __future__ import annotations

import struct

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


def test_without_code_the_order_tells_nothing() -> None:
    blob = dex([(STRING_DATA, 400), (TYPE_LISTS, 500)])
    assert list(rebuilt_findings(facts_of(blob))) == []


@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_error(tail: bytes) -> None:
    head = bytearray(b"dex\n035\0" + tail)
    for found in rebuilt_findings(facts_of(bytes(head))):
        assert found.evidence
