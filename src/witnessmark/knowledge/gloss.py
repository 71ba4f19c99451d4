"""English for words of forms and administration: a glossary, and labels composed from it.

A glossary file ``data/glossary/<lang>*.csv`` has the columns ``term, gloss, domain, origin``. The
origin is a word of ``origins.csv``, which says what stands behind it, or a sentence of its own. A
gloss helps to read; it never replaces the original.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from witnessmark.knowledge.language import candidates
from witnessmark.knowledge.lexicon_text import characters_of, normalised, plain, simplified
from witnessmark.knowledge.load import DATA, load
from witnessmark.knowledge.packs.characters import Variants
from witnessmark.model.errors import KnowledgeError

COLUMNS = ["term", "gloss", "domain", "origin"]
ORIGINS = "origins.csv"
COMPOSED = "composed from the glossary"
APP = "English locale of the app"
MOST_PARTS = 6
LONGEST_TERM = 24
"""Characters, or words in languages that divide them, of the longest term."""
_UNDIVIDED = ("zh", "ja", "th", "my")
_POSSESSIVE = "的"
_LARGEST_FILE = 4 << 20


@dataclass(frozen=True, slots=True)
class Gloss:
    """English ``text`` and where it comes from; ``origin`` is a sentence for readers."""

    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class Term:
    """One line of a glossary."""

    term: str
    gloss: str
    domain: str
    origin: str


class Glossary:
    """Terms by language."""

    def __init__(self, terms: Mapping[str, Sequence[Term]], variants: Mapping[int, str]) -> None:
        self._variants = dict(variants)
        self._terms = {
            lang: {self._key(term.term, lang): Gloss(term.gloss, term.origin) for term in found}
            for lang, found in terms.items()
        }

    def gloss(self, text: str, lang: str = "und", english: str = "") -> Gloss | None:
        """English for ``text`` in the language ``lang``; None when nothing is known.

        ``english``  what the app's own English locale says, which is preferred to all else.

        A text that is no term but consists of terms only is composed; its origin says so.
        """
        if english and english != text:
            return Gloss(english, APP)
        label = plain(text)
        for one in candidates(label, lang):
            terms = self._terms.get(one)
            if terms:
                key = self._key(label, one)
                found = terms.get(key) or self._composed(key, one, terms)
                if found:
                    return found
        return None

    def _key(self, text: str, lang: str) -> str:
        if lang == "zh":
            text = simplified(text, self._variants)
        text = normalised(text, lang)
        if lang in _UNDIVIDED:
            return characters_of(text)
        return " ".join("".join(c if c.isalnum() else " " for c in text).split())

    def _composed(self, key: str, lang: str, terms: Mapping[str, Gloss]) -> Gloss | None:
        if lang == "zh":
            key = key.replace(_POSSESSIVE, "")
        units = key if lang in _UNDIVIDED else tuple(key.split())
        parts = _parts(units, terms, "" if lang in _UNDIVIDED else " ")
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


@lru_cache(maxsize=4)
def load_glossary(extra: tuple[Path, ...] = ()) -> Glossary:
    """The glossary that comes along and what the folders ``extra`` add in ``glossary/``.

    KnowledgeError names the file that is wrong.
    """
    origins: dict[str, str] = {}
    terms: dict[str, list[Term]] = {}
    for folder in (DATA, *extra):
        path = folder / "glossary" / ORIGINS
        if path.is_file():
            origins.update((row["origin"], row["says"]) for row in _rows(path, ["origin", "says"]))
    for lang, term in all_terms(extra):
        told = origins.get(term.origin, term.origin)
        terms.setdefault(lang, []).append(Term(term.term, term.gloss, term.domain, told))
    variants = load(["characters"]).entries("characters", Variants)
    return Glossary(terms, {key: c for one in variants for key, c in one.table().items()})


def all_terms(extra: Sequence[Path] = ()) -> Iterator[tuple[str, Term]]:
    """Language and term of every line, in the order of files; origins as written there."""
    for folder in (DATA, *extra):
        for path in sorted((folder / "glossary").glob("*.csv")):
            if path.name == ORIGINS:
                continue
            lang = path.stem.partition("-")[0]
            for row in _rows(path, COLUMNS):
                yield lang, Term(row["term"], row["gloss"], row["domain"], row["origin"])


def _rows(path: Path, columns: list[str]) -> Iterator[dict[str, str]]:
    if path.stat().st_size > _LARGEST_FILE:
        raise KnowledgeError(f"glossary/{path.name}: larger than {_LARGEST_FILE} bytes")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"glossary/{path.name}: not UTF-8 at byte {error.start}") from None
    reader = csv.DictReader(text.splitlines(), strict=True)
    if reader.fieldnames != columns:
        raise KnowledgeError(f"glossary/{path.name}: the columns must be {', '.join(columns)}")
    try:
        for row in reader:
            if None in row or None in row.values():
                raise KnowledgeError(f"glossary/{path.name}: line {reader.line_num}: wrong cells")
            yield row
    except csv.Error as error:
        message = f"glossary/{path.name}: line {reader.line_num}: {error}"
        raise KnowledgeError(message) from None
