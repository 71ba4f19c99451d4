"""Code books that code builds: maps, like objects, choices by a value."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.marks._book import CODE, Book, BookEntry, Span, string_span
from witnessmark.analyses.marks._books_in_resources import string_resources
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.code import (
    CALLS,
    CLASSES,
    FIELDS,
    METHODS,
    STRING_USES,
    TYPE_USES,
    TYPES,
)  # fmt: skip
from witnessmark.facts.view import Facts
from witnessmark.flow.choice_texts import choice_texts
from witnessmark.flow.constants import constant_arguments
from witnessmark.flow.made_objects import MadeObject, made_objects
from witnessmark.flow.receivers import NOWHERE, Receiver, receivers
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.packs.book_calls import BookCall
from witnessmark.model.location import ReadsAs

FEWEST = 3
"""Entries from which pairs count as a book."""

RESOURCE_IDS, LAST_RESOURCE_ID = 0x7F000000, 0x7FFFFFFF
"""Between these a number is the id of a resource, such as a radio button, not a code."""

NEW_INSTANCE = 0x22
NUMBER = kept_regex(r"-?\d{1,18}")
TEXTS, NUMBERS = ("string", "derived"), ("int", "long", "char")

Told = NDArray[np.bool_]
"""Which methods are looked into."""


class Pair(Struct, frozen=True):
    """A code, a label with its place, and where in a method they meet."""

    code: str
    label: str
    span: Span
    reads_as: ReadsAs
    pc: int


class _Given(Struct, frozen=True):
    kind: str
    text: str
    row: int


def code_books(app: Facts, calls: Sequence[BookCall]) -> Iterator[Book]:
    """Books in code by kind, then by method; the code of known libraries is left out."""
    told = not_of_libraries(app)
    yield from _maps(app, told, [one for one in calls if one.role == "pair"])
    yield from _calls_with_pairs(app, told)
    yield from _labelled_objects(app, told)
    yield from _objects(app, told)
    yield from _choices(app, told)


def calls_of_role(app: Facts, told: Told, calls: Sequence[BookCall]) -> list[int]:
    """Calls in told methods that name one of ``calls``, ascending."""
    members = [Member(one.owner, one.member) for one in calls]
    methods = CodeNames(app, framework_model()).methods(members, below=True)
    callers = app.table(CALLS)["method"]
    return sorted(
        call for method in methods for call in app.calls_of(method) if told[int(callers[call])]
    )


def _maps(app: Facts, told: Told, calls: Sequence[BookCall]) -> Iterator[Book]:
    rows = calls_of_role(app, told, calls)
    given, objects = given_to(app, rows), receivers(app, rows)
    pairs: dict[tuple[int, Receiver], list[Pair]] = defaultdict(list)
    columns: dict[str, set[str]] = defaultdict(set)
    for call in sorted(given):
        key, value = given[call].get(0), given[call].get(1)
        pair = _of_map(app, call, key, value)
        method, _ = _place(app, call)
        if pair is not None:
            pairs[method, objects.get(call, NOWHERE)].append(pair)
        elif key is not None and value is None and key.kind in TEXTS:
            columns[_outermost(app, method)].add(key.text)
    rest: dict[int, list[Pair]] = defaultdict(list)
    for (method, receiver), listed in sorted(pairs.items(), key=lambda item: _order(item[0])):
        if columns[_outermost(app, method)].issuperset(one.code for one in listed):
            continue  # the titles over rows that are filled under the same keys
        if len(listed) < FEWEST:
            rest[method] += listed
        else:
            yield from book_of(app, "map", method, listed, field=receiver.field)
    for method, listed in sorted(rest.items()):
        yield from book_of(app, "map", method, listed)


def _outermost(app: Facts, method: int) -> str:
    """The class of a method, or that around it."""
    return app.method_class(method).partition("$")[0]


def _order(key: tuple[int, Receiver]) -> tuple[int, int, int]:
    return key[0], key[1].place, key[1].field


def _of_map(app: Facts, call: int, key: _Given | None, value: _Given | None) -> Pair | None:
    if key is None or value is None:
        return None
    _, pc = _place(app, call)
    if value.kind == "string" and value.row >= 0 and _is_code(key):
        return _pair(app, _code(app, key), value, pc)
    if key.kind == "string" and key.row >= 0 and _is_code(value):
        return _pair(app, _code(app, value), key, pc)
    return None


def _is_code(given: _Given) -> bool:
    if given.kind in NUMBERS:
        return not given.text.isdigit() or int(given.text) < RESOURCE_IDS
    return given.kind in (*TEXTS, "field")


def _code(app: Facts, given: _Given) -> str:
    """A code as text; of a field, such as a constant of an enum, its name."""
    if given.kind == "field":
        return app.string(int(app.table(FIELDS)["name"][given.row]))
    return given.text


def _pair(app: Facts, code: str, label: _Given, pc: int) -> Pair:
    return Pair(code, label.text, string_span(app, label.row), "mutf-8", pc)


def _calls_with_pairs(app: Facts, told: Told) -> Iterator[Book]:
    """Runs of at least four calls of one method of the app with a text and a code each."""
    calls = app.table(CALLS)
    given = given_to(app, _runs_of_own_calls(app, told, lambda callee: _makes_pairs(app, callee)))
    pairs: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    for call in sorted(given):
        method, pc = _place(app, call)
        pair = _labelled(app, [given[call][at] for at in sorted(given[call]) if at >= 0], pc)
        if pair is not None:
            pairs[method, int(calls["callee"][call])].append(pair)
    for (method, callee), listed in sorted(pairs.items()):
        made = app.method_name(callee) == "<init>"
        name = app.method_class(callee) if made else ""
        yield from book_of(app, "objects", method, listed, what=name)


def _labelled_objects(app: Facts, told: Told) -> Iterator[Book]:
    """Runs of at least three objects of one class of the app that are made of one text each, and
    of nothing else that is constant: shrinking leaves codes out that nothing reads.
    """
    calls = app.table(CALLS)
    wanted = _runs_of_own_calls(app, told, lambda callee: _makes_of_one_text(app, callee))
    given = given_to(app, wanted)
    listed: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    for call in sorted(given):
        text, (method, pc) = given[call].get(0), _place(app, call)
        if text is not None and text.kind == "string" and text.row >= 0:
            run = listed[method, int(calls["callee"][call])]
            run.append(_pair(app, str(len(run)), text, pc))
    for (method, callee), pairs in sorted(listed.items()):
        yield from book_of(app, "list", method, pairs, stated=False, what=app.method_class(callee))


ONE_TEXT = ("Ljava/lang/String;",)


def _makes_of_one_text(app: Facts, callee: int) -> bool:
    return app.parameter_types(callee) == ONE_TEXT and app.method_name(callee) == "<init>"


def _runs_of_own_calls(app: Facts, told: Told, fits: Callable[[int], bool]) -> list[int]:
    """Calls of methods of the app that a method makes at least three times and that fit."""
    methods, calls = app.table(METHODS), app.table(CALLS)
    rows = np.flatnonzero((methods["class"][calls["callee"]] >= 0) & told[calls["method"]])
    pairs = list(zip(calls["method"][rows].tolist(), calls["callee"][rows].tolist(), strict=True))
    talking = set(app.table(STRING_USES)["method"].tolist())
    many = {
        pair for pair, times in Counter(pairs).items() if times >= FEWEST and pair[0] in talking
    }
    wanted = {pair for pair in many if fits(pair[1])}
    return [row for row, pair in zip(rows.tolist(), pairs, strict=True) if pair in wanted]


def _makes_pairs(app: Facts, callee: int) -> bool:
    """Whether a method takes a text and another text or number, as makers of choices do."""
    if _of_enum(app, callee):
        return False
    kinds = app.parameter_types(callee)
    texts = kinds.count("Ljava/lang/String;")
    numbers = sum(kind in "ISBCJ" or kind == "Ljava/lang/Integer;" for kind in kinds)
    return texts >= 1 and texts + numbers >= 2


def _of_enum(app: Facts, method: int) -> bool:
    """Whether a method belongs to an enum, whose constants are told by themselves."""
    owner = int(app.table(METHODS)["class"][method])
    above = int(app.table(CLASSES)["super_type"][owner]) if owner >= 0 else -1
    return above >= 0 and app.descriptor(above) == "Ljava/lang/Enum;"


def _labelled(app: Facts, given: Sequence[_Given], pc: int) -> Pair | None:
    """Code and label of constants that stand together: the longest text in words is the label,
    the first other constant the code.
    """
    texts = [one for one in given if one.kind == "string" and one.row >= 0]
    if not texts:
        return None
    label = max(texts, key=lambda one: (not one.text.isascii(), len(one.text)))
    others = [
        one.text for one in given if one is not label and one.kind in (*TEXTS, *NUMBERS)
        and _is_code(one)
    ]  # fmt: skip
    codes = [text for text in others if CODE.fullmatch(text)]
    return _pair(app, codes[0], label, pc) if codes else None


def _objects(app: Facts, told: Told) -> Iterator[Book]:
    """Runs of at least three objects of one class that setters or fields fill."""
    makers = makers_of_several(app, told)
    groups: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    for made in made_objects(app, makers):
        pair = _labelled(app, _parts(made), made.pc)
        if pair is not None:
            groups[made.method, made.type].append(pair)
    for (method, kind), listed in sorted(groups.items()):
        yield from book_of(app, "objects", method, listed, what=app.type_name(kind))


def _parts(made: MadeObject) -> list[_Given]:
    """Constants of an object, those of parts that name a code first."""
    coded = sorted(made.parts, key=lambda part: not part.name.casefold().endswith(
        ("id", "code", "key", "value", "no", "dm", "bm", "type")))  # fmt: skip
    return [_Given(part.value.kind, part.value.text, part.value.row) for part in coded]


def makers_of_several(app: Facts, told: Told) -> list[int]:
    """Methods that make at least three objects of one class of the app and load texts."""
    uses = app.table(TYPE_USES)
    own = app.table(TYPES)["class"][uses["type"]] >= 0
    rows = np.flatnonzero((uses["opcode"] == NEW_INSTANCE) & own & told[uses["method"]])
    counted = Counter(zip(uses["method"][rows].tolist(), uses["type"][rows].tolist(), strict=True))
    talking = set(app.table(STRING_USES)["method"].tolist())
    return sorted({m for (m, _), times in counted.items() if times >= FEWEST and m in talking})


def _choices(app: Facts, told: Told) -> Iterator[Book]:
    groups: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    resources = string_resources(app)
    chosen = np.flatnonzero(told).tolist()
    for method, choice, key, key_string, string, resource, number, pc in choice_texts(
        app, chosen
    ).rows():
        if NUMBER.fullmatch(key) and RESOURCE_IDS <= int(key) <= LAST_RESOURCE_ID:
            continue
        if resource in resources:
            text, span, reads_as = resources[resource]
            groups[method, choice].append(Pair(key, text, span, reads_as, pc))
        elif string < 0:
            if number and key_string >= 0:
                span = string_span(app, key_string)
                groups[method, choice].append(Pair(number, key, span, "mutf-8", pc))
        elif key_string >= 0 and not key.isascii() and app.string(string).isascii():
            span = string_span(app, key_string)
            groups[method, choice].append(Pair(app.string(string), key, span, "mutf-8", pc))
        else:
            text, span = app.string(string), string_span(app, string)
            if key != str(_hash_of(text)):
                groups[method, choice].append(Pair(key, text, span, "mutf-8", pc))
    for (method, _), listed in sorted(groups.items()):
        yield from book_of(app, "choice", method, listed)


def _hash_of(text: str) -> int:
    """``String.hashCode``, by which a compiled choice among texts first decides.

    Source: Java SE API, java.lang.String.hashCode.
    """
    total = 0
    units = text.encode("utf-16-be", "surrogatepass")
    for high, low in zip(units[::2], units[1::2], strict=True):
        total = (31 * total + (high << 8 | low)) & 0xFFFFFFFF
    return total - (1 << 32) if total >= 1 << 31 else total


def book_of(
    app: Facts,
    kind: str,
    method: int,
    pairs: Sequence[Pair],
    *,
    stated: bool = True,
    field: int = -1,
    what: str = "",
    offered: bool = False,
) -> Iterator[Book]:
    """The book of pairs that meet in ``method``, of each label the first; none for too few.

    Named by the field that holds it, else by the method, with what is made where that is known.
    """
    distinct = {pair.label: pair for pair in sorted(pairs, key=lambda pair: -pair.pc)}
    if len(distinct) < FEWEST:
        return
    ordered = _ordered(kind, list(distinct.values()))
    entries = tuple(BookEntry(p.code, p.label, "", p.span, p.reads_as) for p in ordered)
    name = f"{app.method_class(method)}.{app.method_name(method)}"
    if field >= 0:
        fields = app.table(FIELDS)
        owner = app.type_name(int(fields["class_type"][field]))
        name = f"{owner}.{app.string(int(fields['name'][field]))}"
    elif what:
        name = f"{name} ({what.rpartition('.')[2]})"
    yield Book(kind, name, entries, stated, (method,), offered=offered, read=False)


def _ordered(kind: str, pairs: Sequence[Pair]) -> list[Pair]:
    """Pairs in the order of their place; of choices by number in the order of these."""
    if kind == "choice" and all(NUMBER.fullmatch(pair.code) for pair in pairs):
        return sorted(pairs, key=lambda pair: int(pair.code))
    return sorted(pairs, key=lambda pair: pair.pc)


def given_to(app: Facts, calls: Sequence[int]) -> Mapping[int, Mapping[int, _Given]]:
    """Constant arguments by call and position, of calls in methods that load texts."""
    found: dict[int, dict[int, _Given]] = defaultdict(dict)
    talking = set(app.table(STRING_USES)["method"].tolist())
    table = app.table(CALLS)
    wanted = [row for row in calls if int(table["method"][row]) in talking]
    for call, position, kind, text, row in constant_arguments(app, wanted).rows(
        "call", "position", "kind", "text", "row"
    ):
        found[call][position] = _Given(kind, text, row)
    return found


def _place(app: Facts, call: int) -> tuple[int, int]:
    table = app.table(CALLS)
    return int(table["method"][call]), int(table["pc"][call])
