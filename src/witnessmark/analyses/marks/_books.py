"""Lists that may be code books: string arrays with their codes, enums with their labels."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from witnessmark.facts.tables.code import CALLS, CLASSES, METHODS, STRINGS
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES
from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import constant_arguments
from witnessmark.flow.resource_uses import resource_uses
from witnessmark.model.evidence import Evidence
from witnessmark.model.location import ReadsAs

CODE = re.compile(r"[\w.+\-]{1,24}")
LABEL_ENDINGS = ("entries", "labels", "names", "titles", "texts", "name", "label", "entry", "text")
CODE_ENDINGS = (
    "entryvalues", "entry_values", "values", "codes", "ids", "keys", "value", "code", "id", "key",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BookEntry:
    """One value; the place is (artifact, offset, length) spelled as ``reads_as``."""

    code: str
    label: str
    gloss: str
    span: tuple[int, int, int]
    reads_as: ReadsAs

    def quote(self, app: Facts) -> Evidence:
        """The label where it stands."""
        return app.quote(f"value {self.code}: {self.label}", *self.span, self.reads_as)


@dataclass(frozen=True, slots=True)
class Book:
    """A list of values.

    ``read`` is false when values were worked out rather than read; ``methods`` use the list.
    """

    kind: str
    name: str
    entries: tuple[BookEntry, ...]
    codes_stated: bool
    methods: tuple[int, ...]
    used_in_layout: bool
    read: bool = True


@dataclass(frozen=True, slots=True)
class _Array:
    name: str
    resource: int
    items: tuple[tuple[str, tuple[int, int, int], ReadsAs], ...]


def resource_books(app: Facts) -> Iterator[Book]:
    """String arrays in their default wording, each with the codes of its sister array."""
    arrays, english = _arrays(app)
    methods = _methods_by_resource(app)
    in_layouts = {
        str(value)[1:].rpartition(":")[2]
        for (value,) in app.table(XML_ATTRIBUTES).rows("value")
        if str(value).startswith("@") and "array/" in str(value)
    }
    for name in sorted(arrays):
        array = arrays[name]
        sister = _sister(array, arrays)
        glosses = english.get(name, ())
        entries = tuple(
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
        )
        yield Book(
            "array", name, entries, sister is not None,
            tuple(methods.get(array.resource, ())), f"array/{name}" in in_layouts,
        )  # fmt: skip


def _arrays(app: Facts) -> tuple[dict[str, _Array], dict[str, tuple[str, ...]]]:
    """Arrays by name in the default configuration, and their English wordings."""
    names = {
        resource: name
        for resource, kind, name in app.table(RESOURCES).rows("resource", "type", "name")
        if kind == "array"
    }
    values = app.table(RESOURCE_VALUES)
    texts = _texts(app)
    bags: dict[int, tuple[int, str]] = {}
    for row, (resource, locale, configuration) in enumerate(
        values.rows("resource", "locale", "configuration")
    ):
        if resource in names and (not configuration or locale == "en"):
            bags[row] = (resource, locale)
    listed: dict[int, list[tuple[int, str, tuple[int, int, int], ReadsAs]]] = defaultdict(list)
    for position, bag, kind, text, target, reads_as, *span in app.table(RESOURCE_ITEMS).rows(
        "position", "value", "kind", "text", "target", "reads_as", "artifact", "offset", "length"
    ):
        if bag in bags and kind == "string":
            listed[bag].append((position, text, (span[0], span[1], span[2]), reads_as))
        elif bag in bags and target in texts:
            listed[bag].append((position, *texts[target]))
    arrays: dict[str, _Array] = {}
    english: dict[str, tuple[str, ...]] = {}
    for bag, items in listed.items():
        resource, locale = bags[bag]
        ordered = tuple((text, span, reads_as) for _, text, span, reads_as in sorted(items))
        if locale == "en":
            english[names[resource]] = tuple(text for text, _, _ in ordered)
        else:
            arrays[names[resource]] = _Array(names[resource], resource, ordered)
    return arrays, english


def _texts(app: Facts) -> Mapping[int, tuple[str, tuple[int, int, int], ReadsAs]]:
    return {
        resource: (text, (artifact, offset, length), reads_as)
        for resource, configuration, kind, text, reads_as, artifact, offset, length in app.table(
            RESOURCE_VALUES
        ).rows(
            "resource", "configuration", "kind", "text", "reads_as", "artifact", "offset", "length"
        )
        if kind == "string" and not configuration
    }


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


def enum_books(app: Facts) -> Iterator[Book]:
    """Enums whose constants are made with a text beside name and ordinal.

    That text is the label; a number, else another text, given with it is the code, else the
    constant's own name.
    """
    methods, calls = app.table(METHODS), app.table(CALLS)
    initialisers = _enum_initialisers(app)
    by_class: dict[int, list[int]] = defaultdict(list)
    for call, (method, callee) in enumerate(calls.rows("method", "callee")):
        owner = initialisers.get(method, -1)
        if owner >= 0 and int(methods["class_type"][callee]) == owner:
            by_class[method].append(call)
    made = [call for listed in by_class.values() for call in listed]
    arguments: dict[int, list[tuple[int, str, str, int]]] = defaultdict(list)
    for call, position, kind, text, row in constant_arguments(app, made).rows(
        "call", "position", "kind", "text", "row"
    ):
        arguments[call].append((position, kind, text, row))
    for method in sorted(by_class):
        entries = tuple(
            entry for call in by_class[method] if (entry := _enum_entry(app, arguments[call]))
        )
        if len(entries) > 1:
            name = app.type_name(initialisers[method])
            yield Book("enum", name, entries, True, (method,), False, read=False)


def _enum_initialisers(app: Facts) -> Mapping[int, int]:
    """Static initialisers of enum classes, with the type of their class."""
    classes, methods = app.table(CLASSES), app.table(METHODS)
    enums = {
        row: kind
        for row, (kind, parent) in enumerate(classes.rows("type", "super_type"))
        if parent >= 0 and app.descriptor(parent) == "Ljava/lang/Enum;"
    }
    return {
        method: enums[owner]
        for method, owner in enumerate(methods["class"].tolist())
        if owner in enums and app.method_name(method) == "<clinit>"
    }


def _enum_entry(app: Facts, given: list[tuple[int, str, str, int]]) -> BookEntry | None:
    name = next(
        (text for position, kind, text, _ in given if (position, kind) == (0, "string")), ""
    )
    extra = [one for one in given if one[0] >= 2]
    labels = [one for one in extra if one[1] == "string"]
    if not labels:
        return None
    numbers = [text for _, kind, text, _ in extra if kind == "int"]
    label = labels[-1] if len(labels) > 1 else labels[0]
    code = numbers[0] if numbers else labels[0][2] if len(labels) > 1 else name
    strings = app.table(STRINGS)
    span = tuple(int(strings[column][label[3]]) for column in ("artifact", "offset", "length"))
    return BookEntry(code, label[2], "", (span[0], span[1], span[2]), "mutf-8")
