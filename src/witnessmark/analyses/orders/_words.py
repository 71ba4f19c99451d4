"""Words of the pack ``phrases`` among the labels of an app, by what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.labels import Label, labels_of
from witnessmark.analyses.orders._web_labels import web_labels
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.pieces import places_of
from witnessmark.facts.tables.code import CLASSES, METHODS, STATIC_VALUES, STRING_USES, STRINGS
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_FILES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES, RESOURCES
from witnessmark.facts.tables.scripts import SCRIPT_TEXTS, SCRIPTS
from witnessmark.facts.tables.web import WEB_TEXTS
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.phrases import Kind, Phrase, fold
from witnessmark.knowledge.packs.web_files import WebFile
from witnessmark.knowledge.pieces import pieces_of
from witnessmark.model.finding import Original

READS = (
    CLASSES, METHODS, STRINGS, STRING_USES, STATIC_VALUES, RESOURCES, RESOURCE_VALUES,
    RESOURCE_ITEMS, XML_FILES, XML_NODES, XML_ATTRIBUTES, WEB_TEXTS, SCRIPTS, SCRIPT_TEXTS,
    SDK_CLASSES,
)  # fmt: skip
"""Tables that words are looked for in."""

PACKS = ("phrases", "web_files")
"""Packs that this needs."""

LONGEST = 120
"""Characters of a text that is a label, a message or a title; longer ones are prose."""

WRITINGS: Mapping[str, re.Pattern[str]] = {
    "zh": kept_regex(r"[\u4e00-\u9fff]"),
    "cyrillic": kept_regex(r"[\u0400-\u04ff]"),
    "arabic": kept_regex(r"[\u0600-\u06ff]"),
    "hi": kept_regex(r"[\u0900-\u097f]"),
    "hangul": kept_regex(r"[\uac00-\ud7af]"),
    "latin": kept_regex(r"[A-Za-z]"),
}
_SCRIPT_OF = {"zh": "zh", "ru": "cyrillic", "kk": "cyrillic", "ar": "arabic", "fa": "arabic",
              "ug": "arabic", "hi": "hi", "ko": "hangul"}  # fmt: skip


class Hit(Struct, frozen=True):
    """A label and the phrase that stands in it."""

    label: Label
    phrase: Phrase


def hits_of(facts: Facts, know: Knowledge, kinds: Iterable[Kind]) -> Iterator[Hit]:
    """Labels in which a phrase of one of ``kinds`` stands, the first phrase of each kind."""
    wanted = set(kinds)
    spoken = facts.once(_spoken, know)
    scripts = dict.fromkeys(
        script_of(phrase) for phrase in know.entries("phrases", Phrase) if phrase.kind in wanted
    )
    ranks = {script: number for number, script in enumerate(scripts)}
    known: dict[str, list[Phrase]] = {}
    for text, phrases in spoken.phrases.items():
        fitting = [phrase for phrase in phrases if phrase.kind in wanted]
        fitting.sort(key=lambda phrase: ranks[script_of(phrase)])
        first = {(phrase.kind, phrase.what): phrase for phrase in reversed(fitting)}
        known[text] = [one for one in fitting if first[one.kind, one.what] is one]
    for label in spoken.labels:
        for phrase in known[label.text]:
            yield Hit(label, phrase)


class Spoken(Struct, frozen=True):
    """Labels of an app in which any phrase stands, and by text all phrases that do."""

    labels: tuple[Label, ...]
    phrases: Mapping[str, list[Phrase]]


def _spoken(facts: Facts, know: Knowledge) -> Spoken:
    """Made once an app. Cost: one pass over all labels, and one try a phrase of which a piece was
    found in a text.
    """
    web_files = tuple(know.entries("web_files", WebFile))
    labels = [
        label
        for label in (*labels_of(facts), *web_labels(facts, web_files))
        if len(label.text) <= LONGEST
    ]
    texts = list(dict.fromkeys(label.text for label in labels))
    found: dict[str, list[Phrase]] = {}
    phrases = know.entries("phrases", Phrase)
    for text, numbers in zip(texts, _tried(texts, phrases), strict=True):
        listed = [
            phrase
            for phrase in (phrases[number] for number in sorted(numbers))
            if WRITINGS[script_of(phrase)].search(text) and phrase.recognises(text)
        ]
        if listed:
            found[text] = listed
    return Spoken(tuple(label for label in labels if label.text in found), found)


def _tried(texts: Sequence[str], phrases: Sequence[Phrase]) -> list[set[int]]:
    """By text, numbers of the phrases of which a piece stands in it, or no piece is known."""
    by_piece: dict[bytes, list[int]] = {}
    always: list[int] = []
    for number, phrase in enumerate(phrases):
        pieces = set(map(fold, pieces_of(phrase.pattern)))
        always += [] if pieces else [number]
        for piece in pieces:
            by_piece.setdefault(piece.encode("utf-8", "surrogatepass"), []).append(number)
    folded = [fold(text).encode("utf-8", "surrogatepass") for text in texts]
    starts = np.cumsum([0, *(len(one) + 1 for one in folded)])
    tried = [set(always) for _ in texts]
    listed = list(by_piece)
    met = places_of(b"\0".join(folded), listed)
    at = np.searchsorted(starts, met.places, side="right") - 1
    for place, piece in zip(at.tolist(), met.numbers.tolist(), strict=True):
        tried[place].update(by_piece[listed[piece]])
    return tried


def script_of(phrase: Phrase) -> str:
    """The letters that a phrase is written in, one of `WRITINGS`."""
    return _SCRIPT_OF.get(phrase.lang, "latin")


def quoted(text: str) -> str:
    """A word as it stands in sentences; English is put behind it where findings are finished."""
    return f"“{text.strip()}”"


def originals(texts: Iterable[tuple[str, str]]) -> tuple[Original, ...]:
    """Quotations of texts with their languages, each once."""
    return tuple(Original(text, lang) for text, lang in dict.fromkeys(texts))
