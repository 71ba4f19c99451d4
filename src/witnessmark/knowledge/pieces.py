"""Pieces of text without which a regular expression matches nothing.

They are looked for in many texts at once, so that the expression need not be tried on most of them.
Whatever this does not understand of an expression is left out: fewer pieces are certain then, or
none. Where case is disregarded, the caller folds letters in pieces and texts.
"""

from __future__ import annotations

import re

from msgspec import Struct

from witnessmark.formats.patterns import kept_regex

Pieces = frozenset[str]

SHORTEST = 2
"""Letters of a piece that tells anything."""

UNTOLD = kept_regex(r"\(\?[a-zA-Z]+[):-]|\(\?[P(#>]|\\[1-9xuUN]")
"""Flags, names and numbers of groups, groups of other kinds, codes of letters: expressions of which
nothing is said.
"""

OPTIONAL = kept_regex(r"[?*][?+]?|\{0?,\d*\}[?+]?|\{0\}")
REPEATED = kept_regex(r"\+[?+]?|\{[1-9]\d*(?:,\d*)?\}[?+]?")
PLAIN = kept_regex(r"[^()\[\]{}\\.*+?^$|]+(?![*+?{])")
"""Letters that stand for themselves, without one that is repeated or may be missing."""

ASIDE = ("?=", "?!", "?<=", "?<!")
"""How groups begin that match no text themselves."""

CLASS = kept_regex(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)


def pieces_of(pattern: str) -> Pieces:
    """Texts of which each match of ``pattern`` holds one; none where that is not known."""
    if UNTOLD.search(pattern):
        return frozenset()
    reader = _Reader(pattern)
    found = reader.choice()
    return found if reader.at == len(pattern) else frozenset()


class _Reader(Struct):
    """A pattern and how far it was read."""

    pattern: str
    at: int = 0

    def choice(self) -> Pieces:
        """Pieces of alternatives: those of all, none where one has none."""
        found = [self._sequence()]
        while self.pattern[self.at : self.at + 1] == "|":
            self.at += 1
            found.append(self._sequence())
        return frozenset().union(*found) if all(found) else frozenset()

    def _sequence(self) -> Pieces:
        """The best pieces of what stands one behind the other."""
        known: list[Pieces] = []
        run = ""
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            if plain := PLAIN.match(self.pattern, self.at):
                run, self.at = run + plain[0], plain.end()
                continue
            letter, inner = self._one()
            if self._skip(OPTIONAL):
                letter, inner = "", frozenset()
            elif not self._skip(REPEATED) and letter is not None:
                run += letter
                continue
            known += [frozenset({run + (letter or "")}), inner]
            run = ""
        known.append(frozenset({run}))
        told = [one for one in known if one and min(map(len, one)) >= SHORTEST]
        return max(told, key=lambda one: (min(map(len, one)), -len(one)), default=frozenset())

    def _one(self) -> tuple[str | None, Pieces]:
        """One part: the letter that it is, empty where it takes no room, None for other text; and
        the pieces of a group.
        """
        sign = self.pattern[self.at]
        self.at += 1
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._class()
        if sign == "\\":
            escaped = self.pattern[self.at : self.at + 1]
            self.at += 1
            if escaped in "bBAZ":
                return "", frozenset()
            return (None if escaped.isalnum() else escaped), frozenset()
        if sign in "^$":
            return "", frozenset()
        return (None if sign == "." else sign), frozenset()

    def _group(self) -> tuple[str | None, Pieces]:
        start = self.pattern[self.at : self.at + 3]
        aside = start.startswith(ASIDE)
        if start.startswith("?:"):
            self.at += 2
        elif aside:
            self.at += 3 if start.startswith("?<") else 2
        inner = self.choice()
        self.at += 1
        return ("", frozenset()) if aside else (None, inner)

    def _class(self) -> tuple[str | None, Pieces]:
        found = CLASS.match(self.pattern, self.at - 1)
        self.at = found.end() if found else len(self.pattern) + 1
        return None, frozenset()

    def _skip(self, sign: re.Pattern[str]) -> bool:
        found = sign.match(self.pattern, self.at)
        self.at = found.end() if found else self.at
        return found is not None
