"""Values of literals.

Source: The Java Language Specification, SE 17, 3.3 (Unicode escapes), 3.10 (literals).
"""

from __future__ import annotations

import re

from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import (
    BOOLEAN,
    CHAR,
    DOUBLE,
    FLOAT,
    INT,
    LONG,
    NULL,
    STRING,
    Type,
)

ESCAPE = re.compile(r"\\(u+[0-9A-Fa-f]{4}|[0-3]?[0-7]{1,2}|\r\n|.)", re.DOTALL)
SIMPLE = {"n": "\n", "t": "\t", "b": "\b", "r": "\r", "f": "\f", "s": " ", "\n": "", "\r\n": ""}
BASES = {
    "decimal_integer_literal": 10, "hex_integer_literal": 16, "octal_integer_literal": 8,
    "binary_integer_literal": 2,
}  # fmt: skip
FLOATS = ("decimal_floating_point_literal", "hex_floating_point_literal")
LITERALS = frozenset(
    (*BASES, *FLOATS, "string_literal", "character_literal", "true", "false", "null_literal")
)


def literal_value(node: Syntax) -> tuple[str | int | float | bool | None, Type]:
    """Value and type of a literal; `UnreadableError` where it is none."""
    kind = node.type
    if kind in BASES:
        return _integer(node)
    if kind in FLOATS:
        return _real(node)
    if kind == "string_literal":
        return string_value(node.text), STRING
    if kind == "character_literal":
        return _character(node), CHAR
    if kind in ("true", "false"):
        return kind == "true", BOOLEAN
    return None, NULL


def _integer(node: Syntax) -> tuple[int, Type]:
    text = node.text.replace("_", "").lower()
    is_long = text.endswith("l")
    digits = text.removesuffix("l")
    base = BASES[node.type]
    digits = digits[2:] if base in (16, 2) else digits.removeprefix("0o")
    try:
        number = int(digits or "0", base)
    except ValueError as error:
        raise UnreadableError(f"{node.text[:40]!r} is no number", node.span) from error
    return (wrapped(number, 64), LONG) if is_long else (wrapped(number, 32), INT)


def wrapped(number: int, bits: int) -> int:
    """A number as so many bits hold it, with sign."""
    number &= (1 << bits) - 1
    return number - (1 << bits) if number >> (bits - 1) else number


def _real(node: Syntax) -> tuple[float, Type]:
    text = node.text.replace("_", "").lower()
    kind = FLOAT if text.endswith("f") and not text.startswith("0x") else DOUBLE
    try:
        if text.startswith("0x"):
            kind = FLOAT if text.endswith("f") and "p" in text else DOUBLE
            return float.fromhex(text.rstrip("fd") if "p" in text else text), kind
        return float(text.rstrip("fd")), kind
    except (ValueError, OverflowError) as error:
        raise UnreadableError(f"{node.text[:40]!r} is no number", node.span) from error


def _character(node: Syntax) -> int:
    found = unescaped(node.text[1:-1])
    if not found:
        raise UnreadableError("this is no character", node.span)
    units = found.encode("utf-16-le", "surrogatepass")
    return units[0] | units[1] << 8


def string_value(text: str) -> str:
    """The text that a string literal or text block, quotes included, stands for."""
    if text.startswith('"""'):
        return unescaped(_block(text))
    return unescaped(text[1:-1] if text.endswith('"') and len(text) > 1 else text[1:])


def unescaped(text: str) -> str:
    """Escapes replaced; surrogate pairs joined."""
    if "\\" not in text:
        return text
    plain = ESCAPE.sub(_escaped, text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass") \
        if _paired(plain) else plain  # fmt: skip


def _paired(text: str) -> bool:
    return any("\ud800" <= one <= "\udbff" for one in text) and _whole(text)


def _whole(text: str) -> bool:
    """Whether every surrogate has its other half."""
    try:
        text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return False
    return True


def _escaped(found: re.Match[str]) -> str:
    word = found[1]
    if word[0] == "u":
        return chr(int(word.lstrip("u"), 16))
    if word[0] in "01234567":
        return chr(int(word, 8))
    return SIMPLE.get(word, word)


def _block(text: str) -> str:
    """Content of a text block without its common indentation (JLS 3.10.6)."""
    body = text[3:].removesuffix('"""')
    lines = body.partition("\n")[2].split("\n")
    kept = [line for line in lines[:-1] if line.strip()] + lines[-1:]
    margin = min((len(line) - len(line.lstrip()) for line in kept), default=0)
    stripped = [line[margin:].rstrip() for line in lines]
    return "\n".join(stripped)
