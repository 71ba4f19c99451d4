"""Classes with all their members as listings hold them.

Source: The Java Language Specification, SE 17, chapters 8 and 9; Dalvik executable format,
access_flags.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec import Struct, field

from witnessmark.formats.java.annotations import annotations_of, constant_as_value, signature
from witnessmark.formats.java.bridges import bridges
from witnessmark.formats.java.code import Code
from witnessmark.formats.java.constructors import lower_constructor, signature_of
from witnessmark.formats.java.conversions import result_suffix, suffix
from witnessmark.formats.java.creations import SuperCall
from witnessmark.formats.java.declarations import (
    ClassDecl,
    FieldDecl,
    MethodDecl,
    body_members,
    declared_fields,
    declared_parameters,
    method_decl,
    name_of,
)
from witnessmark.formats.java.dumps import DumpReader, dump_of
from witnessmark.formats.java.field_constants import as_constant
from witnessmark.formats.java.frame import finished
from witnessmark.formats.java.initialisers import (
    FIELDS,
    VALUES,
    enum_nodes,
    enum_value_of,
    enum_values,
    initialise,
    is_constant,
)
from witnessmark.formats.java.lambdas import end_body
from witnessmark.formats.java.members import FINAL, INTERFACE, STATIC, MethodInfo
from witnessmark.formats.java.method import Lowering, Rules, Variable
from witnessmark.formats.java.syntax import Syntax, UnreadableError
from witnessmark.formats.java.types import OBJECT, VOID, Type
from witnessmark.formats.java.unit import Unit
from witnessmark.formats.listing.model import (
    Annotation,
    Body,
    ListedClass,
    ListedField,
    ListedMethod,
)
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

CLASS_FLAGS = 0x1 | 0x10 | INTERFACE | 0x400 | 0x1000 | 0x2000 | 0x4000
SYNTHETIC = 0x1000
METHODS = ("method_declaration", "annotation_type_element_declaration")


class ClassLowering(Struct):
    """One class on its way into a listing."""

    unit: Unit
    rules: Rules
    decl: ClassDecl
    node: Syntax
    call: SuperCall | None
    by_declaration: dict[MethodDecl, MethodInfo] = field(default_factory=dict)

    def __post_init__(self) -> None:
        counts: dict[str, int] = {}
        for one in self.decl.methods:
            place = counts.setdefault(one.name, 0)
            self.by_declaration.setdefault(one, self._info(one.name)[place])
            counts[one.name] += 1

    def listed(self) -> ListedClass:
        """The class with everything in it that can be read."""
        decl, names = self.decl, self.unit.world.names
        above = names.above(decl.desc)
        m = self.lowering(Code(0), VOID)
        head = self.node.fields.get("name") or self.node.fields.get("type") or self.node
        return ListedClass(
            decl.desc, above[0].desc if above else OBJECT.desc,
            tuple(dict.fromkeys(one.desc for one in above[1:])), decl.access & CLASS_FLAGS, None,
            tuple(self._fields(m)), tuple(self._methods()), annotations_of(m, self.node),
            head.span,
        )  # fmt: skip

    def lowering(self, code: Code, returned: Type) -> Lowering:
        """A method of the class to be lowered."""
        scope = self.unit.world.names.scope_of(self.decl.desc)
        return Lowering(self.unit, self.rules, code, scope, self.decl.desc, returned)

    def _fields(self, m: Lowering) -> Iterator[ListedField]:
        decl = self.decl
        taken: set[str] = set()
        implied = STATIC | FINAL | 0x1 if decl.access & INTERFACE else 0
        for one in enum_nodes(self.node) if decl.kind == "enum" else ():
            field = decl.fields[name_of(one)]
            yield ListedField(field.name, decl.desc, field.access, None, annotations_of(m, one),
                              one.named("name").span)  # fmt: skip
            taken.add(field.name)
        for one in body_members(self.node):
            if one.type in FIELDS:
                for name, field in declared_fields(one, implied):
                    if name not in taken:
                        taken.add(name)
                        yield self._field(m, one, field)
        yield from self._made_fields(m, taken)

    def _field(self, m: Lowering, node: Syntax, field: FieldDecl) -> ListedField:
        place = next(each for each in node.all("variable_declarator")
                     if name_of(each) == field.name)  # fmt: skip
        info = m.world.info(self.decl.desc)
        assert info is not None
        kind = info.fields[field.name].type
        value = None
        if is_constant(m, self.decl, field.name):
            found = as_constant(info.fields[field.name])
            if found is not None:
                value = constant_as_value(found, kind, place.named("value"))
        marked = (*annotations_of(m, node), *signature(kind, place))
        return ListedField(field.name, kind.desc, field.access & 0xFFFF, value, marked,
                           place.named("name").span)  # fmt: skip

    def _made_fields(self, m: Lowering, taken: set[str]) -> Iterator[ListedField]:
        """Fields that no source writes: components, outer object, captured locals."""
        decl, span = self.decl, self.node.span
        info = m.world.info(decl.desc)
        assert info is not None
        if decl.kind == "record":
            for name, field in decl.fields.items():
                if name not in taken:
                    kind = info.fields[name].type.desc
                    yield ListedField(name, kind, field.access, None, (), span)
        if decl.kind == "enum":
            head = (self.node.fields.get("name") or self.node).span
            yield ListedField(VALUES, f"[{decl.desc}", 0x101A, None, (), head)
        captured = self.unit.captured.get(decl.desc)
        has_outer = captured.outer if captured is not None else decl.inner
        if has_outer and decl.outer is not None and "this$0" not in taken:
            yield ListedField("this$0", decl.outer, 0x1010, None, (), span)
        for name, kind_ in captured.variables.items() if captured is not None else ():
            yield ListedField(f"val${name}", kind_.desc, 0x1010, None, (), span)

    def _methods(self) -> Iterator[ListedMethod]:
        decl = self.decl
        taken: set[str] = set()
        listed: list[ListedMethod | None] = [self._class_initialiser()]
        written = [one for one in body_members(self.node)
                   if one.type in (*METHODS, "constructor_declaration")]  # fmt: skip
        has_constructor = any(one.type == "constructor_declaration" for one in written)
        if decl.kind == "record" or (decl.kind in ("class", "enum") and not has_constructor):
            listed.append(self._attempt(self.node, self._made_constructor))
        listed += [self._attempt(one, partial(self._written, one)) for one in written]
        if decl.kind == "enum":
            listed += [self._enum_method("values", enum_values),
                       self._enum_method("valueOf", enum_value_of)]  # fmt: skip
        if decl.kind == "record":
            listed += list(self._accessors(written))
        listed += self._bridges(written)
        for one in listed:
            if one is not None and one.name + one.proto not in taken:
                taken.add(one.name + one.proto)
                yield one

    def _bridges(self, written: Sequence[Syntax]) -> list[ListedMethod]:
        """Methods that compilers add for erased calls; interfaces get none."""
        decl = self.decl
        if decl.access & INTERFACE:
            return []
        own: list[tuple[MethodInfo, Span]] = []
        for one in written:
            info = self.by_declaration.get(method_decl(one, decl.kind))
            if info is not None and one.type == "method_declaration":
                own.append((info, one.named("name").span))
        return list(bridges(self.unit.world, Type(decl.desc), own))

    def _attempt(
        self, node: Syntax, make: Callable[[], ListedMethod | None]
    ) -> ListedMethod | None:
        try:
            return make()
        except UnreadableError as error:
            self.unit.lost(error, node.span)
        except FormatError as error:
            self.unit.note(error.what, node.span)
        return None

    def _class_initialiser(self) -> ListedMethod | None:
        m = self.lowering(Code(0), VOID)
        m.code.line = self.node.line
        initialise(m, self.decl, self.node, static=True)
        if not m.code.instructions:
            return None
        end_body(m, self.node.span)
        span = (self.node.fields.get("name") or self.node).span
        return ListedMethod("<clinit>", "()V", 0x10008, finished(m.code, (), ()), (), span)

    def _made_constructor(self) -> ListedMethod | None:
        """A constructor that nobody wrote."""
        for one in self._info("<init>"):
            if self.decl.kind != "record" or len(one.parameters) == self._components():
                return self._constructor(None, one)
        return None

    def _components(self) -> int:
        return sum(1 for _ in declared_parameters(self.node))

    def _info(self, name: str) -> Sequence[MethodInfo]:
        info = self.unit.world.info(self.decl.desc)
        assert info is not None
        return info.methods.get(name, ())

    def _written(self, node: Syntax) -> ListedMethod | None:
        info = self._matching(node)
        if node.type == "constructor_declaration":
            if self.decl.kind not in ("class", "enum", "record"):
                return None
            return self._constructor(node, info)
        return self._method(node, info)

    def _matching(self, node: Syntax) -> MethodInfo:
        """The declaration that was read from ``node`` before."""
        found = self.by_declaration.get(method_decl(node, self.decl.kind))
        if found is None:
            raise UnreadableError("this method is not part of its class", node.span)
        return found

    def _constructor(self, node: Syntax | None, info: MethodInfo) -> ListedMethod:
        draft = self.lowering(Code(0), VOID)
        signature = signature_of(draft, self.decl, info, node, self.call)
        words = 1 + sum(2 if one.is_wide else 1 for one in signature.types)
        m = self.lowering(Code(words), VOID)
        self._with_variables(m, info)
        m.this = 0
        m.code.line = (node or self.node).line
        span = (node or self.node).span
        lower_constructor(m, self.decl, self.node, node, signature, self.call)
        end_body(m, span)
        kinds = (Type(self.decl.desc), *signature.types)
        names = tuple(
            None if not name or name[0] == "-" or "$" in name else name for name in signature.names
        )
        body = finished(m.code, kinds, names if any(names) else ())
        found = annotations_of(m, node) if node is not None else ()
        head = node.named("name").span if node is not None else span
        access = info.access & 0x107 | 0x10000 if self.call is None else 0x10000
        return ListedMethod("<init>", signature.proto, access, body, found, head)

    def _with_variables(self, m: Lowering, info: MethodInfo) -> None:
        if info.type_parameters:
            listed = tuple((name, "") for name in info.type_parameters)
            m.scope = m.world.names.with_variables(m.scope, listed)

    def _method(self, node: Syntax, info: MethodInfo) -> ListedMethod:
        body_node = node.fields.get("body")
        parameters = list(declared_parameters(node))
        kinds = (*(() if info.is_static else (Type(self.decl.desc),)), *info.parameters)
        words = sum(2 if one.is_wide else 1 for one in kinds)
        m = self.lowering(Code(words), info.returned)
        decl = method_decl(node, self.decl.kind)
        m.scope = m.world.names.with_variables(m.scope, decl.type_parameters)
        body: Body | None = None
        names = tuple(one.name for one in parameters)
        if body_node is not None:
            self._lower_body(m, info, names, body_node)
            body = finished(m.code, kinds, names)
        elif not info.access & 0x500:
            self.unit.note("this method has no code here", node.span)
        access = info.access & 0x1FFF | (0x400 if body is None and not info.access & 0x100 else 0)
        return ListedMethod(
            info.name, info.proto, access, body, annotations_of(m, node),
            node.named("name").span, self._parameter_annotations(m, [p.node for p in parameters]),
        )  # fmt: skip

    def _lower_body(
        self, m: Lowering, info: MethodInfo, names: Sequence[str], body: Syntax
    ) -> None:
        at = 0
        if not info.is_static:
            m.this, at = 0, 1
        for name, kind in zip(names, info.parameters, strict=True):
            m.blocks[-1][name] = Variable(at, kind)
            at += 2 if kind.is_wide else 1
        lower_code(m, body)
        end_body(m, body.span)

    def _parameter_annotations(
        self, m: Lowering, nodes: Sequence[Syntax]
    ) -> tuple[tuple[Annotation, ...], ...]:
        found = [annotations_of(m, one) for one in nodes]
        while found and not found[-1]:
            found.pop()
        return tuple(found)

    def _enum_method(
        self, name: str, lower: Callable[[Lowering, ClassDecl, Syntax], None]
    ) -> ListedMethod:
        (info, *_) = [one for one in self._info(name) if one.is_static][-1:]
        m = self.lowering(Code(len(info.parameters)), info.returned)
        m.code.line = self.node.line
        lower(m, self.decl, self.node)
        body = finished(m.code, info.parameters, ())
        span = (self.node.fields.get("name") or self.node).span
        return ListedMethod(name, info.proto, 0x9, body, (), span)

    def _accessors(self, written: Sequence[Syntax]) -> Iterator[ListedMethod]:
        """Methods by which the components of a record are read."""
        own = {
            name_of(one)
            for one in written
            if one.type == "method_declaration" and not list(declared_parameters(one))
        }
        info = self.unit.world.info(self.decl.desc)
        assert info is not None
        for one in declared_parameters(self.node):
            if one.name in own:
                continue
            field = info.fields[one.name]
            m = self.lowering(Code(1), field.type)
            register = m.code.register(field.type)
            m.code.emit(f"iget{suffix(field.type)}", (register, 0), one.node.span,
                        reference=field.spelled)  # fmt: skip
            m.code.emit(f"return{result_suffix(field.type)}", (register,), one.node.span)
            body = finished(m.code, (Type(self.decl.desc),), ())
            yield ListedMethod(one.name, f"(){field.type.desc}", 0x1, body, (), one.node.span)


def lower_code(m: Lowering, body: Syntax) -> None:
    """The statements of a body, or the instructions that a decompiler listed instead."""
    dump = dump_of(body)
    if dump is None:
        m.statement(body)
    else:
        DumpReader(m).read(*dump, body.line + body.source.count(b"\n", body.start, dump[1]))


def lower_class(
    unit: Unit, rules: Rules, decl: ClassDecl, node: Syntax, call: SuperCall | None
) -> None:
    """Put a class and all classes in its bodies into the unit."""
    unit.classes.append(ClassLowering(unit, rules, decl, node, call).listed())
