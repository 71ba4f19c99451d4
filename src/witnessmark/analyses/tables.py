"""Tables through which analyses meet."""

from __future__ import annotations

from witnessmark.facts.tables.code import CODE_INPUTS
from witnessmark.model.table import Column, TableSchema

SDK_CLASSES = TableSchema(
    "sdk_classes",
    "Whose code each defined class is; one row a class, in the order of `classes`.",
    (
        Column("class", "i4", "the class", "classes"),
        Column("ownership", "text", "own, sdk, platform (androidx, kotlin, ...), other"),
        Column("sdk", "text", "id of the known SDK, empty for none"),
    ),
    CODE_INPUTS,
)

KEPT_COLUMNS = TableSchema(
    "kept_columns",
    "Columns of the tables that an app keeps, in the order of tables; one row a column.",
    (
        Column("table", "text", "name of the table, holes as ?"),
        Column("name", "text", "name of the column"),
        Column("type", "text", "its type as declared, empty for none"),
    ),
    CODE_INPUTS,
)

RECORD_FIELDS = TableSchema(
    "record_fields",
    "Fields of the records that an app builds, in the order of records; one row a field.",
    (
        Column("record", "text", "name of the record"),
        Column("name", "text", "name of the field as data bears it"),
        Column("type", "text", "its type, empty for unknown"),
    ),
    CODE_INPUTS,
)
