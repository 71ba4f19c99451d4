"""Where the answer of a field goes, and what it must be like, as code has it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from msgspec import Struct

from witnessmark.analyses.asks._code import Code, Said
from witnessmark.facts.view import Facts
from witnessmark.flow.forms.uses import Kept, NameKind, Shown, Tested
from witnessmark.flow.forms.values import Answer, Number, Place, Word, answers_in
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.evidence import Evidence

ORDER: Mapping[NameKind, int] = {
    "column": 0, "json": 0, "xml": 0, "parameter": 0, "preference": 2, "map": 2, "field": 3,
    "extra": 4, "text": 5,
}  # fmt: skip
"""Which names say most of where an answer goes: those that leave the screen first."""

WORDS: Mapping[NameKind, str] = {
    "column": "the column", "json": "the JSON key", "parameter": "the parameter",
    "xml": "the XML element", "preference": "the setting", "map": "the entry",
    "field": "the field", "extra": "the extra", "text": "the text",
}  # fmt: skip

LOOKS_UP = kept_regex(r"^\s*(?:select|delete)\b|[=?]", re.IGNORECASE)
STORES = kept_regex(r"^\s*(?:insert|replace|update)\b", re.IGNORECASE)
"""Statements that look rows up by an answer, and those that store it."""

WRITES = ("insert", "replace", "update")
MOST_NAMES = 8
OF_WIDGETS = kept_regex(
    r"^(?:et|tv|edt|edit|txt|text|sp|spinner|rb|rg|cb|btn|input)_?|_?(?:et|tv|edit|text)$",
    re.IGNORECASE,
)
"""Parts of an id that name the widget, not the fact."""


class Bound(Struct, frozen=True):
    """A name under which an answer goes; ``where`` table or class, empty when it is not known."""

    name: str
    kind: NameKind
    where: str
    kept: Kept

    @property
    def rank(self) -> int:
        """How much the name says of where an answer goes, the least the most."""
        asked = self.kind == "column" and self.kept.word is not None and _asks(self.kept.word.text)
        return ORDER[self.kind] + (0 if self.kept.whole else 2) + (1 if asked else 0)

    def told(self) -> dict[str, str]:
        """As the subject of a finding tells it."""
        found = {"name": self.name, "kind": self.kind}
        return {**found, "in": self.where} if self.where else found


def _asks(statement: str) -> bool:
    """Whether a statement, or what is at hand of it, only looks rows up by the answer."""
    return LOOKS_UP.search(statement) is not None and STORES.match(statement) is None


def bounds(said: Sequence[Said], name: str, code: Code) -> list[Bound]:
    """Names of one answer, the one that says most first."""
    tables: dict[object, str] = {one.owner: one.table for one in code.uses.uses.written.values()}
    found: dict[tuple[str, str], Bound] = {}
    for one in said:
        for kept in one.kept:
            if _of_the_platform(kept, code):
                continue
            where = kept.table or tables.get(kept.owner, "")
            if kept.kind == "field" and isinstance(kept.owner, str):
                where = kept.owner.rpartition("/")[2].rstrip(";")
            one_more = Bound(kept.name, kept.kind, where, kept)
            before = found.setdefault((kept.kind, kept.name), one_more)
            if (one_more.rank, not where) < (before.rank, not before.where):
                found[kept.kind, kept.name] = one_more
    called = {OF_WIDGETS.sub("", one).lower() for one in (name, *_variables(said))}
    return sorted(
        found.values(),
        key=lambda b: (b.rank, -max(_alike(b.name, one) for one in called), b.kind, b.name),
    )[:MOST_NAMES]


def _of_the_platform(kept: Kept, code: Code) -> bool:
    """Whether an answer only sets a part of an object of the platform, such as a width."""
    owner = kept.owner
    return (
        kept.kind == "field" and isinstance(owner, str) and code.uses.program.class_row(owner) < 0
    )


def _variables(said: Sequence[Said]) -> list[str]:
    return [name for one in said for name in one.variables]


def _alike(name: str, plain: str) -> float:
    """How alike two names are, in steps that keep small differences from deciding."""
    return round(
        SequenceMatcher(None, name.lower().replace("_", ""), plain.replace("_", "")).ratio() * 4
    )


def requirements(said: Sequence[Said], code: Code) -> dict[str, Any]:
    """What an answer must be: required, of a pattern, of a length."""
    found: dict[str, Any] = {}
    views = {
        kept.answer.view for one in said for kept in one.kept if isinstance(kept.answer, Answer)
    }
    for told in code.uses.uses.told.values():
        here = told.view in views or any(told.view == f.view for one in said for f in one.found)
        if here and (told.test.asks == "empty" or _is_no_length(told.test.other)):
            found["required"] = True
    for one in said:
        kept = [k for k in one.kept if ORDER[k.kind] < ORDER["text"]]
        if kept and all(_needs_answer(k) for k in kept):
            found["required"] = True
        if any(_complains(shown) for shown in one.shown):
            found["required"] = True
        for test in one.tested:
            found.update(_rule(test))
    return found


def _complains(shown: Shown) -> bool:
    """Whether a field shows an error because it is empty."""
    return shown.what == "error" and any(
        guard.test.asks == "empty"
        and guard.outcome
        and any(isinstance(a, Answer) and a.view == shown.view for a in answers_in(guard.test.of))
        for guard in shown.guards
    )


def _is_no_length(other: object) -> bool:
    """Whether a comparison asks only if there is any text."""
    return isinstance(other, Word) and other.text in ("<= 0", "< 1", "> 0", ">= 1")


def _needs_answer(kept: Kept) -> bool:
    """Whether an answer only goes on when it is not empty."""
    if not isinstance(kept.answer, Answer):
        return False
    for guard in kept.guards:
        of = answers_in(guard.test.of)
        if any(isinstance(a, Answer) and a.view == kept.answer.view for a in of):
            if guard.test.asks == "empty" and not guard.outcome:
                return True
            if guard.test.asks == "not empty" and guard.outcome:
                return True
            if guard.test.asks == "length" and _excludes_empty(guard.test.other, guard.outcome):
                return True
    return False


def _excludes_empty(other: object, outcome: bool) -> bool:
    if isinstance(other, Number):
        return not outcome and other.value == 0
    if not isinstance(other, Word):
        return not outcome
    sign, _, number = other.text.partition(" ")
    if not number.isdigit():
        return False
    limit = int(number)
    holds_for_none = {"<": limit > 0, ">=": limit <= 0, ">": limit < 0, "<=": limit >= 0}.get(sign)
    return holds_for_none is not None and holds_for_none != outcome


def _rule(test: Tested) -> Iterator[tuple[str, Any]]:
    if test.asks == "pattern" and isinstance(test.other, Word) and test.other.text:
        yield "pattern", test.other.text
    elif test.asks == "length" and isinstance(test.other, Word) and not _is_no_length(test.other):
        yield "length", test.other.text


def evidence_of(app: Facts, bound: Bound) -> Iterator[Evidence]:
    """Where an answer is read and where it goes on."""
    kept = bound.kept
    given = kept.answer
    if isinstance(given, Answer) and given.place.method >= 0:
        yield quote(app, "code reads the answer here", given.place)
    where = f" of {bound.where}" if bound.where else ""
    says = f"the answer goes into {WORDS[bound.kind]} “{bound.name}”{where}"
    here = quote(app, says, kept.place)
    if kept.word is not None and kept.word.string >= 0:
        named = app.quote_string(f"the name “{bound.name}”", kept.word.string)
        yield Evidence(says, because=(here, named))
    else:
        yield here


def quote(app: Facts, says: str, place: Place) -> Evidence:
    """Evidence that quotes an instruction."""
    return app.quote_instruction(says, place.method, place.pc)
