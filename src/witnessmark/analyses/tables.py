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

API_SITES = TableSchema(
    "api_sites",
    "Places that use a way to data which the knowledge pack apis describes.",
    (
        Column("api", "text", "id of the entry in the pack apis"),
        Column("how", "text", "call, field, put, override, text, manifest"),
        Column("action", "text", "what is done: read, watch, record, write, delete, check, act; "
               "names when a constant stands there and no use of it was seen"),
        Column("method", "i4", "method that holds the place; the overriding one", "methods"),
        Column("pc", "i4", "place in that method, -1 for none"),
        Column("string", "i4", "string constant, -1 for none", "strings"),
        Column("call", "i4", "the call; for a constant the one that uses it, -1 for none", "calls"),
        Column("filter_row", "i4", "part of an intent filter, -1 for none", "intent_filters"),
    ),
    CODE_INPUTS,
)  # fmt: skip

REQUESTS = TableSchema(
    "requests",
    "Requests and messages that code puts together and sends, one row for each kind and place.",
    (
        Column("channel", "text", "http, webview, websocket, soap, socket, udp, mqtt, xmpp, ftp, "
               "sftp, cloud; sms, mms, mail, push"),
        Column("verb", "text", "method of the request, or name of what is done"),
        Column("url", "text", "address without query; {name} or ? for what is not known"),
        Column("host", "text", "host of the address, empty where it is not known"),
        Column("operation", "text", "operation of a web service, topic, file; empty for none"),
        Column("owner", "text", "whose code it is: own, or an SDK"),
        Column("subject", "text", "the description, as JSON"),
        Column("trace", "text", "what it was put together from, as JSON: places that send, calls "
               "that lead there, constants"),
        Column("method", "i4", "method that sends, -1 for none", "methods"),
        Column("call", "i4", "call that sends, -1 for none", "calls"),
    ),
    CODE_INPUTS,
)  # fmt: skip

FIELD_ANSWERS = TableSchema(
    "field_answers",
    "Places in code that take what was entered into a field of a screen, in the order of fields.",
    (
        Column("screen", "text", "name of the layout"),
        Column("number", "i4", "number of the field on its screen, from 1"),
        Column("name", "text", "name of the view, empty for none"),
        Column("label", "text", "its label, or its hint; empty for none"),
        Column("lang", "text", "locale of that text, und where it is the default"),
        Column("method", "i4", "method that takes the answer", "methods"),
        Column("pc", "i4", "place in that method"),
    ),
    CODE_INPUTS,
)

FIELD_CHOICES = TableSchema(
    "field_choices",
    "What fields of screens let people choose from, one row a field, in the order of fields.",
    (
        Column("screen", "text", "name of the layout"),
        Column("number", "i4", "number of the field on its screen, from 1"),
        Column("name", "text", "name of the view, empty for none"),
        Column("label", "text", "its label, or its hint; empty for none"),
        Column("choices", "text", "what people read, one choice a line"),
    ),
    CODE_INPUTS,
)
