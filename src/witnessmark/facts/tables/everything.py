"""All schemas that facts fill, in the order of families and of their files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType, ModuleType

from witnessmark.facts.tables import (
    artifacts,
    code,
    databases,
    manifest,
    native,
    resources,
    scripts,
    signing,
    web,
)
from witnessmark.model.table import TableSchema

FAMILIES: tuple[ModuleType, ...] = (
    artifacts,
    manifest,
    resources,
    code,
    native,
    databases,
    web,
    scripts,
    signing,
)


def schemas_of(family: ModuleType) -> tuple[TableSchema, ...]:
    """Schemas that a family's module defines, in the order in which it does."""
    return tuple(one for one in vars(family).values() if isinstance(one, TableSchema))


SCHEMAS: Mapping[str, TableSchema] = MappingProxyType(
    {schema.name: schema for family in FAMILIES for schema in schemas_of(family)}
)
"""Every schema by name."""
