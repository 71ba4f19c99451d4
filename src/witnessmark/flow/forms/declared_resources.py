"""Names of resources as the R classes declare them, for code that comes without its resources.

Source: developer.android.com/guide/topics/resources/providing-resources, "Access your app
resources": ``R.type.name`` is the number of a resource.
"""

from __future__ import annotations

from collections.abc import Mapping

from witnessmark.facts.tables.code import FIELDS, STATIC_VALUES, TYPES
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex

R_CLASS = kept_regex(r"(?:.*/)?R\$(\w+);")
"""Descriptor of the class that declares one type of resources."""

APPS = range(0x02, 0x80)
"""Packages of resource ids that apps use; 1 is the system."""


def declared_resources(facts: Facts) -> Mapping[int, tuple[str, str]]:
    """Type and name by number, from the constants of R classes; the first declaration counts."""
    kinds = _kinds(facts)
    if not kinds:
        return {}
    owners = facts.table(FIELDS)["class_type"].tolist()
    found: dict[int, tuple[str, str]] = {}
    for field, kind, text in facts.table(STATIC_VALUES).rows("field", "kind", "text"):
        declared = kinds.get(owners[field]) if kind == "int" else None
        number = int(text) & 0xFFFFFFFF if declared else 0
        if declared and number >> 24 in APPS:
            name = facts.field_signature(field).partition("->")[2].partition(":")[0]
            found.setdefault(number, (declared, name))
    return found


def _kinds(facts: Facts) -> Mapping[int, str]:
    """Type of resource by the row of the type that declares it."""
    classes = facts.table(TYPES)["class"].tolist()
    named = (
        (row, R_CLASS.fullmatch(facts.descriptor(row)))
        for row, defined in enumerate(classes)
        if defined >= 0
    )
    return {row: match[1] for row, match in named if match is not None}
