"""Words of the pack ``phrases`` among the labels of an app, by what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from witnessmark.analyses.labels import Label, labels_of
from witnessmark.analyses.orders._web_labels import web_labels
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import CLASSES, METHODS, STATIC_VALUES, STRING_USES, STRINGS
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_FILES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES, RESOURCES
from witnessmark.facts.tables.scripts import SCRIPT_TEXTS, SCRIPTS
from witnessmark.facts.tables.web import WEB_TEXTS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.phrases import Kind, Phrase, PhraseReader
from witnessmark.knowledge.packs.web_files import WebFile
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
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "arabic": re.compile(r"[\u0600-\u06ff]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
    "hangul": re.compile(r"[\uac00-\ud7af]"),
    "latin": re.compile(r"[A-Za-z]"),
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
    by_script: dict[str, list[Phrase]] = {}
    for phrase in know.entries("phrases", Phrase):
        if phrase.kind in wanted:
            by_script.setdefault(_SCRIPT_OF.get(phrase.lang, "latin"), []).append(phrase)
    readers = {script: PhraseReader(phrases) for script, phrases in by_script.items()}
    known: dict[str, list[Phrase]] = {}
    web_files = tuple(know.entries("web_files", WebFile))
    for label in (*labels_of(facts), *web_labels(facts, web_files)):
        text = label.text
        if len(text) > LONGEST:
            continue
        if text not in known:
            known[text] = list(_phrases_in(text, readers))
        for phrase in known[text]:
            yield Hit(label, phrase)


def _phrases_in(text: str, readers: Mapping[str, PhraseReader]) -> Iterator[Phrase]:
    seen: set[tuple[str, str]] = set()
    for script, reader in readers.items():
        if not WRITINGS[script].search(text):
            continue
        for phrase in reader.found(text):
            if (phrase.kind, phrase.what) not in seen:
                seen.add((phrase.kind, phrase.what))
                yield phrase


def quoted(text: str) -> str:
    """A word as it stands in sentences; English is put behind it where findings are finished."""
    return f"“{text.strip()}”"


def originals(texts: Iterable[tuple[str, str]]) -> tuple[Original, ...]:
    """Quotations of texts with their languages, each once."""
    return tuple(Original(text, lang) for text, lang in dict.fromkeys(texts))
