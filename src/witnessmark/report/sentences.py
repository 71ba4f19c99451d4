"""Sentences that analyses made, in other languages than English.

Findings, evidence, limits and gaps speak English; the document stays as it is. A pattern is an
English sentence with ``{names}`` where the app's words or numbers stand; what matches a pattern to
the letter is told by the same pattern in the other language. A sentence that no pattern knows, or
whose wording changed, stays English: nothing is ever translated by guessing.

The file is ``words/sentences.csv``: ``en``, then one column a language, machine-made unless the
catalogue of the language says that it was reviewed.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

from witnessmark.model.glossed import without_glosses

FILE = Path(__file__).with_name("words") / "sentences.csv"
SLOT = re.compile(r"\{([a-z_]+)\}")
CLOSING = re.compile(r"\s*[”»“’」\"]")
"""How a quotation ends in the languages of the report."""


class Sentences:
    """Patterns of one language."""

    def __init__(self, lang: str) -> None:
        self._fixed: dict[str, tuple[str, ...]] = {}
        self._patterns: list[tuple[str, re.Pattern[str], str]] = []
        for row in _rows():
            english, other = row["en"], row.get(lang, "")
            if not other:
                continue
            if SLOT.search(english):
                start = SLOT.split(english, maxsplit=1)[0]
                self._patterns.append((start, _compiled(english), other))
            else:
                self._fixed[english] = (other,)
        self._known: dict[str, tuple[str, ...] | None] = {}

    def translated(self, text: str) -> tuple[str, ...] | None:
        """``text`` in the language, or None when no pattern knows it.

        Parts at odd places are the words and numbers that were taken over from ``text``.
        """
        if text not in self._known:
            self._known[text] = self._fixed.get(text) or self._glossed(text)
        return self._known[text]

    def _glossed(self, text: str) -> tuple[str, ...] | None:
        """By pattern; English behind quoted words stays behind them."""
        bare, glosses = without_glosses(text)
        parts = self._by_pattern(bare) if glosses else None
        if parts is None:
            return self._by_pattern(text)
        found = list(parts[:1])
        for word, rest in zip(parts[1::2], parts[2::2], strict=True):
            closing = CLOSING.match(rest)
            if word in glosses and closing:
                end = closing.end()
                found += [word, f"{rest[:end]} (", glosses[word], f"){rest[end:]}"]
            else:
                found += [word, rest]
        return tuple(found)

    def _by_pattern(self, text: str) -> tuple[str, ...] | None:
        for start, pattern, other in self._patterns:
            if text.startswith(start) and (match := pattern.fullmatch(text)):
                parts = SLOT.split(other)
                return tuple(
                    match[part] if number % 2 else part for number, part in enumerate(parts)
                )
        return None


@lru_cache(maxsize=8)
def sentences(lang: str) -> Sentences:
    """The patterns of a language."""
    return Sentences(lang)


@lru_cache(maxsize=1)
def _rows() -> tuple[dict[str, str], ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _compiled(english: str) -> re.Pattern[str]:
    """Each slot as short as possible, everything else to the letter."""
    parts = SLOT.split(english)
    spelled = [
        re.escape(part) if number % 2 == 0 else f"(?P<{part}>.+?)"
        for number, part in enumerate(parts)
    ]
    return re.compile("".join(spelled), re.DOTALL)
