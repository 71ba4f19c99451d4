"""Names of kinds of personal data and of keys of subjects, in the languages of the report.

English names are made of the id itself: a category as the Data Privacy Vocabulary spells it, a
key with spaces. The others stand in ``words/categories.csv`` and ``words/keys.csv``: ``id``, then
one column a language. What has no row keeps its English name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from witnessmark.report.words import ENGLISH

FOLDER = Path(__file__).with_name("words")
CATEGORIES, KEYS = FOLDER / "categories.csv", FOLDER / "keys.csv"
WORD_STARTS = re.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
WI_FI = re.compile(r"\bwi fi\b")


def category_name(category: str, lang: str = ENGLISH) -> str:
    """``pd:ReligiousBelief`` as ``religious belief``; abbreviations keep their capitals."""
    return _names(CATEGORIES, lang).get(category) or _in_english(category)


IN_ALL = "_in_all"
"""Ends the key that counts a list of which only the first are told."""


def key_name(key: str, lang: str = ENGLISH) -> str:
    """``bound_to`` as ``bound to``."""
    if key.endswith(IN_ALL) and key != IN_ALL[1:]:
        return f"{key_name(key.removesuffix(IN_ALL), lang)} ({key_name(IN_ALL[1:], lang)})"
    return _names(KEYS, lang).get(key) or key.replace("_", " ")


def lang_of_category(category: str, lang: str) -> str:
    """``lang`` where the category has a name in it, else English."""
    return lang if category in _names(CATEGORIES, lang) else ENGLISH


def lang_of_key(key: str, lang: str) -> str:
    """``lang`` where the key has a name in it, else English."""
    return lang if key in _names(KEYS, lang) else ENGLISH


@lru_cache(maxsize=8)
def by_english_name(lang: str) -> Mapping[str, str]:
    """Names of categories in a language by the English name."""
    return {_in_english(category): name for category, name in _names(CATEGORIES, lang).items()}


@lru_cache(maxsize=16)
def _names(file: Path, lang: str) -> Mapping[str, str]:
    if lang == ENGLISH:
        return {}
    with file.open(encoding="utf-8", newline="") as rows:
        return {row["id"]: row[lang] for row in csv.DictReader(rows) if row[lang]}


def _in_english(category: str) -> str:
    name = (category.partition(":")[2] or category).replace("_", " ").replace("-", " ")
    words = " ".join(
        word if len(word) > 1 and word.isupper() else word.lower()
        for word in WORD_STARTS.sub(" ", name).split()
    )
    return WI_FI.sub("Wi-Fi", words)
