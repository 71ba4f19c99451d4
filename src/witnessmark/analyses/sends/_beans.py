"""Members of the app's own classes, as encoders of JSON name them.

Sources: com.google.gson.annotations.SerializedName, com.alibaba.fastjson.annotation.JSONField,
com.fasterxml.jackson.annotation.JsonProperty, com.squareup.moshi.Json.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np
from msgspec import Struct

from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import ANNOTATIONS, CLASSES, FIELDS, TYPES
from witnessmark.facts.view import Facts
from witnessmark.model.distinct import among, distinct

STATIC, TRANSIENT, SYNTHETIC = 0x8, 0x80, 0x1000
HIGHEST = 16
NAMES = {"SerializedName": "value", "JSONField": "name", "JsonProperty": "value", "Json": "name"}
"""Annotations that give a member another name, by simple name, and the element that does."""


class Member(Struct, frozen=True):
    """A member of a class: its name in JSON, the row of its field, the descriptor of its type."""

    name: str
    row: int
    kind: str


class Beans:
    """Classes of one app by what of them is written as JSON."""

    def __init__(self, app: Facts) -> None:
        self._app = app
        self.members = lru_cache(maxsize=4096)(self._members)

    def _members(self, kind: str) -> Sequence[Member]:
        """Members of a class, its own before those above; none for one that is not of the app."""
        app, found = self._app, dict[str, Member]()
        at = app.type_by_descriptor(kind)
        for _ in range(HIGHEST):
            row = int(app.table(TYPES)["class"][at]) if at >= 0 else -1
            if row < 0 or not self._is_own(row):
                break
            for field in self._fields.get(row, ()):
                name = self._name(field)
                found.setdefault(name, Member(name, field, self._kind(field)))
            at = int(app.table(CLASSES)["super_type"][row])
        return tuple(found.values())

    def _kind(self, field: int) -> str:
        return self._app.descriptor(int(self._app.table(FIELDS)["type"][field]))

    def _is_own(self, row: int) -> bool:
        table = self._app.table(SDK_CLASSES)
        return row >= len(table) or table["ownership"][row] in ("own", "other")

    @cached_property
    def _fields(self) -> Mapping[int, list[int]]:
        fields = self._app.table(FIELDS)
        hidden = STATIC | TRANSIENT | SYNTHETIC
        found: dict[int, list[int]] = defaultdict(list)
        for row in np.flatnonzero((fields["class"] >= 0) & (fields["access"] & hidden == 0)):
            found[int(fields["class"][row])].append(int(row))
        return found

    def _name(self, field: int) -> str:
        given = self._renamed.get(field)
        return given or self._app.string(int(self._app.table(FIELDS)["name"][field]))

    @cached_property
    def _renamed(self) -> Mapping[int, str]:
        table = self._app.table(ANNOTATIONS)
        found: dict[int, str] = {}
        kinds = {
            kind: simple
            for kind in distinct(table["type"]).tolist()
            if (simple := self._app.descriptor(kind).rpartition("/")[2].rstrip(";")) in NAMES
        }
        rows = np.flatnonzero(among(table["type"], sorted(kinds)))
        columns = ("target", "row", "type", "name", "text")
        for target, row, kind, name, text in table.rows_at(rows, *columns):
            simple = kinds[kind]
            if target == "field" and NAMES.get(simple) == name:
                found.setdefault(row, text)
        return found
