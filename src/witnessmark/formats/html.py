"""HTML as a stream of tags and texts with their bytes; linear in the page, whatever it holds.

The standard library's parser takes quadratic time on crafted pages, so it is not used. What is
read is the syntax of start tags, end tags, comments and raw text elements; no tree is repaired.

Source: HTML Living Standard, html.spec.whatwg.org, sections 13.1.2 and 13.2.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from witnessmark.formats.patterns import kept_regex
from witnessmark.model.location import Span

LONGEST_TAG = 1 << 15
"""Bytes of a tag that are read; of a longer one the attributes before."""

MOST_ATTRIBUTES = 200
RAW = frozenset({b"script", b"style", b"textarea", b"title"})
"""Elements whose content holds no tags."""

TAG = kept_regex(rb"<(/?)([A-Za-z][^\s/>\x00]{0,63})")
ATTRIBUTE = kept_regex(
    rb"""[\s/]*([^\s=>/"'<][^\s=>/]{0,255})(?:\s{0,16}=\s{0,16}("[^"]*"|'[^']*'|[^\s>"']+))?"""
)


class Token(Struct, frozen=True):
    """A start tag, an end tag or a run of text.

    ``name``        element, lower case; empty for text.
    ``attributes``  names in lower case and raw values, in order; of start tags only.
    ``closed``      a start tag that ends with ``/>``.
    ``raw``         the text lies in an element whose content holds no tags.
    ``cut``         a start tag with more attributes than were read.
    """

    kind: Literal["start", "end", "text"]
    span: Span
    name: str = ""
    attributes: tuple[tuple[str, bytes], ...] = ()
    closed: bool = False
    raw: str = ""
    cut: bool = False


def tokens(data: bytes) -> Iterator[Token]:
    """Tags and texts of a page in order. Never raises."""
    at = text = 0
    missing: set[bytes] = set()
    while True:
        start = data.find(b"<", at)
        if start < 0:
            yield from _text(text, len(data))
            return
        end = _skipped(data, start, missing)
        token = _tag(data, start, missing) if end < 0 else None
        if token is None and end < 0:
            at = start + 1
            continue
        yield from _text(text, start)
        if token is None:
            at = text = end
            continue
        yield token
        at = text = token.span.end
        if token.kind == "start" and token.name.encode() in RAW and not token.closed:
            at = text = _raw_end(data, at, token.name, missing)
            if at > token.span.end:
                yield Token("text", Span(token.span.end, at - token.span.end), raw=token.name)


def _text(start: int, end: int) -> Iterator[Token]:
    if end > start:
        yield Token("text", Span(start, end - start))


def _skipped(data: bytes, start: int, missing: set[bytes]) -> int:
    """End of the comment or declaration at ``start``, -1 for none.

    ``missing`` remembers ends that the rest of the page lacks, so that none is sought twice.
    """
    if data.startswith(b"<!--", start):
        closing = b"-->"
    elif data.startswith((b"<!", b"<?"), start):
        closing = b">"
    else:
        return -1
    if closing in missing:
        return -1
    found = data.find(closing, start + 2)
    if found < 0:
        missing.add(closing)
        return -1
    return found + len(closing)


def _tag(data: bytes, start: int, missing: set[bytes]) -> Token | None:
    window = data[start : start + LONGEST_TAG]
    match = TAG.match(window)
    if match is None:
        return None
    at = match.end()
    attributes: list[tuple[str, bytes]] = []
    while len(attributes) < MOST_ATTRIBUTES:
        found = ATTRIBUTE.match(window, at)
        if found is None:
            break
        value = found[2] or b""
        if value[:1] in (b'"', b"'"):
            value = value[1:-1]
        attributes.append((found[1].decode("utf-8", "replace").lower(), value))
        at = found.end()
    end = window.find(b">", at)
    is_long = end < 0 and len(window) == LONGEST_TAG
    if is_long:
        end = -1 if b">" in missing else data.find(b">", start + LONGEST_TAG) - start
    if end < 0:
        missing.update([b">"] if is_long else [])
        return None
    name = match[2].decode("utf-8", "replace").lower()
    span = Span(start, end + 1)
    if match[1]:
        return Token("end", span, name)
    closed = data[start + end - 1 : start + end] == b"/"
    cut = is_long or len(attributes) == MOST_ATTRIBUTES
    return Token("start", span, name, tuple(attributes), closed, cut=cut)


def _raw_end(data: bytes, at: int, name: str, missing: set[bytes]) -> int:
    """Where the raw text that begins at ``at`` ends: before its end tag, else at once."""
    for closing in (f"</{name}".encode(), f"</{name}".upper().encode()):
        if closing in missing:
            continue
        found = data.find(closing, at)
        if found >= 0:
            return found
        missing.add(closing)
    return at
