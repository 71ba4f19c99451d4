"""Names inside texts that a request carries: queries, forms, JSON, XML, parts.

Texts may have holes where a value is not known; names are read all the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal
from urllib.parse import unquote_plus

from msgspec import Struct

from witnessmark.flow.values.objects import HOLE, HOLES, in_pieces
from witnessmark.formats.patterns import kept_regex

Form = Literal["", "form", "json", "xml", "multipart", "text"]

LONGEST = 16_384
MOST_NAMES = 200
DEEPEST = 6
NAME = r"[A-Za-z_\u0080-\uffff][\w.\[\]$:-]{0,63}"
PAIRS = rf"\s*{NAME}=(?:[^&\r\n<>]*|[^&\r\n]*(?=&{NAME}=))(?:&[^&\r\n]*)*\s*"
MEMBER = kept_regex(r'"((?:[^"\\]|\\.){1,80}?)"\s*:')
ELEMENT = rf"<({NAME})((?:\s[^<>]*)?)/?>([^<]*)"
ATTRIBUTE = rf"({NAME})\s*=\s*[\"']([^\"']*)[\"']"
PART = kept_regex(r'name=\\?"([^"\\]{1,80})\\?"(?:\s*;\s*filename=\\?"([^"\\]*))?')
SKIPPED = ("xmlns", "xsi:", "xsd:")
DECODER = json.JSONDecoder()
ENVELOPE = kept_regex(r"(?i)^(?:\w+:)?(?:envelope|body|header)$")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Those with sets of many characters: three take 9 ms, and most apps send no such body."""
    return kept_regex(pattern)


class Inner(Struct, frozen=True):
    """A name in a body and its value; ``name`` with dots for what is nested."""

    name: str
    value: str


class Body(Struct, frozen=True):
    """A body as far as it was understood."""

    form: Form
    names: tuple[Inner, ...] = ()


def read_query(text: str) -> tuple[Inner, ...]:
    """Names and values of the query of an address."""
    return tuple(_pairs(text))[:MOST_NAMES]


def read_body(text: str) -> Body:
    """What a body is, and the names in it."""
    text = text[:LONGEST]
    bare = text.strip()
    if not bare:
        return Body("")
    if "form-data" in bare and "name=" in bare:
        named = (one for one in PART.finditer(bare) if not HOLES.search(one[1]))
        return Body("multipart", tuple(Inner(one[1], one[2] or HOLE) for one in named)[:MOST_NAMES])
    if bare[0] in "{[":
        return Body("json", tuple(_json(bare))[:MOST_NAMES])
    if bare[0] == "<" and _compiled(ELEMENT).search(bare):
        return Body("xml", tuple(_xml(bare))[:MOST_NAMES])
    if _compiled(PAIRS).fullmatch(bare):
        return Body("form", tuple(_pairs(bare))[:MOST_NAMES])
    return Body("text")


def _pairs(text: str) -> Iterator[Inner]:
    for piece in text.strip().strip("&?").split("&"):
        name, equals, value = piece.partition("=")
        plain = in_pieces(name, unquote_plus).strip()
        if plain and equals and not plain.isdigit() and not HOLES.search(plain):
            yield Inner(plain, in_pieces(value, lambda one: unquote_plus(one, errors="replace")))


def _json(text: str) -> Iterator[Inner]:
    """Members of JSON, whatever follows it; of what is broken by what is not known, names alone."""
    quoted = HOLES.sub(lambda hole: f'"{hole[0]}"', text)
    for candidate in (text, _unquoted(quoted)):
        try:
            value, _ = DECODER.raw_decode(candidate)
            yield from _members(value, "", 0)
        except (ValueError, RecursionError):
            continue
        return
    for match in MEMBER.finditer(text):
        if not HOLES.search(match[1]):
            yield Inner(match[1], HOLE)


def _unquoted(text: str) -> str:
    """Holes that stand inside a quoted text lose the quotes that were put around each of them."""
    found: list[str] = []
    inside = False
    at = 0
    while at < len(text):
        hole = HOLES.match(text, at + 1) if text[at] == '"' else None
        if hole is not None and text[hole.end() : hole.end() + 1] == '"' and inside:
            found.append(hole[0])
            at = hole.end() + 1
            continue
        if hole is not None and text[hole.end() : hole.end() + 1] == '"':
            found.append(text[at : hole.end() + 1])
            at = hole.end() + 1
            continue
        if text[at] == "\\" and inside:
            found.append(text[at : at + 2])
            at += 2
            continue
        inside ^= text[at] == '"'
        found.append(text[at])
        at += 1
    return "".join(found)


def _members(value: Any, above: str, depth: int) -> Iterator[Inner]:
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        for name, one in value.items():
            path = f"{above}.{name}" if above else str(name)
            nested = isinstance(one, dict | list) and one
            if HOLES.search(path):
                continue
            if not nested or isinstance(one, list):
                yield Inner(path, one if isinstance(one, str) else _scalar(one))
            if nested:
                yield from _members(one, path, depth + 1)
    elif isinstance(value, list):
        for one in value[:1]:
            yield from _members(one, above, depth + 1)


def _scalar(value: Any) -> str:
    if isinstance(value, dict | list):
        return HOLE
    return (
        "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    )


def _xml(text: str) -> Iterator[Inner]:
    """Elements that hold a text, and attributes; each name once."""
    seen: set[str] = set()
    for match in _compiled(ELEMENT).finditer(text):
        name, attributes, value = match[1], match[2], match[3]
        for attribute in _compiled(ATTRIBUTE).finditer(attributes):
            if not attribute[1].startswith(SKIPPED) and attribute[1] not in seen:
                seen.add(attribute[1])
                yield Inner(attribute[1], attribute[2])
        if value.strip() and name not in seen and not ENVELOPE.match(name):
            seen.add(name)
            yield Inner(name, value.strip())
