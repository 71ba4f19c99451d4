"""switch over numbers, texts and enum constants, as statement and as expression.

A switch over texts is compiled into two, as compilers do: one from hash and equality to a
number, one from the number to the code.

Source: The Java Language Specification, SE 17, 14.11, 15.28.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from witnessmark.formats.java.constants import Value
from witnessmark.formats.java.conversions import as_type, suffix
from witnessmark.formats.java.exits import give
from witnessmark.formats.java.method import Exit, Lowering, Result
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import (
    BOOLEAN,
    INT,
    OBJECT,
    STRING,
    UNBOXED,
    UNKNOWN,
    Type,
)
from witnessmark.formats.listing.model import SwitchTable

NUMBERS = ("I", "S", "B", "C")


class Group(Struct):
    """Labels that lead to the same code; ``rule`` where it was written with an arrow."""

    label: str
    keys: list[Syntax] = field(default_factory=list)
    is_default: bool = False
    code: Sequence[Syntax] = ()
    rule: bool = False


def switch_statement(m: Lowering, node: Syntax) -> None:
    """A switch whose value nobody uses."""
    _switch(m, node, Exit(leave=m.code.label()))


def switch_value(m: Lowering, node: Syntax, expected: Type | None) -> Result:
    """A switch as an expression, or as a statement if nothing uses the value."""
    leave = m.code.label()
    if expected is not None and expected.desc == "V":
        _switch(m, node, Exit(leave=leave))
        return Result(expected, node.span)
    register = m.code.block(2)
    end = Exit(leave=leave, collects=(register, expected))
    _switch(m, node, end)
    assert end.collects is not None
    return Result(end.collects[1] or UNKNOWN, node.span, register)


def _switch(m: Lowering, node: Syntax, end: Exit) -> None:
    assert end.leave is not None
    groups = _groups(m, node)
    found = m.value(node.named("condition"))
    default = next((one.label for one in groups if one.is_default), end.leave)
    _choose(m, node, found, groups, default)
    m.exits.append(end)
    with m.block():
        for one in groups:
            m.code.place(one.label)
            for part in one.code:
                if one.rule and end.collects is not None and part.type == "expression_statement":
                    _given(m, end, part)
                else:
                    m.statement(part)
            if one.rule:
                m.code.jump(end.leave, node.span)
    m.exits.pop()
    m.code.place(end.leave)


def _given(m: Lowering, end: Exit, part: Syntax) -> None:
    mark = m.code.mark()
    try:
        if part.children:
            give(m, end, part.children[0])
    except UnreadableError as error:
        m.unit.lost(error, part.span)
    m.code.release(mark)


def _groups(m: Lowering, node: Syntax) -> list[Group]:
    found = []
    for one in node.named("body").children:
        if one.type not in ("switch_block_statement_group", "switch_rule"):
            m.unit.note("not readable as a case of a switch", one.span)
            continue
        group = Group(m.code.label(), rule=one.type == "switch_rule")
        group.code = [part for part in one.children if part.type != "switch_label"]
        for label in one.all("switch_label"):
            if label.children:
                group.keys += label.children
            group.is_default = group.is_default or "default" in label.tokens or not label.children
        found.append(group)
    return found


def _choose(
    m: Lowering, node: Syntax, found: Result, groups: Sequence[Group], default: str
) -> None:
    keys = [(key, one.label) for one in groups for key in one.keys]
    values = [m.constant(key) for key, _ in keys]
    letter = UNBOXED.get(found.type.desc, found.type.desc)
    if found.type.desc == STRING.desc or any(v and v.type.desc == STRING.desc for v in values):
        _by_text(m, node, found, keys, values, default)
    elif letter in NUMBERS or any(value is not None for value in values):
        _by_number(m, node, found, keys, values, default)
    else:
        _by_constant(m, node, found, keys, default)


Keys = Sequence[tuple[Syntax, str]]


def _by_number(
    m: Lowering, node: Syntax, found: Result, keys: Keys, values: Sequence[Value | None],
    default: str,
) -> None:  # fmt: skip
    register = m.load(as_type(m, found, INT))
    table: dict[int, str] = {}
    for (key, label), value in zip(keys, values, strict=True):
        if value is not None and isinstance(value.value, int):
            table.setdefault(int(value.value), label)
            continue
        mark = m.code.mark()
        try:
            other = m.load(as_type(m, m.value(key, INT), INT))
            m.code.emit("if-eq", (register, other), key.span, target=label)
        except UnreadableError as error:
            m.unit.lost(error, key.span)
        m.code.release(mark)
    _table(m, node, register, table)
    m.code.jump(default, node.span)


def _table(m: Lowering, node: Syntax, register: int, table: dict[int, str]) -> None:
    if table:
        m.code.line = node.line
        m.code.emit("packed-switch", (register,), node.named("condition").span,
                    payload=SwitchTable(tuple(sorted(table.items()))))  # fmt: skip


def java_hash(text: str) -> int:
    """``String.hashCode`` of the Java platform API."""
    value = 0
    units = text.encode("utf-16-le", "surrogatepass")
    for low, high in zip(units[::2], units[1::2], strict=True):
        value = (31 * value + (low | high << 8)) & 0xFFFFFFFF
    return value - (1 << 32) if value >> 31 else value


def _by_text(
    m: Lowering, node: Syntax, found: Result, keys: Keys, values: Sequence[Value | None],
    default: str,
) -> None:  # fmt: skip
    text = m.load(found)
    number, hashed = m.code.register(INT), m.code.register(INT)
    span = node.named("condition").span
    m.code.emit("const", (number,), span, literal=-1)
    m.code.emit("invoke-virtual", (text,), span, reference="Ljava/lang/String;->hashCode()I")
    m.code.emit("move-result", (hashed,), span)
    buckets: dict[int, list[int]] = {}
    for place, value in enumerate(values):
        if value is None:
            m.unit.note("the text of this case is not known", keys[place][0].span)
        else:
            buckets.setdefault(java_hash(str(value.value)), []).append(place)
    labels = {key: m.code.label() for key in buckets}
    chosen = m.code.label()
    _table(m, node, hashed, labels)
    m.code.emit("goto", (), span, target=chosen)
    for key in sorted(buckets):
        m.code.place(labels[key])
        for place in buckets[key]:
            _equal(m, text, number, place, keys[place][0], values[place], chosen)
        m.code.jump(chosen, span)
    m.code.place(chosen)
    _table(m, node, number, {place: keys[place][1] for listed in buckets.values()
                             for place in listed})  # fmt: skip
    m.code.jump(default, node.span)


def _equal(
    m: Lowering, text: int, number: int, place: int, key: Syntax, value: Value | None, chosen: str
) -> None:
    no = m.code.label()
    mark = m.code.mark()
    quoted = m.value(key)
    assert value is not None
    m.code.line = key.line
    m.code.emit("invoke-virtual", (text, m.load(quoted)), key.span,
                reference="Ljava/lang/String;->equals(Ljava/lang/Object;)Z")  # fmt: skip
    same = m.code.register(BOOLEAN)
    m.code.emit("move-result", (same,), key.span)
    m.code.emit("if-eqz", (same,), key.span, target=no)
    m.code.emit("const", (number,), key.span, literal=place)
    m.code.emit("goto", (), key.span, target=chosen)
    m.code.release(mark)
    m.code.place(no)


def _by_constant(m: Lowering, node: Syntax, found: Result, keys: Keys, default: str) -> None:
    """Constants of an enum: by number where the enum is known, else one after the other."""
    info = m.world.info(found.type.desc)
    order = {name: place for place, name in enumerate(info.order)} if info is not None else {}
    register = m.load(found)
    if order and all(key.text.rpartition(".")[2] in order for key, _ in keys):
        number = m.code.register(INT)
        span = node.named("condition").span
        m.code.emit("invoke-virtual", (register,), span,
                    reference=f"{found.type.desc}->ordinal()I")  # fmt: skip
        m.code.emit("move-result", (number,), span)
        _table(m, node, number, {order[key.text.rpartition(".")[2]]: label for key, label in keys})
    else:
        for key, label in keys:
            _same(m, found, register, key, label)
    m.code.jump(default, node.span)


def _same(m: Lowering, found: Result, register: int, key: Syntax, label: str) -> None:
    if key.type == "null_literal":
        m.code.emit("if-eqz", (register,), key.span, target=label)
        return
    if key.type not in ("identifier", "field_access"):
        m.unit.note("a case with a pattern is not read", key.span)
        return
    owner = found.type if not found.type.is_primitive else OBJECT
    other = m.code.register(owner)
    name = key.text.rpartition(".")[2]
    m.code.emit(f"sget{suffix(owner)}", (other,), key.span,
                reference=f"{owner.desc}->{name}:{owner.desc}")  # fmt: skip
    m.code.emit("if-eq", (register, other), key.span, target=label)
