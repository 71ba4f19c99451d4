"""Code of a method in the making.

Registers count from 0: parameters first, then locals and intermediate results in the order in
which they come. `frame` moves them to where dex wants them.
"""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.formats.java.syntax import UnreadableError
from witnessmark.formats.java.types import Type
from witnessmark.formats.listing.model import ArrayData, Handler, Instruction, SwitchTable
from witnessmark.model.location import Span

MOST_INSTRUCTIONS = 200_000
MOST_REGISTERS = 40_000
OWN_REGISTERS = 200
"""Below this number each local has a register of its own for the whole method: a register that
is written once is known to hold its constant everywhere."""

ENDS = frozenset({"return-void", "return", "return-wide", "return-object", "throw", "goto"})
NOWHERE = Span(0, 0)


class Code:
    """Instructions, labels and handlers, appended in order."""

    def __init__(self, parameters: int) -> None:
        self.instructions: list[Instruction] = []
        self.labels: dict[str, int] = {}
        self.handlers: list[Handler] = []
        self.line = 0
        self._top = self._floor = self.highest = parameters
        self._names = 0
        self._targets: set[int] = set()

    def emit(
        self,
        name: str,
        registers: Sequence[int],
        span: Span,
        *,
        literal: int | None = None,
        reference: str | None = None,
        target: str | None = None,
        payload: ArrayData | SwitchTable | None = None,
        quoted: Span | None = None,
    ) -> None:
        """Append an instruction at the present line."""
        if len(self.instructions) >= MOST_INSTRUCTIONS:
            raise UnreadableError("the method has more code than a compiler would accept", span)
        self.instructions.append(Instruction(
            name, tuple(registers), span, literal, reference, None, target, payload, self.line,
            quoted,
        ))  # fmt: skip

    def label(self) -> str:
        """A new label that stands nowhere yet."""
        self._names += 1
        return f"L{self._names}"

    def place(self, label: str) -> None:
        """Put a label before the next instruction."""
        self.labels[label] = len(self.instructions)
        self._targets.add(len(self.instructions))

    def here(self) -> str:
        """A new label before the next instruction."""
        label = self.label()
        self.place(label)
        return label

    def settle(self) -> None:
        """Put labels that code jumps to and that stand nowhere at the end."""
        for one in self.instructions:
            wanted = [one.target] if one.target is not None else []
            if isinstance(one.payload, SwitchTable):
                wanted += [label for _, label in one.payload.cases]
            for label in wanted:
                if label not in self.labels:
                    self.place(label)

    @property
    def goes_on(self) -> bool:
        """Whether control can arrive at the next instruction."""
        count = len(self.instructions)
        if count and self.instructions[-1].name in ENDS:
            return self.is_target
        return True

    @property
    def is_target(self) -> bool:
        """Whether a label stands before the next instruction."""
        return len(self.instructions) in self._targets

    def jump(self, target: str, span: Span) -> None:
        """Go to a label, unless control does not arrive here."""
        if self.goes_on:
            self.emit("goto", (), span, target=target)

    def register(self, kind: Type) -> int:
        """A register (pair) for an intermediate result."""
        return self._allocated(2 if kind.is_wide else 1)

    def block(self, count: int) -> int:
        """The first of so many registers in a row."""
        return self._allocated(count)

    def local(self, kind: Type) -> int:
        """A register (pair) that lives on after the statement."""
        found = self._allocated(2 if kind.is_wide else 1)
        self._floor = self._top
        return found

    def _allocated(self, count: int) -> int:
        found = self._top
        self._top += count
        if self._top > MOST_REGISTERS:
            raise UnreadableError("the method needs more registers than there are", NOWHERE)
        self.highest = max(self.highest, self._top)
        return found

    def mark(self) -> int:
        """Remember which intermediate results are in use."""
        return self._top

    def release(self, mark: int) -> None:
        """Give back intermediate results that came since the mark."""
        self._top = max(mark, self._floor)

    def open_block(self) -> int:
        """Remember which locals are in use."""
        return self._floor

    def close_block(self, floor: int) -> None:
        """Give back locals of a block, if registers are short."""
        if self._floor > OWN_REGISTERS:
            self._floor = max(floor, min(self._floor, OWN_REGISTERS))
            self._top = self._floor
