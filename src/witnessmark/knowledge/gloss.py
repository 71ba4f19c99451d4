"""English for words of forms and administration: a glossary, and labels composed from it.

A gloss helps to read; it never replaces the original, and says where it comes from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.language import candidates
from witnessmark.knowledge.lexicon_text import characters_of, normalised, plain, simplified
from witnessmark.knowledge.load import Knowledge, load
from witnessmark.knowledge.packs.characters import Variants
from witnessmark.knowledge.packs.glossary import Term, languages

PACKS = ("glossary", "characters")
"""Packs that a glossary needs."""

COMPOSED = "composed from the glossary"
APP = "English locale of the app"
MOST_PARTS = 6
LONGEST_TERM = 24
"""Characters, or words in languages that divide them, of the longest term."""
_UNDIVIDED = ("zh", "ja", "th", "my")
_POSSESSIVE = kept_regex("(?<![您你我他她])的")
_WORDS_OF_APPS = "app"
"""Domain whose terms of one character are no parts of others: 中 is no "medium" in 过程中."""

_NUMBERED = kept_regex(r"(\d{1,2}[.、．)）]\s*)?(.*?[^\d\s])\s*(\d{1,2})?[\s:：*＊]*")
"""A number before or behind a label: 1.姓名, 检查人2."""


class Gloss(Struct, frozen=True):
    """English ``text`` and where it comes from; ``origin`` is a sentence for readers."""

    text: str
    origin: str


class _Terms:
    """Terms by language, each language prepared when it is first asked for.

    ``of`` gives the terms of a language by their key, ``parts_of`` those that may be parts of
    others.
    """

    def __init__(self, know: Knowledge) -> None:
        variants = know.entries("characters", Variants)
        self.variants = {key: c for one in variants for key, c in one.table().items()}
        self._know = know
        self._prepared: dict[str, tuple[dict[str, Gloss], dict[str, Gloss]]] = {}

    def of(self, lang: str) -> Mapping[str, Gloss]:
        return self._both(lang)[0]

    def parts_of(self, lang: str) -> Mapping[str, Gloss]:
        return self._both(lang)[1]

    @cached_property
    def _listed(self) -> Mapping[str, list[Term]]:
        found: dict[str, list[Term]] = {}
        for term in self._know.entries("glossary", Term):
            found.setdefault(term.lang, []).append(term)
        return found

    def key(self, text: str, lang: str) -> str:
        """The form in which terms are compared."""
        if lang == "zh":
            text = simplified(text, self.variants)
        text = normalised(text, lang)
        if lang in _UNDIVIDED:
            return characters_of(text)
        return " ".join("".join(c if c.isalnum() else " " for c in text).split())

    def _both(self, lang: str) -> tuple[dict[str, Gloss], dict[str, Gloss]]:
        if lang not in self._prepared:
            terms: dict[str, Gloss] = {}
            parts: dict[str, Gloss] = {}
            foreign = self._know.is_unread("glossary") and lang not in languages()
            for term in () if foreign else self._listed.get(lang, ()):
                key = self.key(term.term, lang)
                terms.setdefault(key, Gloss(term.says, term.source))
                if term.domain != _WORDS_OF_APPS or len(key) > 1:
                    parts.setdefault(key, terms[key])
            self._prepared[lang] = terms, parts
        return self._prepared[lang]


class Glossary:
    """Glosses by the terms of a knowledge, which all glossaries of it share."""

    def __init__(self, know: Knowledge) -> None:
        self._terms = know.once(_Terms)

    def gloss(self, text: str, lang: str = "und", english: str = "") -> Gloss | None:
        """English for ``text`` in the language ``lang``; None when nothing is known.

        ``english``  what the app's own English locale says, which is preferred to all else.

        A text that is no term but consists of terms only is composed; its origin says so.
        """
        if english and english != text:
            return Gloss(english, APP)
        label = plain(text)
        for one in candidates(label, lang):
            found = self._in(label, one)
            if found:
                return found
        return None

    def _in(self, label: str, lang: str) -> Gloss | None:
        """The gloss in one language; a number before or behind the label stays."""
        terms = self._terms.of(lang)
        if not terms:
            return None
        key = self._terms.key(label, lang)
        found = terms.get(key) or self._composed(key, lang)
        numbered = None if found else _NUMBERED.fullmatch(label)
        if numbered and (numbered[1] or numbered[3]):
            key = self._terms.key(numbered[2], lang)
            bare = terms.get(key) or self._composed(key, lang)
            if bare:
                before = f"{numbered[1].strip(' .、．)）')}. " if numbered[1] else ""
                behind = f" {numbered[3]}" if numbered[3] else ""
                return Gloss(f"{before}{bare.text}{behind}", bare.origin)
        return found

    def _composed(self, key: str, lang: str) -> Gloss | None:
        if lang == "zh":
            key = _POSSESSIVE.sub("", key)
        units = key if lang in _UNDIVIDED else tuple(key.split())
        parts = _parts(units, self._terms.parts_of(lang), "" if lang in _UNDIVIDED else " ")
        if not 2 <= len(parts) <= MOST_PARTS:
            return None
        joint = " " if lang in _UNDIVIDED else " + "
        return Gloss(joint.join(part.text for part in parts if part.text), COMPOSED)


def _parts(
    units: str | tuple[str, ...], terms: Mapping[str, Gloss], joint: str
) -> tuple[Gloss, ...]:
    """Fewest terms that cover all ``units``, the longest first; empty when some are left over."""
    best: list[tuple[int, int]] = [(len(units) + 1, 0)] * len(units) + [(0, 0)]
    for start in range(len(units) - 1, -1, -1):
        for end in range(min(len(units), start + LONGEST_TERM), start, -1):
            number = best[end][0] + 1
            if number < best[start][0] and joint.join(units[start:end]) in terms:
                best[start] = (number, end)
    found = []
    at = 0
    while at < len(units):
        end = best[at][1]
        if not end:
            return ()
        found.append(terms[joint.join(units[at:end])])
        at = end
    return tuple(found)


def load_glossary(extra: Sequence[Path] = ()) -> Glossary:
    """The glossary that comes along and what the folders ``extra`` add in ``glossary/``.

    KnowledgeError names the file that is wrong.
    """
    return Glossary(load(PACKS, extra))
