"""Sentences that analyses made, in other languages than English.

Findings, evidence, limits and gaps speak English; the document stays as it is. A pattern is an
English sentence with ``{names}`` where the app's words or numbers stand; what matches a pattern to
the letter is told by the same pattern in the other language. A sentence that no pattern knows, or
whose wording changed, stays English: nothing is ever translated by guessing.

What stands at a name tells what it may hold:

``{n}``, ``{m}``   a number.
``{a_told}``       a part of the sentence that is a row of its own; where no row knows it, the
                   pattern does not match, so that no sentence is half English.
``{a_ifknown}``    such a part that stays as it is where no row knows it (what a permission opens).
any other          words of the app, taken over as they are.

Of several patterns that match, the one with the most letters of its own is taken, of those the one
that takes over the fewest words as they are. A text that no
pattern knows as it is may be one that begins with a small letter inside other sentences.

``{a_people}``     kinds of personal data by their names, with commas between them.

``{a_orless}``     such a part that is left out where no row knows it, and the space behind it: more
                   detail of what the sentence tells beside it.

The files are ``words/sentences*.csv``, one a field of the report: ``en``, then one column a
language, machine-made unless the catalogue of the language says that it was reviewed.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from heapq import merge
from pathlib import Path
from typing import NamedTuple

from witnessmark.model.glossed import without_glosses
from witnessmark.report.names import by_english_name

FILES = tuple(sorted((Path(__file__).with_name("words")).glob("sentences*.csv")))
SLOT = re.compile(r"\{([a-z_]+)\}")
BEGUN = re.compile(r"[A-Z](?![A-Z])")
CLOSING = re.compile(r"\s*[”»“’」\"]")
"""How a quotation ends in the languages of the report."""
TOLD, IF_KNOWN, PEOPLE, OR_LESS = "_told", "_ifknown", "_people", "_orless"
NUMBERS = ("n", "m")
REST = re.compile(r" and (?:others|[0-9,]+ more)$")


class Sentences:
    """Patterns of one language, by the first word of the English where it is fixed."""

    def __init__(self, lang: str) -> None:
        self._fixed: dict[str, tuple[str, ...]] = {}
        self._patterns: dict[str, list[_Pattern]] = defaultdict(list)
        for row in sorted(_rows(), key=_rank):
            english, other = row["en"], row.get(lang, "")
            if not other:
                continue
            if SLOT.search(english):
                start = SLOT.split(english, maxsplit=1)[0]
                first = start.partition(" ")[0] if " " in start else ""
                short = _compiled(english, ".+?")
                long = _compiled(english, ".+") if TOLD in english else None
                letters = len(SLOT.sub("", english))
                self._patterns[first].append(_Pattern(letters, start, short, long, other))
            else:
                self._fixed[english] = (other,)
        self._people = by_english_name(lang)
        self._known: dict[str, tuple[str, ...] | None] = {}

    def translated(self, text: str) -> tuple[str, ...] | None:
        """``text`` in the language, or None when no pattern knows it.

        Parts at odd places are the words and numbers that were taken over from ``text``.
        """
        if text not in self._known:
            found = self._fixed.get(text) or self._glossed(text)
            self._known[text] = found or self._as_begun(text)
        return self._known[text]

    def _as_begun(self, text: str) -> tuple[str, ...] | None:
        """By the patterns for the same words within a sentence."""
        inner = self.translated(text[0].lower() + text[1:]) if BEGUN.match(text) else None
        return (inner[0][:1].upper() + inner[0][1:], *inner[1:]) if inner else None

    def _glossed(self, text: str) -> tuple[str, ...] | None:
        """By pattern; English behind quoted words stays behind them."""
        bare, glosses = without_glosses(text)
        parts = self._by_pattern(bare) if glosses else None
        if parts is None:
            return self._by_pattern(text)
        found, placed = list(parts[:1]), set()
        for word, rest in zip(parts[1::2], parts[2::2], strict=True):
            closing = CLOSING.match(rest)
            if word in glosses and closing:
                end = closing.end()
                found += [word, f"{rest[:end]} (", glosses[word], f"){rest[end:]}"]
                placed.add(word)
            else:
                found += [word, rest]
        return tuple(found) if placed == set(glosses) else self._by_pattern(text)

    def _by_pattern(self, text: str) -> tuple[str, ...] | None:
        for pattern in self._candidates(text):
            for match in pattern.matches(text):
                parts = self._filled(pattern.other, match)
                if parts is not None:
                    return parts
        return None

    def _candidates(self, text: str) -> Iterator[_Pattern]:
        first = text.partition(" ")[0]
        both = (self._patterns.get(first, ()), self._patterns.get("", ()))
        yield from merge(*both, key=lambda pattern: -pattern.letters)

    def _filled(self, other: str, match: re.Match[str]) -> tuple[str, ...] | None:
        """``other`` with what matched, None where a part that must be known is not."""
        found: list[str] = []
        left_out = False
        for number, part in enumerate(SLOT.split(other)):
            if number % 2 == 0:
                inner: tuple[str, ...] = (part.removeprefix(" ") if left_out else part,)
                left_out = False
            elif part.endswith((TOLD, IF_KNOWN, OR_LESS)):
                known = self.translated(match[part])
                if known is None and part.endswith(TOLD):
                    return None
                left_out = known is None and part.endswith(OR_LESS)
                inner = known or (("",) if left_out else ("", match[part], ""))
            elif part.endswith(PEOPLE):
                names = [self._people.get(name) for name in match[part].split(", ")]
                if None in names:
                    return None
                inner = ("", ", ".join(name for name in names if name), "")
            else:
                inner = ("", *self._with_rest(match[part]))
            found = [*found[:-1], "".join((*found[-1:], inner[0])), *inner[1:]]
        return tuple(found)

    def _with_rest(self, text: str) -> tuple[str, str]:
        """Words of the app, and the words behind them that say that there are more."""
        split = REST.search(text)
        rest = self.translated(split.group().strip()) if split else None
        if split is None or rest is None:
            return text, ""
        return text[: split.start()], " " + "".join(rest)


class _Pattern(NamedTuple):
    """``start`` stands before the first slot; ``letters`` counts those outside of slots.

    ``short`` and ``long`` match each slot as short or as long as possible; the second only where
    a slot holds a part that must be known, as that part may hold the words that end the slot.
    """

    letters: int
    start: str
    short: re.Pattern[str]
    long: re.Pattern[str] | None
    other: str

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Ways in which ``text`` fits."""
        if not text.startswith(self.start):
            return
        for spelled in (self.short, self.long):
            if spelled is not None and (match := spelled.fullmatch(text)):
                yield match


@lru_cache(maxsize=8)
def sentences(lang: str) -> Sentences:
    """The patterns of a language."""
    return Sentences(lang)


def _rank(row: dict[str, str]) -> tuple[int, int]:
    """Patterns that tell most come first."""
    slots = SLOT.findall(row["en"])
    taken_over = sum(not slot.endswith((TOLD, PEOPLE)) for slot in slots)
    return -len(SLOT.sub("", row["en"])), taken_over


@lru_cache(maxsize=1)
def _rows() -> tuple[dict[str, str], ...]:
    rows: list[dict[str, str]] = []
    for path in FILES:
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return tuple(rows)


def _compiled(english: str, slot: str) -> re.Pattern[str]:
    """Each slot by the expression ``slot``, numbers as such, everything else to the letter."""
    parts = SLOT.split(english)
    spelled = [
        re.escape(part)
        if number % 2 == 0
        else f"(?P<{part}>{'[0-9][0-9,]*' if part in NUMBERS else slot})"
        for number, part in enumerate(parts)
    ]
    return re.compile("".join(spelled), re.DOTALL)
