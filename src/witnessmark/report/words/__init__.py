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

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from witnessmark.model.errors import UsageError

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
        self._locale = Locale.parse("en_GB" if lang == ENGLISH else lang)
        own = _bundle(lang)
        self._bundles = (own,) if lang == ENGLISH else (own, _bundle(ENGLISH))
        self._fixed: dict[str, str] = {}

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``, as the script is written."""
        return str(self._locale.text_direction)

    @property
    def reviewed(self) -> bool:
        """Whether a person who speaks the language has reviewed the catalogue."""
        return _is_reviewed(self.lang)

    def __call__(self, name: str, /, **values: object) -> str:
        """The message ``name``; KeyError when even the English catalogue lacks it."""
        if not values and name in self._fixed:
            return self._fixed[name]
        for bundle in self._bundles:
            pattern = bundle.get_message(name).value if bundle.has_message(name) else None
            if pattern is not None:
                text, problems = bundle.format_pattern(pattern, values)
                if problems:
                    raise KeyError(f"{name}: {problems[0]}")
                if not values:
                    self._fixed[name] = str(text)
                return str(text)
        raise KeyError(name)

    def has(self, name: str) -> bool:
        """Whether the message is there, in English at least."""
        return any(bundle.has_message(name) for bundle in self._bundles)

    def all_of(self, parts: Sequence[str]) -> str:
        """``a``, ``a and b``, ``a, b and c``."""
        if self.lang in WITHOUT_LISTS:
            return self._joined(parts)
        return str(format_list(list(parts), locale=self._locale)) if parts else ""

    def _joined(self, parts: Sequence[str]) -> str:
        joined = parts[0] if parts else ""
        for number, part in enumerate(parts[1:], 2):
            name = "list-last" if number == len(parts) else "list-next"
            joined = self(name, rest=joined, last=part)
        return joined

    def number(self, value: int) -> str:
        """``1,204``."""
        return str(format_decimal(value, locale=self._locale))


@lru_cache(maxsize=len(LANGUAGES))
def words(lang: str = ENGLISH) -> Words:
    """The words of a language."""
    return Words(lang)


@lru_cache(maxsize=len(LANGUAGES))
def _resource(lang: str) -> ast.Resource:
    return FluentResource((FOLDER / f"{lang}.ftl").read_text(encoding="utf-8"))


@lru_cache(maxsize=len(LANGUAGES))
def _bundle(lang: str) -> FluentBundle:
    # Isolation marks would be shown as unseen characters; the page isolates by markup instead.
    bundle = FluentBundle([lang], use_isolating=False)
    bundle.add_resource(_resource(lang))
    return bundle


def _is_reviewed(lang: str) -> bool:
    for entry in _resource(lang).body:
        if isinstance(entry, ast.Term) and f"-{entry.id.name}" == REVIEWED:
            told = entry.value.elements[0]
            return isinstance(told, ast.TextElement) and told.value.strip() == "yes"
    return False
