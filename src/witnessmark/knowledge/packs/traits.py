"""Words by which people are sorted: faith, people, kin, status, suspicion, everyday life.

One entry is one trait in one language. The words are terms of forms, statistics and
administration as public standards and dictionaries use them; an entry says which. Words of the
trait `THING` name things: a label that goes on with one (``student list``) sorts nobody.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.schema import Rule

THING = "thing"
CJK = kept_regex(r"[\u3040-\u30ff\u3400-\u9fff]")
SEPARATORS = kept_regex(r"[\s_\-/、，,;:()（）·.'’]+")
LONGEST_REST = 8
"""Characters beside a Chinese or Japanese word within a label that it still names."""


MOST_WORDS, MOST_WORDS_OF_LABEL = 8, 24


class Trait(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one trait in one language.

    ``trait``       what the words say of a person, e.g. ``religion``.
    ``lang``        BCP 47 tag.
    ``words``       the words; Chinese and Japanese ones of several characters count inside
                    longer labels, others as whole words of a label.
    ``categories``  personal-data categories of the trait.
    ``by``          the trait in words, where they are not its name.
    """

    trait: str
    lang: str
    words: tuple[str, ...]
    categories: tuple[str, ...] = ()
    by: str = ""

    def recognises(self, text: str) -> bool:
        """Whether the label ``text`` holds one of the words."""
        return _found(self.words, text)


class TraitIndex:
    """All words of all traits at once; says what `Trait.recognises` would of each, quickly."""

    def __init__(self, traits: Sequence[Trait]) -> None:
        self._whole: dict[str, list[Trait]] = {}
        self._inside: dict[str, list[Trait]] = {}
        self._things: list[Trait] = []
        for trait in traits:
            if trait.trait == THING:
                self._things.append(trait)
                continue
            for word in trait.words:
                bare = normalised(word).strip()
                inside = CJK.search(word) is not None and len(word) > 1
                (self._inside if inside else self._whole).setdefault(bare, []).append(trait)
        self._longest = max((len(word) for word in self._inside), default=0)
        self.named_by = lru_cache(maxsize=1 << 16)(self._named_by)

    def _named_by(self, label: str) -> frozenset[Trait]:
        """Traits of which a label holds a word and does not go on with the name of a thing."""
        text = normalised(label).strip()
        found: set[Trait] = set()
        for trait, rest in (*self._words(text), *self._parts(text)):
            if trait not in found and not self._is_thing(rest):
                found.add(trait)
        return frozenset(found)

    def _words(self, text: str) -> Iterator[tuple[Trait, str]]:
        """Whole words of a label, one to `MOST_WORDS` together, and what follows them."""
        words = text.split(" ")[:MOST_WORDS_OF_LABEL]
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + MOST_WORDS) + 1):
                piece = " ".join(words[start:end])
                for trait in self._whole.get(piece, ()):
                    if not CJK.search(piece) or piece == text:
                        yield trait, " ".join(words[end:])

    def _parts(self, text: str) -> Iterator[tuple[Trait, str]]:
        """Chinese and Japanese words within a label that is not much longer."""
        if not CJK.search(text) or len(text) > self._longest + LONGEST_REST:
            return
        for start in range(len(text)):
            for end in range(start + 2, min(len(text), start + self._longest) + 1):
                piece = text[start:end]
                if piece in self._inside and len(text) - len(piece) <= LONGEST_REST:
                    for trait in self._inside[piece]:
                        yield trait, text[end:]

    def _is_thing(self, rest: str) -> bool:
        return bool(rest.strip()) and any(one.recognises(rest) for one in self._things)


class TraitReader:
    """Says of a label what `Trait.recognises` says for each trait, asking only those that may."""

    def __init__(self, traits: Sequence[Trait]) -> None:
        self._traits = tuple(traits)
        self._whole: dict[str, list[int]] = {}
        self._inside: dict[str, list[int]] = {}
        for number, trait in enumerate(traits):
            for word in trait.words:
                bare = normalised(word).strip()
                inside = CJK.search(word) is not None and len(word) > 1
                (self._inside if inside else self._whole).setdefault(bare, []).append(number)
        self._most_words = max((word.count(" ") + 1 for word in self._whole), default=0)
        self._lengths = sorted({len(word) for word in self._inside})

    def recognised(self, label: str) -> list[Trait]:
        """Traits of which the label holds a word, in their order."""
        text = normalised(label).strip()
        may: set[int] = set()
        words = text.split(" ")
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + self._most_words) + 1):
                may.update(self._whole.get(" ".join(words[start:end]), ()))
        if CJK.search(text):
            for length in self._lengths:
                for start in range(len(text) - length + 1):
                    may.update(self._inside.get(text[start : start + length], ()))
        return [self._traits[n] for n in sorted(may) if self._traits[n].recognises(label)]


def _found(words: tuple[str, ...], text: str) -> bool:
    """Whether a label holds one of the words."""
    label = normalised(text)
    match = _pattern(words).search(label)
    if match is None:
        return False
    return not CJK.search(match[0]) or len(label) - len(match[0]) - 2 <= LONGEST_REST


def normalised(text: str) -> str:
    """A label in lower case, its separators as single spaces."""
    return f" {SEPARATORS.sub(' ', text).strip().casefold()} "


@lru_cache(maxsize=512)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = []
    for word in sorted(words, key=lambda word: (-len(word), word)):
        bare = normalised(word).strip()
        if not CJK.search(word):
            parts.append(f" {re.escape(bare)} ")
        elif len(word) > 1:
            parts.append(re.escape(bare))
        else:
            parts.append(f"^ {re.escape(bare)} $")
    return kept_regex("|".join(parts))


ENTRY = Trait
