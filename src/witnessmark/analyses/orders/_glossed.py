"""Words of an app with English beside them, for sentences and for quotations."""

from __future__ import annotations

from collections.abc import Iterable

from witnessmark.knowledge.gloss import Gloss, Glossary
from witnessmark.knowledge.load import Knowledge
from witnessmark.model.finding import Original


class Glossed:
    """English for words, as far as the pack ``glossary`` knows it."""

    def __init__(self, know: Knowledge) -> None:
        self._glossary = Glossary(know)

    def gloss(self, text: str, lang: str) -> Gloss:
        """English for ``text``; empty for English and for what is not known."""
        found = None if lang == "en" else self._glossary.gloss(text, lang)
        return found or Gloss("", "")

    def shown(self, text: str, lang: str) -> str:
        """``text`` in quotation marks, its gloss behind it."""
        english = self.gloss(text, lang).text
        return f"“{text.strip()}”" + (f" ({english})" if english else "")

    def originals(self, texts: Iterable[tuple[str, str]]) -> tuple[Original, ...]:
        """Quotations of texts with their languages, each once."""
        unique = dict.fromkeys(texts)
        glosses = ((text, lang, self.gloss(text, lang)) for text, lang in unique)
        return tuple(Original(text, lang, one.text, one.origin) for text, lang, one in glosses)
