"""Types as source code writes them, split into names, arguments and dimensions.

Source: The Java Language Specification, SE 17, 4.1 to 4.5 and 9.7.4 (annotations on types).
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from witnessmark.formats.java.types import DEEPEST_TYPE

TOKEN = re.compile(r"[^\W\d][\w$]*|\$[\w$]*|\.\.\.|[.<>,?&\[\]()]|@")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
LONGEST_TYPE = 4000


class Written(Struct, frozen=True):
    """``names`` are the identifiers of a dotted name; a wildcard stands for its bound."""

    names: tuple[str, ...]
    args: tuple[Written, ...] = ()
    dimensions: int = 0


ANYTHING = Written(("java", "lang", "Object"))


@lru_cache(maxsize=16384)
def written_type(text: str) -> Written:
    """The type that ``text`` spells; ``Object`` where it spells none."""
    if len(text) > LONGEST_TYPE:
        return ANYTHING
    if text == "__":
        return ANYTHING
    return _Reader(TOKEN.findall(COMMENT.sub(" ", text))).type(0)


class _Reader:
    """A cursor over the tokens of a type."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens, self._at = tokens, 0

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        self._at += 1
        return token

    def type(self, depth: int) -> Written:
        """The next type."""
        self._skip_annotations()
        if self._peek() == "?":
            self._next()
            if self._peek() in ("extends", "super"):
                self._next()
                return self.type(depth + 1) if depth < DEEPEST_TYPE else ANYTHING
            return ANYTHING
        names: list[str] = []
        args: tuple[Written, ...] = ()
        while self._is_name(self._peek()):
            names.append(self._next())
            if self._peek() == "<":
                args = self._arguments(depth)
            if self._peek() != ".":
                break
            self._next()
            self._skip_annotations()
        return Written(tuple(names), args, self._dimensions()) if names else ANYTHING

    @staticmethod
    def _is_name(token: str) -> bool:
        return bool(token) and (token[0].isalpha() or token[0] in "_$")

    def _arguments(self, depth: int) -> tuple[Written, ...]:
        self._next()
        found: list[Written] = []
        while self._peek() not in (">", ""):
            before = self._at
            if depth < DEEPEST_TYPE:
                found.append(self.type(depth + 1))
            while self._peek() not in (",", ">", "", "<"):
                self._next()
            if self._peek() == "," or self._at == before:
                self._next()
        self._next()
        return tuple(found)

    def _dimensions(self) -> int:
        count = 0
        self._skip_annotations()
        while self._peek() in ("[", "]", "..."):
            count += self._next() in ("[", "...")
        return count

    def _skip_annotations(self) -> None:
        while self._peek() == "@":
            self._next()
            while self._is_name(self._peek()):
                self._next()
                if self._peek() != ".":
                    break
                self._next()
            if self._peek() == "(":
                depth = 0
                while self._peek():
                    depth += {"(": 1, ")": -1}.get(self._next(), 0)
                    if depth == 0:
                        break
