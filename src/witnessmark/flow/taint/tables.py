"""The table that the flow engine adds to an app."""

from __future__ import annotations

from witnessmark.facts.tables.code import CODE_INPUTS
from witnessmark.model.table import Column, TableSchema

FLOWS = TableSchema(
    "flows",
    "Ways of data from where it comes in to where it leaves, one row for each pair of places.",
    (
        Column("source", "text", "pack and entry that knows the source"),
        Column("source_kind", "text", "api, field, form, file, database, ipc, network, ..."),
        Column("categories", "text", "personal-data terms, a JSON list"),
        Column("about", "text", "whose data it is: user, third_person, operator, unknown"),
        Column("source_says", "text", "what comes in there"),
        Column("source_class", "text", "class of the call or field, with dots"),
        Column("source_member", "text", "its name"),
        Column("source_method", "i4", "method of the app that holds the place", "methods"),
        Column("source_pc", "i4", "place in that method; 0 where data comes as a parameter"),
        Column("sink", "text", "pack and entry that knows the sink"),
        Column("channel", "text", "http, socket, sms, log, file, database, ipc, ..."),
        Column("sink_says", "text", "what the call does"),
        Column("sink_class", "text", "class of the call, with dots"),
        Column("sink_member", "text", "its name"),
        Column("sink_method", "i4", "method of the app that holds the call", "methods"),
        Column("sink_pc", "i4", "place in that method"),
        Column("recipients", "text", "addresses, numbers or paths that it goes to, a JSON list"),
        Column("implicit", "bool", "the data only decides whether something is sent"),
        Column("steps", "text", "each move, a JSON list of objects with method, pc, moves"),
        Column("chain", "text", "methods from an entry point to the sink, a JSON list of rows"),
    ),
    CODE_INPUTS,
)  # fmt: skip
