"""Code books among the resources: string arrays, each with the codes of its sister array."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from witnessmark.analyses.marks._book import (
    CODE,
    SHORT_CODE,
    Book,
    BookEntry,
    Span,
    with_composed,
)
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.flow.resource_uses import resource_uses
from witnessmark.model.location import ReadsAs

LABEL_ENDINGS = ("entries", "labels", "names", "titles", "texts", "name", "label", "entry", "text",
                 "display", "desc")  # fmt: skip
CODE_ENDINGS = (
    "entryvalues", "entry_values", "values", "codes", "ids", "keys", "value", "code", "id", "key",
    "entriesvalues", "bm", "dm",
)  # fmt: skip


class _Array(Struct, frozen=True):
    name: str
    resource: int
    items: tuple[tuple[str, Span, ReadsAs], ...]


def resource_books(app: Facts) -> Iterator[Book]:
    """String arrays in their default wording; in their only wording where there is no default."""
    arrays, english = _arrays(app)
    methods = _methods_by_resource(app)
    fields, settings = _layout_uses(app)
    for name in sorted(arrays):
        array = arrays[name]
        used = tuple(methods.get(array.resource, ()))
        sister = _sister(array, arrays) or _used_beside(array, arrays, methods)
        glosses = english.get(name, ())
        entries = [
            BookEntry(
                sister.items[index][0] if sister else str(index),
                text,
                glosses[index]
                if len(glosses) == len(array.items) and glosses[index] != text
                else "",
                span,
                reads_as,
            )
            for index, (text, span, reads_as) in enumerate(array.items)
        ]
        listed, stated = with_composed(entries, stated=sister is not None)
        yield Book(
            "array", name, tuple(listed), stated, used,
            offered=array.resource in fields, setting=array.resource in settings,
            declared=True,
        )  # fmt: skip


def _layout_uses(app: Facts) -> tuple[frozenset[int], frozenset[int]]:
    """Arrays that a layout offers in a field, and those that a screen of settings does."""
    nodes = app.table(XML_NODES)["name"]
    fields: set[int] = set()
    settings: set[int] = set()
    for node, name, resource in app.table(XML_ATTRIBUTES).rows("node", "name", "resource"):
        if resource and name in ("entries", "entryValues"):
            (settings if "Preference" in str(nodes[node]) else fields).add(resource)
    return frozenset(fields), frozenset(settings)


@once_an_app
def _arrays(app: Facts) -> tuple[dict[str, _Array], dict[str, tuple[str, ...]]]:
    """Arrays by name, and their English wordings."""
    names = {
        resource: name
        for resource, kind, name in app.table(RESOURCES).rows("resource", "type", "name")
        if kind == "array"
    }
    values, texts = app.table(RESOURCE_VALUES), string_resources(app)
    bags: dict[int, tuple[int, str, str]] = {}
    columns = enumerate(values.rows("resource", "locale", "configuration"))
    bags.update({row: (one[0], one[1], one[2]) for row, one in columns if one[0] in names})
    listed: dict[int, list[tuple[int, str, Span, ReadsAs]]] = defaultdict(list)
    for position, bag, kind, text, target, reads_as, *span in app.table(RESOURCE_ITEMS).rows(
        "position", "value", "kind", "text", "target", "reads_as", "artifact", "offset", "length"
    ):
        if bag in bags and kind in ("string", "int", "hex"):
            listed[bag].append((position, text, (span[0], span[1], span[2]), reads_as))
        elif bag in bags and target in texts:
            listed[bag].append((position, *texts[target]))
    arrays: dict[str, _Array] = {}
    english: dict[str, tuple[str, ...]] = {}
    for bag in sorted(listed, key=lambda bag: (bags[bag][2] != "", bags[bag][2])):
        resource, locale, configuration = bags[bag]
        ordered = tuple((text, span, reads_as) for _, text, span, reads_as in sorted(listed[bag]))
        if locale == "en" and configuration == "en":
            english[names[resource]] = tuple(text for text, _, _ in ordered)
        arrays.setdefault(names[resource], _Array(names[resource], resource, ordered))
    return arrays, english


@once_an_app
def string_resources(app: Facts) -> Mapping[int, tuple[str, Span, ReadsAs]]:
    """Text and place of string resources, in the default wording or the first that there is."""
    found: dict[int, tuple[str, Span, ReadsAs]] = {}
    plain: set[int] = set()
    columns = (
        "resource",
        "configuration",
        "kind",
        "text",
        "reads_as",
        "artifact",
        "offset",
        "length",
    )
    for resource, configuration, kind, text, reads_as, *span in app.table(RESOURCE_VALUES).rows(
        *columns
    ):
        if kind == "string" and resource not in plain:
            if not configuration:
                plain.add(resource)
            elif resource in found:
                continue
            found[resource] = (text, (span[0], span[1], span[2]), reads_as)
    return found


def _sister(array: _Array, arrays: Mapping[str, _Array]) -> _Array | None:
    """The array that holds the codes of ``array``: same stem, same length, short values."""
    stem = _stem(array.name, LABEL_ENDINGS)
    for name in sorted(arrays):
        other = arrays[name]
        if (
            name != array.name
            and len(other.items) == len(array.items)
            and any(name.casefold().endswith(ending) for ending in CODE_ENDINGS)
            and _stem(name, CODE_ENDINGS) == stem
            and all(CODE.fullmatch(text) for text, _, _ in other.items)
        ):
            return other
    return None


def _used_beside(
    array: _Array, arrays: Mapping[str, _Array], methods: Mapping[int, Sequence[int]]
) -> _Array | None:
    """The only array of short values and the same length that the same code names."""
    if all(SHORT_CODE.fullmatch(text) for text, _, _ in array.items):
        return None
    users = set(methods.get(array.resource, ()))
    found = [
        other
        for _, other in sorted(arrays.items())
        if other.resource != array.resource
        and len(other.items) == len(array.items) > 1
        and users & set(methods.get(other.resource, ()))
        and all(SHORT_CODE.fullmatch(text) for text, _, _ in other.items)
    ]
    return found[0] if len(found) == 1 else None


def _stem(name: str, endings: tuple[str, ...]) -> str:
    folded = name.casefold()
    for ending in endings:
        if folded.endswith(ending) and folded != ending:
            return folded.removesuffix(ending).rstrip("_")
    return folded


def _methods_by_resource(app: Facts) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for method, resource in resource_uses(app).rows("method", "resource"):
        if method not in found[resource]:
            found[resource].append(method)
    return found
