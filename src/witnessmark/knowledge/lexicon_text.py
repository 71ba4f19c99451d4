"""Texts taken apart: one form for letters that are written in several ways, words, identifiers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.grammar import Grammar

LONGEST_TEXT = 400
"""Characters of a text that are read; labels are shorter."""

_WORD = kept_regex(r"[^\W_]+(?:[\u0900-\u0dff\u0e00-\u0e7f\u1000-\u109f][^\W_]*)*")
_MARKUP = kept_regex(r"<[^<>]{1,60}>|&[a-z]{2,6};|%(?:\d+\$)?[sd]|\{\d*\}")
_HUMP = kept_regex(
    r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])"
)
_IDENTIFIER = kept_regex(r"[A-Za-z_$][A-Za-z0-9_$.\-]*\Z")
_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ؤ": "و", "ک": "ك", "ی": "ي",
     "ھ": "ه", "\u0640": None}
)  # fmt: skip
_UYGHUR = str.maketrans({"ی": "ى", "ي": "ي", "ک": "ك", "ہ": "ھ", "\u0640": None})
_JOINERS = str.maketrans({"\u200c": " ", "\u200d": None, "\u200b": None, "\ufeff": None})
_MARKED = ("hi", "bn", "th", "my")
"""Languages whose vowels are combining characters, so that marks belong to words."""


def normalised(text: str, lang: str) -> str:
    """``text`` in the one form that words of ``lang`` are compared in."""
    if text.isascii():
        return text[:LONGEST_TEXT].casefold()
    text = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])
    text = (text if text.isalnum() else text.translate(_JOINERS)).casefold()
    if lang in ("ar", "fa"):
        return _without_marks(text).translate(_ARABIC)
    if lang == "ug":
        return text.translate(_UYGHUR)
    if lang == "ru":
        return text.replace("ё", "е")
    if lang in _MARKED or lang in ("zh", "ja", "ko", "kk"):
        return unicodedata.normalize("NFC", text)
    return _without_marks(text).replace("đ", "d").replace("ß", "ss").replace("ı", "i")


def _without_marks(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


def words_of(text: str, lang: str) -> list[str]:
    """Words of a normalised text as they are written."""
    if text.isalnum():
        return [text]
    if lang in _MARKED:
        kept = [c if unicodedata.category(c)[0] in "LMN" else " " for c in text]
        return "".join(kept).split()
    return _WORD.findall(text)


def stem(token: str, grammar: Grammar) -> str:
    """A word without what ``grammar`` says stands before and behind it."""
    for prefix in grammar.prefixes:
        if token.startswith(prefix) and len(token) - len(prefix) >= grammar.shortest:
            token = token[len(prefix) :]
            break
    for _ in range(2):
        shorter = _shorter(token, grammar)
        if shorter == token:
            break
        token = shorter
    return token


def _shorter(token: str, grammar: Grammar) -> str:
    if not token.endswith(grammar.endings):
        return token
    fitting = [
        end
        for end in grammar.endings
        if token.endswith(end) and len(token) - len(end) >= grammar.shortest
    ]
    return token[: -len(max(fitting, key=len))] if fitting else token


def characters_of(text: str) -> str:
    """A normalised text without spaces and marks of punctuation, for languages without spaces."""
    if text.isalnum():
        return text
    return "".join(c for c in text if unicodedata.category(c)[0] in "LMN")


def plain(text: str) -> str:
    """``text`` without markup, placeholders and escapes of resources."""
    return _MARKUP.sub(" ", text.replace("\\n", " ").replace("\\'", "'")).strip()


def is_identifier(text: str, *, locale_stated: bool) -> bool:
    """Whether a programmer, not a translator, wrote ``text``.

    One word in a text with a stated locale is a label; without one only a capital followed by
    small letters is ("Name"), as people write on screens.
    """
    if not _IDENTIFIER.match(text):
        return False
    if "_" in text or "." in text.strip(".") or _HUMP.search(text):
        return True
    return not locale_stated and not text.istitle()


def identifier_words(text: str) -> str:
    """``etFirstName``, ``FIRST_NAME`` as ``et first name``, ``first name``."""
    return " ".join(_HUMP.sub(" ", part) for part in re.split(r"[_$.\-]+", text) if part).casefold()


def simplified(text: str, characters: Mapping[int, str]) -> str:
    """Chinese ``text`` in simplified characters."""
    return text.translate(characters)
