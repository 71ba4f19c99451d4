"""Which function lowers which kind of syntax.

Node types: tree-sitter-java, github.com/tree-sitter/tree-sitter-java.
"""

from __future__ import annotations

from witnessmark.formats.java import statements as plain
from witnessmark.formats.java.arrays import array_creation, array_initializer
from witnessmark.formats.java.assignments import array_access, assignment, update
from witnessmark.formats.java.calls import invocation
from witnessmark.formats.java.classes import lower_class
from witnessmark.formats.java.conditions import choice
from witnessmark.formats.java.creations import local_class, object_creation
from witnessmark.formats.java.exits import (
    break_statement,
    continue_statement,
    return_statement,
    yield_statement,
)
from witnessmark.formats.java.lambdas import lambda_expression, method_reference
from witnessmark.formats.java.literals import literal_value
from witnessmark.formats.java.lookups import (
    class_literal,
    constant_name,
    field_access,
    identifier,
    this_object,
)
from witnessmark.formats.java.method import Lowering, Result, Rules
from witnessmark.formats.java.operators import (
    binary,
    cast_expression,
    parenthesized,
    type_test,
    unary,
)
from witnessmark.formats.java.switches import switch_statement, switch_value
from witnessmark.formats.java.syntax import Syntax
from witnessmark.formats.java.tries import synchronized_statement, try_statement
from witnessmark.formats.java.types import Type


def _null(_m: Lowering, node: Syntax, _expected: Type | None) -> Result:
    _, kind = literal_value(node)
    return Result(kind, node.span)


RULES = Rules(
    {
        "array_access": array_access,
        "array_creation_expression": array_creation,
        "array_initializer": array_initializer,
        "assignment_expression": assignment,
        "binary_expression": binary,
        "cast_expression": cast_expression,
        "class_literal": class_literal,
        "constant name": constant_name,
        "field_access": field_access,
        "identifier": identifier,
        "instanceof_expression": type_test,
        "lambda_expression": lambda_expression,
        "method_invocation": invocation,
        "method_reference": method_reference,
        "null_literal": _null,
        "object_creation_expression": object_creation,
        "parenthesized_expression": parenthesized,
        "switch_expression": switch_value,
        "ternary_expression": choice,
        "this": this_object,
        "unary_expression": unary,
        "update_expression": update,
    },
    {
        ";": plain.nothing,
        "annotation_type_declaration": local_class,
        "assert_statement": plain.assert_statement,
        "block": plain.block,
        "break_statement": break_statement,
        "class_declaration": local_class,
        "continue_statement": continue_statement,
        "do_statement": plain.do_statement,
        "enhanced_for_statement": plain.enhanced_for,
        "enum_declaration": local_class,
        "expression_statement": plain.expression_statement,
        "for_statement": plain.for_statement,
        "if_statement": plain.if_statement,
        "interface_declaration": local_class,
        "labeled_statement": plain.labeled_statement,
        "local_variable_declaration": plain.local_variables,
        "record_declaration": local_class,
        "return_statement": return_statement,
        "switch_expression": switch_statement,
        "switch_statement": switch_statement,
        "synchronized_statement": synchronized_statement,
        "throw_statement": plain.throw_statement,
        "try_statement": try_statement,
        "try_with_resources_statement": try_statement,
        "while_statement": plain.while_statement,
        "yield_statement": yield_statement,
    },
    lower_class,
)
