"""Names of native methods, unmangled.

Source: Java Native Interface specification, chapter 2, "Resolving Native Method Names".
"""

from __future__ import annotations

from msgspec import Struct

from witnessmark.formats.patterns import kept_regex

PREFIX = "Java_"
ESCAPE = kept_regex(r"_(?:0([0-9a-f]{4})|([123]))")
PLAIN = {"1": "_", "2": ";", "3": "["}
PART = kept_regex(r"(?:[^_]|_[123]|_0[0-9a-f]{4})+")
ARGUMENTS = kept_regex(r"__(?=$|[ZBCSIJFDL]|_3)")
"""Two underscores before what can begin a descriptor; elsewhere the second begins an escape."""


class JniName(Struct, frozen=True):
    """What a symbol binds to: class with dots, method, argument descriptors (None: any)."""

    class_name: str
    method: str
    arguments: str | None


def java_name(symbol: str) -> JniName | None:
    """The Java method that the symbol implements; None when it is named otherwise."""
    if not symbol.startswith(PREFIX):
        return None
    parts: list[str] = []
    at = len(PREFIX)
    arguments: str | None = None
    while at < len(symbol):
        found = PART.match(symbol, at)
        if found is None:
            return None
        parts.append(found.group())
        at = found.end()
        if ARGUMENTS.match(symbol, at):
            arguments = _arguments(symbol[at + 2 :])
            break
        if at < len(symbol):
            at += 1
    if len(parts) < 2:
        return None
    words = [_unescape(part) for part in parts]
    return JniName(".".join(words[:-1]), words[-1], arguments)


def _arguments(mangled: str) -> str:
    """Descriptors such as ``Ljava/lang/String;I``; a lone underscore is a slash."""
    return "/".join(_unescape(part) for part in PART.findall(mangled))


def _unescape(part: str) -> str:
    return ESCAPE.sub(lambda found: PLAIN[found[2]] if found[2] else chr(int(found[1], 16)), part)
