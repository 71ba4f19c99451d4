"""Names that classes and members had before jadx changed them.

jadx gives a new name to what Java or a file system could not take, and says the old one in a
comment in front: ``/* JADX INFO: renamed from: o.dh, reason: ... */``, in older versions without
the first two words. With the old ones, findings of the tree are those of the app.

Source: github.com/skylot/jadx (comments of its renaming pass).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from witnessmark.formats.java.annotations import SIGNATURE
from witnessmark.formats.java.declarations import ClassDecl, body_members, name_of
from witnessmark.formats.java.syntax import Syntax
from witnessmark.formats.listing.model import (
    Annotation,
    Instruction,
    ListedClass,
    ListedField,
    ListedMethod,
    Value,
)

CLASS_NAME = re.compile(r"L[^;<>()\[]+(?=[;<])")
MEMBER = re.compile(r"([^(:]+)(.*)", re.DOTALL)
GIVEN = re.compile(r"(?:mo?|f)\d+.*")
"""How jadx names members anew; the number stands for one member of the whole app."""
GIVEN_PACKAGE = re.compile(r"(?<=[L/])p\d{3,}([^/]+)(?=/)")
"""How it names a package anew whose name is short; without a comment."""
NO_PACKAGE = ("Ldefpackage/", "Lp000/")
"""Where it puts classes that have no package."""

NAMED = ("type", "field", "method", "enum", "method_type", "method_handle")


class Renames(Struct):
    """Old names: of classes by descriptor; of members by their new name where it is one of the
    whole app, else by class and new name, a bracket behind those of methods.
    """

    classes: dict[str, str] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)

    def take(self, decl: ClassDecl, node: Syntax) -> None:
        """What the comments in front of a class and its members say."""
        if node.renamed:
            self.classes.setdefault(decl.desc, f"L{node.renamed.replace('.', '/')};")
        for one in body_members(node):
            if not one.renamed or "." in one.renamed:
                continue
            name = name_of(one.first("variable_declarator") or one)
            if not GIVEN.fullmatch(name):
                name = f"{decl.desc}->{name}" + "(" * (one.type == "method_declaration")
            self.members.setdefault(name, one.renamed)


def _elsewhere(name: str) -> str:
    """A class whose package alone was named anew."""
    for package in NO_PACKAGE:
        if name.startswith(package):
            return "L" + name.removeprefix(package)
    return GIVEN_PACKAGE.sub(r"\1", name)


class Restoring:
    """Puts old names into listings. ``classes`` maps the declared classes that had other
    names to those.
    """

    def __init__(self, renames: Renames, declared: Iterable[str]) -> None:
        self._classes, self._members = renames.classes, renames.members
        self._known: dict[str, str] = {}
        olds = {desc: self.text(desc) for desc in declared}
        self.classes: Mapping[str, str] = {new: old for new, old in olds.items() if old != new}

    def restored(self, classes: Iterable[ListedClass]) -> tuple[ListedClass, ...]:
        """The classes with the old names."""
        if not self.classes and not self._members:
            return tuple(classes)
        return tuple(map(self.of_class, classes))

    def _name(self, found: re.Match[str]) -> str:
        """A class without its semicolon; one inside of a renamed class moves with it."""
        name, inner = found[0], ""
        while True:
            old = self._classes.get(f"{name};")
            if old is not None:
                return old[:-1] + inner
            name, dollar, last = name.rpartition("$")
            if not dollar:
                return _elsewhere(found[0])
            inner = f"${last}{inner}"

    def text(self, spelled: str) -> str:
        """A type, prototype or member reference."""
        if spelled not in self._known:
            owner, arrow, rest = spelled.partition("->")
            if arrow and (found := MEMBER.fullmatch(rest)) is not None:
                rest = self._member(owner, found[1], found[2][:1] == "(") + found[2]
            self._known[spelled] = CLASS_NAME.sub(self._name, owner + arrow + rest)
        return self._known[spelled]

    def _member(self, owner: str, name: str, is_method: bool) -> str:
        local = f"{owner}->{name}" + "(" * is_method
        return self._members.get(local) or self._members.get(name, name)

    def of_class(self, one: ListedClass) -> ListedClass:
        """A class."""
        return replace(
            one, type=self.text(one.type),
            super_type=None if one.super_type is None else self.text(one.super_type),
            interfaces=tuple(map(self.text, one.interfaces)),
            fields=tuple(self._field(one.type, each) for each in one.fields),
            methods=tuple(self._method(one.type, each) for each in one.methods),
            annotations=tuple(map(self._annotation, one.annotations)),
        )  # fmt: skip

    def _field(self, owner: str, one: ListedField) -> ListedField:
        return replace(
            one, name=self._member(owner, one.name, False), type=self.text(one.type),
            annotations=tuple(map(self._annotation, one.annotations)),
        )  # fmt: skip

    def _method(self, owner: str, one: ListedMethod) -> ListedMethod:
        body = one.body
        if body is not None:
            body = replace(
                body, instructions=tuple(map(self._instruction, body.instructions)),
                handlers=tuple(
                    replace(each, type=None if each.type is None else self.text(each.type))
                    for each in body.handlers
                ),
            )  # fmt: skip
        return replace(
            one, name=self._member(owner, one.name, True), proto=self.text(one.proto), body=body,
            annotations=tuple(map(self._annotation, one.annotations)),
            parameter_annotations=tuple(
                tuple(map(self._annotation, listed)) for listed in one.parameter_annotations
            ),
        )  # fmt: skip

    def _instruction(self, one: Instruction) -> Instruction:
        if one.reference is None or one.name.startswith("const-string"):
            return one
        spelled = self.text(one.reference)
        return one if spelled == one.reference else replace(one, reference=spelled)

    def _annotation(self, one: Annotation) -> Annotation:
        is_signature = one.type == SIGNATURE
        elements = tuple((name, self._value(value, is_signature)) for name, value in one.elements)
        return replace(one, type=self.text(one.type), elements=elements)

    def _value(self, one: Value, is_signature: bool) -> Value:
        content = one.content
        if isinstance(content, tuple):
            return replace(one, content=tuple(self._value(each, is_signature) for each in content))
        if isinstance(content, Annotation):
            return replace(one, content=self._annotation(content))
        if isinstance(content, str) and (is_signature or one.kind in NAMED):
            return replace(one, content=self.text(content))
        return one
