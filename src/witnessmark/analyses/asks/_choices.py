"""What can be chosen: arrays of resources, lists made in code, texts of buttons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from witnessmark.analyses.asks._layouts import wordings_by_name
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES
from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.flow.forms.trace import FormUses
from witnessmark.flow.forms.values import (
    Item,
    Made,
    Number,
    Place,
    Resource,
    Value,
    Values,
    Word,
    uncoded,
)  # fmt: skip
from witnessmark.model.evidence import Evidence

MOST_CHOICES = 400
DEEPEST = 4
LABELS = (
    "label",
    "text",
    "name",
    "title",
    "desc",
    "description",
    "caption",
    "display",
    "mc",
    "value",
)
"""Names of fields that hold what people read, best first."""

CODES = ("code", "id", "key", "value", "dm", "bm", "index", "type", "no", "num")
"""Names of fields that hold what is kept, best first."""


TABLES = {schema.name: schema for schema in (RESOURCE_ITEMS, RESOURCE_VALUES, XML_ATTRIBUTES)}
"""Tables whose rows spell words."""


OF_ROWS = ("SimpleCursorAdapter;", "SimpleAdapter;")
"""Adapters that are given names of columns; what is chosen are the rows that hold them."""


class Spot(Struct, frozen=True):
    """Where words stand: a row of ``table``, or a constant in code at a place."""

    table: str = ""
    row: int = -1
    string: int = -1
    place: Place | None = None


class Choice(Struct, frozen=True):
    """One thing that can be chosen: ``code`` what is kept for it, ``label`` what people read."""

    code: str
    label: str
    at: Spot


class ChoiceList(Struct, frozen=True):
    """Choices in their order, the name of their list where it has one, and what names it."""

    name: str
    choices: tuple[Choice, ...]
    place: Place | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """What people read, in order."""
        return tuple(choice.label for choice in self.choices)


class Lists:
    """Resolves what code and layouts give as lists."""

    def __init__(self, facts: Facts, uses: FormUses) -> None:
        self._facts = facts
        self._uses = uses
        self._found: dict[tuple[Value, int], ChoiceList | None] = {}

    def of_resource(self, name: str) -> ChoiceList | None:
        """The string array ``array/name``."""
        texts = array_texts(self._facts).get(name, ())
        choices = tuple(
            Choice(str(number), text, Spot(table, row))
            for number, (text, (table, row)) in enumerate(texts[:MOST_CHOICES])
        )
        return ChoiceList(name, choices) if choices else None

    def uses_of_array(self, name: str) -> int:
        """How many elements of layouts offer the array; one that all have is a sample."""
        return self._arrays_used[name.rpartition("/")[2]]

    @cached_property
    def _arrays_used(self) -> Counter[str]:
        return Counter(
            value.rpartition("/")[2]
            for name, value in self._facts.table(XML_ATTRIBUTES).rows("name", "value")
            if name == "entries"
        )

    def of_value(self, source: Value, depth: int = 0) -> ChoiceList | None:
        """A list that code offers; None when it holds no constants."""
        if (source, depth) not in self._found:
            self._found[source, depth] = self._of_value(source, depth)
        return self._found[source, depth]

    def _of_value(self, source: Value, depth: int) -> ChoiceList | None:
        if isinstance(source, Resource):
            found = self.of_resource(f"array/{source.name}") if source.kind == "array" else None
            return None if found is None else ChoiceList(found.name, found.choices, source.place)
        if isinstance(source, Item):
            return self.of_value(source.source, depth + 1) if depth < DEEPEST else None
        if not isinstance(source, Made) or depth > DEEPEST:
            return None
        if source.descriptor.endswith(OF_ROWS):
            return None
        choices = tuple(self._elements(self._uses.heap.final_slots(source)))
        if choices:
            return ChoiceList(self._name(source), choices, source.place)
        for inner in self._inner_lists(source):
            found = self.of_value(inner, depth + 1)
            if found is not None:
                return found
        return None

    def _inner_lists(self, source: Made) -> Iterator[Value]:
        """Lists that an adapter holds: what it was made of, then its fields."""
        for cell, values in self._cells_of.get(source, ()):
            if len(cell) == 2:
                for value in sorted(values, key=repr):
                    if isinstance(value, Resource | Made) and value != source:
                        yield value

    @cached_property
    def _cells_of(self) -> Mapping[Value, list[tuple[tuple[Hashable, ...], Values]]]:
        """Cells with their values by the object that they are part of."""
        found: dict[Value, list[tuple[tuple[Hashable, ...], Values]]] = defaultdict(list)
        for cell, values in self._uses.heap.cells():
            if isinstance(cell[0], Made):
                found[cell[0]].append((cell, values))
        return found

    def _elements(self, slots: Iterable[Values]) -> Iterator[Choice]:
        for number, values in enumerate(slots):
            if number >= MOST_CHOICES:
                return
            for value in sorted(map(uncoded, values), key=repr):
                choice = self._element(number, value)
                if choice is not None:
                    yield choice
                    break

    def _element(self, number: int, value: Value) -> Choice | None:
        if isinstance(value, Made):
            return self._object(value)
        spelled = self.spelled(value)
        return None if spelled is None else Choice(str(number), *spelled)

    def spelled(self, value: Value) -> tuple[str, Spot] | None:
        """The text of a constant and where it stands."""
        if isinstance(value, Word) and value.text.strip():
            return value.text, Spot(string=value.string, place=value.place)
        if isinstance(value, Resource) and value.kind == "string":
            texts = wordings_by_name(self._facts).get(f"string/{value.name}", ())
            if texts:
                return texts[0][0].text, Spot(RESOURCE_VALUES.name, texts[0][1])
        return None

    def _object(self, made: Made) -> Choice | None:
        """An object that stands for a choice: its fields by their names."""
        fields: dict[str, Value] = {}
        for cell, values in self._cells_of.get(made, ()):
            if len(cell) < 2:
                continue
            known = [
                one for one in map(uncoded, values) if isinstance(one, Word | Resource | Number)
            ]
            if not known:
                continue
            name = str(cell[-1]) if cell[1] == "key" else self._field_name(cell[1])
            fields.setdefault(name, min(known, key=repr))
        label = self._best(fields, LABELS)
        if label is None:
            return None
        text, at = label[1]
        code = next((_plain(fields[n]) for n in _ranked(fields, CODES) if n != label[0]), "")
        return Choice(code or text, text, at)

    def _best(
        self, fields: Mapping[str, Value], names: tuple[str, ...]
    ) -> tuple[str, tuple[str, Spot]] | None:
        for name in (*_ranked(fields, names), *fields):
            spelled = self.spelled(fields[name])
            if spelled is not None:
                return name, spelled
        return None

    def _field_name(self, row: object) -> str:
        if not isinstance(row, int):
            return ""
        return self._facts.field_signature(row).partition("->")[2].partition(":")[0]

    def _name(self, source: Value) -> str:
        """The field that holds a list, when one does."""
        for cell, values in self._uses.heap.cells():
            if len(cell) == 2 and source in values and isinstance(cell[1], int):
                return self._field_name(cell[1])
        return ""


def _ranked(fields: Mapping[str, Value], names: tuple[str, ...]) -> list[str]:
    """Field names that end like one of ``names``, in the order of these."""
    return [
        field
        for name in names
        for field in fields
        if field.lower().removeprefix("m").endswith(name) or field.lower().startswith(name)
    ]


def _plain(value: Value) -> str:
    if isinstance(value, Word):
        return value.text
    return str(value.value) if isinstance(value, Number) else ""


def quote_spot(app: Facts, spot: Spot, says: str) -> Evidence | None:
    """Evidence that quotes where words stand; None for a constant without a row."""
    if spot.table:
        table = app.table(TABLES[spot.table])
        return app.quote(
            says,
            int(table["artifact"][spot.row]),
            int(table["offset"][spot.row]),
            int(table["length"][spot.row]),
            table["reads_as"][spot.row],
        )
    return app.quote_string(says, spot.string) if spot.string >= 0 else None


ArrayTexts = tuple[tuple[str, tuple[str, int]], ...]


@once_an_app
def array_texts(facts: Facts) -> Mapping[str, ArrayTexts]:
    """``array/name`` to its texts in the default locale, each with the table and row it is in."""
    values, items = facts.table(RESOURCE_VALUES), facts.table(RESOURCE_ITEMS)
    names = {
        resource: f"array/{name}"
        for resource, kind, name in facts.table(RESOURCES).rows("resource", "type", "name")
        if kind == "array"
    }
    bags = {
        row: names[resource]
        for row, (resource, locale, configuration) in enumerate(
            values.rows("resource", "locale", "configuration")
        )
        if resource in names and not locale and not configuration
    }
    found: dict[str, list[tuple[int, str, tuple[str, int]]]] = defaultdict(list)
    texts = default_texts(facts)
    for row, (bag, position, kind, text, target) in enumerate(
        items.rows("value", "position", "kind", "text", "target")
    ):
        if bag in bags and target in texts:
            value, said = texts[target]
            found[bags[bag]].append((position, said, (RESOURCE_VALUES.name, value)))
        elif bag in bags and kind in ("string", "int"):
            found[bags[bag]].append((position, text, (RESOURCE_ITEMS.name, row)))
    return {
        name: tuple((text, row) for _, text, row in sorted(listed))
        for name, listed in found.items()
    }


@once_an_app
def default_texts(facts: Facts) -> Mapping[int, tuple[int, str]]:
    """String resource id to (row in ``resource_values``, text) in the default configuration."""
    found: dict[int, tuple[int, str]] = {}
    table = facts.table(RESOURCE_VALUES)
    for row, (resource, configuration, kind, text) in enumerate(
        table.rows("resource", "configuration", "kind", "text")
    ):
        if kind == "string" and (not configuration or resource not in found):
            found[resource] = (row, text)
    return found
