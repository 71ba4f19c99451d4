"""From registers as lowering numbers them to a frame as dex wants it.

Parameters are the last registers of a frame, but most instructions reach only the first 16 or
256. In a small frame parameters go to the end; in a larger one they are moved to the first
registers when the method begins. Operands that still are out of reach go through the first
registers, which then are kept free.

Source: Dalvik bytecode and its instruction formats, source.android.com/docs/core/runtime.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from witnessmark.formats.java.code import Code
from witnessmark.formats.java.types import Type
from witnessmark.formats.listing.model import Body, Instruction
from witnessmark.formats.listing.pool import proto_parts
from witnessmark.model.location import Span

SMALL = 16
SCRATCH = 6
FOUR_BITS = (
    "iget", "iput", "if-eq", "if-ne", "if-lt", "if-ge", "if-gt", "if-le", "instance-of",
    "array-length", "new-array", "neg-", "not-", "int-to", "long-to", "float-to", "double-to",
)  # fmt: skip
SIXTEEN_BITS = ("move/16", "move-wide/16", "move-object/16")
WRITING = (
    "const", "iget", "aget", "sget", "instance-of", "array-length", "new-", "move", "neg-",
    "not-", "int-to", "long-to", "float-to", "double-to", "add-", "sub-", "mul-", "div-", "rem-",
    "and-", "or-", "xor-", "shl-", "shr-", "ushr-", "cmp",
)  # fmt: skip


def finished(code: Code, parameters: Sequence[Type], names: Sequence[str | None]) -> Body:
    """The body of a method with these parameters, ``this`` included where there is one."""
    ins = sum(2 if one.is_wide else 1 for one in parameters)
    instructions: list[Instruction] = list(code.instructions)
    if code.highest <= SMALL:
        shift = code.highest - ins
        change = _Shift(ins, shift)
        instructions = [_renumbered(one, change) for one in instructions]
        return Body(code.highest, tuple(instructions), code.labels, tuple(code.handlers),
                    tuple(names))  # fmt: skip
    free = SCRATCH if any(_out_of_reach(one) for one in instructions) else 0
    if free:
        instructions = [_renumbered(one, lambda n: n + SCRATCH) for one in instructions]
    total = code.highest + free + ins
    first = list(_arrivals(parameters, free, total - ins))
    listed, moved = first, []
    for one in instructions:
        moved.append(len(listed))
        listed.extend(_within_reach(one))
    moved.append(len(listed))
    labels = {name: moved[place] for name, place in code.labels.items()}
    return Body(total, tuple(listed), labels, tuple(code.handlers), tuple(names))


class _Shift:
    """Parameters behind everything else."""

    def __init__(self, ins: int, shift: int) -> None:
        self._ins, self._shift = ins, shift

    def __call__(self, number: int) -> int:
        return number + self._shift if number < self._ins else number - self._ins


def _renumbered(one: Instruction, change: Callable[[int], int]) -> Instruction:
    return Instruction(
        one.name, tuple([change(number) for number in one.registers]), one.span, one.literal,
        one.reference, one.second, one.target, one.payload, one.line, one.quoted, one.call_site,
    )  # fmt: skip


def _arrivals(parameters: Sequence[Type], to: int, start: int) -> Iterator[Instruction]:
    """Moves of parameters from the end of the frame."""
    at = start
    for one in parameters:
        yield _move(to + at - start, at, _kind(one), Instruction("nop", (), Span(0, 0)))
        at += 2 if one.is_wide else 1


def _kind(one: Type) -> str:
    if one.is_wide:
        return "-wide"
    return "" if one.is_primitive else "-object"


def _move(to: int, source: int, kind: str, at: Instruction) -> Instruction:
    form = "from16" if to < 256 else "16"
    return Instruction(f"move{kind}/{form}", (to, source), at.span, line=at.line)


def _reach(name: str) -> int:
    if name in SIXTEEN_BITS or name.endswith("/range"):
        return 1 << 16
    if name.startswith("invoke-"):
        return 16
    if name.startswith(FOUR_BITS) and not name.endswith("z"):
        return 16
    return 256


def _out_of_reach(one: Instruction) -> bool:
    if one.name.endswith("/from16"):
        return one.registers[0] >= 256 - SCRATCH
    reach = _reach(one.name) - SCRATCH
    return any(number >= reach for number in one.registers)


def _within_reach(one: Instruction) -> Iterator[Instruction]:
    """The instruction, between moves where operands are out of its reach."""
    if one.name.endswith("/from16"):
        fits = one.registers[0] < 256
        yield one if fits else replace(one, name=one.name.replace("from16", "16"))
        return
    reach = _reach(one.name)
    if all(number < reach for number in one.registers):
        yield one
    elif one.name.startswith("invoke-"):
        yield from _invoked(one)
    else:
        yield from _operands(one)


def _invoked(one: Instruction) -> Iterator[Instruction]:
    """A call with up to five words of arguments, through the free registers."""
    assert one.reference is not None
    kinds = list(proto_parts(one.reference[one.reference.index("("):])[1])  # fmt: skip
    if one.name != "invoke-static":
        kinds.insert(0, "L")
    at = 0
    for kind in kinds:
        if at < len(one.registers):
            yield _move(at, one.registers[at], _kind(Type(kind)), one)
        at += 2 if kind in "JD" else 1
    yield replace(one, registers=tuple(range(len(one.registers))))


def _operands(one: Instruction) -> Iterator[Instruction]:
    writes = one.name.startswith(WRITING)
    placed: list[int] = []
    shapes = _shapes(one)
    reach = _reach(one.name)
    after: list[Instruction] = []
    for place, (number, kind) in enumerate(zip(one.registers, shapes, strict=True)):
        if number < reach:
            placed.append(number)
            continue
        spare = 2 * place
        placed.append(spare)
        if place == 0 and one.name == "check-cast":
            yield _move(spare, number, kind, one)
        if place == 0 and (writes or one.name == "check-cast"):
            after.append(_move(number, spare, kind, one))
        else:
            yield _move(spare, number, kind, one)
    yield replace(one, registers=tuple(placed))
    yield from after


def _shapes(one: Instruction) -> list[str]:
    """For each operand which move carries it."""
    name = one.name
    count = len(one.registers)
    if name.startswith(("iget", "iput")):
        return [_suffix(name), "-object"]
    if name.startswith(("aget", "aput")):
        return [_suffix(name), "-object", ""]
    if name.startswith(("sget", "sput", "return", "move-result")):
        return [_suffix(name)]
    if name == "const-wide":
        return ["-wide"]
    if name.startswith(("const-string", "const-class", "new-instance", "check-cast", "throw",
                        "move-exception", "monitor", "fill")):  # fmt: skip
        return ["-object"] * count
    if "-to-" in name:
        source, target = name.split("-to-")
        return [_number(target), _number(source)]
    if name.startswith("cmp"):
        wide = _number(name.rpartition("-")[2])
        return ["", wide, wide]
    if name.startswith(("shl", "shr", "ushr")):
        return [_number(name), _number(name), ""][:count]
    if name.startswith(("new-array",)):
        return ["-object", ""]
    if name.startswith(("instance-of", "array-length")):
        return ["", "-object"]
    return [_number(name)] * count


def _suffix(name: str) -> str:
    if name.endswith("-wide"):
        return "-wide"
    return "-object" if name.endswith("-object") else ""


def _number(name: str) -> str:
    return "-wide" if name.endswith(("long", "double")) else ""
