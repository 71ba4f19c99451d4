"""From the bytes of a span to the excerpt beside it, by ``place.reads_as``.

Every rule is strict: bytes that a rule cannot spell to the letter have no excerpt under it.
"""

import hashlib


def spell(data: bytes, reads_as: str) -> str:
    """The excerpt of ``data``; ValueError when the bytes cannot be spelled that way."""
    if reads_as == "hex":
        return data.hex()
    if reads_as == "sha256":
        return hashlib.sha256(data).hexdigest()
    if reads_as == "mutf-8":
        return _modified_utf8(data)
    if reads_as in ("utf-8", "utf-16le", "gb18030", "latin-1"):
        return data.decode(reads_as)
    raise ValueError(f"nobody knows how to read as {reads_as!r}")


def _modified_utf8(data: bytes) -> str:
    """Modified UTF-8 (source.android.com/docs/core/runtime/dex-format#mutf-8).

    UTF-8, except that NUL is C0 80 and characters beyond U+FFFF are two surrogates of three
    bytes each; Android reads four-byte sequences as well. Halves of a pair are refused.
    """
    text = data.replace(b"\xc0\x80", b"\x00").decode("utf-8", "surrogatepass")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
