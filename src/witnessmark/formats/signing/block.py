"""The APK Signing Block.

https://source.android.com/docs/security/features/apksigning/v2#apk-signing-block
"""

from __future__ import annotations

import struct

from msgspec import Struct

from witnessmark.formats.signing.records import Archive, BlockPair, Content, Problem
from witnessmark.model.location import Span

MAGIC = b"APK Sig Block 42"
FOOTER = 8 + len(MAGIC)
MOST_PAIRS = 1024

V2 = 0x7109871A
V3 = 0xF05368C0
V31 = 0x1B93AD61

PAIR_NAMES = {
    V2: "APK Signature Scheme v2",
    V3: "APK Signature Scheme v3",
    V31: "APK Signature Scheme v3.1",
    0x42726577: "padding",
    0x2B09189E: "source stamp v1",
    0x6DFF800D: "source stamp v2",
    0x504B4453: "dependency information, encrypted to Google",
    0x2146444E: "Google Play metadata",
}
"""Ids that Android's own tools write."""


class SigningBlock(Struct, frozen=True):
    """Where the block stands and its pairs, in file order."""

    span: Span
    pairs: tuple[BlockPair, ...]

    def value(self, pair_id: int) -> Span | None:
        """Span of the first value under ``pair_id``, the one Android uses."""
        return next((pair.span for pair in self.pairs if pair.id == pair_id), None)


def read_block(data: Content, archive: Archive, problems: list[Problem]) -> SigningBlock | None:
    """The block before the central directory; None where there is none that Android would see.

    What is there and malformed is told in ``problems``.
    """
    end = archive.central_directory.offset
    if end < FOOTER + 8 or data[end - len(MAGIC) : end] != MAGIC:
        return None
    (size,) = struct.unpack_from("<Q", data, end - FOOTER)
    start = end - size - 8
    if size < FOOTER or start < 0:
        problems.append(Problem(f"the signing block claims {size} bytes", end - FOOTER, FOOTER))
        return None
    (size_before,) = struct.unpack_from("<Q", data, start)
    if size_before != size:
        problems.append(
            Problem("the signing block's two sizes differ, so Android does not see it",
                    start, end - start)
        )  # fmt: skip
        return None
    span = Span(start, end - start)
    return SigningBlock(span, _read_pairs(data, start + 8, end - FOOTER, problems))


def _read_pairs(
    data: Content, at: int, stop: int, problems: list[Problem]
) -> tuple[BlockPair, ...]:
    pairs: list[BlockPair] = []
    while at < stop:
        if len(pairs) == MOST_PAIRS:
            problems.append(
                Problem(f"only the first {MOST_PAIRS} pairs of the signing block are read", at,
                        stop - at)
            )  # fmt: skip
            break
        if at + 12 > stop:
            problems.append(Problem("the signing block ends inside a pair", at, stop - at))
            break
        length, pair_id = struct.unpack_from("<QL", data, at)
        if length < 4 or at + 8 + length > stop:
            problems.append(
                Problem(f"a pair of {length} bytes does not fit the signing block", at, stop - at)
            )
            break
        name = PAIR_NAMES.get(pair_id, f"unknown id {pair_id:#010x}")
        pairs.append(BlockPair(pair_id, name, Span(at + 12, length - 4)))
        at += 8 + length
    return tuple(pairs)
