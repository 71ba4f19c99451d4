"""Texts of files, in the spellings in which makers of apps leave them.

Sources: RFC 3629 (UTF-8), RFC 2781 (UTF-16 and its byte order mark), GB 18030-2022, of which GBK
and GB 2312 are parts. Files in GBK carry no mark; bytes count as such only where they decode to
the letter and most of what is not ASCII are Han characters in everyday use.
"""

from __future__ import annotations

import codecs

from witnessmark.formats.patterns import kept_regex
from witnessmark.model.location import ReadsAs

CONTROL = kept_regex(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]")
HAN = kept_regex(r"[\u4e00-\u9fff]")
EVERYDAY = kept_regex(rb"[\xb0-\xf7][\xa1-\xfe]")
"""Han characters of GB 2312, which hold nearly all that is written."""

LARGEST_GUESSED = 4 << 20
FEWEST_HAN = 4
MOST_HAN_SHARE = 0.6


def text_of(data: bytes) -> tuple[str, ReadsAs] | None:
    """The text that ``data`` is, without a mark of byte order, and how it is spelled."""
    if data.startswith(codecs.BOM_UTF16_LE):
        return _decoded(data[2:], "utf-16-le", "utf-16le")
    utf8 = _decoded(data, "utf-8-sig", "utf-8")
    return utf8 if utf8 is not None or len(data) > LARGEST_GUESSED else _gbk(data)


def _decoded(data: bytes, encoding: str, reads_as: ReadsAs) -> tuple[str, ReadsAs] | None:
    try:
        return data.decode(encoding), reads_as
    except UnicodeDecodeError:
        return None


def _gbk(data: bytes) -> tuple[str, ReadsAs] | None:
    found = _decoded(data, "gb18030", "gb18030")
    if found is None or CONTROL.search(found[0]):
        return None
    foreign = sum(letter > "\x7f" for letter in found[0])
    han, everyday = len(HAN.findall(found[0])), len(EVERYDAY.findall(data))
    likely = min(han, everyday) >= max(FEWEST_HAN, MOST_HAN_SHARE * foreign)
    return found if likely else None


ENCODINGS: dict[str, str] = {"utf-8": "utf-8", "utf-16le": "utf-16-le", "gb18030": "gb18030"}
"""Names of spellings as Python's codecs have them."""
