"""Entries of an archive that are encrypted, opened with a password.

Traditional encryption: APPNOTE.TXT 6.3.10, section 6.1. AES: Winzip, "AES Encryption Information"
(https://www.winzip.com/en/support/aes-encryption/), entries of method 99 with extra field 0x9901.
"""

from __future__ import annotations

import hmac
import struct
import zlib
from collections.abc import Iterator
from hashlib import pbkdf2_hmac, sha1

from witnessmark.formats.zip.records import (
    DEFLATED,
    DESCRIPTOR_FLAG,
    ENCRYPTED_FLAG,
    STORED,
    ZipEntry,
)
from witnessmark.model.errors import FormatError

AES_METHOD, AES_EXTRA = 99, 0x9901
HEADER = 12
VERIFIER, CODE = 2, 10
ROUNDS = 1000
LARGEST = 8 << 20
"""Packed bytes of an entry that are decrypted."""


def _remainder(byte: int) -> int:
    """Entry of the table of CRC-32 (APPNOTE.TXT 4.4.7)."""
    for _ in range(8):
        byte = byte >> 1 ^ (0xEDB88320 if byte & 1 else 0)
    return byte


TABLE = tuple(map(_remainder, range(256)))


def is_locked(entry: ZipEntry) -> bool:
    """Whether an entry says that it is encrypted."""
    return bool(entry.flags & ENCRYPTED_FLAG)


def unlock(data: memoryview, entry: ZipEntry, password: bytes, limit: int) -> bytes:
    """Content of an encrypted entry, at most ``limit`` bytes.

    Raises `FormatError` for a wrong password and for what cannot be unpacked; a password that
    passes the header's check and not the checksum is wrong as well.
    """
    packed = bytes(data[entry.data.offset : entry.data.end])
    if len(packed) > LARGEST:
        raise FormatError(f"{entry.name!r} is too large to be decrypted", entry.data.offset)
    if entry.method == AES_METHOD:
        method, plain = _aes(data, entry, packed, password)
    else:
        method, plain = entry.method, _traditional(entry, packed, password)
    content = _unpacked(entry, method, plain, limit)
    if entry.method != AES_METHOD and zlib.crc32(content) != entry.crc32:
        raise FormatError(f"the password of {entry.name!r} is wrong", entry.data.offset)
    return content


def _unpacked(entry: ZipEntry, method: int, plain: bytes, limit: int) -> bytes:
    if method == STORED:
        return plain[:limit]
    if method != DEFLATED:
        raise FormatError(f"{entry.name!r} is packed by method {method}", entry.data.offset)
    try:
        return zlib.decompressobj(-15).decompress(plain, limit)
    except zlib.error as error:
        raise FormatError(
            f"{entry.name!r} cannot be inflated: {error}", entry.data.offset
        ) from None


def _traditional(entry: ZipEntry, packed: bytes, password: bytes) -> bytes:
    if len(packed) < HEADER:
        raise FormatError(f"{entry.name!r} has no encryption header", entry.data.offset)
    keys = _Keys(password)
    header = bytes(keys.decrypted(packed[:HEADER]))
    check = entry.modified >> 8 & 0xFF if entry.flags & DESCRIPTOR_FLAG else entry.crc32 >> 24
    if header[-1] != check & 0xFF:
        raise FormatError(f"the password of {entry.name!r} is wrong", entry.data.offset)
    return bytes(keys.decrypted(packed[HEADER:]))


class _Keys:
    """The three keys of section 6.1.5."""

    def __init__(self, password: bytes) -> None:
        self._keys = (0x12345678, 0x23456789, 0x34567890)
        for byte in password:
            self._update(byte)

    def _update(self, byte: int) -> None:
        first, second, third = self._keys
        first = first >> 8 ^ TABLE[(first ^ byte) & 0xFF]
        second = ((second + (first & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        third = third >> 8 ^ TABLE[(third ^ second >> 24) & 0xFF]
        self._keys = (first, second, third)

    def decrypted(self, packed: bytes) -> Iterator[int]:
        for byte in packed:
            mixed = self._keys[2] & 0xFFFF | 2
            plain = byte ^ (mixed * (mixed ^ 1) >> 8 & 0xFF)
            self._update(plain)
            yield plain


def _aes(data: memoryview, entry: ZipEntry, packed: bytes, password: bytes) -> tuple[int, bytes]:
    """Method that the content is packed by, and its decrypted bytes."""
    strength, method = _aes_field(data, entry)
    salt_size, key_size = 4 + 4 * strength, 8 + 8 * strength
    if len(packed) < salt_size + VERIFIER + CODE:
        raise FormatError(f"{entry.name!r} is shorter than its encryption", entry.data.offset)
    salt, verifier = packed[:salt_size], packed[salt_size : salt_size + VERIFIER]
    keys = pbkdf2_hmac("sha1", password, salt, ROUNDS, 2 * key_size + VERIFIER)
    if keys[2 * key_size :] != verifier:
        raise FormatError(f"the password of {entry.name!r} is wrong", entry.data.offset)
    body, code = packed[salt_size + VERIFIER : -CODE], packed[-CODE:]
    if not hmac.compare_digest(
        hmac.new(keys[key_size : 2 * key_size], body, sha1).digest()[:CODE], code
    ):
        raise FormatError(f"{entry.name!r} fails its authentication", entry.data.offset)
    return method, _counter_mode(keys[:key_size], body)


def _aes_field(data: memoryview, entry: ZipEntry) -> tuple[int, int]:
    """Strength (1 to 3) and method out of the extra field of the local header."""
    start = entry.local_header.offset
    if start + 30 > len(data):
        raise FormatError(f"{entry.name!r} has no local header", start)
    name, extra = struct.unpack_from("<HH", data, start + 26)
    at, end = start + 30 + name, min(start + 30 + name + extra, len(data))
    while at + 4 <= end:
        kind, size = struct.unpack_from("<HH", data, at)
        if kind == AES_EXTRA and size >= 7 and at + 4 + size <= end:
            strength, method = struct.unpack_from("<BH", data, at + 8)
            if 1 <= strength <= 3:
                return int(strength), int(method)
        at += 4 + size
    raise FormatError(f"{entry.name!r} says nothing of its encryption", start)


def _counter_mode(key: bytes, body: bytes) -> bytes:
    """AES in counter mode with a little-endian counter that begins at 1."""
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import ECB

    blocks = (len(body) + 15) // 16
    counters = b"".join(number.to_bytes(16, "little") for number in range(1, blocks + 1))
    work = Cipher(AES(key), ECB()).encryptor()  # noqa: S305 - makes the stream of counters
    stream = work.update(counters) + work.finalize()
    return bytes(a ^ b for a, b in zip(body, stream, strict=False))
