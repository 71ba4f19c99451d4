"""The tables that values add to an app."""

from __future__ import annotations

from witnessmark.facts.tables.code import CODE_INPUTS
from witnessmark.model.table import Column, TableSchema

DERIVED_TEXTS = TableSchema(
    "derived_texts",
    "Texts that code puts together, decodes or passes on before it uses them, computed by an "
    "interpreter without effects. One row for each text that reaches a call.",
    (
        Column("method", "i4", "method that uses the text", "methods"),
        Column("pc", "u4", "place of the call"),
        Column("call", "i4", "the call", "calls"),
        Column("position", "i4", "argument, receiver excluded, from 0; -1 for the receiver"),
        Column("text", "text", "the text; ? for each piece that is not known"),
        Column("whole", "bool", "every piece is known"),
        Column("decoded", "bool", "a decoder, cipher or digest had a part in it"),
        Column("steps", "text", "how it came to be, a JSON list of objects with says, method, pc, "
               "string (row of strings) and resource (row of resource_values), -1 for none"),
    ),
    CODE_INPUTS,
)  # fmt: skip

KEPT_TEXTS = TableSchema(
    "kept_texts",
    "Texts that code puts into a field or under a key of a store, for other code to read.",
    (
        Column("field", "i4", "field that holds the text, -1 for a key", "fields"),
        Column("store", "text", "preferences; extras of intents and bundles; empty for a field"),
        Column("key", "text", "key in that store"),
        Column("text", "text", "the text, as in derived_texts; empty where none is known"),
        Column("whole", "bool", "every piece is known"),
        Column("open", "bool", "texts that are not known are put under this key too"),
        Column("steps", "text", "how it came to be, as in derived_texts"),
    ),
    CODE_INPUTS,
)
