"""One class in the making: its parts with numbers for names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec import Struct, field

from witnessmark.formats.listing.body import Code, compile_body
from witnessmark.formats.listing.model import (
    Annotation,
    ListedClass,
    ListedField,
    ListedMethod,
    Unread,
)
from witnessmark.formats.listing.pool import FIELD, METHOD, STRING, TYPE, Pool, proto_parts
from witnessmark.formats.listing.sections import NONE
from witnessmark.formats.listing.values import Numbered, number_annotation, number_value
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

STATIC = 0x8
VISIBILITY = {"build": 0, "runtime": 1, "system": 2}

UNREAD_CODE = "code of"
"""How sentences about code that could not be encoded begin."""

Annotated = tuple[tuple[int, Numbered], ...]
"""Annotations: visibility and content."""


class CompiledField(Struct, frozen=True):
    """``value`` of a static field; None where the text gives none."""

    number: int
    type: str
    access: int
    value: Numbered | None
    annotations: Annotated


class CompiledMethod(Struct, frozen=True):
    """``parameters`` are annotations by parameter."""

    number: int
    access: int
    code: Code | None
    annotations: Annotated
    parameters: tuple[Annotated, ...]


Listed = TypeVar("Listed", ListedField, ListedMethod)
Compiled = TypeVar("Compiled", CompiledField, CompiledMethod)


class CompiledClass(Struct, frozen=True):
    """``text`` is the number of the text that declares the class."""

    text: int
    type: int
    access: int
    super_type: int
    interfaces: tuple[int, ...]
    source: int
    span: Span
    annotations: Annotated
    fields: tuple[CompiledField, ...]
    methods: tuple[CompiledMethod, ...]


class Compiler(Struct):
    """Compiles classes of the text ``text`` into ``pool``; what does not fit goes to ``unread``."""

    pool: Pool
    text: int
    unread: list[Unread] = field(default_factory=list)

    def compile(self, one: ListedClass) -> CompiledClass:
        """One class; `FormatError` where not even its name can be read."""
        pool = self.pool
        pool.text = self.text
        pool.at(one.span)
        super_type = NONE if one.super_type is None else pool.spelled(TYPE, one.super_type)
        interfaces = tuple(pool.spelled(TYPE, name) for name in one.interfaces)
        source = NONE if one.source_file is None else pool.number(STRING, one.source_file)
        return CompiledClass(
            self.text, pool.spelled(TYPE, one.type), one.access & 0xFFFFFFFF, super_type,
            interfaces, source, one.span, self._annotations(one.annotations),
            self._fields(one), self._methods(one),
        )  # fmt: skip

    def _lost(self, says: str, span: Span) -> None:
        self.unread.append(Unread(says, span))

    def _fields(self, one: ListedClass) -> tuple[CompiledField, ...]:
        return self._each(
            one.fields,
            lambda listed: self._field(one.type, listed),
            lambda listed: (f"field {listed.name}",) * 2,
        )

    def _field(self, owner: str, listed: ListedField) -> CompiledField:
        pool = self.pool
        pool.at(listed.span)
        number = pool.field((owner, listed.type, listed.name))
        pool.define(FIELD, number, listed.span)
        value = None
        if listed.value is not None and listed.access & STATIC:
            value = number_value(pool, listed.value)
        annotations = self._annotations(listed.annotations)
        return CompiledField(number, listed.type, listed.access, value, annotations)

    def _methods(self, one: ListedClass) -> tuple[CompiledMethod, ...]:
        return self._each(
            one.methods,
            lambda listed: self._method(one.type, listed),
            lambda listed: (f"method {listed.name}", f"method {listed.name}{listed.proto}"),
        )

    def _each(
        self,
        members: Sequence[Listed],
        compile_: Callable[[Listed], Compiled],
        named: Callable[[Listed], tuple[str, str]],
    ) -> tuple[Compiled, ...]:
        """Members that can be compiled, each once; ``named`` in short and in full."""
        found: dict[int, Compiled] = {}
        for listed in members:
            short, full = named(listed)
            try:
                compiled = compile_(listed)
            except FormatError as error:
                self._lost(f"{short}: {error.what}", listed.span)
                continue
            if found.setdefault(compiled.number, compiled) is not compiled:
                self._lost(f"{full} is declared twice", listed.span)
        return tuple(found.values())

    def _method(self, owner: str, listed: ListedMethod) -> CompiledMethod:
        pool = self.pool
        pool.at(listed.span)
        number = pool.method((owner, proto_parts(listed.proto), listed.name))
        pool.define(METHOD, number, listed.span)
        annotations = self._annotations(listed.annotations)
        parameters = tuple(self._annotations(one) for one in listed.parameter_annotations)
        return CompiledMethod(number, listed.access, self._code(listed), annotations, parameters)

    def _code(self, listed: ListedMethod) -> Code | None:
        """Code of a method; None, noted as unread, where it cannot be encoded."""
        if listed.body is None:
            return None
        is_static = bool(listed.access & STATIC)
        try:
            return compile_body(listed.body, listed.proto, is_static=is_static, pool=self.pool)
        except FormatError as error:
            self._lost(f"{UNREAD_CODE} {listed.name}{listed.proto}: {error.what}", listed.span)
            return None

    def _annotations(self, listed: Sequence[Annotation]) -> Annotated:
        found: dict[int, tuple[int, Numbered]] = {}
        for one in listed:
            try:
                numbered = number_annotation(self.pool, one)
            except FormatError as error:
                self._lost(f"annotation {one.type}: {error.what}", one.span)
                continue
            kind = VISIBILITY.get(one.visibility, 0)
            found.setdefault(self.pool.spelled(TYPE, one.type), (kind, numbered))
        return tuple(found.values())
