"""Code books: coded values that sort people.

What it finds
    Lists of codes and labels whose labels sort people: by faith, people, kin, status, politics,
    health, travel, or behaviour; in string arrays of the resources, in pairs of arrays (labels
    and codes), in enums with a label, and in code: maps, runs of like objects, arrays, switches
    and chains of comparisons that choose a text.

Why it matters
    A form's fixed answers say what a system wants to know and which kinds of people it knows.

How it decides
    At least two labels, and a third of all, must be words of one trait (pack ``traits``), in any
    of the languages; the trait with most labels names the book. A second array of the same
    length and the same stem of name, with short values without spaces, gives the codes;
    otherwise the position does. Whether code or a layout uses the list decides its reach.

What it misses
    Books fetched from a server, kept in databases or files; labels in words the pack lacks. It
    does not show on whom the codes are put.

Example
    ``<string-array name="faith"><item>伊斯兰教</item><item>佛教</item>…``
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.marks._books import Book, enum_books, resource_books
from witnessmark.analyses.marks._books_in_code import code_books
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import CLASSES, INSTRUCTIONS, METHODS, STRING_USES, STRINGS
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES
from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.people import Category, any_special, by_term
from witnessmark.knowledge.packs.traits import Trait
from witnessmark.model.finding import Finding, Original, Reach

CODE_BOOK = Analysis(
    id="marks/code_book",
    version=2,
    reads=(
        RESOURCES, RESOURCE_VALUES, RESOURCE_ITEMS, XML_ATTRIBUTES, CLASSES, METHODS, STRINGS,
        STRING_USES, INSTRUCTIONS, SDK_CLASSES, REACH,
    ),
    knows=("traits", "people"),
)  # fmt: skip

SHARE = 3
FEWEST = 2
MOST_QUOTED = 60


@CODE_BOOK.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a code book."""
    traits = know.entries("traits", Trait)
    people = by_term(know.entries("people", Category))
    for book in (*resource_books(app), *enum_books(app), *code_books(app)):
        told = sorting_trait([entry.label for entry in book.entries], traits)
        if told:
            categories = tuple(sorted({c for trait in told for c in trait.categories}))
            special = any_special(categories, people)
            yield _finding(app, book, told, categories, special=special)


def sorting_trait(labels: Sequence[str], traits: Sequence[Trait]) -> tuple[Trait, ...]:
    """The entries of the trait by which ``labels`` sort people; empty when they do not."""
    labels = [label for label in labels if label.strip()]
    held: dict[str, set[int]] = {}
    by_trait: dict[str, list[Trait]] = {}
    for trait in traits:
        hits = {index for index, label in enumerate(labels) if trait.recognises(label)}
        if hits:
            held.setdefault(trait.trait, set()).update(hits)
            by_trait.setdefault(trait.trait, []).append(trait)
    enough = [
        name
        for name, hits in held.items()
        if len(hits) >= FEWEST and len(hits) * SHARE >= len(labels)
    ]
    if not enough:
        return ()
    best = min(enough, key=lambda name: (-len(held[name]), name))
    return tuple(by_trait[best])


def _finding(
    app: Facts, book: Book, told: Sequence[Trait], categories: tuple[str, ...], *, special: bool
) -> Finding:
    trait = told[0].trait.replace("_", " ")
    return Finding(
        kind="marks.code_book",
        subject={
            "name": book.name,
            "count": len(book.entries),
            "entries": [{"code": e.code, "label": e.label, "gloss": e.gloss} for e in book.entries],
            "trait": told[0].trait,
        },
        says=f"The app sorts people by {trait}: “{book.name}” lists {len(book.entries)} values.",
        evidence=tuple(entry.quote(app) for entry in book.entries[:MOST_QUOTED]),
        strength="read" if book.read else "derived",
        reach=_reach(app, book),
        original=tuple(
            Original(e.label, told[0].lang, e.gloss) for e in book.entries[:MOST_QUOTED]
        ),
        categories=categories,
        special=special,
        about="unknown",
        limits=_limits(book),
        identity=f"{book.kind}\0{book.name}",
    )


def _reach(app: Facts, book: Book) -> Reach:
    if book.methods:
        return best_reach(app, list(book.methods))
    return Reach("unknown" if book.used_in_layout else "unreached")


def _limits(book: Book) -> tuple[str, ...]:
    limits = ["It does not show on whom these codes are put."]
    if not book.codes_stated:
        limits.append("No codes are written beside the labels; the position in the list is shown.")
    if not book.methods and not book.used_in_layout:
        limits.append("No code and no layout of the app names this list.")
    return tuple(limits)
