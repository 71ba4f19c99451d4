"""Tables of programs that are not dex: JavaScript, Hermes, .NET, Unity, Dart, Lua, Python, shell.

Sources: ECMA-262; github.com/facebook/hermes; ECMA-335 (.NET metadata); the formats that the
readers below ``formats`` name.
"""

from __future__ import annotations

from witnessmark.facts.tables.artifacts import ARTIFACT, EVERY_INPUT, LENGTH, OFFSET
from witnessmark.model.table import Column, TableSchema

_SCRIPT = Column("script", "i4", "program", "scripts")

SCRIPTS = TableSchema(
    "scripts",
    "Programs in other languages than dex, whole files and scripts inside pages; the span is the "
    "program.",
    (
        Column("name", "text", "member name"),
        Column("kind", "text", "javascript, hermes, dotnet, il2cpp, dart, lua, python, shell"),
        Column("version", "text", "version of its format, empty where it has none"),
        Column("functions", "i4", "how many functions it has, 0 where they are not counted"),
        Column("read", "text", "texts, code (texts, and calls with what they are given), none"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    EVERY_INPUT,
)

SCRIPT_FUNCTIONS = TableSchema(
    "script_functions",
    "Functions of compiled programs, by their names; the span is their code, or their name where "
    "the code is elsewhere.",
    (
        _SCRIPT,
        Column("number", "i4", "number in the program"),
        Column("name", "text", "name, with the class around it where there is one; may be empty"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    EVERY_INPUT,
)

SCRIPT_TEXTS = TableSchema(
    "script_texts",
    "Text constants of programs, comments excluded; the span is the bytes of the text.",
    (
        _SCRIPT,
        Column("text", "text", "the text"),
        Column("reads_as", "text", "how the span spells: utf-8, utf-16le, latin-1"),
        Column("uses", "i4", "how many instructions load it, -1 where that is not known"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    EVERY_INPUT,
)

SCRIPT_CALLS = TableSchema(
    "script_calls",
    "Calls in programs, of functions that have a name; the span is the call.",
    (
        _SCRIPT,
        Column("function", "i4", "number of the function in which it stands, -1 where not counted"),
        Column("name", "text", "what is called: a.b.c; ? begins what nobody names"),
        Column("made", "bool", "a constructor is called, and makes an object"),
        Column(
            "arguments",
            "text",
            "JSON array: texts (with {name} for what is not known), numbers and words as texts "
            "that begin with =, objects, arrays, {'()': [name, ...]} for what a call answers, "
            "null for anything else",
        ),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    EVERY_INPUT,
)

SCRIPT_MARKS = TableSchema(
    "script_marks",
    "Attributes of .NET programs on types, methods, parameters and properties, and (without a "
    "name) members beside those that have some; the span is what the attribute is given, else "
    "the row of the metadata.",
    (
        _SCRIPT,
        Column("target", "text", "type, method, parameter, property"),
        Column("owner", "text", "type, of a parameter the method"),
        Column("member", "text", "name of the method, parameter or property; empty for a type"),
        Column("place", "i4", "number of a parameter from 1, else 0"),
        Column("kind", "text", "type of a parameter or property; empty for others"),
        Column("name", "text", "attribute, with its namespace; empty for a member beside others"),
        Column("texts", "text", "JSON array of texts it is given, named ones as name=text"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    EVERY_INPUT,
)
