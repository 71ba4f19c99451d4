"""Which languages in Latin letters a text without a locale can be in: by letters, then by words.

Letters beside a to z exclude the languages whose words do not have them (¿, ñ, ã, ğ, ơ); articles,
prepositions and the like, where a text has any, leave only the languages that have the most of
them. Spanish “¿Cuenta con agua?” so is not read as Vietnamese, where “con” is a child.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.grammar import Grammar

FALLBACK = "en"
"""English stays possible: apps in any language mix it in."""

FEWEST_WORDS = 3
"""A text with fewer words is too short for its articles to tell the language."""

_WORDS = kept_regex(r"[^\W\d_]+")


class Latin:
    """Leaves of the languages proposed for a text those that it can be in."""

    def __init__(self, grammars: Iterable[Grammar]) -> None:
        known = tuple(grammars)
        self._letters = {one.id: frozenset(one.letters) for one in known}
        self._telling = frozenset[str]().union(*self._letters.values())
        self._common: Mapping[str, frozenset[str]] = {
            one.id: frozenset(one.common) for one in known
        }
        self._marked = frozenset(one.id for one in known if one.marked)

    def among(self, text: str, languages: Sequence[str]) -> tuple[str, ...]:
        """The languages of ``languages`` that ``text`` can be in, in the same order."""
        told = unicodedata.normalize("NFC", text.casefold())
        marks = self._marks(told)
        left = [one for one in languages if one == FALLBACK or marks <= self._letters[one]]
        words = _WORDS.findall(told)
        if len(words) < FEWEST_WORDS:
            return tuple(left)
        counts = {one: sum(word in self._common[one] for word in words) for one in left}
        most = max(counts.values(), default=0)
        return tuple(one for one in left if one == FALLBACK or counts[one] == most)

    def speaks_against(self, text: str, language: str) -> bool:
        """Whether a text without any mark can hardly be in a language that is full of them."""
        return language in self._marked and not self._marks(
            unicodedata.normalize("NFC", text.casefold())
        )

    def _marks(self, text: str) -> frozenset[str]:
        return frozenset(
            letter
            for letter in text
            if letter in self._telling or (not letter.isascii() and _is_letter(letter))
        )


def _is_letter(letter: str) -> bool:
    """Whether it belongs to a word; º and ª do not, nor do letters with a dot above of ``İ``."""
    return unicodedata.category(letter) in ("Ll", "Lu")
