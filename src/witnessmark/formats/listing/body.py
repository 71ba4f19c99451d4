"""Methods as code units: places of instructions, branches, payloads, handlers, lines."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from witnessmark.formats.dex.opcodes import Opcode
from witnessmark.formats.listing.encode import WIDER, MisfitError, by_name, opcode_of, units_of
from witnessmark.formats.listing.model import ArrayData, Body, Handler, Instruction, SwitchTable
from witnessmark.formats.listing.pool import (
    CALL_SITE,
    HANDLE,
    KINDS,
    PROTO,
    STRING,
    TYPE,
    Pool,
    proto_parts,
)
from witnessmark.formats.listing.values import number_values
from witnessmark.model.errors import FormatError

MOST_UNITS = 1 << 22
"""Code units of one method; more is no program that a compiler wrote."""

MOST_HANDLERS = 4000
"""Exception handlers of one method, before and after ranges were split at one another; their
encoding, of at most ten bytes each, has to fit into 65535 bytes."""

LAST_LINE = 0x7FFFFFFF

ROUNDS = 3
"""A jump is widened at most twice."""


class Code(Struct, frozen=True):
    """A method's code in the making: names in it still have the numbers they came with.

    ``fixes``  place and kind of each unit that holds the number of a name.
    ``tries``  start, end, and (type or -1, handler) pairs; places in code units.
    ``pcs``    place of each instruction; ``offsets`` and ``lengths`` its span in the text.
    ``lines``  (pc, line) where the line changes.
    """

    registers: int
    ins: int
    outs: int
    units: array[int]
    fixes: list[tuple[int, int]]
    tries: list[tuple[int, int, tuple[tuple[int, int], ...]]]
    pcs: array[int]
    offsets: array[int]
    lengths: array[int]
    lines: list[tuple[int, int]]
    names: tuple[int, ...]


def compile_body(body: Body, proto: str, *, is_static: bool, pool: Pool) -> Code:
    """Code of a method; `FormatError` where the text cannot be what a compiler wrote."""
    parts = proto_parts(proto)
    if not body.instructions:
        raise FormatError("there are no instructions")
    ins = words(parts[1]) + (not is_static)
    if not ins <= body.registers <= 0xFFFF:
        raise FormatError(f"{body.registers} registers where parameters alone need {ins}")
    chosen = [opcode_of(one) for one in body.instructions]
    pcs = _places(body, chosen)
    ends = _payload_places(body.instructions, pcs[-1])
    units: array[int] = array("H")
    fixes: list[tuple[int, int]] = []
    for place, (one, opcode) in enumerate(zip(body.instructions, chosen, strict=True)):
        pool.at(one.quoted or one.span)
        distance = _distance(body, one, place, pcs, ends)
        _emit(units, fixes, one, opcode, distance, pool)
    for one, place in zip(body.instructions, range(len(chosen)), strict=True):
        if one.payload is not None:
            _emit_payload(units, one.payload, body.labels, pcs, place)
    return Code(
        body.registers, ins, _outs(body.instructions), units, fixes, _tries(body, pcs, pool),
        array("I", pcs[:-1]), array("I", [one.span.offset for one in body.instructions]),
        array("I", [one.span.length for one in body.instructions]), _lines(body, pcs),
        tuple(-1 if name is None else pool.number(STRING, name) for name in body.locals),
    )  # fmt: skip


def words(kinds: Sequence[str]) -> int:
    """Registers that parameters take."""
    return sum(2 if kind in ("J", "D") else 1 for kind in kinds)


def _places(body: Body, chosen: list[Opcode]) -> list[int]:
    """Place of each instruction and of the end; jumps that do not reach are widened in place."""
    count = len(chosen)
    if any(not 0 <= number <= count for number in body.labels.values()):
        raise FormatError("a label stands outside of the code")
    jumps = [number for number, one in enumerate(body.instructions) if one.name.startswith("goto")]
    for _ in range(ROUNDS):
        pcs = [0]
        for opcode in chosen:
            pcs.append(pcs[-1] + opcode.units)
        if pcs[-1] > MOST_UNITS:
            raise FormatError(f"{pcs[-1]} code units are more than a method can have")
        short = [number for number in jumps if not _reaches(body, chosen[number], number, pcs)]
        if not short:
            break
        for number in short:
            chosen[number] = by_name()[WIDER[chosen[number].name][0]]
    return pcs


def _reaches(body: Body, opcode: Opcode, number: int, pcs: Sequence[int]) -> bool:
    distance = pcs[_label(body.labels, body.instructions[number].target)] - pcs[number]
    try:
        units_of(opcode, (), None, 0, 0, distance)
    except MisfitError:
        return opcode.name not in WIDER
    return True


def _label(labels: Mapping[str, int], name: str | None) -> int:
    found = labels.get(name) if name is not None else None
    if found is None:
        raise FormatError(f"there is no label {name!r}")
    return found


def _payload_places(instructions: Sequence[Instruction], end: int) -> Mapping[int, int]:
    """Place of each payload, by number of the instruction that uses it."""
    found = {}
    for number, one in enumerate(instructions):
        if one.payload is not None:
            end += end & 1
            found[number] = end
            end += _payload_units(one.payload)
    if end > MOST_UNITS:
        raise FormatError(f"{end} code units are more than a method can have")
    return found


def _payload_units(payload: ArrayData | SwitchTable) -> int:
    if isinstance(payload, ArrayData):
        return 4 + (payload.width * len(payload.elements) + 1) // 2
    count = len(payload.cases)
    return 4 + 2 * count if _is_packed(payload) else 2 + 4 * count


def _is_packed(table: SwitchTable) -> bool:
    keys = [key for key, _ in table.cases]
    return bool(keys) and keys == list(range(keys[0], keys[0] + len(keys)))


def _distance(
    body: Body, one: Instruction, place: int, pcs: Sequence[int], ends: Mapping[int, int]
) -> int:
    if place in ends:
        return ends[place] - pcs[place]
    if one.target is None:
        return 0
    return pcs[_label(body.labels, one.target)] - pcs[place]


def _emit(
    units: array[int],
    fixes: list[tuple[int, int]],
    one: Instruction,
    opcode: Opcode,
    distance: int,
    pool: Pool,
) -> None:
    index = second = 0
    if opcode.index:
        index = _index(one, opcode, pool)
        fixes.append((len(units) + 1, KINDS[opcode.index]))
    if opcode.format in ("45cc", "4rcc"):
        second = pool.spelled(PROTO, one.second or "")
        fixes.append((len(units) + 3, PROTO))
    if one.name.endswith("-switch"):
        packed = isinstance(one.payload, SwitchTable) and _is_packed(one.payload)
        opcode = by_name()["packed-switch" if packed else "sparse-switch"]
    try:
        units.extend(units_of(opcode, one.registers, one.literal, index, second, distance))
    except (MisfitError, OverflowError) as error:
        raise FormatError(f"{one.name}: {error}") from error


def _index(one: Instruction, opcode: Opcode, pool: Pool) -> int:
    kind = KINDS[opcode.index]
    if kind == CALL_SITE:
        return pool.number(CALL_SITE, number_values(pool, one.call_site))
    if one.reference is None:
        raise FormatError(f"{one.name} names nothing")
    return pool.handle(one.reference) if kind == HANDLE else pool.spelled(kind, one.reference)


def _emit_payload(
    units: array[int],
    payload: ArrayData | SwitchTable,
    labels: Mapping[str, int],
    pcs: Sequence[int],
    place: int,
) -> None:
    if len(units) & 1:
        units.append(0)
    if isinstance(payload, ArrayData):
        mask = (1 << 8 * payload.width) - 1
        if payload.width not in (1, 2, 4, 8):
            raise FormatError(f"array elements of {payload.width} bytes")
        content = b"".join(
            (one & mask).to_bytes(payload.width, "little") for one in payload.elements
        )
        units.extend((0x0300, payload.width))
        _extend(units, len(payload.elements).to_bytes(4, "little") + content)
        return
    keys = [key & 0xFFFFFFFF for key, _ in payload.cases]
    targets = [(pcs[_label(labels, label)] - pcs[place]) & 0xFFFFFFFF for _, label in payload.cases]
    packed = _is_packed(payload)
    if len(keys) > 0xFFFF:
        raise FormatError(f"a switch with {len(keys)} cases")
    units.extend((0x0100 if packed else 0x0200, len(keys)))
    numbers = (keys[:1] if packed else keys) + targets
    _extend(units, b"".join(one.to_bytes(4, "little") for one in numbers))


def _extend(units: array[int], content: bytes) -> None:
    padded = content + b"\0" * (len(content) & 1)
    units.extend(low | high << 8 for low, high in zip(padded[::2], padded[1::2], strict=True))


def _outs(instructions: Sequence[Instruction]) -> int:
    return max(
        (len(one.registers) for one in instructions if one.name.startswith("invoke-")), default=0
    )


def _tries(
    body: Body, pcs: Sequence[int], pool: Pool
) -> list[tuple[int, int, tuple[tuple[int, int], ...]]]:
    """Ranges that do not overlap, ascending, each with its handlers in the order listed.

    A handler behind the last instruction, whose own could not be read, is left out.
    """
    if len(body.handlers) > MOST_HANDLERS:
        raise FormatError(f"{len(body.handlers)} exception handlers in one method")
    listed = (_handled(body, one, pcs, pool) for one in body.handlers)
    spans = [one for one in listed if one[3] < pcs[-1]]
    marks = sorted({place for low, high, _, _ in spans for place in (low, high)})
    found: list[tuple[int, int, tuple[int, ...]]] = []
    for low, high in pairwise(marks):
        own = tuple(n for n, span in enumerate(spans) if span[0] <= low and high <= span[1])
        if found and own and found[-1][1] == low and found[-1][2] == own:
            found[-1] = (found[-1][0], high, own)
        elif own:
            found.append((low, high, own))
    tries = [
        (low, high, _until_everything([spans[n][2:] for n in own])) for low, high, own in found
    ]
    lists = {handlers for _, _, handlers in tries}
    if sum(len(handlers) + 1 for handlers in lists) > MOST_HANDLERS:
        raise FormatError("exception handlers of one method overlap too often")
    return tries


def _handled(body: Body, one: Handler, pcs: Sequence[int], pool: Pool) -> tuple[int, int, int, int]:
    low, high, target = (
        pcs[_label(body.labels, label)] for label in (one.start, one.end, one.handler)
    )
    return low, high, -1 if one.type is None else pool.spelled(TYPE, one.type), target


def _until_everything(handlers: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Handlers up to the first that takes everything, those of a type once."""
    kept: dict[int, int] = {}
    for kind, target in handlers:
        kept.setdefault(kind, target)
        if kind < 0:
            break
    return tuple(kept.items())


def _lines(body: Body, pcs: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    line = 0
    for one, pc in zip(body.instructions, pcs, strict=False):
        if 0 < one.line <= LAST_LINE and one.line != line:
            line = one.line
            found.append((pc, line))
    return found
