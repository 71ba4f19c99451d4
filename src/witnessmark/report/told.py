"""Sentences of the document in the language of a report, as plain text."""

from __future__ import annotations

from witnessmark.report.sentences import sentences
from witnessmark.report.words import ENGLISH, Words


def told(text: str, words: Words) -> str:
    """``text`` in the language where its wording is known, else as it stands."""
    if words.lang == ENGLISH:
        return text
    parts = sentences(words.lang).translated(text)
    return "".join(parts) if parts else text
