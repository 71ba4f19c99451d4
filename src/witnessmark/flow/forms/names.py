"""The names under which values stand in texts: addresses, JSON, XML, SQL.

Texts are given with a mark in the place of each value, so that names are read off the text around
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from witnessmark.formats.patterns import kept_regex

MARK = "\ufdd0"
"""Stands for a value; Unicode keeps this code point from any text."""

TextKind = Literal["parameter", "json", "xml", "column"]


class Named(Struct, frozen=True):
    """The name of the value of that number, counted from 0; ``table`` where SQL says it."""

    number: int
    kind: TextKind
    name: str
    table: str = ""


_QUERY = kept_regex(r"""(?:^|[?&;,\s('"{|#])([A-Za-z_][\w.\-\[\]]*)\s*=\s*['"]?$""")
_JSON = kept_regex(r"""\\?["']([\w.\-]+)\\?["']\s*:\s*\\?["']?$""")
_XML = kept_regex(r"<([A-Za-z_][\w.:\-]*)(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[)?$")
_SQL = kept_regex(r"^\s*(?:insert|replace|update|delete|select)\b", re.IGNORECASE)
_INSERT = kept_regex(
    r"^\s*(?:insert(?:\s+or\s+\w+)?|replace)\s+into\s+[\[`\"']?(\w+)[\]`\"']?\s*\(([^()]*)\)\s*values\s*\((.*)\)",
    re.IGNORECASE | re.DOTALL,
)
_TABLE = kept_regex(
    r"^\s*(?:update\s+(?:or\s+\w+\s+)?|delete\s+from\s+|select\b.*?\bfrom\s+)[\[`\"']?(\w+)",
    re.IGNORECASE | re.DOTALL,
)
_COMPARED = kept_regex(
    r"([A-Za-z_][\w.]*)[\]`\"']?\s*(?:=|<>|!=|<=|>=|<|>|\blike\b)\s*['\"]?%?$", re.IGNORECASE
)
LONGEST = 8000


def names_in(text: str) -> Iterator[Named]:
    """Names of the marks in a text, as far as the text says them."""
    text = text[:LONGEST]
    if _SQL.match(text):
        yield from sql_names(text, MARK)
        return
    at = -1
    for number in range(text.count(MARK)):
        at = text.index(MARK, at + 1)
        before = text[max(0, at - 200) : at].rpartition(MARK)[2]
        for kind, pattern in _PATTERNS:
            found = pattern.search(before)
            if found is not None:
                yield Named(number, kind, found[1])
                break


_PATTERNS: tuple[tuple[TextKind, re.Pattern[str]], ...] = (
    ("json", _JSON),
    ("xml", _XML),
    ("parameter", _QUERY),
)


def sql_names(sql: str, mark: str) -> Iterator[Named]:
    """Columns that the marks (``?`` or `MARK`) of an SQL statement stand for."""
    insert = _INSERT.match(sql)
    if insert is not None:
        columns = [one.strip(" \t\r\n`[]\"'") for one in insert[2].split(",")]
        number = insert[1].count(mark) + insert[2].count(mark)
        for column, value in zip(columns, _split(insert[3]), strict=False):
            for _ in range(value.count(mark)):
                yield Named(number, "column", column, insert[1])
                number += 1
        return
    table = _TABLE.match(sql)
    at = -1
    for number in range(sql.count(mark)):
        at = sql.index(mark, at + 1)
        found = _COMPARED.search(sql[max(0, at - 120) : at])
        if found is not None:
            yield Named(number, "column", found[1].rpartition(".")[2], table[1] if table else "")


def _split(values: str) -> list[str]:
    """Values of a list, split at commas outside quotes and brackets."""
    found, depth, quote, piece = [], 0, "", ""
    for letter in values:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif letter == "," and depth == 0:
            found.append(piece)
            piece = ""
            continue
        piece += letter
    return [*found, piece]
