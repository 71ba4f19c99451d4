"""Words, numbers and strings of smali, over bytes, so that places are byte offsets."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping

from msgspec import Struct

from witnessmark.model.errors import FormatError

TOKEN = re.compile(
    rb"""
    (?P<string>"(?:[^"\\\n]|\\.)*")
  | (?P<char>'(?:[^'\\\n]|\\.[^'\n]*)')
  | (?P<mark>->(?=\s)|\.\.|[{},=])
  | (?P<word>(?:`[^`\n]*`|->(?!\s)|(?!->|\.\.)[^\s{},="'\#`])+)
  | (?P<comment>\#[^\n]*)
  | (?P<other>\S)
    """,
    re.VERBOSE,
)

ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
ESCAPED: Mapping[str, str] = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}

WHOLE = re.compile(r"([+-]?)(0[xX][0-9a-fA-F]+|[0-9]+)([lLsStT]?)")
DECIMAL = re.compile(
    r"[+-]?(?:(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][+-]?[0-9]+)?|NaN|Infinity)([fFdD]?)",
    re.IGNORECASE,
)
SUFFIXES: Mapping[str, str] = {"l": "long", "s": "short", "t": "byte"}
HEX_DIGITS_MOST = 64


class Token(Struct, frozen=True):
    """``kind`` is the name of the group of `TOKEN` that matched."""

    kind: str
    text: str
    start: int
    end: int


class Tokens:
    """Tokens of ``data`` from a place on, comments left out."""

    def __init__(self, data: bytes, at: int, end: int) -> None:
        self._data = data
        self.at = at
        self._end = end

    def peek(self) -> Token | None:
        """The next token, None at the end."""
        at = self.at
        while found := TOKEN.search(self._data, at, self._end):
            if found.lastgroup != "comment":
                text = found[0].decode("utf-8", "surrogateescape")
                return Token(found.lastgroup or "", text, found.start(), found.end())
            at = found.end()
        return None

    def next(self) -> Token:
        """Take the next token. Raises `FormatError` at the end."""
        token = self.peek()
        if token is None:
            raise FormatError("the text ends in the middle of a value", self.at)
        self.at = token.end
        return token

    def expect(self, text: str) -> Token:
        """Take the next token, which has to be ``text``."""
        token = self.next()
        if token.text != text:
            raise FormatError(f"{token.text!r} stands where {text!r} belongs", token.start)
        return token


def string_text(literal: str) -> str:
    """Text of a string or character literal, quotes included; unknown escapes stay as letters."""
    inner = literal[1:-1]
    if "\\" in inner:
        inner = ESCAPE.sub(lambda found: _unescaped(found[1]), inner)
    try:
        inner.encode("utf-8")
    except UnicodeEncodeError:
        inner = inner.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return inner


def _unescaped(escape: str) -> str:
    if len(escape) == 5:
        return chr(int(escape[1:], 16))
    return ESCAPED.get(escape, escape)


def plain_name(word: str) -> str:
    """A name without the backquotes around parts that hold spaces."""
    return word.replace("`", "")


def number(word: str, at: int = 0) -> tuple[str, int | float]:
    """Kind and value of a number: int, long, short, byte, float, double.

    Raises `FormatError` for anything else.
    """
    found = WHOLE.fullmatch(word)
    if found is not None and len(word) <= HEX_DIGITS_MOST:
        value = int(found[2], 16 if found[2][:2] in ("0x", "0X") else 10)
        return SUFFIXES.get(found[3].lower(), "int"), -value if found[1] == "-" else value
    broken = DECIMAL.fullmatch(word)
    if broken is None or len(word) > HEX_DIGITS_MOST:
        raise FormatError(f"{word!r} is no number", at)
    suffix = broken[1]
    digits = word[: len(word) - len(suffix)]
    return "float" if suffix in ("f", "F") else "double", float(digits)


def bits(word: str, at: int = 0) -> int:
    """A number as an instruction or array holds it: bit pattern of fractions, code of a char."""
    if word.startswith("'"):
        return ord(string_text(word)[:1] or "\0")
    if word in ("true", "false"):
        return int(word == "true")
    kind, value = number(word, at)
    if isinstance(value, int):
        return value
    form, whole = ("<f", "<i") if kind == "float" else ("<d", "<q")
    try:
        return int(struct.unpack(whole, struct.pack(form, value))[0])
    except OverflowError:
        raise FormatError(f"{word!r} is no {kind}", at) from None
