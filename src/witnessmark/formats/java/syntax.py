"""Syntax trees of Java source, detached from the parser that made them.

Grammar: tree-sitter-java, github.com/tree-sitter/tree-sitter-java (node types and field names).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from witnessmark.model.location import Span

if TYPE_CHECKING:
    from tree_sitter import Parser, Tree, TreeCursor

DEEPEST = 180
"""Nesting of syntax beyond which nothing is read; chains of operators and of ``else if`` count
once, as they are followed without nesting."""

CHAINS = ("binary_expression", "if_statement")
LONGEST_CHAIN = 20_000

NAMES = ("identifier", "field_access")
COMMENTS = ("line_comment", "block_comment")
KEPT_TOKENS = frozenset(
    [
        "++",
        "--",
        "super",
        "this",
        "::",
        "static",
        "default",
        "synchronized",
        "public",
        "private",
        "protected",
        "abstract",
        "final",
        "native",
        "transient",
        "volatile",
        "strictfp",
    ]
)
"""Tokens without a field name that tell something."""


UNKNOWN_TYPE = re.compile(rb"(?m)(^[ \t]*(?:final )?|for \()\?\?(?=(?:\[\])*[ \t]+[\w$]+\s*[=;:])")
"""How jadx writes a type that it could not find out; as a name of the same length it parses."""

RENAMED = re.compile(rb"/\* (?:JADX INFO: )?renamed from: ([\w$./-]+)")
"""How jadx tells the name that something had in the app."""

TOLD = re.compile(rb"/\* (-?\d{1,10}|0x[0-9a-fA-F]{1,8}) \*/")
"""How jadx tells the number that the app has where the source names a constant."""

JUMP = re.compile(rb"\*\* (?:GOTO \w+|(?=if |while |for |do |lbl\d))")
"""How CFR writes jumps that Java lacks, and what stands in their way."""

LATE_CALL = re.compile(rb"(?m)(?<=[;}])(\s*\n[ \t]*)(super|this)(?=\()")
"""A constructor call behind other statements, which decompilers write and grammars refuse."""

LATE_NAMES = {b"super": b"__sup", b"this": b"__th"}


CHINESE = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]")
MOSTLY = 0.8


class Source(bytes):
    """The bytes of a file, and how they spell text."""

    encoding = "utf-8"

    @classmethod
    def of(cls, data: bytes) -> Source:
        """UTF-8 where the bytes are that; GB 18030 where that gives Chinese; else UTF-8 in part.

        Sources of Chinese apps are often in that encoding or its forerunners.
        """
        found = cls(data)
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("gb18030", "replace")
            foreign = [one for one in text if one > "\x7f"]
            if sum(map(bool, map(CHINESE.match, foreign))) >= MOSTLY * len(foreign):
                found.encoding = "gb18030"
        return found


class UnreadableError(Exception):
    """A piece of source that cannot be lowered: what is wrong, and where."""

    def __init__(self, says: str, span: Span) -> None:
        super().__init__(says)
        self.says, self.span = says, span


class Syntax:
    """A node: ``children`` are its named children, comments excluded, ``tokens`` the words
    among its unnamed ones that tell something, ``renamed`` the name that a decompiler replaced,
    ``told`` the number that it says a name stands for.
    """

    __slots__ = (
        "children",
        "deep",
        "end",
        "fields",
        "is_broken",
        "line",
        "origin",
        "renamed",
        "source",
        "start",
        "tokens",
        "told",
        "type",
    )  # fmt: skip

    def __init__(self, source: Source, kind: str, start: int, end: int, line: int) -> None:
        self.source, self.type = source, kind
        self.start, self.end, self.line = start, end, line
        self.children: list[Syntax] = []
        self.fields: dict[str, Syntax] = {}
        self.tokens: tuple[str, ...] = ()
        self.is_broken = self.deep = False
        self.origin = 0
        self.renamed = ""
        self.told: int | None = None

    @property
    def span(self) -> Span:
        """The bytes of the node."""
        return Span(self.start + self.origin, self.end - self.start)

    def moved(self, origin: int, line: int) -> None:
        """Say where the text of the tree stands: so many bytes behind its own, in that line."""
        for one in subtree_types(self):
            one.origin, one.line = origin, line

    @property
    def text(self) -> str:
        """What is written there."""
        return self.source[self.start : self.end].decode(self.source.encoding, "replace")

    def first(self, *kinds: str) -> Syntax | None:
        """The first child of one of these types."""
        return next((one for one in self.children if one.type in kinds), None)

    def all(self, *kinds: str) -> Iterator[Syntax]:
        """Children of these types."""
        return (one for one in self.children if one.type in kinds)

    def named(self, name: str) -> Syntax:
        """The child in field ``name``; `UnreadableError` where the source lacks it."""
        found = self.fields.get(name)
        if found is None:
            raise UnreadableError(f"this {self.type.replace('_', ' ')} lacks its {name}", self.span)
        return found


@lru_cache(maxsize=1)
def _parser() -> Parser:
    import tree_sitter_java
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_java.language()))


def parse(source: bytes) -> Syntax:
    """The syntax tree of a compilation unit; what does not parse is in nodes of type ERROR."""
    source = UNKNOWN_TYPE.sub(rb"\1__", source)
    if b"** " in source:
        source = JUMP.sub(lambda found: b";".ljust(len(found[0])), source)
    source = LATE_CALL.sub(lambda found: found[1] + LATE_NAMES[found[2]], source)
    kept = Source.of(source)
    tree: Tree = _parser().parse(kept)
    return _converted(kept, tree.walk())


def _tell(parent: Syntax, source: Source, start: int, end: int) -> None:
    """Put the number in a comment to the name in front of it."""
    found = TOLD.match(source, start, end)
    if found is None or not parent.children:
        return
    node = parent.children[-1]
    while node.type not in NAMES and node.children and node.children[-1].end == node.end:
        node = node.children[-1]
    if node.type in NAMES and not source[node.end : start].strip():
        node.told = int(found[1], 0)


def _converted(source: Source, cursor: TreeCursor) -> Syntax:
    root = _node(source, cursor)
    stack = [root]
    depths = [0]
    renamed = ""
    going = cursor.goto_first_child()
    while going:
        node, parent = cursor.node, stack[-1]
        assert node is not None
        if node.is_named and node.type not in COMMENTS:
            made = _node(source, cursor)
            made.renamed, renamed = renamed, ""
            parent.children.append(made)
            _name(parent, cursor.field_name, made)
            depth = depths[-1] + (made.type != parent.type or made.type not in CHAINS)
            if depth >= DEEPEST or len(stack) >= LONGEST_CHAIN:
                made.deep = True
            elif cursor.goto_first_child():
                stack.append(made)
                depths.append(depth)
                continue
        elif not node.is_named:
            _token(source, parent, cursor)
        elif node.type == "block_comment":
            found = RENAMED.match(source, node.start_byte, node.end_byte)
            renamed = found[1].decode() if found is not None else renamed
            _tell(parent, source, node.start_byte, node.end_byte)
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent() or len(stack) == 1:
                return root
            stack.pop()
            depths.pop()
    return root


def _node(source: Source, cursor: TreeCursor) -> Syntax:
    node = cursor.node
    assert node is not None
    made = Syntax(source, node.type, node.start_byte, node.end_byte, node.start_point[0] + 1)
    made.is_broken = node.is_error or node.is_missing
    return made


def _name(parent: Syntax, field: str | None, made: Syntax) -> None:
    if field is not None and field not in parent.fields:
        parent.fields[field] = made


def _token(source: Source, parent: Syntax, cursor: TreeCursor) -> None:
    node, field = cursor.node, cursor.field_name
    assert node is not None
    if field is not None:
        made = Syntax(source, node.type, node.start_byte, node.end_byte, node.start_point[0] + 1)
        _name(parent, field, made)
    elif node.type in KEPT_TOKENS:
        parent.tokens += (node.type,)


def subtree_types(node: Syntax) -> Iterator[Syntax]:
    """Every node of the tree below ``node``, itself first, in order of the text."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.children))
