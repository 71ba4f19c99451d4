"""JavaScript as texts, calls and values with names; parsed, never run.

Syntax errors cost what they spoil, not the file. Source: ECMA-262; grammar tree-sitter-javascript,
github.com/tree-sitter/tree-sitter-javascript (node types and field names).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct, field

from witnessmark.formats.patterns import kept_regex
from witnessmark.model.location import Span

if TYPE_CHECKING:
    from tree_sitter import Node, Parser, Query

LARGEST_SCRIPT = 4 << 20
MOST_NODES = 200_000
"""Nodes of one kind that are looked at."""

DEEPEST = 24
LONGEST_TEXT = 1 << 14
MOST_VALUES = 4
"""Values of one name that are kept; a name with more tells nothing."""

ESCAPE = kept_regex(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r?\n|.)", re.DOTALL)
SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
QUERY = """
(call_expression) @call (new_expression) @new (variable_declarator) @variable
(assignment_expression) @assigned (pair) @pair (string) @text (template_string) @template
[(function_declaration) (function_expression) (arrow_function) (method_definition)
 (generator_function_declaration)] @function
"""


class Text(Struct, frozen=True):
    """A text constant; its span is what stands between the quotes."""

    text: str
    span: Span


class Joined(Struct, frozen=True):
    """Pieces that are put together to one text."""

    pieces: tuple[Expression, ...]
    span: Span


class Name(Struct, frozen=True):
    """A variable or member, with dots."""

    name: str
    span: Span


class Record(Struct, frozen=True):
    """An object literal: members in order; ``...`` leaves it open."""

    members: Mapping[str, Expression]
    span: Span
    open: bool = False


class Items(Struct, frozen=True):
    """An array literal."""

    items: tuple[Expression, ...]
    span: Span


class Call(Struct, frozen=True):
    """A call: name of the function with dots, arguments; ``made`` for ``new``."""

    name: str
    arguments: tuple[Expression, ...]
    span: Span
    made: bool = False


class Choice(Struct, frozen=True):
    """One of several, of which a condition decides: ``a ? b : c``; with ``ordered`` the first that
    is there: ``a || b``.
    """

    options: tuple[Expression, ...]
    span: Span
    ordered: bool = False


class Other(Struct, frozen=True):
    """Anything else."""

    span: Span


class Function(Struct, frozen=True):
    """A function: its bare name, empty for none; its parameters, empty for those with parts."""

    name: str
    parameters: tuple[str, ...]
    span: Span


Expression = Text | Joined | Name | Record | Items | Call | Choice | Other


class Script(Struct):
    """One script.

    ``texts``   all text constants, in order; none of comments.
    ``calls``   all calls with a name, in order.
    ``functions``  all functions, outer ones first.
    ``values``  what variables are given, by name.
    ``members``  what members of objects are given, by their bare name.
    ``assigned``  members that assignments give a value, ``a.b.c``, with the span of the assignment.
    ``cut``     more stands in it than was read.
    """

    texts: list[Text] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    values: dict[str, list[Expression]] = field(default_factory=dict)
    members: dict[str, list[Expression]] = field(default_factory=dict)
    assigned: list[Name] = field(default_factory=list)
    cut: bool = False


@cache
def _parser() -> tuple[Parser, Query]:
    import tree_sitter_javascript
    from tree_sitter import Language, Parser, Query

    language = Language(tree_sitter_javascript.language())
    return Parser(language), Query(language, QUERY)


def read_script(data: bytes, offset: int = 0) -> Script:
    """A script whose bytes stand at ``offset`` of their blob. Never raises."""
    from tree_sitter import QueryCursor

    parser, query = _parser()
    script = Script(cut=len(data) > LARGEST_SCRIPT)
    reader = _Reader(data[:LARGEST_SCRIPT], offset)
    found = QueryCursor(query).captures(parser.parse(reader.data).root_node)
    captured = {kind: sorted(nodes, key=_place) for kind, nodes in found.items()}
    for kind in ("text", "template"):
        for node in captured.get(kind, ())[:MOST_NODES]:
            script.texts.extend(reader.texts(node))
    script.texts.sort(key=lambda one: one.span.offset)
    for kind in ("call", "new"):
        for node in captured.get(kind, ())[:MOST_NODES]:
            call = reader.expression(node, 0)
            if isinstance(call, Call) and call.name:
                script.calls.append(call)
    script.calls.sort(key=lambda one: (one.span.offset, -one.span.length))
    for kind, name, value in (("variable", "name", "value"), ("assigned", "left", "right"),
                              ("pair", "key", "value")):  # fmt: skip
        for node in captured.get(kind, ())[:MOST_NODES]:
            named = node.child_by_field_name(name)
            of_name = named is not None and kind != "pair" and named.type == "identifier"
            if kind == "assigned" and named is not None and not of_name:
                script.assigned.append(Name(reader.dotted(named), reader.span(node)))
            kept = script.values if of_name else script.members
            reader.keep(kept, named, node.child_by_field_name(value))
    for node in captured.get("function", ())[:MOST_NODES]:
        script.functions.append(reader.function(node))
    script.functions.sort(key=lambda one: (one.span.offset, -one.span.length))
    script.cut |= any(len(nodes) > MOST_NODES for nodes in captured.values())
    return script


def _place(node: Node) -> tuple[int, int]:
    """Where a node stands, the outer first: the library gives nodes in an order that varies."""
    return node.start_byte, -node.end_byte


class _Reader:
    """Nodes of one script as expressions."""

    def __init__(self, data: bytes, offset: int) -> None:
        self.data = data
        self._offset = offset

    def span(self, node: Node, cut: int = 0) -> Span:
        start = node.start_byte + cut
        return Span(self._offset + start, max(node.end_byte - cut - start, 0))

    def source(self, node: Node) -> str:
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def texts(self, node: Node) -> list[Text]:
        """A string, or the fixed pieces of a template."""
        if node.type == "string":
            return [self._string(node)]
        return [
            Text(unescaped(self.source(one)), self.span(one))
            for one in node.named_children
            if one.type == "string_fragment"
        ]

    def _string(self, node: Node) -> Text:
        return Text(unescaped(self.source(node)[1:-1])[:LONGEST_TEXT], self.span(node, 1))

    def keep(
        self, values: dict[str, list[Expression]], name: Node | None, value: Node | None
    ) -> None:
        """Keep what a name is given, where that is a text, a record or a name."""
        if name is None or value is None:
            return
        spelled = self._string(name).text if name.type == "string" else self.dotted(name)
        kept = values.setdefault(spelled.rpartition(".")[2], [])
        if spelled and len(kept) <= MOST_VALUES:
            kept.append(self.expression(value, 0))

    def function(self, node: Node) -> Function:
        """A function by the name that it is declared by, or is given to."""
        named = node.child_by_field_name("name")
        above = node.parent
        if named is None and above is not None:
            named = (
                above.child_by_field_name("name")
                or above.child_by_field_name("key")
                or above.child_by_field_name("left")
            )
        name = self.dotted(named) if named is not None else ""
        if named is not None and named.type == "string":
            name = self._string(named).text
        alone = node.child_by_field_name("parameter")
        listed = node.child_by_field_name("parameters")
        inner = [alone] if alone is not None else listed.named_children if listed else []
        return Function(
            name.rpartition(".")[2],
            tuple(self._parameter(one) for one in inner if one.type != "comment"),
            self.span(node),
        )

    def _parameter(self, node: Node) -> str:
        """The name of a parameter, with or without a default."""
        left = node.child_by_field_name("left")
        plain = left if left is not None else node
        return self.source(plain) if plain.type == "identifier" else ""

    def dotted(self, node: Node) -> str:
        """``a.b.c`` of a name; empty for what is none."""
        if node.type in (
            "identifier",
            "property_identifier",
            "this",
            "shorthand_property_identifier",
        ):
            return self.source(node)
        if node.type == "member_expression":
            inner = node.child_by_field_name("object")
            member = node.child_by_field_name("property")
            before = self.dotted(inner) if inner is not None else ""
            after = self.source(member) if member is not None else ""
            return f"{before}.{after}" if before else after
        if node.type == "subscript_expression":
            inner, index = node.child_by_field_name("object"), node.child_by_field_name("index")
            if inner is None or index is None or index.type != "string":
                return ""
            return f"{self.dotted(inner)}.{self._string(index).text}"
        if node.type in ("parenthesized_expression", "sequence_expression") and node.named_children:
            return self.dotted(node.named_children[-1])
        if node.type == "call_expression":
            function = node.child_by_field_name("function")
            return f"{self.dotted(function)}()" if function is not None else ""
        return ""

    def expression(self, node: Node, depth: int) -> Expression:
        if depth > DEEPEST:
            return Other(self.span(node))
        kind = node.type
        if kind == "string":
            return self._string(node)
        if kind == "template_string":
            return self._template(node, depth)
        if kind == "binary_expression":
            return self._joined(node, depth)
        if kind in ("identifier", "member_expression", "shorthand_property_identifier"):
            return Name(self.dotted(node), self.span(node))
        if kind == "object":
            return self._record(node, depth)
        if kind == "array":
            inner = tuple(self.expression(one, depth + 1) for one in node.named_children)
            return Items(inner, self.span(node))
        if kind in ("call_expression", "new_expression"):
            return self._concatenated(node, depth) or self._call(node, depth)
        if kind in ("parenthesized_expression", "await_expression") and node.named_children:
            return self.expression(node.named_children[-1], depth + 1)
        if kind == "ternary_expression":
            sides = [node.child_by_field_name(name) for name in ("consequence", "alternative")]
            return self._choice(node, sides, depth, ordered=False)
        return Other(self.span(node))

    def _choice(
        self, node: Node, sides: Sequence[Node | None], depth: int, *, ordered: bool
    ) -> Expression:
        read = [self.expression(side, depth + 1) for side in sides if side is not None]
        known = [one for one in read if not isinstance(one, Other)]
        if len(known) < 2:
            return known[0] if known else Other(self.span(node))
        options = [
            inner
            for one in known
            for inner in (
                one.options if isinstance(one, Choice) and one.ordered == ordered else (one,)
            )
        ]
        return Choice(tuple(options), self.span(node), ordered)

    def _concatenated(self, node: Node, depth: int) -> Joined | None:
        """``"a".concat(b).concat(c)``, as compilers write templates; None for other calls."""
        function, given = (
            node.child_by_field_name("function"), node.child_by_field_name("arguments"),
        )  # fmt: skip
        if function is None or given is None or function.type != "member_expression":
            return None
        member = function.child_by_field_name("property")
        inner = function.child_by_field_name("object")
        if member is None or inner is None or self.source(member) != "concat":
            return None
        first: Expression | None = None
        if inner.type in ("string", "template_string"):
            first = self.expression(inner, depth + 1)
        elif inner.type == "call_expression" and depth < DEEPEST:
            first = self._concatenated(inner, depth + 1)
        if not isinstance(first, Text | Joined):
            return None
        rest = [self.expression(one, depth + 1) for one in given.named_children]
        start = first.pieces if isinstance(first, Joined) else (first,)
        return Joined((*start, *rest), self.span(node))

    def _template(self, node: Node, depth: int) -> Expression:
        pieces: list[Expression] = []
        for one in node.named_children:
            if one.type == "string_fragment":
                pieces.append(Text(unescaped(self.source(one)), self.span(one)))
            elif one.type == "template_substitution" and one.named_children:
                pieces.append(self.expression(one.named_children[0], depth + 1))
        return Joined(tuple(pieces), self.span(node))

    def _joined(self, node: Node, depth: int) -> Expression:
        sides = [node.child_by_field_name("left"), node.child_by_field_name("right")]
        operator = node.child_by_field_name("operator")
        sign = self.source(operator) if operator is not None else ""
        if sign in ("||", "??"):
            return self._choice(node, sides, depth, ordered=True)
        if sign != "+" or None in sides:
            return Other(self.span(node))
        read = [self.expression(side, depth + 1) for side in sides if side is not None]
        pieces = [
            piece for one in read for piece in (one.pieces if isinstance(one, Joined) else (one,))
        ]
        return Joined(tuple(pieces), self.span(node))

    def _record(self, node: Node, depth: int) -> Record:
        members: dict[str, Expression] = {}
        is_open = False
        for one in node.named_children:
            key, value = one.child_by_field_name("key"), one.child_by_field_name("value")
            if one.type == "pair" and key is not None and value is not None:
                name = self._string(key).text if key.type == "string" else self.source(key)
                members[name] = self.expression(value, depth + 1)
            elif one.type == "shorthand_property_identifier":
                members[self.source(one)] = Name(self.source(one), self.span(one))
            elif one.type == "spread_element":
                is_open = True
        return Record(members, self.span(node), is_open)

    def _call(self, node: Node, depth: int) -> Call:
        made = node.type == "new_expression"
        function = node.child_by_field_name("constructor" if made else "function")
        given = node.child_by_field_name("arguments")
        inner = given.named_children if given is not None else []
        arguments = tuple(self.expression(one, depth + 1) for one in inner if one.type != "comment")
        name = self.dotted(function) if function is not None else ""
        return Call(name, arguments, self.span(node), made)


def unescaped(text: str) -> str:
    """A text as its escapes spell it."""

    def one(match: re.Match[str]) -> str:
        sign = match[1]
        if sign[0] in "\r\n":
            return ""
        if sign[0] in "ux" and len(sign) > 1:
            number = int(sign.strip("ux{}"), 16)
            return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
        return SIGNS.get(sign, sign)

    return ESCAPE.sub(one, text) if "\\" in text else text
