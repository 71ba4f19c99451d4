"""Digests over an APK's content, as the schemes v2 and later protect it.

Chunked: https://source.android.com/docs/security/features/apksigning/v2#integrity-protected-contents
Verity: the Merkle tree of https://source.android.com/docs/security/features/apk-verity
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator

from witnessmark.formats.signing.algorithms import ContentDigest
from witnessmark.formats.signing.records import Archive, Content
from witnessmark.model.location import Span

CHUNK = 1 << 20
PAGE = 4096
VERITY_SALT = bytes(8)
DIRECTORY_OFFSET_FIELD = 16
"""Where the end record holds the offset of the central directory."""


class ContentDigests:
    """Computes each digest of one file at most once."""

    def __init__(self, data: Content, archive: Archive, block: Span) -> None:
        directory = archive.central_directory
        end = bytearray(data[archive.end_record.offset :])
        struct.pack_into("<L", end, DIRECTORY_OFFSET_FIELD, block.offset & 0xFFFFFFFF)
        view = memoryview(data)
        self._sections = (
            view[: block.offset],
            view[directory.offset : archive.end_record.offset],
            memoryview(end),
        )
        self._known: dict[ContentDigest, bytes] = {}

    def get(self, kind: ContentDigest) -> bytes:
        """The digest as a signer records it."""
        if kind not in self._known:
            self._known[kind] = self._compute(kind)
        return self._known[kind]

    def _compute(self, kind: ContentDigest) -> bytes:
        if kind == "verity SHA-256":
            return self._verity()
        algorithm = "sha256" if kind == "chunked SHA-256" else "sha512"
        digests = [
            _digest(algorithm, b"\xa5" + struct.pack("<L", len(chunk)), chunk)
            for section in self._sections
            for chunk in _chunks(section, CHUNK)
        ]
        return _digest(algorithm, b"\x5a" + struct.pack("<L", len(digests)), b"".join(digests))

    def _verity(self) -> bytes:
        total = sum(len(section) for section in self._sections)
        level = b"".join(_page_digest(page) for page in self._pages())
        while len(level) > PAGE:
            level = b"".join(_page_digest(page) for page in _chunks(memoryview(level), PAGE))
        return _page_digest(level) + struct.pack("<Q", total)

    def _pages(self) -> Iterator[Content]:
        """Pages of the sections joined; only pages across a boundary are copied."""
        carried = b""
        for section in self._sections:
            missing = -len(carried) % PAGE
            carried += section[:missing]
            if len(carried) == PAGE:
                yield carried
                carried = b""
            elif carried:
                continue
            for page in _chunks(section[missing:], PAGE):
                if len(page) == PAGE:
                    yield page
                else:
                    carried = bytes(page)
        if carried:
            yield carried


def _digest(algorithm: str, prefix: bytes, content: Content) -> bytes:
    digest = hashlib.new(algorithm, prefix)
    digest.update(content)
    return digest.digest()


def _page_digest(page: Content) -> bytes:
    digest = hashlib.sha256(VERITY_SALT)
    digest.update(page)
    digest.update(bytes(-len(page) % PAGE))
    return digest.digest()


def _chunks(content: memoryview, size: int) -> Iterator[memoryview]:
    for at in range(0, len(content), size):
        yield content[at : at + size]
