"""Trees of Java source as listings.

All files are looked at first for what they declare, as names resolve across files; then each
is lowered when it is asked for.

Source: The Java Language Specification, SE 17, docs.oracle.com/javase/specs; the comments in
which jadx says what it could not decompile, github.com/skylot/jadx.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from witnessmark.formats.java.declarations import (
    ClassDecl,
    declared_classes,
    file_scope,
)
from witnessmark.formats.java.dumps import dump_of
from witnessmark.formats.java.field_constants import FieldConstants
from witnessmark.formats.java.names import Names
from witnessmark.formats.java.renames import Renames, Restoring
from witnessmark.formats.java.rules import RULES
from witnessmark.formats.java.syntax import Syntax, UnreadableError, parse, subtree_types
from witnessmark.formats.java.types import spoken
from witnessmark.formats.java.unit import Unit
from witnessmark.formats.java.world import World
from witnessmark.formats.listing.model import Listing, Unread
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

LARGEST_FILE = 32 << 20
MOST_CLASSES = 20_000
NOT_DECOMPILED = b'"Method not decompiled'
BODIES = ("block", "constructor_body")


def read_java(files: Sequence[tuple[str, bytes]]) -> JavaTree:
    """Listings of Java files, by the names given.

    ``files`` are pairs of name and content, all of one tree. The mapping lowers a file when
    its listing is taken and keeps none, so take each once. Nothing is raised for what is not
    Java: the listing says what was not read.
    """
    return JavaTree(files)


class JavaTree(Mapping[str, Listing]):
    """Listings on demand, by file, with the names that things had before a decompiler renamed
    them.
    """

    def __init__(self, files: Sequence[tuple[str, bytes]]) -> None:
        self._files = dict(files)
        declared: dict[str, ClassDecl] = {}
        self._own: dict[str, frozenset[str]] = {}
        renames = Renames()
        for name, data in self._files.items():
            own = set()
            for decl, node in _declarations(data):
                if decl.desc not in declared:
                    declared[decl.desc] = decl
                    own.add(decl.desc)
                    renames.take(decl, node)
            self._own[name] = frozenset(own)
        self._restoring = Restoring(renames, declared)
        constants = FieldConstants()
        self._world = World(Names(declared), constants)
        constants.world = self._world

    @property
    def renamed(self) -> Mapping[str, str]:
        """Descriptors of declared classes that had others, and those."""
        return self._restoring.classes

    def __len__(self) -> int:
        return len(self._files)

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __getitem__(self, name: str) -> Listing:
        data = self._files[name]
        if len(data) > LARGEST_FILE:
            return Listing((), (Unread("the file is too large to be source", Span(0, 0)),))
        root = parse(data)
        unit = Unit(self._world)
        if root.source.encoding != "utf-8":
            unit.note("the text was taken to be in the encoding GB 18030", Span(0, 0))
        _note_errors(unit, root)
        waiting = set(self._own[name])
        try:
            for decl, node in declared_classes(root, file_scope(root)):
                if decl.desc in waiting:
                    waiting.remove(decl.desc)
                    _lower(unit, self._world.names.declared[decl.desc], node)
                else:
                    unit.note(f"{spoken(decl.desc)} is declared twice; the first counts", node.span)
        except UnreadableError as error:
            unit.lost(error, Span(0, len(data)))
        self._world.forget(unit.made)
        return Listing(self._restoring.restored(unit.classes), tuple(unit.unread))


def _declarations(data: bytes) -> list[tuple[ClassDecl, Syntax]]:
    if len(data) > LARGEST_FILE:
        return []
    root = parse(data)
    found: list[tuple[ClassDecl, Syntax]] = []
    try:
        found.extend(declared_classes(root, file_scope(root)))
    except UnreadableError:
        return found
    return found


def _lower(unit: Unit, decl: ClassDecl, node: Syntax) -> None:
    RULES.later(unit, RULES, decl, node, None)
    while unit.pending:
        work = unit.pending.pop(0)
        if len(unit.classes) > MOST_CLASSES:
            unit.note("the file declares more classes than are read", node.span)
            unit.pending.clear()
            return
        try:
            work()
        except UnreadableError as error:
            unit.lost(error, node.span)
        except FormatError as error:
            unit.note(error.what, node.span)


def _note_errors(unit: Unit, root: Syntax) -> None:
    """Places where the text is no Java, and methods that a decompiler gave up."""
    for one in subtree_types(root):
        if one.type == "ERROR":
            unit.note("this is no Java", one.span)
        elif one.type in BODIES and _is_given_up(one):
            unit.note("the decompiler could not write this method as Java", one.span)


def _is_given_up(body: Syntax) -> bool:
    """Whether a body holds a decompiler's excuse, and no list of instructions either."""
    text = body.source[body.start : body.end]
    return len(body.children) == 1 and NOT_DECOMPILED in text and dump_of(body) is None
