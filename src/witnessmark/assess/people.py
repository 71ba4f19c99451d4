"""Which personal data findings speak of, and English for their words.

What analyses find in forms, tables and records is named by labels, columns and keys. Here they
are classified by the lexicons, each with the other names of its record or screen as context, and
get a gloss where the app's own English is silent, also where a sentence quotes them. What an
analysis has said itself stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from witnessmark.assess.answers import SAID_BY_FIELDS, Answers
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.gloss import PACKS as GLOSS_PACKS
from witnessmark.knowledge.gloss import Gloss, Glossary
from witnessmark.knowledge.language import base_language
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.people import Category, any_special, by_term, wider_terms
from witnessmark.knowledge.packs.traits import Trait, TraitReader
from witnessmark.knowledge.packs.yes_no_words import YesNoWords, is_yes_or_no
from witnessmark.knowledge.people import PACKS as PEOPLE_PACKS
from witnessmark.knowledge.people import About, Classification, Classifier
from witnessmark.model.finding import Finding, Original
from witnessmark.model.glossed import with_glosses

PACKS = tuple(sorted({*GLOSS_PACKS, *PEOPLE_PACKS, "traits", "yes_no_words"}))
"""Packs this needs."""

APP = "English locale of the app"
LEXICON = "meaning of the word in the lexicon"

ENTRIES: Mapping[str, str] = {"asks.field": "choices", "marks.code_book": "entries"}
"""Where the subject of a kind lists what can be chosen: objects with a ``label``."""

FEWEST_ALIKE = 2
SHARE_ALIKE = 2
"""So many choices, and one in so many of all, must name the same for a field to be about it."""

NAMED_PARTS: Mapping[str, str] = {
    "keeps.table": "columns",
    "keeps.record": "fields",
    "keeps.preference": "keys",
    "sends.request": "parameters",
    "sends.message": "parameters",
}
"""Where the subject of a kind lists what has names: objects with a ``name``."""

FEWEST_AT_HOME = 3
"""So many labels, and most of those that say anything of people, must be in one language for the
app to speak it."""

HAN = kept_regex(r"[\u3400-\u9fff]")
VAGUE = 2
"""Chinese letters up to which a label may leave open what it asks: 编号, 内容, 名称."""

VALUES = ("pd:PhysicalAddress", "pd:EmailAddress", "pd:TelephoneNumber", "pd:Name", "pd:School",
          "pd:Country")  # fmt: skip
"""What yes or no cannot state: a question so answered may name a school or a street, but asks for
none."""

FIELD = "asks.field"
FLOW = "sends.flow"
SENT = ("sends.request", "sends.message")
WRAPPERS = frozenset({
    "body", "content", "data", "head", "header", "message", "param", "params", "payload", "req",
    "request", "root",
})  # fmt: skip
"""Members of a body that hold all the others and say nothing of them."""

FIELD_TEXTS = ("label", "hint", "name", "bound_to")
"""What names a field, best first."""


def tell_people(findings: Sequence[Finding], know: Knowledge) -> tuple[Finding, ...]:
    """The findings with categories, special, about and glosses filled in, in the same order."""
    return _Teller(findings, know).told()


class _Teller:
    def __init__(self, findings: Sequence[Finding], know: Knowledge) -> None:
        self._findings = findings
        self._classifier = Classifier(know)
        self._glossary = Glossary(know)
        self._people = by_term(know.entries("people", Category))
        self._traits = TraitReader(know.entries("traits", Trait))
        self._yes_no = know.entries("yes_no_words", YesNoWords)
        self._answers = Answers(())
        self._screens: dict[str, list[str]] = {}
        for finding in findings:
            if finding.kind == FIELD:
                names = self._screens.setdefault(str(finding.subject.get("screen", "")), [])
                names += [text for texts in _field_texts(finding) for text, _ in texts]
        self._home = self._spoken()

    def _spoken(self) -> str:
        """The language of most labels that say anything of people; empty when none stands out."""
        counted: dict[str, int] = {}
        for finding in self._findings:
            if finding.kind == FIELD:
                for text, lang in _field_texts(finding)[0]:
                    found = self._classifier.classify(text, lang)
                    if found.categories:
                        counted[found.lang] = counted.get(found.lang, 0) + 1
        lang, most = max(counted.items(), key=lambda one: (one[1], one[0]), default=("", 0))
        return lang if most >= FEWEST_AT_HOME and most * 2 > sum(counted.values()) else ""

    def told(self) -> tuple[Finding, ...]:
        fields = {n: self._one(one) for n, one in enumerate(self._findings) if one.kind == FIELD}
        self._answers = Answers(fields.values())
        told = [
            fields[n] if one.kind == FIELD else self._one(one)
            for n, one in enumerate(self._findings)
        ]
        asked = {_asked(one.subject): one for one in told if one.kind == FIELD}
        return tuple(
            self._as_asked(one, asked) if one.kind == FLOW
            else self._with_entered(one, asked) if one.kind in SENT
            else one
            for one in told
        )  # fmt: skip

    def _with_entered(self, finding: Finding, asked: Mapping[tuple[str, str], Finding]) -> Finding:
        """A named value of a request that people enter is about what its field asks for."""
        parts = finding.subject.get(NAMED_PARTS[finding.kind], [])
        if not any(part.get("entered") for part in parts):
            return finding
        found: list[Classification] = []
        told = []
        for part in parts:
            fields = [asked.get(_asked(one)) for one in part.get("entered", ())]
            known = [one for one in fields if one is not None and one.categories]
            found += [Classification("", categories=f.categories, about=f.about) for f in known]
            terms = (term for field in known for term in field.categories)
            named = list(dict.fromkeys((*part.get("categories", ()), *terms)))
            told.append({**part, "categories": named} if known else part)
        subject = {**finding.subject, NAMED_PARTS[finding.kind]: told}
        return self._with(replace(finding, subject=subject), found)

    def _as_asked(self, finding: Finding, asked: Mapping[tuple[str, str], Finding]) -> Finding:
        """A flow of what was entered is about what its fields ask for."""
        fields = [asked.get(_asked(one)) for one in finding.subject.get("fields", ())]
        found = [
            Classification("", categories=one.categories, about=one.about)
            for one in fields
            if one is not None
        ]
        return self._with(finding, found)

    def _one(self, finding: Finding) -> Finding:
        if finding.kind == FIELD:
            near = self._screens[str(finding.subject.get("screen", ""))]
            found = self._of_field(finding, near)
            finding = self._with(finding, [found] if found else self._of_choices(finding))
        elif finding.kind in NAMED_PARTS:
            finding = self._with_parts(finding, NAMED_PARTS[finding.kind])
        if finding.kind in ENTRIES:
            finding = self._with_glossed_entries(finding, ENTRIES[finding.kind])
        original = tuple(map(self._glossed, finding.original))
        return replace(finding, original=original, says=with_glosses(finding.says, original))

    def _of_choices(self, finding: Finding) -> list[Classification]:
        """What the choices of a field say that its label does not: most of them the same."""
        labels = [str(choice.get("label", "")) for choice in finding.subject.get("choices", ())]
        naming: dict[str, set[str]] = {}
        for label in labels:
            for term in self._classifier.classify(label, "und", labels).categories[:1]:
                naming.setdefault(term, set()).add(label)
            for trait in self._traits.recognised(label):
                for term in trait.categories:
                    naming.setdefault(term, set()).add(label)
        counted = {term: len(alike) for term, alike in naming.items()}
        term, alike = max(counted.items(), key=lambda one: (one[1], one[0]), default=("", 0))
        if alike < FEWEST_ALIKE or alike * SHARE_ALIKE < len(labels):
            return []
        return [Classification("", categories=(term,))]

    def _with_glossed_entries(self, finding: Finding, key: str) -> Finding:
        lang = next((one.lang for one in finding.original if one.lang != "und"), "und")
        entries = []
        for entry in finding.subject.get(key, ()):
            gloss = entry.get("gloss") or self._glossary.gloss(str(entry.get("label", "")), lang)
            told = gloss.text if isinstance(gloss, Gloss) else gloss
            entries.append({**entry, "gloss": told} if told else entry)
        return replace(finding, subject={**finding.subject, key: entries})

    def _of_field(self, finding: Finding, near: Sequence[str]) -> Classification | None:
        """What its words say; else what translations agree on; else what its names say."""
        words, translations, names = _field_texts(finding)
        labels = [str(one.get("label", "")) for one in finding.subject.get("choices", ())]
        if is_yes_or_no(labels, self._yes_no):
            return self._asked_whether(words, near)
        found = self._first(words, near)
        if found is None:
            found = self._agreed(translations, near)
        if found is None:
            found = self._first([one for one in names if self._may_add(one, words)], near)
        return self._whose(found, names)

    def _whose(
        self, found: Classification | None, names: Iterable[tuple[str, str]]
    ) -> Classification | None:
        """The same with whose fact it is, where only a name says so: “Name”, ``guardian_name``."""
        if found is None or found.about != "unknown":
            return found
        for name in names:
            other = self._classifier.classify(*name)
            if other.about == "third_person" and {*found.categories} & {*other.categories}:
                terms = tuple(dict.fromkeys((*found.categories, *other.categories)))
                return replace(found, categories=terms, about=other.about)
        return found

    def _asked_whether(
        self, words: Iterable[tuple[str, str]], near: Sequence[str]
    ) -> Classification | None:
        """What a question that is answered yes or no can tell."""
        found = self._first(words, near)
        if found is None:
            return None
        left = tuple(
            term
            for term in found.categories
            if not any(one in VALUES for one in wider_terms(term, self._people))
        )
        return _limited_to(found, left) if left else None

    def _first(
        self, texts: Iterable[tuple[str, str]], near: Sequence[str]
    ) -> Classification | None:
        for text, lang in texts:
            found = self._classifier.classify(text, lang, near, self._home)
            if found.categories:
                return found
        return None

    def _agreed(
        self, texts: Iterable[tuple[str, str]], near: Sequence[str]
    ) -> Classification | None:
        """What translations into two languages say alike; one alone may be read wrongly."""
        said: dict[str, dict[str, Classification]] = {}
        for text, lang in texts:
            found = self._classifier.classify(text, lang, near)
            for term in found.categories[:1]:
                said.setdefault(term, {}).setdefault(base_language(lang), found)
        alike = [list(by.values()) for by in said.values() if len(by) > 1]
        return max(alike, key=len)[0] if alike else None

    def _may_add(self, name: tuple[str, str], words: Sequence[tuple[str, str]]) -> bool:
        """Whether a name may say what the words of a field do not.

        Initials abbreviate words, so they say no more than Chinese words that stand beside them;
        and where a label is understood whole, the name of a view may be left from another one.
        """
        han = [(text, lang) for text, lang in words if HAN.search(text)]
        found = self._classifier.classify(*name)
        if any(self._is_said_by(found, *one) for one in han):
            return False
        if all(len(HAN.findall(text)) <= VAGUE for text, _ in han):
            return True
        if found.lang == "pinyin":
            return False
        return not any(
            len(HAN.findall(text)) > VAGUE and self._glossary.gloss(text, lang) is not None
            for text, lang in han
        )

    def _is_said_by(self, name: Classification, text: str, lang: str) -> bool:
        """Whether a name only abbreviates a Chinese label (温度, ``wd``) or translates it."""
        if name.lang == "pinyin" and len(HAN.findall(text)) in _letters(name.text):
            return True
        gloss = self._glossary.gloss(text, lang)
        return (
            gloss is not None
            and bool(name.gloss)
            and {*name.gloss.split()} <= {*gloss.text.split()}
        )

    def _with_parts(self, finding: Finding, key: str) -> Finding:
        parts = finding.subject.get(key, [])
        names = [str(part.get("name", "")) for part in parts]
        keys = [_as_key(_unwrapped(name)) for name in names]
        found = [self._classifier.classify(key, "und", keys, self._home) for key in keys]
        said = self._answers.of(finding, names)
        asked = [
            not one.categories and bool(by.categories) for one, by in zip(found, said, strict=True)
        ]
        found = [by if new else one for one, by, new in zip(found, said, asked, strict=True)]
        if any(asked):
            finding = replace(finding, limits=(*finding.limits, SAID_BY_FIELDS))
        told: list[dict[str, Any]] = [
            {
                **part,
                "categories": list(dict.fromkeys((*part.get("categories", ()), *one.categories))),
            }
            for part, one in zip(parts, found, strict=True)
        ]
        finding = replace(finding, subject={**finding.subject, key: told})
        read = zip(names, found, strict=True)
        glosses = {name: _gloss_of(one) for name, one in read if one.lang != "en"}
        original = tuple(
            replace(one, gloss=glosses[one.text], gloss_from=LEXICON)
            if not one.gloss and glosses.get(one.text)
            else one
            for one in finding.original
        )
        return self._with(replace(finding, original=original), found)

    def _with(self, finding: Finding, found: Sequence[Classification]) -> Finding:
        told = [one for one in found if one.categories]
        terms = tuple(dict.fromkeys(term for one in told for term in one.categories))
        categories = tuple(dict.fromkeys((*finding.categories, *terms)))
        special = finding.special or any_special(categories, self._people)
        about = finding.about if finding.about != "unknown" else _about(told)
        return replace(finding, categories=categories, special=special, about=about)

    def _glossed(self, one: Original) -> Original:
        if one.gloss:
            return one if one.gloss_from else replace(one, gloss_from=APP)
        if base_language(one.lang) == "en":
            return one
        gloss = self._glossary.gloss(one.text, one.lang)
        if gloss is None:
            return one
        return replace(one, gloss=gloss.text, gloss_from=gloss.origin)


def _asked(subject: Mapping[str, Any]) -> tuple[str, str]:
    """Which field of which screen it is."""
    return str(subject.get("screen", "")), str(subject.get("number", ""))


def _as_key(name: str) -> str:
    """A key or column as identifiers are written: ``Name`` alone is no label there."""
    return name[:1].lower() + name[1:] if name.isascii() and name.istitle() else name


def _unwrapped(name: str) -> str:
    """A path in a body without the parts that only wrap it: ``body.type`` is no type of a body."""
    *around, last = name.split(".")
    while around and around[0].casefold() in WRAPPERS:
        del around[0]
    return ".".join((*around, last))


def _limited_to(found: Classification, terms: tuple[str, ...]) -> Classification:
    """The same with other categories."""
    return replace(found, categories=terms)


def _gloss_of(found: Classification) -> str:
    return found.gloss if found.categories else ""


def _about(told: Sequence[Classification]) -> About:
    """Whose facts they are, when all of them say the same."""
    said = {one.about for one in told}
    return said.pop() if len(said) == 1 else "unknown"


def _letters(name: str) -> set[int]:
    """How many letters a name has, with what comes before its last underscore and without it."""
    parts = (name, name.rpartition("_")[2])
    return {sum(map(str.isalpha, part)) for part in parts}


Texts = list[tuple[str, str]]


def _field_texts(finding: Finding) -> tuple[Texts, Texts, Texts]:
    """Words of a field by default and in English, those of other locales, and its names.

    Each with its locale.
    """
    langs = {one.text: one.lang for one in finding.original}
    own = [str(finding.subject.get(key) or "") for key in FIELD_TEXTS]
    words = {text: langs.get(text, "und") for text in own[:2] if text}
    words |= {
        one.text: one.lang for one in finding.original if base_language(one.lang) in ("en", "und")
    }
    others = [(one.text, one.lang) for one in finding.original if one.text not in words]
    names = [(text, "und") for text in own[2:] if text and text not in words]
    return list(words.items()), others, names
