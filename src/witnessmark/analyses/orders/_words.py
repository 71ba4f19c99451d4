"""Words of the pack ``phrases`` among the labels of an app, by what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from witnessmark.analyses.labels import Label, labels_of
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.phrases import Kind, Phrase

LONGEST = 120
"""Characters of a text that is a label, a message or a title; longer ones are prose."""

SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "arabic": re.compile(r"[\u0600-\u06ff]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
    "latin": re.compile(r"[A-Za-z]"),
}
_SCRIPT_OF = {"zh": "zh", "ru": "cyrillic", "kk": "cyrillic", "ar": "arabic", "fa": "arabic",
              "ug": "arabic", "hi": "hi"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """A label and the phrase that stands in it."""

    label: Label
    phrase: Phrase


def hits_of(facts: Facts, phrases: Sequence[Phrase], kinds: Iterable[Kind]) -> Iterator[Hit]:
    """Labels in which a phrase of one of ``kinds`` stands, the first phrase of each kind."""
    wanted = set(kinds)
    by_script: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        if phrase.kind in wanted:
            by_script.setdefault(_SCRIPT_OF.get(phrase.lang, "latin"), []).append(phrase)
    known: dict[str, list[Phrase]] = {}
    for label in labels_of(facts):
        text = label.text
        if len(text) > LONGEST:
            continue
        if text not in known:
            known[text] = list(_phrases_in(text, by_script))
        for phrase in known[text]:
            yield Hit(label, phrase)


def _phrases_in(text: str, by_script: Mapping[str, Sequence[Phrase]]) -> Iterator[Phrase]:
    seen: set[tuple[str, str]] = set()
    for script, phrases in by_script.items():
        if not SCRIPTS[script].search(text):
            continue
        for phrase in phrases:
            if (phrase.kind, phrase.what) not in seen and phrase.recognises(text):
                seen.add((phrase.kind, phrase.what))
                yield phrase
