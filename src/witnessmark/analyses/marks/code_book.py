"""Code books: coded values that sort people and what is recorded of them.

What it finds
    Lists of codes and labels: string arrays of the resources and of code, each with the codes
    of its sister array; entries that hold both; enums; maps; runs of like objects; lists filled
    one by one; texts that hold a list; switches and chains of comparisons that choose a text;
    JSON, CSV, properties, XML, scripts, SQL and databases in the app.

Why it matters
    A form's fixed answers say what a system wants to know and which kinds of people it knows.

How it decides
    Where at least two labels, and a third of all, are words of one trait (pack ``traits``), in
    any of the languages, the list sorts people by that trait. Without a trait a list counts
    when it is the app's own, states codes or is offered for a choice, and is made for people to
    read; lists of countries, colours, files, commands, messages (pack ``lookalikes``) and
    settings are silent, and so are files and code that may be a library's. Lists of names of
    people are left to `marks/people_list`. A second array of the same length and the same stem
    of name gives the codes; else the position does. Fields that hold its values are told by
    their type and by names that agree.

What it misses
    Books fetched from a server; labels in words that the pack lacks, where no code stands
    beside them. It does not show on whom the codes are put.

Example
    ``<string-array name="faith"><item>伊斯兰教</item><item>佛教</item>…``
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.marks._book import Book, BookEntry
from witnessmark.analyses.marks._book_users import asked_by, is_kept, users_of
from witnessmark.analyses.marks._books_in_code import code_books
from witnessmark.analyses.marks._books_in_databases import database_books
from witnessmark.analyses.marks._books_in_enums import enum_books
from witnessmark.analyses.marks._books_in_files import file_books
from witnessmark.analyses.marks._books_in_lists import list_books
from witnessmark.analyses.marks._books_in_resources import resource_books
from witnessmark.analyses.marks._telling import Telling, Told, trait_index
from witnessmark.analyses.ownership import own_methods
from witnessmark.analyses.tables import FIELD_CHOICES, KEPT_COLUMNS, RECORD_FIELDS, SDK_CLASSES
from witnessmark.facts.tables.artifacts import ARTIFACTS
from witnessmark.facts.tables.code import (
    CALLS,
    CLASSES,
    FIELD_USES,
    INSTRUCTIONS,
    METHODS,
    STATIC_VALUES,
    STRING_USES,
    STRINGS,
    TYPE_USES,
)  # fmt: skip
from witnessmark.facts.tables.databases import SHIPPED_TABLES
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach, reach_unnamed
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.book_calls import BookCall
from witnessmark.knowledge.packs.lookalikes import LookAlike
from witnessmark.knowledge.packs.people import Category, any_special, by_term
from witnessmark.knowledge.packs.person_names import PersonNames
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original, Reach

CODE_BOOK = Analysis(
    id="marks/code_book",
    version=4,
    reads=(
        RESOURCES, RESOURCE_VALUES, RESOURCE_ITEMS, XML_ATTRIBUTES, XML_NODES, CLASSES, METHODS,
        STRINGS, STRING_USES, INSTRUCTIONS, CALLS, FIELD_USES, TYPE_USES, STATIC_VALUES, ARTIFACTS,
        SHIPPED_TABLES, FIELD_CHOICES, KEPT_COLUMNS, RECORD_FIELDS, SDK_CLASSES, REACH,
    ),
    knows=("traits", "lookalikes", "book_calls", "person_names", "people"),
)  # fmt: skip

MOST_QUOTED = 60
MOST_ENTRIES = 1000


@CODE_BOOK.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a code book; books with the same entries and name are one."""
    telling = Telling(
        know.once(trait_index),
        know.entries("lookalikes", LookAlike),
        know.entries("person_names", PersonNames),
    )
    own = own_methods(app)
    people = by_term(know.entries("people", Category))
    for book in _books(app, know):
        mine = not book.methods or any(own[m] for m in book.methods)
        told = telling.of(book, own=mine, kept=is_kept(app, book)) or telling.of_branches(book)
        if told is not None:
            categories = tuple(sorted({c for trait in told.traits for c in trait.categories}))
            special = any_special(categories, people)
            yield _finding(app, book, told, categories, special=special)


def _books(app: Facts, know: Knowledge) -> Iterator[Book]:
    calls = know.entries("book_calls", BookCall)
    yield from resource_books(app)
    yield from enum_books(app)
    yield from code_books(app, calls)
    yield from list_books(app, calls)
    yield from file_books(app)
    yield from database_books(app)


def _finding(
    app: Facts, book: Book, told: Told, categories: tuple[str, ...], *, special: bool
) -> Finding:
    lang = told.traits[0].lang if told.traits else "und"
    quoted = book.entries[:MOST_QUOTED]
    return Finding(
        kind="marks.code_book",
        subject={
            "name": book.name,
            "count": len(book.entries),
            "entries": [_entry(one) for one in book.entries[:MOST_ENTRIES]],
            "trait": told.traits[0].trait if told.traits else "",
            "form": book.kind,
            "used_by": list(users_of(app, book)),
        },
        says=_says(book, told, asked_by(app, book)),
        evidence=_quotes(app, book),
        strength="read" if book.read else "derived",
        reach=_reach(app, book),
        original=tuple(Original(e.label, lang, e.gloss) for e in quoted),
        categories=categories,
        special=special,
        about="unknown",
        limits=_limits(book, told),
        identity=f"{book.kind}\0{book.name}\0{book.entries[0].label}",
    )


def _entry(entry: BookEntry) -> dict[str, str]:
    told = {"code": entry.code, "label": entry.label, "gloss": entry.gloss}
    return told | ({"parent": entry.parent} if entry.parent else {})


def _quotes(app: Facts, book: Book) -> tuple[Evidence, ...]:
    """The labels where they stand; a text that holds several of them once."""
    by_span = {entry.span: entry for entry in reversed(book.entries[:MOST_QUOTED])}
    return tuple(entry.quote(app) for entry in reversed(by_span.values()))


OF_ACTS = frozenset({"crime", "petition"})
"""Traits of what somebody did: such a list may sort cases, and people only through them."""


def _says(book: Book, told: Told, asked: tuple[tuple[str, str], ...]) -> str:
    count = f"“{_called(book, asked)}” lists {len(book.entries)} values"
    if told.traits:
        by = _joined(list(dict.fromkeys(one.by or one.trait for one in told.traits)))
        whom = "people or cases" if {one.trait for one in told.traits} <= OF_ACTS else "people"
        if book.kind in ("file", "database") and not book.methods:
            return f"A file in the app holds values that sort {whom} by {by}: {count}."
        return f"The app sorts {whom} by {by}: {count}."
    shown = ", ".join(entry.label for entry in book.entries[:6])
    more = ", …" if len(book.entries) > 6 else ""
    return f"The app has a list of coded values: {count} ({shown}{more})."


def _called(book: Book, asked: tuple[tuple[str, str], ...]) -> str:
    """What people know a list by: the field that offers it, and where it stands in code."""
    labels = list(dict.fromkeys(label for _, label in asked if not label.isascii() or " " in label))
    if len(labels) != 1:
        return book.name
    return f"{labels[0]} ({'.'.join(book.name.split('.')[-2:])})"


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _reach(app: Facts, book: Book) -> Reach:
    if book.methods:
        return best_reach(app, list(book.methods))
    return Reach("unknown") if book.offered or book.setting else reach_unnamed(app)


def _limits(book: Book, told: Told) -> tuple[str, ...]:
    limits = ["It does not show on whom these codes are put."]
    if not told.traits:
        limits.append("What the values are about is not told by their words.")
    if not book.codes_stated:
        limits.append("No codes are written beside the labels; the position in the list is shown.")
    if not book.methods and not book.offered and not book.setting:
        limits.append("No code and no layout of the app names this list.")
    if len(book.entries) > MOST_ENTRIES:
        limits.append(f"The first {MOST_ENTRIES} values are shown.")
    return tuple(limits)
