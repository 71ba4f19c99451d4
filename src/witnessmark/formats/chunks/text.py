"""Pool bytes to characters, and the name of the decoder that gives exactly these characters."""

from __future__ import annotations

from typing import Literal


def decode_utf8(raw: bytes) -> tuple[str, Literal["utf-8", "mutf-8"] | None]:
    """Text of a UTF-8 pool entry.

    Build tools differ: some write UTF-8, later ones the modified UTF-8 of Java, in which
    characters beyond U+FFFF are two surrogates of three bytes each and U+0000 is ``C0 80``.
    Bytes that are neither read as U+FFFD, and then no decoder is named.
    """
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        loose = raw.replace(b"\xc0\x80", b"\0").decode("utf-8", "surrogatepass")
        joined = loose.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace"), None
    pure = b"\0" not in raw and not any(byte >= 0xF0 for byte in raw)
    return joined, "mutf-8" if pure else None


def decode_utf16(raw: bytes) -> tuple[str, Literal["utf-16le"] | None]:
    """Text of a UTF-16 pool entry; a lone surrogate reads as U+FFFD and names no decoder."""
    try:
        return raw.decode("utf-16-le"), "utf-16le"
    except UnicodeDecodeError:
        return raw.decode("utf-16-le", "replace"), None
