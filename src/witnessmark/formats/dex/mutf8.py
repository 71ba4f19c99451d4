"""Modified UTF-8, the spelling of text in dex files.

It differs from UTF-8 in two ways: NUL is written as the two bytes C0 80, and characters beyond
U+FFFF are written as two surrogates of three bytes each.

Source: Dalvik executable format, "MUTF-8 (Modified UTF-8) Encoding",
source.android.com/docs/core/runtime/dex-format#mutf-8.
"""

from __future__ import annotations

_REPLACEMENT = 0xFFFD
_CONTINUES, _CONTINUATION = 0xC0, 0x80


def decode_mutf8(data: bytes | memoryview) -> str:
    """Text of ``data`` (without a closing zero byte); never fails.

    Surrogate pairs become one character, lone surrogates stay as they are. Four-byte UTF-8
    sequences, which Android also takes, are read as such. Each byte that starts no sequence
    becomes U+FFFD; overlong sequences are read as the character they spell.
    """
    raw = bytes(data)
    if raw.isascii():
        return raw.decode("ascii")
    try:
        text = raw.replace(b"\xc0\x80", b"\0").decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = "".join(map(chr, _tolerant_code_points(raw)))
    return _join_surrogates(text)


def encode_mutf8(text: str) -> bytes:
    """MUTF-8 of ``text`` without a closing zero byte; lone surrogates are kept."""
    split = "".join(_split_astral(character) for character in text)
    return split.encode("utf-8", "surrogatepass").replace(b"\0", b"\xc0\x80")


def _split_astral(character: str) -> str:
    code = ord(character)
    if code < 0x10000:
        return character
    code -= 0x10000
    return chr(0xD800 | code >> 10) + chr(0xDC00 | code & 0x3FF)


def _join_surrogates(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return text


def _tolerant_code_points(raw: bytes) -> list[int]:
    found, position = [], 0
    while position < len(raw):
        code, width = _one_sequence(raw, position)
        found.append(code)
        position += width
    return found


def _one_sequence(raw: bytes, position: int) -> tuple[int, int]:
    """Code point and width of the sequence at ``position``; U+FFFD and 1 for a bad byte."""
    lead = raw[position]
    if lead < 0x80:
        return lead, 1
    for marker, mask, width in ((0xC0, 0xE0, 2), (0xE0, 0xF0, 3), (0xF0, 0xF8, 4)):
        if lead & mask != marker:
            continue
        tail = raw[position + 1 : position + width]
        if len(tail) < width - 1 or any(byte & _CONTINUES != _CONTINUATION for byte in tail):
            break
        code = lead & ~mask & 0xFF
        for byte in tail:
            code = code << 6 | byte & 0x3F
        return (code, width) if code <= 0x10FFFF else (_REPLACEMENT, 1)
    return _REPLACEMENT, 1
