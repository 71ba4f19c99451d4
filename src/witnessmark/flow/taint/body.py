"""Code of one method as blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from witnessmark.facts.tables.code import METHODS, TRY_HANDLERS
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import ints, lists_of
from witnessmark.flow.instructions import CodeReader, Instruction, MethodCode
from witnessmark.flow.taint.liveness import live_registers
from witnessmark.flow.taint.members import Method
from witnessmark.flow.taint.values import Value

RETURNS = range(0x0E, 0x12)
THROW = 0x27
GOTOS = range(0x28, 0x2B)
SWITCHES = (0x2B, 0x2C)
IFS = range(0x32, 0x3E)
MAKES = range(0x22, 0x26)
"""Instructions that make an object or an array."""

SHORT = 16
"""Instructions of the longest method that is run on the heap of its caller."""


USED = attrgetter("registers")


class Block:
    """Instructions that run one after another; ``after`` is the place behind them, or -1."""

    __slots__ = ("after", "instructions", "start")

    def __init__(self, start: int, instructions: tuple[Instruction, ...], after: int) -> None:
        self.start = start
        self.instructions = instructions
        self.after = after


class Handler(NamedTuple):
    """A handler of exceptions raised from ``start`` up to ``end``; type -1 catches all."""

    start: int
    end: int
    handler: int
    type: int


class Site(NamedTuple):
    """A call: the method that is named, the registers of its arguments, and the app's method that
    runs where the receiver does not decide (-1 for none); ``of_one`` what runs, as far as known,
    for a receiver that is one object of a class (see `invoke`).
    """

    method: Method
    registers: tuple[int, ...]
    fixed: int
    of_one: dict[int, tuple[int, int] | None]


class Body:
    """A method's blocks by their first place, with those that can follow (exceptions aside) and
    the registers that matter there. ``sites`` and ``texts`` are calls and constants by place, as
    they were met; ``runs`` what the instructions of each block do (see `frame.Frame`). ``simple``
    says that the method is short, calls nothing, makes no object and has no loop.
    """

    __slots__ = (
        "blocks",
        "code",
        "covered",
        "followers",
        "handlers",
        "ins",
        "live",
        "registers",
        "runs",
        "simple",
        "sites",
        "texts",
    )

    def __init__(
        self,
        code: MethodCode,
        blocks: Mapping[int, Block],
        followers: Mapping[int, Sequence[int]],
        live: Mapping[int, tuple[int, ...]],
        handlers: tuple[Handler, ...],
        registers: int,
        ins: int,
        simple: bool = False,
    ) -> None:
        self.code = code
        self.blocks = blocks
        self.followers = followers
        self.live = live
        self.handlers = handlers
        self.registers = registers
        self.ins = ins
        self.simple = simple
        self.sites: dict[int, Site | None] = {}
        self.texts: dict[int, Value] = {}
        self.covered: dict[int, tuple[Handler, ...]] = {}
        self.runs: dict[int, Sequence[Any]] = {}

    def handlers_of(self, block: Block) -> tuple[Handler, ...]:
        """Handlers of exceptions that some instruction of a block may raise."""
        found = self.covered.get(block.start)
        if found is None:
            last = block.instructions[-1].pc
            found = tuple(h for h in self.handlers if h.start <= last and h.end > block.start)
            self.covered[block.start] = found
        return found


class Bodies:
    """Reads bodies when they are first asked for.

    ``unsound``  methods whose code names registers that they do not have; none has a body.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._reader = CodeReader(facts)
        self._known: dict[int, Body | None] = {}
        self.unsound: list[int] = []
        methods = facts.table(METHODS)
        self._registers, self._ins = methods["registers"], methods["ins"]
        rows = ints(facts.table(TRY_HANDLERS)["method"])
        self._handlers = lists_of(rows, np.arange(len(rows), dtype=np.int64), len(methods))
        self._places = [facts.table(TRY_HANDLERS)[name].tolist() for name in Handler._fields]

    def of(self, method: int) -> Body | None:
        """The body of a method; None without code."""
        if method not in self._known:
            self._known[method] = self._read(method)
        return self._known[method]

    def _read(self, method: int) -> Body | None:
        code = self._reader.read(method)
        if code is None or not code.instructions:
            return None
        handlers = tuple(
            Handler(*(column[row] for column in self._places))
            for row in self._handlers.of(method).tolist()
        )
        registers, ins = int(self._registers[method]), int(self._ins[method])
        highest = max(chain.from_iterable(map(USED, code.instructions)), default=-1)
        if highest >= registers or ins > registers:
            self.unsound.append(method)
            return None
        blocks = _blocks(code)
        followers = {start: _followers(code, block, blocks) for start, block in blocks.items()}
        live = live_registers(blocks, followers, handlers, registers)
        simple = _is_simple(code, followers, handlers)
        return Body(code, blocks, followers, live, handlers, registers, ins, simple)


def _is_simple(
    code: MethodCode, followers: Mapping[int, Sequence[int]], handlers: Sequence[Handler]
) -> bool:
    """Whether code is short, calls nothing, makes no object, and only goes forward."""
    if code.calls or len(code.instructions) > SHORT:
        return False
    if any(one.opcode in MAKES for one in code.instructions):
        return False
    if any(handler.handler < handler.end for handler in handlers):
        return False
    return all(after > start for start, others in followers.items() for after in others)


def _blocks(code: MethodCode) -> dict[int, Block]:
    blocks: dict[int, Block] = {}
    run: list[Instruction] = []
    for one in code.instructions:
        if run and one.pc in code.joins:
            blocks[run[0].pc] = Block(run[0].pc, tuple(run), one.pc)
            run = []
        run.append(one)
        if ends_block(one.opcode):
            falls = one.opcode in IFS or one.opcode in SWITCHES
            after = one.pc + one.units if falls else -1
            blocks[run[0].pc] = Block(run[0].pc, tuple(run), after)
            run = []
    if run:
        blocks[run[0].pc] = Block(run[0].pc, tuple(run), -1)
    return blocks


def _followers(code: MethodCode, block: Block, blocks: Mapping[int, Block]) -> Sequence[int]:
    last = block.instructions[-1]
    after = [block.after] if block.after >= 0 else []
    if last.opcode in GOTOS or last.opcode in IFS:
        after.append(last.pc + last.literal)
    elif last.opcode in SWITCHES:
        after.extend(target for _, target in code.switches.get(last.pc, ()))
    return [one for one in dict.fromkeys(after) if one in blocks]


def ends_block(opcode: int) -> bool:
    """Whether control need not go on to the next instruction."""
    return (
        opcode in IFS or opcode in GOTOS or opcode in RETURNS or opcode in SWITCHES
    ) or opcode == THROW
