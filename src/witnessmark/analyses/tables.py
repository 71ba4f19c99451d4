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
