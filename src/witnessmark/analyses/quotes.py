"""Quote what several chapters point at: entries of a package, classes."""

from __future__ import annotations

from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import CLASSES, TYPES
from witnessmark.facts.view import Facts
from witnessmark.model.evidence import Evidence

_NAME_AT = {b"PK\x01\x02": 46, b"PK\x03\x04": 30}
"""Bytes before the name in a ZIP entry's records, by signature (APPNOTE.TXT 4.3.7, 4.3.12)."""


def quote_member(facts: Facts, row: int, says: str) -> Evidence:
    """Evidence that quotes an entry's name where its container lists it; ``row`` of members."""
    table = facts.table(MEMBERS)
    artifact, offset = int(table["artifact"][row]), int(table["offset"][row])
    length, name = int(table["length"][row]), str(table["name"][row])
    spelled = name.encode("utf-8", "surrogatepass")
    record = bytes(facts.blob(artifact)[offset : offset + length])
    before = _NAME_AT.get(record[:4], 0)
    if before and record[before : before + len(spelled)] == spelled:
        return facts.quote(says, artifact, offset + before, len(spelled), "utf-8", {"entry": name})
    return facts.quote(says, artifact, offset, length, "hex", {"entry": name})


def quote_class(facts: Facts, row: int) -> Evidence:
    """Evidence that a class is defined: its definition, and the name that it points to."""
    classes = facts.table(CLASSES)
    name = facts.class_name(row)
    place = {"class": name}
    definition = facts.quote(
        f"a class definition stands here: {name}",
        int(classes["artifact"][row]),
        int(classes["offset"][row]),
        int(classes["length"][row]),
        "hex",
        place,
    )
    descriptor = int(facts.table(TYPES)["descriptor"][int(classes["type"][row])])
    named = facts.quote_string("this is its name", descriptor, place)
    return Evidence(f"the class {name} is in the app", because=(named, definition))
