"""The parts of a listing.

Types, fields and methods are spelled as smali spells them (``Lp/C;``, ``Lp/C;->f:I``,
``Lp/C;->m(I)V``). Spans count bytes in the text file that the class was read from.

Source: Dalvik bytecode and Dalvik executable format, source.android.com/docs/core/runtime.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from witnessmark.model.location import Span


class Value(Struct, frozen=True):
    """A constant of a field or an annotation.

    ``kind``     ``string``, ``type``, ``field``, ``method``, ``enum``, ``array``, ``annotation``,
                 ``null``, ``boolean``, ``byte``, ``short``, ``char``, ``int``, ``long``,
                 ``float``, ``double``, ``method_type`` or ``method_handle``.
    ``content``  text of a string, spelling of a name, number, Value tuple of an array, or
                 `Annotation`.
    """

    kind: str
    content: str | int | float | bool | tuple[Value, ...] | Annotation | None
    span: Span


class Annotation(Struct, frozen=True):
    """``visibility`` is ``build``, ``runtime`` or ``system``."""

    type: str
    visibility: str
    elements: tuple[tuple[str, Value], ...]
    span: Span


class ArrayData(Struct, frozen=True):
    """Payload of fill-array-data: ``width`` bytes an element."""

    width: int
    elements: tuple[int, ...]


class SwitchTable(Struct, frozen=True):
    """Payload of a switch: pairs of key and label, ascending by key."""

    cases: tuple[tuple[int, str], ...]


class Instruction(Struct, frozen=True):
    """One instruction, named as in the Dalvik bytecode specification.

    ``registers``  as the instruction format lists them; a range is spelled out.
    ``literal``    number of const, ``/lit`` and the like (bit pattern for float and double).
    ``reference``  text of the string, or spelling of the type, field, method, prototype, call
                   site or method handle.
    ``second``     prototype of invoke-polymorphic.
    ``target``     label of a branch.
    ``payload``    data of a switch or fill-array-data; the assembler places it.
    ``quoted``     where the text of ``reference`` stands, if that is told apart.
    ``call_site``  of invoke-custom: method handle, name, prototype, further arguments.
    """

    name: str
    registers: tuple[int, ...]
    span: Span
    literal: int | None = None
    reference: str | None = None
    second: str | None = None
    target: str | None = None
    payload: ArrayData | SwitchTable | None = None
    line: int = 0
    quoted: Span | None = None
    call_site: tuple[Value, ...] = ()


class Handler(Struct, frozen=True):
    """Instructions from label ``start`` up to label ``end`` go to ``handler`` on ``type``.

    ``type`` is None for a handler of everything.
    """

    start: str
    end: str
    handler: str
    type: str | None


class Body(Struct, frozen=True):
    """Code of a method.

    ``registers``  all registers of the frame; parameters are the last ones, ``this`` first.
    ``labels``     number of the instruction before which a label stands; the count of
                   instructions for a label at the end.
    ``locals``     names of parameters as far as the text has them, ``this`` excluded.
    """

    registers: int
    instructions: tuple[Instruction, ...]
    labels: Mapping[str, int] = field(default_factory=dict)
    handlers: tuple[Handler, ...] = ()
    locals: tuple[str | None, ...] = ()


class ListedField(Struct, frozen=True):
    """A field that a class declares; ``value`` is its initial constant if it has one."""

    name: str
    type: str
    access: int
    value: Value | None
    annotations: tuple[Annotation, ...]
    span: Span


class ListedMethod(Struct, frozen=True):
    """A method that a class declares. ``proto`` is ``(ILjava/lang/String;)V``."""

    name: str
    proto: str
    access: int
    body: Body | None
    annotations: tuple[Annotation, ...]
    span: Span
    parameter_annotations: tuple[tuple[Annotation, ...], ...] = ()


class ListedClass(Struct, frozen=True):
    """A class as one text declares it. ``span`` is that of its name."""

    type: str
    super_type: str | None
    interfaces: tuple[str, ...]
    access: int
    source_file: str | None
    fields: tuple[ListedField, ...]
    methods: tuple[ListedMethod, ...]
    annotations: tuple[Annotation, ...]
    span: Span


class Unread(Struct, frozen=True):
    """A part of a text that could not be read, and why; ``missing`` where it is for want of a
    class, its name with dots.
    """

    says: str
    span: Span
    missing: str = ""


class Listing(Struct, frozen=True):
    """All classes of one text file, and what of it could not be read."""

    classes: tuple[ListedClass, ...]
    unread: tuple[Unread, ...] = ()
