"""Records and columns that hold values of a code book, told by types and by names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from witnessmark.analyses.marks._book import Book
from witnessmark.analyses.tables import FIELD_CHOICES, KEPT_COLUMNS, RECORD_FIELDS
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.formats.patterns import kept_regex

HUMP = kept_regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\W_]+|\d+")
GENERIC = frozenset({
    "array", "arrays", "list", "lists", "map", "dict", "names", "name", "codes", "code", "values",
    "value", "entries", "entry", "items", "item", "label", "labels", "text", "texts", "string",
    "strings", "data", "init", "clinit", "get", "set", "of", "to", "by", "type", "types", "kind",
    "kinds", "info", "key", "keys", "id", "ids", "desc", "str", "arr", "all", "spinner", "options",
    "option", "choice", "choices", "table", "assets", "raw", "json", "csv", "xml", "main",
    "activity", "create", "load", "show", "the", "and", "is", "on", "status", "state", "enum",
    "const", "constants",
})  # fmt: skip
MOST = 12
FEWEST_SHARED = 2
NO_ANSWER = ("请选择", "--", "select", "choose")
"""How the entries of lists begin that stand for no answer."""


def asked_by(app: Facts, book: Book) -> tuple[tuple[str, str], ...]:
    """Screen and words of the fields that offer the values of a book for a choice."""
    labels = _answers(entry.label for entry in book.entries)
    if len(labels) < FEWEST_SHARED:
        return ()
    found: dict[tuple[str, str], None] = {}
    for screen, label, choices in _offered(app):
        shared = len(labels & choices)
        if shared >= FEWEST_SHARED and shared * 5 >= 4 * max(len(labels), len(choices)):
            found[screen, label] = None
    return tuple(found)


def _answers(labels: Iterable[str]) -> frozenset[str]:
    plain = (" ".join(label.split()) for label in labels)
    return frozenset(one for one in plain if one and not one.casefold().startswith(NO_ANSWER))


@once_an_app
def _offered(app: Facts) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Screen, words and choices of each field that offers any."""
    rows = app.table(FIELD_CHOICES).rows("screen", "name", "label", "choices")
    return tuple(
        (screen, (label or name).strip(" :：*"), _answers(choices.split("\n")))
        for screen, name, label, choices in rows
        if label or name
    )


def users_of(app: Facts, book: Book) -> Iterator[dict[str, str]]:
    """Fields of screens and records, and columns, that a book seems to code, with the reason."""
    seen: set[tuple[str, str]] = set()
    for screen, label in asked_by(app, book)[:MOST]:
        yield {"record": screen, "field": label, "because": "the field of the screen offers them"}
    words = words_of(_own_name(book))
    for record, name, kind in _fields(app):
        if (record, name) in seen:
            continue
        if _is_of(kind, book):
            because = "the field is of this type"
        elif words and words & words_of(name):
            because = "the names agree"
        else:
            continue
        seen.add((record, name))
        yield {"record": record, "field": name, "because": because}
        if len(seen) >= MOST:
            return


def is_kept(app: Facts, book: Book) -> bool:
    """Whether a field of a record or table is of the type of ``book``."""
    return bool(book.types) and any(_is_of(kind, book) for _, _, kind in _fields(app))


def _is_of(kind: str, book: Book) -> bool:
    """Whether a type, spelled whole or without its package, stands for the list."""
    bare = kind.rstrip("[]")
    return bool(bare) and any(
        bare == one or ("." not in bare and bare == one.rpartition(".")[2]) for one in book.types
    )


def _own_name(book: Book) -> str:
    """What the list itself is called, without the class or folder around it."""
    name = book.name.partition(" (")[0].partition(", ")[2] or book.name.partition(" (")[0]
    name = name.rpartition("/")[2]
    if book.kind in ("file", "database"):
        return name
    return name.rpartition(".")[2].rpartition("$")[2]


@lru_cache(maxsize=1 << 14)
def words_of(name: str) -> frozenset[str]:
    """Words of an identifier that tell something, in lower case."""
    words = (word.casefold() for word in HUMP.split(name) if word)
    return frozenset(word for word in words if len(word) > 1 and word not in GENERIC)


@once_an_app
def _fields(app: Facts) -> tuple[tuple[str, str, str], ...]:
    columns = app.table(KEPT_COLUMNS).rows("table", "name", "type")
    fields = app.table(RECORD_FIELDS).rows("record", "name", "type")
    return (*fields, *columns)
