"""Words of the report in seven languages: Fluent catalogues, one file a language.

Plurals, lists and numbers follow the rules of each language (Unicode CLDR, by Babel); the
direction of writing too. A message that a catalogue lacks is told in English. Sentences that
analyses made are English; `sentences` translates those whose wording it knows.

Source: Project Fluent, syntax 1.0, projectfluent.org.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from witnessmark.model.errors import UsageError
from witnessmark.report.words.catalogue import Catalogue
from witnessmark.report.words.conventions import conventions

FOLDER = Path(__file__).parent
ENGLISH = "en"
LANGUAGES = ("en", "zh", "ug", "ar", "fr", "es", "ru")
WITHOUT_LISTS = frozenset({"ug"})
"""Languages for which CLDR says nothing of lists and falls back to English."""

REVIEWED = "-reviewed"


class Words:
    """Messages of one language by name, as plain text."""

    def __init__(self, lang: str) -> None:
        """``lang`` is one of `LANGUAGES`; UsageError for another."""
        if lang not in LANGUAGES:
            raise UsageError(f"no words in {lang!r}; there are {', '.join(LANGUAGES)}")
        self.lang = lang
        self._conventions = conventions(lang)
        own = _catalogue(lang)
        self._catalogues = (own,) if lang == ENGLISH else (own, _catalogue(ENGLISH))
        self._fixed: dict[str, str] = {}

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``, as the script is written."""
        return self._conventions.direction

    @property
    def reviewed(self) -> bool:
        """Whether a person who speaks the language has reviewed the catalogue."""
        return self._catalogues[0].format(REVIEWED, {}) == "yes"

    def __call__(self, name: str, /, **values: object) -> str:
        """The message ``name``; KeyError when even the English catalogue lacks it, or a value."""
        if not values and name in self._fixed:
            return self._fixed[name]
        for catalogue in self._catalogues:
            if name in catalogue:
                text = catalogue.format(name, values)
                if not values:
                    self._fixed[name] = text
                return text
        raise KeyError(name)

    def has(self, name: str) -> bool:
        """Whether the message is there, in English at least."""
        return any(name in catalogue for catalogue in self._catalogues)

    def all_of(self, parts: Sequence[str]) -> str:
        """``a``, ``a and b``, ``a, b and c``."""
        if self.lang in WITHOUT_LISTS:
            return self._joined(parts)
        return self._conventions.all_of(parts) if parts else ""

    def _joined(self, parts: Sequence[str]) -> str:
        joined = parts[0] if parts else ""
        for number, part in enumerate(parts[1:], 2):
            name = "list-last" if number == len(parts) else "list-next"
            joined = self(name, rest=joined, last=part)
        return joined

    def number(self, value: int) -> str:
        """``1,204``."""
        return self._conventions.number(value)


@lru_cache(maxsize=len(LANGUAGES))
def words(lang: str = ENGLISH) -> Words:
    """The words of a language."""
    return Words(lang)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(lang: str) -> Catalogue:
    return Catalogue(FOLDER / f"{lang}.ftl", conventions(lang))
