"""A method while it is lowered: locals, targets of jumps, values in registers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from msgspec import Struct, field
from msgspec.structs import replace

from witnessmark.formats.java.code import Code
from witnessmark.formats.java.constants import Value, bit_pattern, constant_value
from witnessmark.formats.java.frame import WRITING
from witnessmark.formats.java.names import TypeScope
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import NULL, STRING, Type, of_value, spoken
from witnessmark.formats.java.unit import Unit
from witnessmark.formats.java.world import World
from witnessmark.model.location import Span

DEEPEST_LOWERING = 100


class Result(Struct):
    """Value of an expression: in a register, or a constant that is not loaded yet."""

    type: Type
    span: Span
    register: int = -1
    constant: Value | None = None
    quoted: Span | None = None

    @property
    def is_null(self) -> bool:
        """Whether it is the literal null."""
        return self.type.desc == NULL.desc


class Variable(Struct, frozen=True):
    """A local: register, type, value if it is a constant variable."""

    register: int
    type: Type
    constant: Value | None = None


class Region(Struct):
    """A range of code that something guards; gaps are code that runs outside of it."""

    start: str
    segments: list[tuple[str, str]] = field(default_factory=list)


class Exit(Struct):
    """What a jump out of a statement passes: a target, or code that must run first."""

    names: tuple[str, ...] = ()
    leave: str | None = None
    again: str | None = None
    is_block: bool = False
    cleanup: Callable[[], None] | None = None
    region: Region | None = None
    collects: tuple[int, Type | None] | None = None


Rule = Callable[["Lowering", Syntax, Type | None], Result]
Step = Callable[["Lowering", Syntax], None]


class Rules(Struct, frozen=True):
    """How each kind of expression and statement is lowered; ``later`` lowers a class of a body."""

    expressions: Mapping[str, Rule]
    statements: Mapping[str, Step]
    later: Callable[..., None]


class Lowering:
    """State of one method. ``this`` is the register of the object whose scope the code has,
    -1 in a static context; ``owner`` the class of that scope. ``others`` are the types of values
    that locals, by register, got though their declared types are others: decompilers keep several
    variables of the app in one.
    """

    def __init__(
        self, unit: Unit, rules: Rules, code: Code, scope: TypeScope, owner: str, returned: Type
    ) -> None:
        self.unit, self.rules, self.code, self.scope = unit, rules, code, scope
        self.owner, self.returned = owner, returned
        self.this = -1
        self.blocks: list[dict[str, Variable]] = [{}]
        self.others: dict[int, list[Type]] = {}
        self.exits: list[Exit] = []
        self.cleanups = 0
        self.next_names: tuple[str, ...] = ()
        self._depth = 0

    @property
    def world(self) -> World:
        """All classes."""
        return self.unit.world

    def value(self, node: Syntax, expected: Type | None = None) -> Result:
        """Lower an expression; ``expected`` is the type that its place asks for, if known."""
        constant = self.constant(node)
        if constant is not None:
            quoted = None
            if node.type == "string_literal":
                quoted = Span(node.span.offset + 1, max(0, node.end - node.start - 2))
            return Result(constant.type, node.span, constant=constant, quoted=quoted)
        rule = self.rules.expressions.get(node.type)
        if rule is None or node.is_broken:
            raise UnreadableError(f"not readable as an expression: {shown(node)}", node.span)
        with self.deeper(node):
            self.code.line = node.line
            return rule(self, node, expected)

    def constant(self, node: Syntax) -> Value | None:
        """The value of a constant expression."""
        return constant_value(node, self._name_value)

    def _name_value(self, node: Syntax) -> Value | None:
        rule = self.rules.expressions["constant name"]
        return rule(self, node, None).constant

    @contextmanager
    def deeper(self, node: Syntax) -> Iterator[None]:
        """Count nesting; `UnreadableError` where it is too deep to follow."""
        self._depth += 1
        if self._depth > DEEPEST_LOWERING or node.deep:
            self._depth -= 1
            raise UnreadableError("nested too deep", node.span)
        try:
            yield
        finally:
            self._depth -= 1

    def statement(self, node: Syntax) -> None:
        """Lower a statement; what cannot be read of it is noted, the rest goes on."""
        mark, exits = self.code.mark(), list(self.exits)
        self.code.line = node.line
        try:
            step = self.rules.statements.get(node.type)
            if step is None:
                raise UnreadableError(f"not readable as a statement: {shown(node)}", node.span)
            with self.deeper(node):
                step(self, node)
        except UnreadableError as error:
            self.unit.lost(error, node.span)
            self.exits, self.next_names = exits, ()
        self.code.release(mark)

    def load(self, found: Result) -> int:
        """The register that holds a value; constants are loaded."""
        if found.register < 0:
            register = self.code.register(found.type)
            self.load_into(found, register)
            found.register = register
        return found.register

    def load_into(self, found: Result, register: int) -> None:
        """Put a value into a register. The instruction that made it last is turned there."""
        if found.register < 0:
            self._load_constant(found, register)
        elif found.register != register and not self._turned(found, register):
            kind = "-wide" if found.type.is_wide else "" if found.type.is_primitive else "-object"
            self.code.emit(f"move{kind}/from16", (register, found.register), found.span)

    def _turned(self, found: Result, register: int) -> bool:
        listed = self.code.instructions
        if not listed or self.code.is_target or self.is_local(found.register):
            return False
        last = listed[-1]
        writes = last.name.startswith(WRITING) and not last.name.startswith("move-exception")
        if not writes or last.registers[:1] != (found.register,):
            return False
        listed[-1] = replace(last, registers=(register, *last.registers[1:]))
        return True

    def _load_constant(self, found: Result, register: int) -> None:
        if found.constant is None:
            self.code.emit("const", (register,), found.span, literal=0)
        elif found.constant.type.desc == STRING.desc:
            self.code.emit("const-string", (register,), found.span,
                           reference=str(found.constant.value), quoted=found.quoted)  # fmt: skip
        else:
            name = "const-wide" if found.constant.type.is_wide else "const"
            literal = bit_pattern(found.constant)
            self.code.emit(name, (register,), found.span, literal=literal)

    def is_local(self, register: int) -> bool:
        """Whether a register is a variable or parameter rather than an intermediate result."""
        return register == self.this or any(
            one.register == register for block in self.blocks for one in block.values()
        )

    def variable(self, name: str) -> Variable | None:
        """The local of that name."""
        for block in reversed(self.blocks):
            if name in block:
                return block[name]
        return None

    def other(self, node: Syntax, found: Result, fits: Callable[[Type], bool]) -> Result:
        """The value of a local, cast or not, as the last of its types that fits."""
        while node.type in ("cast_expression", "parenthesized_expression") and node.children:
            node = node.children[-1]
        local = self.variable(node.text) if node.type == "identifier" else None
        if local is not None:
            for kind in reversed((local.type, *self.others.get(local.register, ()))):
                if fits(kind):
                    return Result(kind, found.span, local.register)
        return found

    def declare(self, name: str, kind: Type, constant: Value | None = None) -> Variable:
        """A new local in the innermost block."""
        kind = of_value(kind)
        found = Variable(self.code.local(kind), kind, constant)
        self.blocks[-1][name] = found
        return found

    @contextmanager
    def block(self) -> Iterator[None]:
        """A scope of locals and local classes."""
        floor, scope = self.code.open_block(), self.scope
        self.blocks.append({})
        try:
            yield
        finally:
            self.blocks.pop()
            self.scope = scope
            self.code.close_block(floor)

    def resolve(self, node: Syntax, dimensions: int = 0) -> Type:
        """The type that a type node spells."""
        return self.world.names.resolve(node.text, self.scope, dimensions)


def shown(node: Syntax) -> str:
    """The beginning of a piece of source on one line."""
    text = " ".join(node.text[:200].split())
    return text if len(text) <= 60 else text[:57] + "..."


def lacking(m: Lowering, kind: Type, span: Span, has_no: str, written: str) -> None:
    """Note why a member is not known: its class is not here, or has none such."""
    if kind.is_unknown:
        if not m.unit.lacks_classes:
            m.unit.note_once(f"the object is of an unknown type in: {written}", span)
        return
    missing = None if kind.is_array else m.world.missing(kind.desc)
    if missing is not None:
        m.unit.note_missing(missing, span)
    else:
        m.unit.note_once(f"{spoken(kind.desc)} {has_no}", span)
