"""Classes that only carry values, and classes that records hold.

A class whose fields have getters and setters of their names (JavaBeans 1.01, section 8.3) or the
numbered components of a Kotlin data class is made to be filled and passed on, by libraries that
find the names themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np

from witnessmark.facts.tables.code import ANNOTATIONS, CLASSES, FIELDS, INTERFACES, METHODS, TYPES
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.formats.patterns import kept_regex

STATIC, TRANSIENT, INTERFACE, SYNTHETIC, ENUM = 0x8, 0x80, 0x200, 0x1000, 0x4000
MADE = STATIC | SYNTHETIC
"""Methods that say nothing of what an object does: those that make objects, those of compilers."""

FEWEST = 3
SHARE = 0.6
SIGNATURE = "Ldalvik/annotation/Signature;"
HIGHEST = 32
VALUES = frozenset({
    "Ljava/util/Date;", "Ljava/util/List;", "Ljava/util/ArrayList;", "Ljava/util/Map;",
    "Ljava/util/HashMap;", "Ljava/util/Set;", "Ljava/util/UUID;", "Ljava/util/Calendar;",
    "Landroid/net/Uri;", "Landroid/graphics/Bitmap;", "Landroid/location/Location;",
})  # fmt: skip
"""Types of the platform that hold facts."""

OF_SCREENS = (
    "Landroid/view/", "Landroid/widget/", "Landroid/content/Context;", "Landroid/app/",
    "Landroid/content/ContextWrapper;", "Landroidx/appcompat/", "Landroidx/recyclerview/",
    "Landroid/support/v7/", "Lcom/google/android/material/",
)  # fmt: skip
"""Types of screens and their parts: what holds one is no record."""

HANDED_OVER = ("Ljava/io/Serializable;", "Landroid/os/Parcelable;")
ORDINARY = frozenset({"<init>", "<clinit>", "toString", "equals", "hashCode", "clone", "compareTo",
                      "describeContents", "writeToParcel", "copy"})  # fmt: skip
ACCESSOR = kept_regex(r"(?:get|set|is)[A-Z_]")
NUMBERED = kept_regex(r"\$\d+(?:\$|$)")
"""Names of classes that have none of their own."""

NAMED_TYPE = kept_regex(r"L[^;<>]+(?=[;<])")


@once_an_app
def instance_fields(app: Facts) -> Mapping[int, list[int]]:
    """Fields that objects of a class hold, by class row."""
    found: dict[int, list[int]] = defaultdict(list)
    table = app.table(FIELDS)
    for row, (owner, access) in enumerate(table.rows("class", "access")):
        if owner >= 0 and not access & (STATIC | TRANSIENT | SYNTHETIC):
            found[owner].append(row)
    return found


def beans(app: Facts, fields: Mapping[int, list[int]]) -> Mapping[int, str]:
    """Classes that only carry values, ascending, with what shows it, in words."""
    types, passed = _types_of(app), _passed_on(app)
    found: dict[int, str] = {}
    for owner, rows in sorted(fields.items()):
        enum = types.class_access[owner] & ENUM
        if len(rows) < FEWEST or enum or not types.plain(owner, fields):
            continue
        how = _how(app, owner, rows, passed=owner in passed)
        if how and not NUMBERED.search(app.class_name(owner)):
            found[owner] = how
    return found


def _how(app: Facts, owner: int, rows: list[int], *, passed: bool) -> str:
    """What shows that a class carries values, empty where nothing does."""
    types, every = _types_of(app), app.methods_of(owner)
    texts = [app.string(types.field_name[row]) for row in rows]
    access = types.method_access
    written = (one for one in every if not access[one] & SYNTHETIC)
    methods = {app.method_name(method) for method in written}
    if sum(_has_accessor(text, methods) for text in texts) >= SHARE * len(rows):
        return "an object with a getter or setter for each field"
    if sum(len(text) > 2 for text in texts) * 2 < len(rows):
        return ""
    if sum(f"component{number}" in methods for number in range(1, len(rows) + 1)) >= (
        SHARE * len(rows)
    ):
        return "an object with numbered parts"
    if passed:
        return "an object that is passed on whole"
    own = {app.method_name(one) for one in every if not access[one] & MADE}
    others = {name for name in own if name not in ORDINARY and not ACCESSOR.match(name)}
    return "" if others else "an object that only carries values"


def _passed_on(app: Facts) -> frozenset[int]:
    """Classes that say of themselves that they may be stored or handed over whole."""
    kinds = {app.type_by_descriptor(name) for name in HANDED_OVER} - {-1}
    rows = app.table(INTERFACES).rows("class", "type")
    return frozenset(owner for owner, kind in rows if kind in kinds)


class _Types:
    """What fields and their types say, each type looked at once; columns as plain memory."""

    def __init__(self, app: Facts) -> None:
        self._app = app
        classes, fields = app.table(CLASSES), app.table(FIELDS)
        self.class_access, self._above = classes["access"].data, classes["super_type"].data
        self.field_name, self._field_type = fields["name"].data, fields["type"].data
        self.method_access = app.table(METHODS)["access"].data
        self._class_of = app.table(TYPES)["class"].data
        self._is_screen: dict[str, bool] = {}
        self._is_value: dict[str, bool] = {}

    def plain(self, owner: int, fields: Mapping[int, list[int]]) -> bool:
        """Whether a class stands under no class of the platform and holds values, not services."""
        rows, every = fields[owner], list(fields[owner])
        for _ in range(HIGHEST):
            parent = self._above[owner]
            if parent < 0 or self._app.descriptor(parent) == "Ljava/lang/Object;":
                break
            owner = self._class_of[parent]
            if owner < 0:
                return False
            every += fields.get(owner, [])
        if any(map(self.is_screen, self._kinds(every))):
            return False
        return sum(map(self.is_value, self._kinds(rows))) >= 0.8 * len(rows)

    def _kinds(self, rows: list[int]) -> list[str]:
        """Types of fields, of arrays those of their elements."""
        spelled, kinds = self._app.descriptor, self._field_type
        return [spelled(kinds[row]).lstrip("[") for row in rows]

    def is_screen(self, kind: str) -> bool:
        """Whether the first class above a type that the app does not define is one of screens."""
        found = self._is_screen.get(kind)
        if found is None:
            found = self._is_screen[kind] = self._outermost(kind).startswith(OF_SCREENS)
        return found

    def _outermost(self, kind: str) -> str:
        for _ in range(HIGHEST):
            row = self._class_of[self._app.type_by_descriptor(kind)]
            if row < 0 or self._above[row] < 0:
                break
            kind = self._app.descriptor(self._above[row])
        return kind

    def is_value(self, kind: str) -> bool:
        """Whether a type holds facts: of the app's own those with fields, and no callbacks."""
        found = self._is_value.get(kind)
        if found is None:
            found = self._is_value[kind] = self._holds_facts(kind)
        return found

    def _holds_facts(self, kind: str) -> bool:
        if len(kind) == 1 or kind.startswith(("Ljava/lang/", "Ljava/math/")) or kind in VALUES:
            return True
        owner = self._class_of[self._app.type_by_descriptor(kind)]
        if owner < 0:
            return False
        access = self.class_access[owner]
        return bool(access & ENUM) or (
            not access & INTERFACE and owner in instance_fields(self._app)
        )


@once_an_app
def _types_of(app: Facts) -> _Types:
    return _Types(app)


def _has_accessor(field: str, methods: set[str]) -> bool:
    stem = field[1:] if field[:1] == "m" and field[1:2].isupper() else field
    stem = stem.lstrip("_")
    ends = {stem[:1].upper() + stem[1:], stem, field[:1].upper() + field[1:]}
    return any(f"{verb}{end}" in methods for verb in ("get", "set", "is") for end in ends)


def held_by(app: Facts, records: Iterable[int], fields: Mapping[int, list[int]]) -> list[int]:
    """Classes of the app that fields of ``records`` hold, alone or in collections, and those
    that these hold; ascending.
    """
    generic = _signatures(app)
    types = _types_of(app)
    kinds, classes = app.table(FIELDS)["type"].data, app.table(TYPES)["class"].data
    seen = set(records)
    start = frozenset(seen)
    waiting = sorted(seen)
    while waiting:
        for row in fields.get(waiting.pop(), ()):
            kind = app.descriptor(kinds[row]).lstrip("[")
            for name in (kind, *_named_types(generic.get(row, ""))):
                held = app.type_by_descriptor(name)
                owner = classes[held] if held >= 0 else -1
                if owner >= 0 and owner not in seen and fields.get(owner):
                    seen.add(owner)
                    waiting.append(owner)
    access = types.class_access
    return sorted(
        row for row in seen - start if not access[row] & ENUM and types.plain(row, fields)
    )


def _named_types(signature: str) -> list[str]:
    return [f"{name};" for name in NAMED_TYPE.findall(signature)]


def _signatures(app: Facts) -> Mapping[int, str]:
    """Generic signatures of fields, by field row."""
    kind = app.type_by_descriptor(SIGNATURE)
    parts: dict[int, list[str]] = defaultdict(list)
    table = app.table(ANNOTATIONS)
    rows = np.flatnonzero((table["type"] == kind) & table.where("target", "field"))
    for row, text in table.rows_at(rows, "row", "text"):
        parts[row].append(text)
    return {row: "".join(texts) for row, texts in parts.items()}
