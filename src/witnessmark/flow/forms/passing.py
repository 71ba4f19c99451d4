"""Where answers go: under names in records, requests and settings, into SQL, into texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from witnessmark.flow.forms.heap import known_only
from witnessmark.flow.forms.names import MARK, Named, names_in, sql_names
from witnessmark.flow.forms.uses import Kept, NameKind, Written
from witnessmark.flow.forms.values import (
    Built,
    Given,
    Made,
    Value,
    Values,
    Word,
    answers_in,
    has_answer,
    only,
    uncoded,
)  # fmt: skip
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.screen_calls import ScreenCall

if TYPE_CHECKING:
    from witnessmark.flow.forms.calls import Call
    from witnessmark.flow.forms.tracer import Tracer

KEY = kept_regex(r"[A-Za-z_][\w.\-\[\]]{0,63}|[\u4e00-\u9fff]{1,16}")
"""What may be the name of a value; a sentence is none."""

REPORTS = ("Landroid/util/Log;", "Landroid/widget/Toast;", "Ljava/io/PrintStream;", "Ltimber/")
"""Beginnings of classes whose methods only tell what they are given."""

COMPUTED = frozenset({"Ljava/lang/String;", "Ljava/lang/CharSequence;", "[B", "[C"})
"""What a method returns that makes another text of what it is given, and keeps nothing."""

CALLS = kept_regex(r"call|invoke|exec|request|send|publish|emit|log", re.IGNORECASE)
ADDS = kept_regex(r"add|append|put|set|with|param|field|query|form|header|part", re.IGNORECASE)
"""Beginnings of names of methods: those that are told what to call, and those that add a value."""

NAMELESS = ("Landroid/content/Intent;", "Landroid/net/Uri;", "Ljava/io/File;", "Ljava/net/URL;")
"""Classes that are told what to do, or where: the text before a value is no name of it."""

WIDER: dict[str, NameKind] = {"json": "json", "column": "column", "preference": "preference",
                              "extra": "extra", "parameter": "parameter", "map": "map"}  # fmt: skip
STORED = ("extra", "preference")


def keep(tracer: Tracer, made: Call, role: ScreenCall) -> None:
    """Put a value under a name: into the heap, and what is answered in it into the uses."""
    keys = made.values(role.operand("key", static=made.static))
    values = made.values(role.operand("value", static=made.static))
    owner = only(made.receiver)
    kind = WIDER.get(role.what, "parameter")
    for key in map(uncoded, keys):
        if not isinstance(key, Word):
            continue
        if isinstance(owner, Made):
            tracer.heap.write((owner, "key", key.text), values)
        if kind in STORED:
            tracer.heap.write(("name", kind, key.text), values)
        for value in values:
            _keep_answers(tracer, made, kind, key, value, owner or made.callee.owner)


def _keep_answers(
    tracer: Tracer, made: Call, kind: NameKind, key: Word, value: Value, owner: Value | str
) -> None:
    if isinstance(value, Built) and name_parts(tracer, made, value):
        return
    whole = not isinstance(value, Built) or len(value.parts) == 1
    for answer in answers_in(value):
        _see(tracer, made, answer, kind, key.text, key, owner, whole=whole)


def _see(
    tracer: Tracer, made: Call, answer: Given, kind: NameKind, name: str,
    word: Word | None, owner: Value | str = "", table: str = "", *, whole: bool = True,
) -> None:  # fmt: skip
    guards = made.frame.guards | made.state.guards
    place = made.frame.place(made.one)
    tracer.uses.see_kept(Kept(answer, kind, name, place, word, owner, table, guards, whole))


def name_parts(tracer: Tracer, made: Call, value: Built) -> bool:
    """Keep the answers inside a text under the names that stand before them; whether any does."""
    text, answers = "", []
    words: list[Word] = []
    for part in map(_plain, value.parts):
        inside = answers_in(part)
        if inside:
            text += MARK
            answers.append((inside, words[-1] if words else None))
        elif isinstance(part, Word):
            text += part.text
            words.append(part)
        else:
            text += "?"
    named = list(names_in(text)) if answers else []
    for one in named:
        if one.number < len(answers):
            inside, word = answers[one.number]
            for answer in inside:
                _see(tracer, made, answer, one.kind, one.name, word, table=one.table)
    return bool(named)


def _plain(part: Value) -> Value:
    value = uncoded(part)
    return value if isinstance(value, Word) and not has_answer(part) else part


def run_sql(tracer: Tracer, made: Call, sql: Values, values: Values) -> None:
    """Values that are handed to a statement go into the columns of its marks."""
    for statement in sql:
        if isinstance(statement, Built):
            name_parts(tracer, made, statement)
    for text, word in _texts(sql):
        for named in sql_names(text, "?"):
            for held in _listed(tracer, values, named):
                for value in held:
                    for answer in answers_in(value):
                        _see(tracer, made, answer, "column", named.name, word, table=named.table)


def _texts(values: Values) -> list[tuple[str, Word | None]]:
    """Statements as text, with ``?`` in place of what is not known."""
    found: list[tuple[str, Word | None]] = []
    for value in map(uncoded, values):
        if isinstance(value, Word):
            found.append((value.text, value))
        elif isinstance(value, Built):
            words = [part for part in map(uncoded, value.parts) if isinstance(part, Word)]
            text = "".join(
                part.text if isinstance(part, Word) else "x" for part in map(uncoded, value.parts)
            )
            found.append((text, words[0] if words else None))
    return found


def _listed(tracer: Tracer, values: Values, named: Named) -> list[Values]:
    return [
        slots[named.number]
        for value in values
        if isinstance(value, Made)
        for slots in (tracer.heap.slots(value),)
        if named.number < len(slots)
    ]


def write_row(tracer: Tracer, made: Call, tables: Values) -> None:
    """Rows of content values get their table."""
    place = made.frame.place(made.one)
    for table in map(uncoded, tables):
        if not isinstance(table, Word):
            continue
        for values in made.given[1:]:
            for value in values:
                if isinstance(value, Made):
                    one = Written(value, table.text, place)
                    tracer.uses.written.setdefault((value, table.text, place), one)
    passes_on(tracer, made)


def passes_on(tracer: Tracer, made: Call) -> None:
    """Answers handed to code that is not looked into: by name, by annotation, inside texts."""
    if made.callee.owner.startswith(REPORTS):
        return
    named = tracer.parameter_names(made.callee.row)
    first = 0 if made.static else 1
    keyed = _keyed(made, first)
    for position, values in enumerate(made.given[first:]):
        name = named.get(position)
        before = made.given[first + position - 1] if position else frozenset()
        key = only(known_only(frozenset(map(uncoded, before))))
        for value in values:
            if isinstance(value, Built) and name_parts(tracer, made, value):
                continue
            for answer in answers_in(value):
                if name:
                    _see(tracer, made, answer, "parameter", name, None, made.callee.owner)
                elif position in keyed and isinstance(key, Word) and KEY.fullmatch(key.text):
                    _see(tracer, made, answer, "parameter", key.text, key, made.callee.owner)
        _selection(tracer, made, before, values)


def _keyed(made: Call, first: int) -> frozenset[int]:
    """Positions of values that stand behind their names, as far as the shape of a call tells: one
    name and one value, names and values by turns, or a name and a value at the beginning of a
    call that adds. The name of what is called, or the scheme of an address, is none.
    """
    given = [known_only(frozenset(map(uncoded, values))) for values in made.given[first:]]
    if made.callee.returns in COMPUTED or CALLS.match(made.callee.name):
        return frozenset()
    if made.callee.owner in NAMELESS:
        return frozenset()
    if len(given) == 2:
        return frozenset({1})
    turns = range(0, len(given), 2)
    if len(given) % 2 == 0 and all(isinstance(only(given[at]), Word) for at in turns):
        return frozenset(at + 1 for at in turns)
    return frozenset({1}) if ADDS.match(made.callee.name) else frozenset()


def _selection(tracer: Tracer, made: Call, before: Values, values: Values) -> None:
    """``query(…, "name=?", args)``: a condition and the values of its marks."""
    for text, word in _texts(before):
        if "?" not in text or "=" not in text:
            continue
        for named in sql_names(text, "?"):
            for held in _listed(tracer, values, named):
                for value in held:
                    for answer in answers_in(value):
                        _see(tracer, made, answer, "column", named.name, word)
