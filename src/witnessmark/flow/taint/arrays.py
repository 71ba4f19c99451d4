"""The app as flat arrays for the coarse pass; items as `flow.kernels.places` numbers them."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.facts.tables.code import (
    CALLS,
    FIELD_USES,
    FIELDS,
    METHODS,
    PROTO_PARAMETERS,
    PROTOS,
    TRY_HANDLERS,
)  # fmt: skip
from witnessmark.flow.graph import Flags, Ints, ints, lists_of, spread, starts
from witnessmark.flow.kernels import places
from witnessmark.flow.methods import STATIC
from witnessmark.flow.names import descriptors
from witnessmark.flow.taint.rules import Rules
from witnessmark.flow.taint.world import World
from witnessmark.model.distinct import among, distinct

READS = (*range(0x52, 0x59), *range(0x60, 0x67))


class AppArrays(Struct, frozen=True):
    """Arrays as `flow.kernels.places.App` describes them, as far as they stand in tables.

    ``fields`` is the flags of fields; ``field_of`` the field that each named one stands for.
    """

    image: NDArray[np.uint8]
    method: Ints
    slots: Ints
    calls: Ints
    uses: Ints
    tries: Ints
    fields: Ints
    readers: Ints
    outs: int
    field_of: Ints


def app_arrays(world: World, rules: Rules, runs: Flags) -> AppArrays:
    """Read the tables; ``runs`` marks methods that may run. Linear."""
    facts = world.facts
    table = facts.table(METHODS)
    count = len(table)
    image, at = _image(world)
    method = np.full((count + 1, places.METHOD), -1, dtype=np.int64)
    method[:count, places.AT] = at
    for place, column in (
        (places.UNITS, "code_units"), (places.REGISTERS, "registers"), (places.INS, "ins"),
    ):  # fmt: skip
        method[:count, place] = table[column]
    method[:count, places.STATIC] = (table["access"] & STATIC) != 0
    slots, first, counts, parameters = _slots(world)
    protos = ints(table["proto"])
    method[:count, places.SLOTS], method[:count, places.SLOT_COUNT] = first[protos], counts[protos]
    known = np.minimum(parameters[protos] + 1, places.POSITIONS_MOST)
    method[:count, places.POSITIONS] = known
    outs = np.where(at >= 0, known, 0)
    method[:, places.OUTS] = np.concatenate([[0], np.cumsum(outs)])
    method[:count, places.FLAGS] = np.where(runs, places.RUNS, 0)
    calls = _sorted_rows(ints(facts.table(CALLS)["method"]), ints(facts.table(CALLS)["pc"]))
    program = world.program
    method[:, places.CALLS] = starts(program.calls.method, count)
    sites = (program.calls.pc[calls], program.calls.what[calls], program.target[calls])
    uses_table = facts.table(FIELD_USES)
    uses = _sorted_rows(ints(uses_table["method"]), ints(uses_table["pc"]))
    method[:, places.USES] = starts(ints(uses_table["method"]), count)
    field_of, flags = _fields(world, rules)
    used = field_of[ints(uses_table["field"])[uses]]
    tries, method[:, places.TRIES] = _tries(world, count)
    reads = among(uses_table["opcode"][uses], READS)
    readers = lists_of(used[reads], ints(uses_table["method"])[uses][reads], len(field_of))
    return AppArrays(
        image,
        method.reshape(-1),
        slots,
        np.stack(sites, axis=1).reshape(-1),
        np.stack([ints(uses_table["pc"])[uses], used], axis=1).reshape(-1),
        tries,
        flags,
        np.concatenate([readers.start, readers.items]),
        int(outs.sum()),
        field_of,
    )


def _sorted_rows(method: Ints, pc: Ints) -> Ints:
    if len(method) and (
        np.any(np.diff(method) < 0) or np.any((np.diff(method) == 0) & (np.diff(pc) < 0))
    ):
        return np.lexsort((pc, method)).astype(np.int64)
    return np.arange(len(method), dtype=np.int64)


def _image(world: World) -> tuple[NDArray[np.uint8], Ints]:
    """All bytes that hold code, one file behind another, and where each method's code stands."""
    table = world.facts.table(METHODS)
    artifact, offset = ints(table["artifact"]), ints(table["code_offset"])
    holds = (offset >= 0) & (table["code_units"] > 0)
    at = np.full(len(table), -1, dtype=np.int64)
    parts: list[NDArray[np.uint8]] = []
    size = 0
    for one in distinct(artifact[holds]).tolist():
        data = np.frombuffer(world.facts.blob(one), dtype=np.uint8)
        rows = np.flatnonzero(holds & (artifact == one))
        ends = offset[rows] + 2 * ints(table["code_units"])[rows]
        rows = rows[ends <= len(data)]
        at[rows] = offset[rows] + size
        parts.append(data)
        size += len(data)
    parts.append(np.zeros(64, dtype=np.uint8))
    return np.concatenate(parts), at


def _slots(world: World) -> tuple[Ints, Ints, Ints, Ints]:
    """Position of each argument register, and by prototype the first, how many, and parameters."""
    facts = world.facts
    wide = np.array([text in (b"J", b"D") for text in descriptors(facts)] or [False], dtype=bool)
    protos = facts.table(PROTOS)
    kinds = ints(facts.table(PROTO_PARAMETERS)["type"])
    first, parameters = ints(protos["first_parameter"]), ints(protos["parameters"])
    owner, place = spread(first, first + parameters)
    widths = np.where(wide[kinds[place]], 2, 1)
    position = np.minimum(place - first[owner] + 1, places.POSITIONS_MOST - 1)
    slots = np.repeat(position, widths)
    counts = np.bincount(owner, weights=widths, minlength=len(first)).astype(np.int64)
    begins = np.cumsum(counts) - counts
    return slots if len(slots) else np.zeros(1, dtype=np.int64), begins, counts, parameters


def _fields(world: World, rules: Rules) -> tuple[Ints, Ints]:
    """The field that each named one stands for, and flags."""
    table = world.facts.table(FIELDS)
    count = len(table)
    field_of = np.arange(count, dtype=np.int64)
    flags = np.zeros(count, dtype=np.int64)
    names = {name for _, name in rules.know.sources_by_member}
    outside = np.flatnonzero(table["class"] < 0)
    for row, owner, string in zip(
        outside.tolist(),
        table["class_type"][outside].tolist(),
        table["name"][outside].tolist(),
        strict=True,
    ):
        name = world.facts.string(string)
        defined = world.field_of(owner, name)
        if defined >= 0:
            field_of[row] = defined
            continue
        flags[row] = places.FIELD_OUTSIDE
        if name in names and rules.field_sources(owner, name):
            flags[row] |= places.FIELD_SOURCE
    return field_of, flags


def _tries(world: World, count: int) -> tuple[Ints, Ints]:
    table = world.facts.table(TRY_HANDLERS)
    rows = _sorted_rows(ints(table["method"]), np.zeros(len(table), dtype=np.int64))
    columns = [ints(table[name])[rows] for name in ("start", "end", "handler")]
    return np.stack(columns, axis=1).reshape(-1), starts(ints(table["method"]), count)
