"""What a source file declares: classes, members and how names in it are to be read.

Types and initialisers stay text until someone asks, so that all files of a tree can be known
at once without keeping their syntax trees.

Source: The Java Language Specification, SE 17, chapters 7 to 9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from witnessmark.formats.java.members import (
    ABSTRACT,
    ENUM,
    FINAL,
    INTERFACE,
    STATIC,
    VARARGS,
)
from witnessmark.formats.java.syntax import Syntax, UnreadableError

KINDS = {
    "class_declaration": "class", "interface_declaration": "interface",
    "enum_declaration": "enum", "record_declaration": "record",
    "annotation_type_declaration": "annotation",
}  # fmt: skip
FLAGS = {
    "public": 0x1, "private": 0x2, "protected": 0x4, "static": STATIC, "final": FINAL,
    "synchronized": 0x20, "native": 0x100, "abstract": ABSTRACT, "strictfp": 0x800,
}  # fmt: skip
FIELD_FLAGS = {"volatile": 0x40, "transient": 0x80}
ANNOTATION, BRIDGED, CONSTRUCTOR = 0x2000, 0x40, 0x10000
PATH = re.compile(r"[\w$]+(?:/[\w$]+)*")
LONGEST_INITIALISER = 20_000
BODIES = ("class_body", "interface_body", "enum_body", "annotation_type_body")


class FileScope(Struct, frozen=True, eq=False):
    """Package and imports of a file; packages and names with slashes."""

    package: str
    single: Mapping[str, str]
    wildcards: tuple[str, ...]
    static_single: Mapping[str, tuple[str, ...]]
    static_wildcards: tuple[str, ...]


class FieldDecl(Struct, frozen=True):
    """A field. ``initialiser`` is the text of its initial value if it is short."""

    name: str
    type: str
    dimensions: int
    access: int
    initialiser: bytes | None


class MethodDecl(Struct, frozen=True):
    """A method or constructor (``<init>``); parameter types as text and dimensions."""

    name: str
    parameters: tuple[tuple[str, int], ...]
    returned: tuple[str, int]
    access: int
    type_parameters: tuple[tuple[str, str], ...]


class ClassDecl(Struct):
    """A class; ``outer`` is what it stands in, ``order`` names the constants of an enum."""

    desc: str
    kind: str
    access: int
    outer: str | None
    scope: FileScope
    type_parameters: tuple[tuple[str, str], ...] = ()
    super_type: str = ""
    interfaces: tuple[str, ...] = ()
    fields: dict[str, FieldDecl] = field(default_factory=dict)
    methods: list[MethodDecl] = field(default_factory=list)
    nested: dict[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    inner: bool = False


def file_scope(root: Syntax) -> FileScope:
    """Package and imports."""
    package = ""
    found = root.first("package_declaration")
    if found is not None and (name := found.first("scoped_identifier", "identifier")) is not None:
        package = plain(name.text).replace(".", "/")
        package = package if PATH.fullmatch(package) else ""
    single: dict[str, str] = {}
    static: dict[str, tuple[str, ...]] = {}
    wildcards: list[str] = []
    static_wildcards: list[str] = []
    for one in root.all("import_declaration"):
        name = one.first("scoped_identifier", "identifier")
        if name is None:
            continue
        path = plain(name.text).replace(".", "/")
        if not PATH.fullmatch(path):
            continue
        if one.first("asterisk") is not None:
            (static_wildcards if "static" in one.tokens else wildcards).append(path)
        elif "static" in one.tokens:
            owner, _, member = path.rpartition("/")
            static[member] = (*static.get(member, ()), owner)
        else:
            single.setdefault(path.rpartition("/")[2], path)
    return FileScope(package, single, tuple(wildcards), static, tuple(static_wildcards))


def plain(text: str) -> str:
    """A dotted name without blanks and comments."""
    return "".join(text.split()).partition("/*")[0]


def declared_classes(root: Syntax, scope: FileScope) -> Iterator[tuple[ClassDecl, Syntax]]:
    """Every named class that is a member of the file or of such a class, outer ones first."""
    prefix = f"{scope.package}/" if scope.package else ""
    waiting: list[tuple[str, Syntax, str | None, bool]] = [
        (f"L{prefix}{name};", one, None, False)
        for one in reversed(root.children)
        if one.type in KINDS and (name := name_of(one))
    ]
    while waiting:
        desc, node, outer, implied = waiting.pop()
        decl = class_decl(node, desc, outer, scope, implied_static=implied)
        for name, inside in reversed(list(_members_that_are_classes(node))):
            nested = f"{desc[:-1]}${name};"
            decl.nested.setdefault(name, nested)
            waiting.append((nested, inside, desc, decl.kind in ("interface", "annotation")))
        yield decl, node


def name_of(node: Syntax) -> str:
    """The declared name; empty if it is missing."""
    found = node.fields.get("name")
    return found.text if found is not None else ""


def body_members(node: Syntax) -> Iterator[Syntax]:
    """Members in the body of a class, those of an enum behind its constants included."""
    body = node.fields.get("body") or node.first(*BODIES)
    for one in body.children if body is not None else ():
        if one.type == "enum_body_declarations":
            yield from one.children
        else:
            yield one


def _members_that_are_classes(node: Syntax) -> Iterator[tuple[str, Syntax]]:
    for one in body_members(node):
        if one.type in KINDS and (name := name_of(one)):
            yield name, one


def access_of(node: Syntax, *, fields: bool = False) -> int:
    """Access flags that the modifiers spell."""
    modifiers = node.first("modifiers")
    access = 0
    for word in modifiers.tokens if modifiers is not None else ():
        access |= FLAGS.get(word, 0) | (FIELD_FLAGS.get(word, 0) if fields else 0)
    return access


def class_decl(
    node: Syntax, desc: str, outer: str | None, scope: FileScope, *, implied_static: bool = False
) -> ClassDecl:
    """The declaration in ``node``, which may also be the body of an anonymous class."""
    kind = KINDS.get(node.type, "class")
    access = access_of(node)
    if kind in ("interface", "annotation"):
        access |= INTERFACE | ABSTRACT | STATIC | (ANNOTATION if kind == "annotation" else 0)
    elif kind in ("enum", "record"):
        access |= STATIC | (ENUM if kind == "enum" else FINAL)
    if implied_static:
        access |= STATIC | 0x1
    decl = ClassDecl(desc, kind, access, outer, scope, _type_parameters(node))
    decl.inner = outer is not None and not access & STATIC
    _take_supers(node, decl)
    for one in body_members(node):
        _take_member(one, decl)
    if kind == "enum":
        decl.order = tuple(decl.fields[one].name for one in _constant_names(node))
        own = desc[1:-1].replace("/", ".")
        decl.methods.append(MethodDecl("values", (), (own, 1), 0x1 | STATIC, ()))
        text = (("java.lang.String", 0),)
        decl.methods.append(MethodDecl("valueOf", text, (own, 0), 0x1 | STATIC, ()))
    if kind == "record":
        _take_components(node, decl)
    if kind in ("class", "enum") and not any(one.name == "<init>" for one in decl.methods):
        visible = access & 0x7 if kind == "class" else 0x2
        decl.methods.append(MethodDecl("<init>", (), ("void", 0), visible | CONSTRUCTOR, ()))
    return decl


def _constant_names(node: Syntax) -> list[str]:
    return [name for one in body_members(node)
            if one.type == "enum_constant" and (name := name_of(one))]  # fmt: skip


def _take_supers(node: Syntax, decl: ClassDecl) -> None:
    above = node.first("superclass")
    if above is not None and above.children:
        decl.super_type = above.children[-1].text
    listed = node.first("super_interfaces", "extends_interfaces")
    names = listed.first("type_list", "interface_type_list") if listed is not None else None
    if names is not None:
        decl.interfaces = tuple(one.text for one in names.children)
    if decl.kind == "annotation":
        decl.interfaces = ("java.lang.annotation.Annotation",)


def _type_parameters(node: Syntax) -> tuple[tuple[str, str], ...]:
    listed = node.first("type_parameters")
    found = []
    for one in listed.all("type_parameter") if listed is not None else ():
        name = one.first("type_identifier", "identifier")
        bound = one.first("type_bound")
        first = bound.children[0].text if bound is not None and bound.children else ""
        if name is not None:
            found.append((name.text, first))
    return tuple(found)


def _take_member(one: Syntax, decl: ClassDecl) -> None:
    implied = STATIC | FINAL | 0x1 if decl.access & INTERFACE else 0
    if one.type in ("field_declaration", "constant_declaration"):
        for name, made in declared_fields(one, implied):
            decl.fields.setdefault(name, made)
    elif one.type == "enum_constant":
        name = name_of(one)
        made = FieldDecl(name, decl.desc, 0, 0x1 | STATIC | FINAL | ENUM, None)
        decl.fields.setdefault(name, made)
    elif (
        one.type in ("method_declaration", "annotation_type_element_declaration")
        or one.type == "constructor_declaration"
    ):
        decl.methods.append(method_decl(one, decl.kind))


def declared_fields(one: Syntax, implied: int) -> Iterator[tuple[str, FieldDecl]]:
    """The fields of one declaration."""
    kind = one.fields.get("type")
    access = access_of(one, fields=True) | implied
    for each in one.all("variable_declarator"):
        name = name_of(each)
        if kind is None or not name:
            continue
        value = each.fields.get("value")
        text = None
        if value is not None and value.end - value.start <= LONGEST_INITIALISER:
            text = value.text.encode("utf-8", "surrogatepass")
        yield name, FieldDecl(name, kind.text, dimensions(each), access, text)


def dimensions(node: Syntax) -> int:
    """Brackets behind a declared name."""
    found = node.fields.get("dimensions") or node.first("dimensions")
    return found.text.count("[") if found is not None else 0


def method_decl(one: Syntax, kind: str) -> MethodDecl:
    """A method, a constructor or an element of an annotation type."""
    access = access_of(one)
    if kind in ("interface", "annotation"):
        access |= 0 if access & 0x2 else 0x1
        access |= 0 if one.fields.get("body") is not None or access & STATIC else ABSTRACT
    parameters = list(declared_parameters(one))
    if parameters and parameters[-1].is_variable:
        access |= VARARGS
    listed = tuple((each.type, each.dimensions) for each in parameters)
    if one.type == "constructor_declaration":
        access = access & ~STATIC | CONSTRUCTOR
        return MethodDecl("<init>", listed, ("void", 0), access, _type_parameters(one))
    returned = one.fields.get("type")
    spelled = (returned.text if returned is not None else "void", dimensions(one))
    return MethodDecl(name_of(one), listed, spelled, access, _type_parameters(one))


class Parameter(Struct, frozen=True):
    """A parameter as written; one that takes any number has a dimension more."""

    name: str
    type: str
    dimensions: int
    is_variable: bool
    node: Syntax


def declared_parameters(one: Syntax) -> Iterator[Parameter]:
    """Parameters of a method, constructor, record or lambda expression with types."""
    listed = one.fields.get("parameters") or one.first("formal_parameters")
    for each in listed.children if listed is not None else ():
        if each.type == "formal_parameter":
            kind = each.fields.get("type")
            spelled = kind.text if kind is not None else ""
            yield Parameter(name_of(each), spelled, dimensions(each), False, each)
        elif each.type == "spread_parameter":
            declarator = each.first("variable_declarator")
            kinds = [k for k in each.children if k.type not in ("modifiers", "variable_declarator")]
            if declarator is None or not kinds:
                raise UnreadableError("a parameter has no type or name", each.span)
            count = 1 + dimensions(declarator)
            yield Parameter(name_of(declarator), kinds[0].text, count, True, each)


def _take_components(node: Syntax, decl: ClassDecl) -> None:
    """Fields, accessors and the canonical constructor of a record (JLS 8.10)."""
    parts = list(declared_parameters(node))
    for one in parts:
        spelled = (one.type, one.dimensions)
        decl.fields[one.name] = FieldDecl(one.name, *spelled, 0x2 | FINAL, None)
        if not any(m.name == one.name and not m.parameters for m in decl.methods):
            decl.methods.append(MethodDecl(one.name, (), spelled, 0x1, ()))
    listed = tuple((one.type, one.dimensions) for one in parts)
    if not any(m.name == "<init>" and len(m.parameters) == len(listed) for m in decl.methods):
        decl.methods.append(MethodDecl("<init>", listed, ("void", 0), 0x1 | CONSTRUCTOR, ()))
