"""Which lists are code books: those whose labels sort people, and coded values of the app's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from witnessmark.analyses.marks._book import SHORT_CODE, Book
from witnessmark.analyses.marks._books_in_code import RESOURCE_IDS
from witnessmark.analyses.marks._people import are_names
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.lookalikes import LookAlike
from witnessmark.knowledge.packs.person_names import PersonNames
from witnessmark.knowledge.packs.traits import Trait, TraitIndex

FEWEST = 2
SHARE = 3
"""One in so many labels must be of the trait; one in two where the list states no codes."""

LONG, LONG_SHARE = 200, 0.6
"""Lists of more entries need a larger share, so that word lists and tables of signs are none."""

PLAIN_KINDS = frozenset({"array", "map", "objects", "choice", "enum", "list"})
UNSURE_KINDS = frozenset({"text", "list", "file", "database"})
MOST_PLAIN = 300
OF_CODE = ("identifiers of code", "terms of protocols")
"""Kinds of words that names of constants have, whatever they stand for."""

CHOSEN_KINDS = frozenset({"map", "objects", "choice"})
SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", "।", "۔", "؟")
MOST_WORDS_OF_VALUE = 2
"""Words of a value that ends with a full stop; more are a sentence."""

TITLES = kept_regex(
    r"\.(?:getPageTitle|getTitle|onClick|onItemClick|onOptionsItemSelected|onCreateDialog|"
    r"onNavigationItemSelected|onTabSelected|getMimeType|getPropertyInfo|getProperty|toString|"
    r"handleMessage|createMenu|onCreateOptionsMenu|onCreateContextMenu|<init>)$"
    r"|\((?:\w*Menu(?:Item)?|\w*Tab(?:Item|Entity|Spec)?)\)$"
)
"""Methods whose choices of a text are titles, answers to taps and the like."""


class Told(Struct, frozen=True):
    """Why a list is told: the entries of the trait by which it sorts people, or none."""

    traits: tuple[Trait, ...] = ()


def trait_index(know: Knowledge) -> TraitIndex:
    """The traits of a knowledge; made once by `Knowledge.once`."""
    return TraitIndex(know.entries("traits", Trait))


class Telling:
    """Tells code books from other lists."""

    def __init__(
        self,
        traits: TraitIndex,
        lookalikes: Sequence[LookAlike],
        names: Sequence[PersonNames],
    ) -> None:
        self._traits = traits
        self._lookalikes = lookalikes
        self._names = names

    def of(self, book: Book, *, own: bool, kept: bool = False) -> Told | None:
        """Why ``book`` is a code book; None where it is none. Of code that is not known to be
        the app's ``own`` only what sorts people is told, and names of people never are. Of an
        enum a field that is ``kept`` may be, whatever its words are like but those of code.
        """
        labels = [entry.label for entry in book.entries]
        if are_names(labels, self._names, self._lookalikes) or is_no_list(book):
            return None
        found = self.sorting_trait(labels, sure=book.codes_stated or book.kind not in UNSURE_KINDS)
        if found:
            return Told(found)
        readable = sum(map(_is_human, labels)) * 5 >= 4 * len(labels)
        plain = MOST_PLAIN >= len(labels) > 1 and not self._is_lookalike(labels, OF_CODE)
        if kept and (own or readable) and plain:
            return Told()
        return Told() if own and self._is_plain(book, labels) else None

    def of_branches(self, book: Book) -> Told | None:
        """Why a tree is a code book of which no trait has enough in the whole; None where no
        branch is one.
        """
        branches: dict[str, list[str]] = {}
        if is_no_list(book):
            return None
        for entry in book.entries:
            branches.setdefault(entry.parent, []).append(entry.label)
        traits: dict[str, Trait] = {}
        for labels in branches.values() if len(branches) > 1 else ():
            traits |= {one.id: one for one in self.sorting_trait(labels)}
        return Told(tuple(traits[one] for one in sorted(traits))) if traits else None

    def sorting_trait(self, labels: Sequence[str], *, sure: bool = True) -> tuple[Trait, ...]:
        """The entries of the trait by which ``labels`` sort people, of the language that has most
        of them first; empty when they do not.
        """
        labels = [label for label in labels if label.strip()]
        held: dict[str, set[int]] = {}
        by_trait: dict[str, Counter[Trait]] = {}
        for index, label in enumerate(labels):
            for trait in self._traits.named_by(label):
                held.setdefault(trait.trait, set()).add(index)
                by_trait.setdefault(trait.trait, Counter())[trait] += 1
        enough = [name for name, hits in held.items() if _enough(len(hits), len(labels), sure=sure)]
        if not enough:
            return ()
        best = min(enough, key=lambda name: (-len(held[name]), name))
        found = by_trait[best]
        return tuple(sorted(found, key=lambda one: (-found[one], one.id)))

    def _is_plain(self, book: Book, labels: Sequence[str]) -> bool:
        """Whether a list without a trait is a list of coded values all the same."""
        if book.kind not in PLAIN_KINDS or book.setting or TITLES.search(book.name):
            return False
        listed = book.offered or book.declared
        fewest = 2 if listed else 3
        if not fewest <= len(labels) <= MOST_PLAIN or not (book.codes_stated or listed):
            return False
        codes = [entry.code for entry in book.entries]
        alike = sum(entry.code.casefold() == entry.label.casefold() for entry in book.entries)
        if book.codes_stated and (not _are_codes(codes) or alike * 2 >= len(codes)):
            return False
        human = sum(
            _is_human(one) and (listed or not one.isascii() or _is_word(one)) for one in labels
        )
        return human * 5 >= 4 * len(labels) and not self._is_lookalike(labels)

    def _is_lookalike(self, labels: Sequence[str], but: tuple[str, ...] = ()) -> bool:
        """Whether at least half of the labels are of a kind that sorts nobody, ``but`` some."""
        kinds = [one for one in self._lookalikes if one.kind not in but]
        other = sum(any(one.recognises(label) for one in kinds) for label in labels)
        return other * 2 >= len(labels)


def is_no_list(book: Book) -> bool:
    """Whether texts are no values of a list: sentences, parts of one, or what people are put to
    (a fee, a group) where most share the same.
    """
    labels = [entry.label.strip() for entry in book.entries]
    prose = sum(map(_is_sentence, labels))
    cut = not book.codes_stated and _is_sentence(labels[-1]) and _go_on(labels)
    if prose * 2 >= len(labels) or cut:
        return True
    shared = len({entry.code for entry in book.entries}) * 2 <= len(labels)
    return book.kind in CHOSEN_KINDS and book.codes_stated and shared


def _is_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does and is no abbreviation."""
    words = len(text.split()) if text.isascii() or " " in text else len(text) // 3
    return text.endswith(SENTENCE_ENDS) and words > MOST_WORDS_OF_VALUE


def _go_on(labels: Sequence[str]) -> bool:
    """Whether texts after the first begin as the middle of a sentence does."""
    return sum(label[:1].islower() for label in labels[1:]) * 2 >= len(labels) - 1


def _enough(hits: int, labels: int, *, sure: bool) -> bool:
    if hits < FEWEST:
        return False
    if labels > LONG:
        return hits >= LONG_SHARE * labels
    return hits * (SHARE if sure else 2) >= labels


def _are_codes(codes: Sequence[str]) -> bool:
    """Whether nearly all are short, differ, and are no ids of resources."""
    fitting = [code for code in codes if SHORT_CODE.fullmatch(code) and not _is_resource(code)]
    return len(fitting) * 10 >= 9 * len(codes) and len(set(codes)) * 10 >= 9 * len(codes)


def _is_resource(code: str) -> bool:
    return code.lstrip("-").isdigit() and abs(int(code)) >= RESOURCE_IDS


SHORTEST = 3
"""Characters of a word that people read and that nobody is asked to choose; levels of logs and
units of size have fewer.
"""


def _is_word(label: str) -> bool:
    """Whether a label in Latin letters is more than a short code in capitals, as WIFI and RSSI."""
    return len(label) >= SHORTEST and not (label.isupper() and " " not in label)


def _is_human(label: str) -> bool:
    """Whether a label is made for people to read."""
    text = label.strip()
    if not any(map(str.isalpha, text)) or len(text) > 40 or "\n" in text:
        return False
    if not text.isascii():
        return True
    return text[0].isupper() and not (text.isupper() and len(text) > 6 and " " not in text)
