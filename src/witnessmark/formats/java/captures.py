"""Locals that code in a body keeps for later: of anonymous and local classes, of lambdas.

Source: The Java Language Specification, SE 17, 8.1.3, 15.27.2.
"""

from __future__ import annotations

from witnessmark.formats.java.conversions import suffix
from witnessmark.formats.java.lookups import scoped_field
from witnessmark.formats.java.method import Lowering, Result
from witnessmark.formats.java.syntax import Source, Syntax, subtree_types
from witnessmark.formats.java.types import Type
from witnessmark.formats.java.unit import Captured
from witnessmark.model.location import Span


def captured_by(m: Lowering, body: Syntax) -> Captured:
    """Locals around that ``body`` names, in order of their first mention."""
    variables: dict[str, Type] = {}
    constants = {}
    for one in subtree_types(body):
        if (
            one.type == "field_access"
            and "object" in one.fields
            and (one.fields.get("field", one).type == "this")
        ):
            _take_typed(m, one.named("object").text, variables)
        if one.type != "identifier" or one.text in variables:
            continue
        local = m.variable(one.text)
        if local is not None:
            variables[one.text] = local.type
            if local.constant is not None:
                constants[one.text] = local.constant
            continue
        _inherited(m, one.text, variables)
    return Captured(variables, m.this >= 0, constants)


def _take_typed(m: Lowering, name: str, variables: dict[str, Type]) -> None:
    """Jadx writes a captured value as ``Type.this``."""
    for block in m.blocks:
        for variable, local in block.items():
            if local.type.desc.endswith((f"/{name};", f"${name};")):
                variables.setdefault(variable, local.type)
                return


def _inherited(m: Lowering, name: str, variables: dict[str, Type]) -> None:
    """In a static context no outer object leads to what a class around has captured."""
    if m.this >= 0 or not m.unit.captured:
        return
    found = scoped_field(m, name)
    if found is not None and found[0].name == f"val${name}":
        variables[name] = found[1]


def captured_values(m: Lowering, captured: Captured, span: Span) -> list[Result]:
    """The present values of captured locals."""
    found = []
    for name, kind in captured.variables.items():
        local = m.variable(name)
        if local is not None and local.constant is not None:
            found.append(Result(kind, span, constant=local.constant))
        elif local is not None:
            found.append(Result(kind, span, local.register))
        else:
            found.append(_from_class(m, name, kind))
    return found


def _from_class(m: Lowering, name: str, kind: Type) -> Result:
    """A captured local that a class around has kept."""
    rule = m.rules.expressions["identifier"]
    return rule(
        m, Syntax(Source(name.encode()), "identifier", 0, len(name.encode()), m.code.line), kind
    )


def words(m: Lowering, results: list[Result]) -> tuple[int, ...]:
    """Registers of values, two for wide ones."""
    registers: list[int] = []
    for one in results:
        first = m.load(one)
        registers += (first, first + 1) if one.type.is_wide else (first,)
    return tuple(registers)


def keep_fields(
    m: Lowering, this: int, desc: str, values: list[tuple[str, Type, int]], span: Span
) -> None:
    """Store parameters of a constructor in fields of the object."""
    for name, kind, register in values:
        m.code.emit(f"iput{suffix(kind)}", (register, this), span,
                    reference=f"{desc}->{name}:{kind.desc}")  # fmt: skip
