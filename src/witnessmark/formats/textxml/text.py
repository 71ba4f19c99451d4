"""Values of resources as they are written in XML, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping

from witnessmark.formats.patterns import kept_regex

ESCAPES: Mapping[str, str] = {"n": "\n", "t": "\t", "r": "\r"}
PIECE = kept_regex(r'\\u([0-9a-fA-F]{4})|\\(.)|(")|(\s+)|([^\\"\s]+)|(\\)', re.DOTALL)


def plain_text(written: str) -> str:
    r"""Text of a string resource: escapes read, white space joined outside of quotes.

    Source: developer.android.com/guide/topics/resources/string-resource, "Handle special
    characters" and "Whitespace collapsing and Android escaping".
    """
    out: list[str] = []
    quoted = False
    for found in PIECE.finditer(written.strip(" \t\r\n")):
        code, escaped, quote, space, plain, _ = found.groups()
        if code is not None:
            out.append(chr(int(code, 16)))
        elif escaped is not None:
            out.append(ESCAPES.get(escaped, escaped))
        elif quote is not None:
            quoted = not quoted
        elif space is not None:
            out.append(space if quoted else " ")
        elif plain is not None:
            out.append(plain)
    text = "".join(out)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
