"""Tables of the resource table (resources.arsc)."""

from __future__ import annotations

from witnessmark.facts.tables.artifacts import ARTIFACT, LENGTH, OFFSET
from witnessmark.model.table import Column, TableSchema

RESOURCES = TableSchema(
    "resources",
    "Every resource id that an app defines.",
    (
        Column("resource", "u4", "id, 0xPPTTEEEE"),
        Column("package", "text", "package name in the table"),
        Column("type", "text", "string, array, layout, id, ..."),
        Column("name", "text", "entry name"),
    ),
    ("apk", "arsc", "smali", "java"),
)

_VALUE = (
    Column(
        "kind", "text", "string, reference, attribute, int, hex, bool, color, dimension, bag, ..."
    ),
    Column("text", "text", "the value as text; a string's own words, references as @type/name"),
    Column("data", "u4", "the 32-bit value as stored"),
    Column("target", "u4", "resource id referred to, of a bag its parent; 0 for none"),
    Column("reads_as", "text", "how the span spells: utf-8, utf-16le, hex"),
    ARTIFACT,
    OFFSET,
    LENGTH,
)

RESOURCE_VALUES = TableSchema(
    "resource_values",
    "The value of a resource in one configuration. The span of a string is its bytes in the pool.",
    (
        Column("resource", "u4", "resource id"),
        Column("configuration", "text", "qualifiers, empty for the default"),
        Column("locale", "text", "BCP 47 tag, empty for the default"),
        *_VALUE,
    ),
    ("apk", "arsc", "smali", "java"),
)

RESOURCE_ITEMS = TableSchema(
    "resource_items",
    "Items of arrays, plurals, styles and attributes.",
    (
        Column("value", "i4", "the bag", "resource_values"),
        Column("position", "i4", "place in the bag, from 0"),
        Column("key", "u4", "key as stored: attribute id, plural quantity, index"),
        *_VALUE,
    ),
    ("apk", "arsc", "smali", "java"),
)
