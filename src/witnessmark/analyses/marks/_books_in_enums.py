"""Code books that enums are: constants with a label, with a code, or with their names alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.marks._book import Book, BookEntry, string_span
from witnessmark.analyses.marks._books_in_resources import string_resources
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.code import FIELD_USES, FIELDS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import enum_constants
from witnessmark.flow.graph import distinct
from witnessmark.flow.tables import ENUM_CONSTANTS
from witnessmark.model.distinct import among


class _Argument(Struct, frozen=True):
    position: int
    kind: str
    text: str
    string: int


class _Constant(Struct, frozen=True):
    name: str
    field: int
    method: int
    arguments: Sequence[_Argument]


def enum_books(app: Facts) -> Iterator[Book]:
    """Enums outside known libraries, by class.

    The text given to a constant is its label, of several one that is no code; a number or
    another text given with it is the code, else the constant's own name. A string resource gives
    its text. An enum whose constants are given no text has its names as labels.
    """
    told = not_of_libraries(app)
    for owner, constants in sorted(_constants(app).items()):
        method = constants[0].method
        if method < 0 or not told[method]:
            continue
        entries = [_entry(app, one) for one in constants]
        labelled = [one for one in entries if one is not None]
        named = len(labelled) < len(constants)
        found = [_named(app, one) for one in constants] if named else labelled
        if len(found) > 1:
            yield Book(
                "enum", app.class_name(owner), tuple(found), not named, _users(app, owner),
                read=False, types=(app.class_name(owner),),
            )  # fmt: skip


def _constants(app: Facts) -> Mapping[int, list[_Constant]]:
    table, _ = enum_constants(app)
    arguments: dict[tuple[int, int], list[_Argument]] = defaultdict(list)
    heads: dict[tuple[int, int], tuple[str, int, int]] = {}
    columns = [column.name for column in ENUM_CONSTANTS.columns]
    for row in table.rows(*columns):
        one = dict(zip(columns, row, strict=True))
        key = one["class"], one["field"]
        heads[key] = (one["name"], one["ordinal"], one["method"])
        if one["position"] >= 0:
            arguments[key].append(
                _Argument(one["position"], one["kind"], one["text"], one["string"])
            )
    found: dict[int, list[_Constant]] = defaultdict(list)
    for (owner, field), (name, _, method) in sorted(heads.items(), key=lambda item: item[1][1]):
        found[owner].append(_Constant(name, field, method, arguments[owner, field]))
    return found


def _entry(app: Facts, constant: _Constant) -> BookEntry | None:
    """The entry of a constant that is given a label."""
    texts = [one for one in constant.arguments if one.kind == "string" and one.string >= 0]
    numbers = [one for one in constant.arguments if one.kind in ("int", "long")]
    resources = string_resources(app)
    named = next((one for one in numbers if int(one.text) in resources), None)
    if not texts and named is None:
        return None
    if not texts and named is not None:
        text, span, reads_as = resources[int(named.text)]
        codes = [one.text for one in numbers if one is not named]
        return BookEntry(codes[0] if codes else constant.name, text, "", span, reads_as)
    label = max(texts, key=lambda one: (not one.text.isascii(), one.position))
    others = [one.text for one in texts if one is not label]
    codes = [one.text for one in numbers if int(one.text) < 0x7F000000] + others
    code = codes[0] if codes else constant.name
    return BookEntry(code, label.text, "", string_span(app, label.string), "mutf-8")


def _named(app: Facts, constant: _Constant) -> BookEntry:
    """The entry of a constant that has only its name."""
    name = int(app.table(FIELDS)["name"][constant.field])
    codes = [one.text for one in constant.arguments if one.kind in ("int", "long", "string")]
    code = codes[0] if codes else constant.name
    return BookEntry(code, constant.name, "", string_span(app, name), "mutf-8")


def _users(app: Facts, owner: int) -> tuple[int, ...]:
    """Methods that name a constant of the enum, else its own."""
    fields, uses, methods = app.table(FIELDS), app.table(FIELD_USES), app.table(METHODS)
    own = np.flatnonzero(fields["class"] == owner)
    users = distinct(uses["method"][among(uses["field"], own)])
    outside = [int(row) for row in users.tolist() if int(methods["class"][row]) != owner]
    return tuple(outside or app.methods_of(owner))
