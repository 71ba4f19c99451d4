"""What annotations and binding classes say: views in fields, names of fields and parameters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from witnessmark.facts.tables.code import ANNOTATIONS, CLASSES
from witnessmark.flow.forms.program import Program
from witnessmark.flow.forms.values import NOTHING, Values, View
from witnessmark.knowledge.packs.record_marks import RecordMark

BINDING = "Binding;"
IMPLEMENTED = "Impl;"
NAMING = ("int", "field", "enum")
"""Kinds of values by which an annotation names a resource."""


class Annotated:
    """Annotations of one app, looked up once."""

    def __init__(self, program: Program, marks: Sequence[RecordMark]) -> None:
        self._program = program
        self._keys = {
            f"L{mark.owner.replace('.', '/')};": mark.key
            for mark in marks
            if mark.role == "annotation" and mark.key
        }

    @cached_property
    def _of_fields(self) -> Mapping[int, list[tuple[str, str, str, str]]]:
        """Annotation, element, kind and text by row of the field."""
        found: dict[int, list[tuple[str, str, str, str]]] = defaultdict(list)
        table = self._program.facts.table(ANNOTATIONS)
        rows = np.flatnonzero(table.where("target", "field"))
        for row, kind_row, name, kind, text in table.rows_at(
            rows, "row", "type", "name", "kind", "text"
        ):
            annotation = self._program.facts.descriptor(kind_row)
            found[row].append((annotation, name, kind, text))
        return found

    @cached_property
    def _of_parameters(self) -> Mapping[int, Mapping[int, str]]:
        found: dict[int, dict[int, str]] = defaultdict(dict)
        table = self._program.facts.table(ANNOTATIONS)
        rows = table.rows_at(
            np.flatnonzero(table["parameter"] >= 0),
            "target", "row", "parameter", "name", "kind", "text",
        )  # fmt: skip
        for target, row, parameter, name, kind, text in rows:
            if target == "parameter" and kind == "string" and text and name in ("value", "name"):
                found[row].setdefault(parameter, text)
        return found

    def layouts(self) -> Iterator[tuple[str, str, int]]:
        """Class, layout and row of each annotation that gives a class its layout."""
        facts = self._program.facts
        table, types = facts.table(ANNOTATIONS), facts.table(CLASSES)["type"]
        rows = np.flatnonzero(table.where("target", "class") & table.where("kind", *NAMING))
        named = zip(rows.tolist(), table.rows_at(rows, "row", "kind", "text"), strict=True)
        for row, (owner, kind, text) in named:
            layout = self._resource(kind, text, "layout")
            if layout is not None and owner >= 0:
                yield facts.descriptor(int(types[owner])), layout, row

    @cached_property
    def _of_methods(self) -> Mapping[int, list[str]]:
        facts = self._program.facts
        table = facts.table(ANNOTATIONS)
        found: dict[int, list[str]] = defaultdict(list)
        rows = np.flatnonzero(table.where("target", "method") & table.where("kind", *NAMING))
        for row, kind, text in table.rows_at(rows, "row", "kind", "text"):
            named = self._resource(kind, text)
            if named is not None:
                found[row].append(named)
        return found

    def listening(self) -> Iterator[tuple[int, Values]]:
        """Methods that annotations tie to views, with these."""
        for method in self._of_methods:
            yield method, self.listened(method)

    def listened(self, method: int) -> Values:
        """The views by whose ids an annotation names a method as the one to call."""
        named = self._of_methods.get(method)
        if named is None:
            return NOTHING
        owner = self._program.world.callee(method).owner
        return frozenset(View("id", name, f"class:{owner}") for name in named)

    def parameter_names(self, method: int) -> Mapping[int, str]:
        """Names that annotations give to the parameters of a method, by position."""
        return self._of_parameters.get(method, {})

    def record_name(self, field: int) -> tuple[str, str]:
        """The name under which a field is written, and its class."""
        facts = self._program.facts
        owner, _, rest = facts.field_signature(field).partition("->")
        name = rest.partition(":")[0]
        for annotation, element, kind, text in self._of_fields.get(field, ()):
            if element in self._keys.get(annotation, ()) and kind == "string" and text:
                name = text
        return name, owner

    def bound_view(self, field: int) -> Values:
        """The view that an annotation with its id, or a binding class, puts into a field."""
        program = self._program
        owner, _, rest = program.facts.field_signature(field).partition("->")
        for _annotation, _element, kind, text in self._of_fields.get(field, ()):
            named = self._resource(kind, text)
            if named is not None:
                return frozenset({View("id", named, f"class:{owner}")})
        if owner.endswith((BINDING, BINDING[:-1] + IMPLEMENTED)) and program.is_below(
            program.world.field_kind(field), ("android.view.View",)
        ):
            known = self._ids_in_camel.get(rest.partition(":")[0].lower())
            if known is not None:
                return frozenset({View("id", known, f"class:{owner}")})
        return NOTHING

    def _resource(self, kind: str, text: str, wanted: str = "id") -> str | None:
        """The resource that an annotation holds, as a number or by its field of ``R``."""
        if kind == "int" and text.lstrip("-").isdigit():
            named = self._program.resource_by_number.get(int(text) & 0xFFFFFFFF)
            return named[1] if named is not None and named[0] == wanted else None
        if kind in ("field", "enum") and f"/R${wanted};->" in text:
            return text.partition("->")[2].partition(":")[0]
        return None

    @cached_property
    def _ids_in_camel(self) -> Mapping[str, str]:
        """Ids by the name that binding classes give their field, in lower case."""
        found: dict[str, str] = {}
        for kind, name in self._program.resource_by_number.values():
            if kind == "id":
                found.setdefault(name.replace("_", "").lower(), name)
        return found
