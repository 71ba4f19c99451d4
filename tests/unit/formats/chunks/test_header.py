from __future__ import annotations

import struct

from unit.formats.chunks import builder
from witnessmark.formats.chunks import AnomalyLog, Chunk, walk

PAIR = struct.pack("<2I", 0, 0)


def walked(data: bytes) -> tuple[list[Chunk], list[tuple[str, bool]]]:
    log = AnomalyLog()
    chunks = list(walk(data, 0, len(data), log))
    return chunks, [(one.kind, one.loses) for one in log.listed(len(data))]


def test_chunks_follow_each_other() -> None:
    data = builder.chunk(0x0777, b"abcd") + builder.node(0x0101, PAIR)
    chunks, anomalies = walked(data)
    assert [(one.type, one.offset, one.body, one.end) for one in chunks] == [
        (0x0777, 0, 12, 12),
        (0x0101, 12, 28, 36),
    ]
    assert anomalies == []


def test_a_pool_that_runs_over_the_end_is_cut_there() -> None:
    data = builder.pool(["one", "two"])[:-4]
    chunks, anomalies = walked(data)
    assert [one.end for one in chunks] == [len(data)]
    assert anomalies == [("chunk-overruns", True)]


def test_a_node_with_a_bogus_header_size_keeps_its_place() -> None:
    space = bytearray(builder.node(0x0101, PAIR))
    struct.pack_into("<H", space, 2, 0xFFFF)
    chunks, anomalies = walked(bytes(space) + builder.node(0x0103, PAIR))
    assert [(one.type, one.body - one.offset) for one in chunks] == [(0x0101, 16), (0x0103, 16)]
    assert anomalies == [("chunk-size", False)]


def test_junk_is_skipped_up_to_a_plausible_chunk() -> None:
    chunks, anomalies = walked(b"\xee" * 9 + b"\0" * 3 + builder.pool(["x"]) + b"\xee" * 5)
    assert [one.offset for one in chunks] == [12]
    assert anomalies == [("junk", True), ("junk", False)]


def test_zeros_after_the_end_are_padding() -> None:
    assert walked(builder.node(0x0101, PAIR) + b"\0" * 4)[1] == []
