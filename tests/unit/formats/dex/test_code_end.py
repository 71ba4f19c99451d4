"""Where a dex file's own records end: packers put encrypted code behind them."""

from __future__ import annotations

import random
import struct
from pathlib import Path

from witnessmark.formats.dex.header import code_end

DEX = Path(__file__).parents[3] / "apps" / "query" / "query.dex"


def grown(more: int, *, told: bool) -> bytes:
    """The fixture with random bytes behind it; ``told`` whether its header counts them."""
    data = bytearray(DEX.read_bytes())
    size = len(data) + more
    data += random.Random(1).randbytes(more)
    if told:
        data[0x20:0x24] = struct.pack("<I", size)
    return bytes(data)


def test_a_file_ends_where_its_records_end() -> None:
    whole = len(DEX.read_bytes())
    assert code_end(memoryview(grown(0, told=False))) == whole
    assert code_end(memoryview(grown(9000, told=False))) == whole
    assert code_end(memoryview(grown(9000, told=True))) == whole


def test_a_size_that_is_too_small_takes_no_records_away() -> None:
    data = bytearray(DEX.read_bytes())
    data[0x20:0x24] = struct.pack("<I", 0x70)
    assert code_end(memoryview(bytes(data))) == len(data)


def test_what_does_not_fit_is_taken_whole() -> None:
    data = bytearray(DEX.read_bytes())
    data[0x68:0x6C] = struct.pack("<I", 0xFFFFFFFF)
    assert code_end(memoryview(bytes(data))) == len(data)
    assert code_end(memoryview(b"dex\n")) == 4
    data[4:7] = b"041"
    assert code_end(memoryview(bytes(data) + b"more")) == len(data) + 4
