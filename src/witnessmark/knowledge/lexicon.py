"""The words of one language, and texts covered with them.

A text is covered from its units (words, or characters where words are not divided) by the longest
entries: the cover with the fewest units nobody knows, then with the fewest pieces. What is left
over is foreign; so a word inside another one is not found, as 性 is not in 可能性.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from witnessmark.knowledge.lexicon_text import characters_of, normalised, stem, words_of
from witnessmark.knowledge.packs.concepts import Concept
from witnessmark.knowledge.packs.grammar import Grammar
from witnessmark.knowledge.packs.languages import Words

PAIRED = "="
MARKS = f"~?^!{PAIRED}"
LONGEST_TOKENS, LONGEST_CHARACTERS = 8, 32
SHORTEST_PIECE, SHORTEST_INITIALS = 3, 2
"""Letters of the parts into which a written-together word may fall; the second for pinyin."""

PINYIN = "pinyin"
REMEMBERED = 1 << 14

_RANK = {"fact": 0, "role": 1, "block": 2, "light": 3}

Units = tuple[str, ...] | str
"""Words, or a string of characters."""


class Sense(Struct, frozen=True):
    """What a word means: its entry, the word as written there, and what its marks say."""

    entry: str
    concept: Concept
    word: str
    marks: str

    @property
    def weak(self) -> bool:
        """It counts only among known words."""
        return "~" in self.marks or "?" in self.marks or "^" in self.marks

    def ambiguous(self, *, identifier: bool) -> bool:
        """It needs context."""
        return "?" in self.marks or (identifier and "^" in self.marks)


class Piece(Struct, frozen=True):
    """A stretch of a text; ``sense`` is None when nobody knows it."""

    text: str
    sense: Sense | None

    def is_a(self, kind: str) -> bool:
        """Whether it is a word of the kind ``fact``, ``role``, ``light`` or ``block``."""
        return self.sense is not None and self.sense.concept.kind == kind


def folded(grammar: Grammar) -> Grammar:
    """A grammar whose endings and prefixes are normalised as words are."""
    return msgspec.structs.replace(
        grammar,
        endings=tuple(normalised(end, grammar.id) for end in grammar.endings),
        prefixes=tuple(normalised(start, grammar.id) for start in grammar.prefixes),
    )


class Lexicon:
    """Words of one language by their units."""

    def __init__(self, grammar: Grammar, entries: Iterable[Words], known: Mapping[str, Concept]):
        self.grammar = folded(grammar)
        self._stem = lru_cache(maxsize=REMEMBERED)(partial(stem, grammar=self.grammar))
        self._senses: dict[Units, Sense] = {}
        self._together: dict[Units, Sense] = {}
        self._spellings: dict[Units, list[Sense]] = {}
        self._known: set[str] = set()
        for entry in entries:
            for word in entry.words:
                bare = word.rstrip(MARKS)
                self._add(Sense(entry.id, known[entry.concept], bare, word[len(bare) :]))
        self._longest = max(map(len, self._senses), default=0)
        self._longest_together = max(map(len, self._together), default=0)
        self.written_together = lru_cache(maxsize=REMEMBERED)(self._written_together)

    def _add(self, sense: Sense) -> None:
        written = normalised(sense.word, self.grammar.id)
        units = self._units(written)
        if not self.grammar.spaced and len(units) < self.grammar.shortest:
            sense = replace(sense, marks=sense.marks + "~")
        _keep(self._senses, units, sense)
        self._known.update(units)
        self._spellings.setdefault(units, []).append(sense)
        together = written.replace(" ", "")
        if self.grammar.spaced and len(together) >= self._shortest_piece(sense):
            _keep(self._together, together, sense)

    def units(self, text: str) -> Units:
        """What ``text`` is covered by."""
        return self._units(normalised(text, self.grammar.id))

    def _units(self, written: str) -> Units:
        for word in self.grammar.silent:
            written = written.replace(word, "")
        if self.grammar.spaced:
            return tuple(map(self._stem, words_of(written, self.grammar.id)))
        return characters_of(written)

    def may_cover(self, words: Sequence[str]) -> bool:
        """Whether entries may cover all ``words``, normalised; certain when they cannot."""
        if self.grammar.silent or not self.grammar.spaced:
            return True
        return all(self._stem(word) in self._known for word in words)

    def cover(self, units: Units, *, locale_stated: bool) -> tuple[Piece, ...]:
        """The best cover of ``units``; neighbouring foreign units are one piece."""
        longest = LONGEST_TOKENS if self.grammar.spaced else LONGEST_CHARACTERS
        longest = min(longest, self._longest)
        return _cover(units, self._senses, longest, locale_stated=locale_stated)

    def spellings(self, sense: Sense) -> tuple[Sense, ...]:
        """What the same entry says under the same word with other endings (nombre, nombres)."""
        alike = self._spellings.get(self.units(sense.word), ())
        return tuple(one for one in alike if one.entry == sense.entry) or (sense,)

    def _shortest_piece(self, sense: Sense) -> int:
        initials = self.grammar.id == PINYIN and sense.concept.kind != "role"
        return SHORTEST_INITIALS if initials else SHORTEST_PIECE

    def _written_together(self, token: str) -> tuple[Piece, ...]:
        """Parts of a word that is several words without a space; empty when it is not.

        Every part is known and long enough. Either the first names a person (申请人 + 姓名 in
        ``sqrxm``), or one part speaks for itself and none is short, so that "manage" does not
        fall into "man" and "age".
        """
        longest = min(LONGEST_CHARACTERS, self._longest_together)
        pieces = _cover(token, self._together, longest, locale_stated=False)
        if any(piece.sense is None for piece in pieces) or not 2 <= len(pieces) <= 4:
            return ()
        senses = [piece.sense for piece in pieces if piece.sense]
        strong = any(s.concept.kind == "fact" and not s.marks for s in senses)
        long = all(len(piece.text) >= SHORTEST_PIECE for piece in pieces)
        return pieces if senses[0].concept.kind == "role" or (strong and long) else ()


def _keep(senses: dict[Units, Sense], units: Units, sense: Sense) -> None:
    held = senses.get(units)
    if units and (held is None or _rank(sense) < _rank(held)):
        senses[units] = sense


def _rank(sense: Sense) -> tuple[int, int]:
    return _RANK[sense.concept.kind], len(sense.marks)


def _cover(
    units: Units, senses: Mapping[Units, Sense], longest: int, *, locale_stated: bool
) -> tuple[Piece, ...]:
    count = len(units)
    best: list[tuple[int, int, int]] = [(0, 0, 0)] * (count + 1)
    for start in range(count - 1, -1, -1):
        foreign, pieces, _ = best[start + 1]
        best[start] = (foreign + 1, pieces + 1, 0)
        for end in range(start + 1, min(count, start + longest) + 1):
            sense = senses.get(units[start:end])
            if sense is None or ("!" in sense.marks and not locale_stated):
                continue
            foreign, pieces, _ = best[end]
            if (foreign, pieces + 1) <= best[start][:2]:
                best[start] = (foreign, pieces + 1, end)
    return _pieces(units, senses, best)


def _pieces(
    units: Units, senses: Mapping[Units, Sense], best: Sequence[tuple[int, int, int]]
) -> tuple[Piece, ...]:
    found: list[Piece] = []
    foreign: list[str] = []
    joint = "" if isinstance(units, str) else " "
    at = 0
    while at < len(units):
        end = best[at][2]
        if not end:
            foreign.append(units[at])
            at += 1
            continue
        if foreign:
            found.append(Piece(joint.join(foreign), None))
            foreign = []
        found.append(Piece(joint.join(units[at:end]), senses[units[at:end]]))
        at = end
    if foreign:
        found.append(Piece(joint.join(foreign), None))
    return tuple(found)
