"""Texts that a method builds piece by piece.

Follows string builders of one method as objects: what is appended to each, in order of pc. A
text that goes into another one brings its pieces along, so that ``a += b; a += c`` is one text.
A piece that is no constant is a hole; static final fields with a constant initial value count as
that constant. What a branch may leave out is told like the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct

from witnessmark.facts.tables.code import CALLS, METHODS
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.flow.graph import distinct
from witnessmark.flow.instructions import CodeReader, MethodCode
from witnessmark.flow.origins import (
    Call,
    CallResult,
    Constant,
    FieldRead,
    Made,
    Origin,
    Origins,
    Parameter,
)
from witnessmark.flow.straight import static_constants
from witnessmark.model.distinct import among

BUILDERS = ("java.lang.StringBuilder", "java.lang.StringBuffer")
CUTS = ("setLength", "delete", "deleteCharAt", "replace", "reverse", "insert")
"""Calls after which what was appended before does not stand as it was."""

EMPTY = ((), ("I",))
"""Parameters of constructors that begin with nothing."""

TRIMS = ("substring", "trim", "intern")
"""Calls that take at most the ends of a text away."""

MOST_PIECES = 4000


class Piece(Struct, frozen=True):
    """One piece: its constant text and string row, or a hole (``text`` None, ``string`` -1)."""

    text: str | None
    string: int
    pc: int


class BuiltText(Struct, frozen=True):
    """Pieces joined at ``pc`` of ``method``, in order."""

    method: int
    pc: int
    pieces: tuple[Piece, ...]

    def joined(self, hole: str = "?") -> str:
        """The text, holes written as ``hole``."""
        return "".join(hole if piece.text is None else piece.text for piece in self.pieces)

    @property
    def whole(self) -> bool:
        """Whether every piece is known."""
        return all(piece.text is not None for piece in self.pieces)


def built_texts(facts: Facts, methods: Iterable[int]) -> Iterator[BuiltText]:
    """Texts of at least two pieces built in each of ``methods``, in the order given.

    Linear in the code of those methods. A text that is part of another is not told by itself.
    """
    reader, constants, roles = CodeReader(facts), static_constants(facts), _roles(facts)
    for method in methods:
        code = reader.read(method)
        if code is not None:
            yield from _Texts(facts, code, constants, roles).found()


Builder: TypeAlias = Made | FieldRead | Parameter


class _Texts:
    """The texts of one method."""

    def __init__(
        self,
        facts: Facts,
        code: MethodCode,
        constants: Mapping[int, tuple[str, str, int]],
        roles: Mapping[int, str],
    ) -> None:
        chained = {callee for callee, role in roles.items() if role in ("append", "cut")}
        self._facts = facts
        self._method = code.method
        self._roles = roles
        self._events = Origins(facts, code, constants, chained).events()
        self._pieces: dict[Builder, list[Piece]] = {}
        self._texts: dict[Builder, tuple[int, tuple[Piece, ...]]] = {}
        self._cut: list[tuple[int, tuple[Piece, ...]]] = []
        self._parts: set[Builder] = set()

    def found(self) -> Iterator[BuiltText]:
        """Texts by the place where they are asked for last, parts of others left out."""
        for event in self._events:
            if isinstance(event, Call) and event.callee in self._roles:
                self._call(event, self._roles[event.callee])
        for builder, pieces in self._pieces.items():
            if builder not in self._parts and len(pieces) > max(1, len(self._told(builder))):
                self._texts[builder] = (pieces[-1].pc, tuple(pieces))
        texts = [(pc, pieces) for pc, pieces in self._texts.values()]
        for pc, found in sorted([*self._cut, *texts], key=lambda text: text[0]):
            yield BuiltText(self._method, pc, found)

    def _told(self, builder: Builder) -> tuple[Piece, ...]:
        return self._texts.get(builder, (0, ()))[1]

    def _call(self, event: Call, role: str) -> None:
        builder = event.arguments[0]
        if not isinstance(builder, Made | FieldRead | Parameter):
            return
        pieces = self._pieces.setdefault(builder, [])
        if role in ("begin", "cut"):
            if builder in self._texts:
                self._cut.append(self._texts.pop(builder))
            given = role == "begin" and self._facts.parameter_types(event.callee) not in EMPTY
            self._pieces[builder] = self._given(event) if given else []
        elif role == "append" and len(pieces) < MOST_PIECES:
            pieces += self._given(event)
        elif role == "end" and len(pieces) > 1:
            self._texts[builder] = (event.pc, tuple(pieces))

    def _is_cut(self, callee: int) -> bool:
        """Whether a call gives the text that it is made on without what ends it."""
        if self._facts.method_class(callee) != "java.lang.String":
            return False
        name, kinds = self._facts.method_name(callee), self._facts.parameter_types(callee)
        return name in TRIMS and kinds in ((), ("I", "I"))

    def _given(self, event: Call) -> list[Piece]:
        """Pieces of what is given: a constant, another text, a hole."""
        given: Origin = event.arguments[1]
        if isinstance(given, CallResult) and given.arguments and self._is_cut(given.callee):
            given = given.arguments[0]
        if isinstance(given, Constant):
            text = _text_of(given, self._facts.parameter_types(event.callee)[0])
            return [Piece(text, given.row if given.kind == "string" else -1, given.pc)]
        if isinstance(given, Made | FieldRead | Parameter) and self._pieces.get(given):
            self._parts.add(given)
            self._texts.pop(given, None)
            return list(self._pieces[given])
        return [Piece(None, -1, event.pc)]


def _text_of(given: Constant, kind: str) -> str | None:
    if given.kind == "string":
        return given.text
    if given.kind == "int" and kind == "C":
        return chr(int(given.text) & 0xFFFF)
    return given.text if given.kind in ("int", "long") and kind in "IJ" else None


@once_an_app
def _roles(facts: Facts) -> Mapping[int, str]:
    """What each builder method does: begin, append, cut, end."""
    roles: dict[int, str] = {}
    callees = distinct(facts.table(CALLS)["callee"])
    kinds = facts.table(METHODS)["class_type"][callees]
    builders = [kind for kind in distinct(kinds).tolist() if facts.type_name(kind) in BUILDERS]
    for method in callees[among(kinds, builders)].tolist():
        name = facts.method_name(method)
        if name == "<init>":
            roles[method] = "begin"
        elif name in CUTS:
            roles[method] = "cut"
        elif name in ("append", "toString"):
            roles[method] = "append" if name == "append" else "end"
    return roles
