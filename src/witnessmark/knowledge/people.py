"""What a text says about people: personal-data categories of labels, hints, keys and columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.language import LATIN, UNDETERMINED, base_language, candidates
from witnessmark.knowledge.latin import Latin
from witnessmark.knowledge.lexicon import MARKS, PAIRED, PINYIN, Lexicon, Piece, Sense
from witnessmark.knowledge.lexicon_text import (
    LONGEST_TEXT,
    identifier_words,
    is_identifier,
    normalised,
    plain,
    simplified,
    words_of,
)
from witnessmark.knowledge.lexicon_verdict import Verdict, judge
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.characters import Variants
from witnessmark.knowledge.packs.concepts import Concept
from witnessmark.knowledge.packs.grammar import Grammar
from witnessmark.knowledge.packs.languages import Words
from witnessmark.knowledge.packs.people import Category, any_special, by_term

PACKS = ("people", "concepts", "languages", "grammar", "characters")
"""Packs that a classifier needs; an analysis that uses one names them in ``knows``."""

REMEMBERED = 1 << 16
SHORTEST_FOREIGN, SHORTEST_AT_HOME = 6, 2
"""Letters of a word of another language than English and Chinese in an identifier; the second
where the app itself speaks that language."""

SHORTEST_SHOUTED = 5
"""Letters of a word in capitals that is read as a label, too: SENHA."""

MOST_NEIGHBOURS = 40

About = Literal["operator", "user", "third_person", "unknown"]

_COUNTED = kept_regex(
    r"(?:[\s\d]+|[\s(（\[【,，、;；:：]*(?:请|长度|为|不少于|至少|最多|必须|输入)*\s*"
    r"\d+(?:\s*[-~～—–至到]\s*\d+)?\s*(?:位|个字|个数字|字符|字母).*)$"
)
"""The end of a Chinese label that numbers it, or tells how long an answer is: 密码（6-12位）."""

_ASKS = kept_regex(r"[?？؟]\s*$|吗\s*$|か[。]?\s*$")
_IN_IDENTIFIERS = tuple(lang for lang in LATIN if lang != "en")


class Classification(Struct, frozen=True):
    """What a text says about people.

    ``lang``        the language it was read in; ``pinyin`` for Chinese in Latin letters, ``und``
                    when no language has anything to say.
    ``categories``  personal-data terms (pack ``people``), what the text names first; empty for a
                    text that says nothing about people, or too little to tell.
    ``about``       whose fact it is, where the text itself says so.
    ``gloss``       English for what was recognised.
    ``because``     the words that decided, each with its entry, and what kept others silent.
    """

    text: str
    lang: str = UNDETERMINED
    categories: tuple[str, ...] = ()
    special: bool = False
    about: About = "unknown"
    gloss: str = ""
    because: tuple[str, ...] = ()


class Classifier:
    """Reads texts with the lexicons of all languages; each is compiled when first needed.

    Classifiers of one knowledge share lexicons and what they read.
    """

    def __init__(self, know: Knowledge) -> None:
        reading = know.once(_Reading)
        self._read, self._partner = reading.read, reading.partner
        self._read_short = reading.read_short

    def classify(
        self,
        text: str,
        lang: str = UNDETERMINED,
        neighbours: Sequence[str] = (),
        home: str = "",
    ) -> Classification:
        """Classify ``text``, found in a resource of the locale ``lang``.

        ``neighbours`` are the other names of its record, columns of its table, or labels of its
        screen: short and ambiguous words count only when one of them is about people. ``home`` is
        the language in which the app speaks: beside a fact about people, short identifiers
        (``nama``, ``umur``) may be in it, too.
        """
        alone = self._read(text, lang, False)
        if alone.categories and not any("needs context" in why for why in alone.because):
            return alone
        if self._has_partner(text, neighbours) and self._about_people(text, lang, neighbours):
            found = self._read(text, lang, True)
            if found.categories:
                return found
        if home in _IN_IDENTIFIERS and self._near_facts(text, neighbours, home):
            found = self._read_short(text, home)
            if found.categories:
                return found
        return alone

    def _near_facts(self, text: str, neighbours: Iterable[str], home: str) -> bool:
        """Whether a neighbour is about people when read in the language of the app, too."""
        others = [one for one in dict.fromkeys(neighbours) if one != text][:MOST_NEIGHBOURS]
        return any(
            self._read(one, UNDETERMINED, False).categories
            or self._read_short(one, home).categories
            for one in others
        )

    def _has_partner(self, text: str, neighbours: Sequence[str]) -> bool:
        """Whether a word that only counts beside another of its entry stands beside one."""
        entry, word = self._partner(text)
        return not entry or any(
            other == entry and told != word for other, told in map(self._partner, neighbours)
        )

    def _about_people(self, text: str, lang: str, neighbours: Iterable[str]) -> bool:
        others = [one for one in dict.fromkeys(neighbours) if one != text][:MOST_NEIGHBOURS]
        return any(self._read(one, lang, False).categories for one in others)


class _Reading:
    """The lexicons of a knowledge, and single texts read with them."""

    def __init__(self, know: Knowledge) -> None:
        self._people = by_term(know.entries("people", Category))
        self._concepts = {one.id: one for one in know.entries("concepts", Concept)}
        self._grammars = {one.id: one for one in know.entries("grammar", Grammar)}
        self._latin = Latin(one for one in self._grammars.values() if one.id in LATIN)
        self._words: dict[str, list[Words]] = {}
        for entry in know.entries("languages", Words):
            self._words.setdefault(entry.lang, []).append(entry)
        variants = know.entries("characters", Variants)
        self._variants = {key: c for one in variants for key, c in one.table().items()}
        self._lexicon = lru_cache(maxsize=None)(self._compiled)
        self.read = lru_cache(maxsize=REMEMBERED)(self._uncached)
        self.read_short = lru_cache(maxsize=REMEMBERED)(self._short)
        self._paired = {
            word.rstrip(MARKS): entry.id
            for entries in self._words.values()
            for entry in entries
            for word in entry.words
            if word.endswith(PAIRED)
        }

    def partner(self, text: str) -> tuple[str, str]:
        """Entry and word of an identifier that counts only beside another of that entry."""
        if not text.isascii():
            return "", ""
        word = identifier_words(plain(text)).rpartition(" ")[2]
        return self._paired.get(word, ""), word

    def _compiled(self, lang: str) -> Lexicon:
        return Lexicon(self._grammars[lang], self._words.get(lang, ()), self._concepts)

    def _uncached(self, text: str, locale: str, context: bool) -> Classification:
        label = plain(text)
        stated = base_language(locale) != UNDETERMINED
        if is_identifier(label, locale_stated=stated):
            found = self._identifier(text, label, context=context)
            shouted = label.isalpha() and label.isupper() and len(label) >= SHORTEST_SHOUTED
            if found.categories or found.because or not shouted:
                return found
            quiet = self.read(label.capitalize(), locale, context)
            return replace(quiet, text=text) if quiet.categories else found
        tried: list[tuple[str, Verdict]] = []
        for lang in self._languages(label, locale, stated=stated):
            verdict = self._label(label, lang, stated=stated, context=context)
            if not stated and verdict.foreign and self._latin.speaks_against(label, lang):
                continue
            tried.append((lang, verdict))
            told = verdict.senses and (lang == "en" or not verdict.foreign)
            if told or (stated and (verdict.senses or verdict.stopped)):
                return self._result(text, lang, verdict)
        tried.sort(key=lambda one: (not one[1].senses, one[1].foreign, not one[1].because))
        return self._result(text, *tried[0]) if tried else Classification(text)

    def _languages(self, label: str, locale: str, *, stated: bool) -> tuple[str, ...]:
        languages = candidates(label, locale)
        return languages if stated or languages != LATIN else self._latin.among(label, languages)

    def _label(self, label: str, lang: str, *, stated: bool, context: bool) -> Verdict:
        lexicon = self._lexicon(lang)
        if lang == "zh":
            label = _COUNTED.sub("", simplified(label, self._variants))
        pieces = lexicon.cover(lexicon.units(label), locale_stated=stated or lang not in LATIN)
        if lang == "de":
            pieces = _taken_apart(lexicon, pieces)
        asks = _ASKS.search(label) is not None
        head = lexicon.grammar.head
        return judge(pieces, head, identifier=False, asks=asks, context=context)

    def _identifier(self, text: str, label: str, *, context: bool) -> Classification:
        words = identifier_words(label)
        english = self._lexicon("en")
        pieces = english.cover(english.units(words), locale_stated=False)
        pieces = _taken_apart(english, pieces)
        verdict = judge(pieces, "either", identifier=True, asks=False, context=context)
        best = ("en", verdict)
        for lang in ("pinyin", *_IN_IDENTIFIERS):
            if best[1].senses or best[1].because:
                break
            other = self._other_identifier(words, lang, context=context)
            if other.senses or (other.because and not best[1].because):
                best = (lang, other)
        return self._result(text, *best)

    def _short(self, text: str, lang: str) -> Classification:
        """An identifier in one language whose words may be short, but are all known and facts."""
        label = plain(text)
        if not is_identifier(label, locale_stated=False):
            return Classification(text)
        lexicon, words = self._lexicon(lang), identifier_words(label)
        pieces = lexicon.cover(lexicon.units(words), locale_stated=False)
        spelled = [_spelled(piece, words, lexicon, SHORTEST_AT_HOME) for piece in pieces]
        kept = tuple(piece for piece in spelled if piece is not None and piece.sense is not None)
        if len(kept) != len(pieces):
            return Classification(text)
        verdict = judge(kept, "either", identifier=True, asks=False, context=True)
        return self._result(text, lang, verdict)

    def _other_identifier(self, words: str, lang: str, *, context: bool) -> Verdict:
        """Identifiers in other languages count only when every part of them is known."""
        lexicon, joined = self._lexicon(lang), words.replace(" ", "")
        short = lang != PINYIN and words.isascii() and len(words) <= LONGEST_TEXT
        if short and not (lexicon.may_cover([joined]) or lexicon.may_cover(words_of(words, lang))):
            return Verdict((), (), (), 0)
        together = lexicon.cover(lexicon.units(joined), locale_stated=False)
        pieces = together
        if any(piece.sense is None for piece in together):
            pieces = lexicon.cover(lexicon.units(words), locale_stated=False)
            if lang == "pinyin":
                pieces = _taken_apart(lexicon, pieces)
        if lang != "pinyin":
            spelled = [_spelled(piece, words, lexicon) for piece in pieces]
            if not all(spelled):
                return Verdict((), (), (), len(pieces))
            pieces = tuple(piece for piece in spelled if piece is not None)
        if any(piece.sense is None for piece in pieces):
            return Verdict((), (), (), len(pieces))
        return judge(pieces, "either", identifier=True, asks=False, context=context)

    def _result(self, text: str, lang: str, verdict: Verdict) -> Classification:
        if not verdict.senses:
            return Classification(text, UNDETERMINED if not verdict.because else lang,
                                  because=verdict.because)  # fmt: skip
        concepts = _facts_first([sense.concept for sense in verdict.senses])
        terms = tuple(dict.fromkeys(term for one in concepts for term in one.categories))
        return Classification(
            text=text,
            lang=lang,
            categories=terms,
            special=any_special(terms, self._people),
            about=_about(verdict.senses, verdict.roles),
            gloss=", ".join(dict.fromkeys(one.says for one in concepts)),
            because=verdict.because,
        )


def _spelled(
    piece: Piece, words: str, lexicon: Lexicon, shortest: int = SHORTEST_FOREIGN
) -> Piece | None:
    """The piece as the identifier spells it; None for a fact that is spelled otherwise or short."""
    if piece.sense is None or not piece.is_a("fact"):
        return piece
    together = words.replace(" ", "")
    for sense in sorted(lexicon.spellings(piece.sense), key=lambda one: -len(one.word)):
        word = normalised(sense.word, lexicon.grammar.id)
        if len(word) >= shortest and word.replace(" ", "") in together:
            return Piece(piece.text, sense)
    return None


def _taken_apart(lexicon: Lexicon, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for piece in pieces:
        words = piece.text.split() if piece.sense is None else []
        for word in words:
            found.extend(lexicon.written_together(word) or (Piece(word, None),))
        if not words:
            found.append(piece)
    return tuple(found)


def _facts_first(concepts: Sequence[Concept]) -> list[Concept]:
    """What a text names comes before whose it is: father's name is a name first."""
    return sorted(dict.fromkeys(concepts), key=lambda one: one.about == "third_person")


def _about(senses: Sequence[Sense], roles: Sequence[Sense]) -> About:
    said = {sense.concept.about for sense in (*senses, *roles)}
    for one in ("third_person", "operator", "user"):
        if one in said:
            return one
    return "unknown"
