"""Where code names resources: literal ids and fields of ``R`` classes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from witnessmark.facts.tables.code import CODE_INPUTS, FIELD_USES, FIELDS, INSTRUCTIONS, METHODS
from witnessmark.facts.tables.resources import RESOURCES
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.model.distinct import among, distinct
from witnessmark.model.table import Column, Table, TableSchema

RESOURCE_USES = TableSchema(
    "resource_uses",
    "Places where code names a resource, ordered by method and pc.",
    (
        Column("method", "i4", "method", "methods"),
        Column("pc", "u4", "place in that method, in 16-bit code units"),
        Column("resource", "u4", "resource id"),
    ),
    CODE_INPUTS,
)

CONST, CONST_HIGH16 = 0x14, 0x15


@once_an_app
def resource_uses(facts: Facts) -> Table:
    """`RESOURCE_USES` of an app: constants equal to an id it defines, and reads of R fields."""
    parts = [_literals(facts), _fields(facts)]
    method, pc, resource = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.lexsort((resource, pc, method))
    return Table(
        RESOURCE_USES,
        {
            "method": method[order].astype("i4"),
            "pc": pc[order].astype("u4"),
            "resource": resource[order].astype("u4"),
        },
    )


Triple = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def _literals(facts: Facts) -> Triple:
    instructions, methods = facts.table(INSTRUCTIONS), facts.table(METHODS)
    rows = np.flatnonzero(
        (instructions["opcode"] == CONST) | (instructions["opcode"] == CONST_HIGH16)
    )
    method = instructions["method"][rows].astype(np.int64)
    pc = instructions["pc"][rows].astype(np.int64)
    wide = instructions["opcode"][rows] == CONST
    at = methods["code_offset"][method] + 2 * pc + 2
    artifact = methods["artifact"][method]
    value = np.zeros(len(rows), dtype=np.int64)
    for number in distinct(artifact).tolist():
        here = np.flatnonzero(artifact == number)
        blob = np.frombuffer(facts.blob(int(number)), dtype=np.uint8)
        low = _unit(blob, at[here])
        high = np.where(wide[here], _unit(blob, np.minimum(at[here] + 2, len(blob) - 2)), 0)
        value[here] = np.where(wide[here], low | high << 16, low << 16)
    known = among(value, facts.table(RESOURCES)["resource"].astype(np.int64))
    return method[known], pc[known], value[known]


def _unit(blob: NDArray[np.uint8], at: NDArray[np.int64]) -> NDArray[np.int64]:
    return blob[at].astype(np.int64) | blob[at + 1].astype(np.int64) << 8


def _fields(facts: Facts) -> Triple:
    ids = {
        (kind, name.replace(".", "_")): resource
        for resource, kind, name in facts.table(RESOURCES).rows("resource", "type", "name")
    }
    fields, uses = facts.table(FIELDS), facts.table(FIELD_USES)
    kinds: dict[int, str] = {}
    for type_row in distinct(fields["class_type"]).tolist():
        outer, dollar, kind = facts.descriptor(type_row).rstrip(";").rpartition("$")
        if dollar and outer.endswith("/R"):
            kinds[type_row] = kind
    named = np.full(len(fields), -1, dtype=np.int64)
    for row in np.flatnonzero(among(fields["class_type"], list(kinds))).tolist():
        kind = kinds[int(fields["class_type"][row])]
        named[row] = ids.get((kind, facts.string(int(fields["name"][row]))), -1)
    resource = named[uses["field"]] if len(uses) else np.zeros(0, dtype=np.int64)
    known = resource >= 0
    return (
        uses["method"][known].astype(np.int64),
        uses["pc"][known].astype(np.int64),
        resource[known],
    )
