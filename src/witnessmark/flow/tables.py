"""Tables derived from tables by flow."""

from __future__ import annotations

from witnessmark.facts.tables.artifacts import ARTIFACT, LENGTH, OFFSET
from witnessmark.facts.tables.code import CODE_INPUTS
from witnessmark.model.table import Column, TableSchema

ENTRY_POINTS = TableSchema(
    "entry_points",
    "Methods that code outside the app calls, and why. The span is that of "
    "the registration: manifest or layout element, annotation, or instruction.",
    (
        Column("method", "i4", "method that is called", "methods"),
        Column("kind", "text", "application, provider, activity, service, receiver, fragment, "
               "view, thread, task, listener, handler, javascript, event, instrumentation, ..."),
        Column("because", "text", "why outside code calls it, one sentence"),
        Column("component", "i4", "declared component it belongs to, -1 for none", "components"),
        Column("exported", "bool", "other apps can cause the call without asking the user"),
        Column("by_method", "i4", "method that registers it, -1 when XML does", "methods"),
        Column("pc", "i4", "place of the registration in that method, -1 for none"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    CODE_INPUTS,
)  # fmt: skip

CALL_EDGES = TableSchema(
    "call_edges",
    "Who leads to whom, among reached methods. A virtual edge names the method as the call site "
    "does; table dispatches holds the methods in which it can land.",
    (
        Column("caller", "i4", "method that calls, creates or touches", "methods"),
        Column("pc", "u4", "place in that method"),
        Column("callee", "i4", "method that runs; of a virtual edge the one named", "methods"),
        Column("kind", "u1", "0 direct, 1 virtual, 2 callback of an object created there, 3 thread "
               "or task of such an object, 4 class initialiser, 5 class object mentioned or found "
               "by its name, 6 task or handler that is handed over there and whose class is known"),
    ),
    CODE_INPUTS,
)  # fmt: skip

DISPATCHES = TableSchema(
    "dispatches",
    "Methods in which a virtual call can land, given the classes that reached code creates.",
    (
        Column("named", "i4", "method as call sites name it", "methods"),
        Column("target", "i4", "method of the app that runs", "methods"),
        Column("kind", "u1", "as in call_edges; 3 where the named call starts a thread or task"),
    ),
    CODE_INPUTS,
)

REACH = TableSchema(
    "reach",
    "Whether running code comes to a method; one row for each row of methods.",
    (
        Column("state", "text", "reached; unreached; unknown (could be called in a way not seen); "
               "outside (not defined in the app)"),
        Column("entry_point", "i4", "start of a shortest path, -1 for none", "entry_points"),
        Column("via", "i4", "method before it on that path, -1 for an entry point", "methods"),
        Column("pc", "i4", "place in that method, -1 for none"),
        Column("kind", "u1", "kind of the last step, as in call_edges"),
        Column("steps", "i4", "calls from the entry point, -1 when not reached"),
    ),
    CODE_INPUTS,
)  # fmt: skip

EXPORTED = TableSchema(
    "exported",
    "What other apps may start or query.",
    (
        Column("component", "i4", "component", "components"),
        Column("access", "text", "start; for a provider read, write"),
        Column("permission", "text", "permission the other app needs, empty for none"),
        Column(
            "protection", "text", "protection level of that permission where this app defines it"
        ),
        Column("enabled", "bool", "not switched off in the manifest"),
        Column("because", "text", "stated, intent filter, provider default, default"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    CODE_INPUTS,
)

CALL_ARGUMENTS = TableSchema(
    "call_arguments",
    "Arguments of chosen calls that are constants within the calling method.",
    (
        Column("call", "i4", "call site", "calls"),
        Column("position", "i4", "position, receiver excluded, from 0; -1 for the receiver"),
        Column(
            "kind", "text", "string, int, long, float, double, null, type, field, list, derived"
        ),
        Column("text", "text", "value; a list as JSON; an identity in descriptor form"),
        Column("row", "i4", "row of the string, type or field it is, -1 for none"),
        Column("pc", "i4", "place in the calling method where the value comes from, -1 for none"),
    ),
    CODE_INPUTS,
)

ARRAY_ELEMENTS = TableSchema(
    "array_elements",
    "Elements of string arrays built in code, complete arrays only, in order.",
    (
        Column("method", "i4", "method that builds the array", "methods"),
        Column("array", "u4", "place of the instruction that makes it"),
        Column("position", "i4", "index in the array"),
        Column("string", "i4", "the element, -1 for null or a number", "strings"),
        Column("number", "text", "the element where it is a number, else empty"),
        Column("pc", "u4", "place where the element is loaded"),
        Column(
            "field", "i4", "static or instance field the array is stored in, -1 for none", "fields"
        ),
    ),
    CODE_INPUTS,
)

ENUM_CONSTANTS = TableSchema(
    "enum_constants",
    "Constants of enum classes with the constant arguments of their constructors.",
    (
        Column("class", "i4", "enum class", "classes"),
        Column("field", "i4", "field of the constant", "fields"),
        Column("name", "text", "name of the constant"),
        Column("ordinal", "i4", "ordinal, from 0"),
        Column(
            "position", "i4", "constructor argument after name and ordinal, from 0; -1 for none"
        ),
        Column(
            "kind",
            "text",
            "string, int, long, ...; unknown where it is no constant; empty for none",
        ),
        Column("text", "text", "the argument"),
        Column("string", "i4", "the string, -1 for none", "strings"),
        Column("method", "i4", "initialiser of the class", "methods"),
        Column("pc", "i4", "place where the argument is loaded, of the constructor call for none"),
    ),
    CODE_INPUTS,
)
