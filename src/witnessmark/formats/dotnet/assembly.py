"""An assembly: its methods, the texts that they load, the methods of others that they call."""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from
from typing import Any

from msgspec import Struct, field

from witnessmark.formats.dotnet.image import Image, read_image
from witnessmark.formats.dotnet.marks import Mark, read_marks
from witnessmark.formats.dotnet.members import Members
from witnessmark.formats.dotnet.metadata import Metadata
from witnessmark.formats.dotnet.steps import Follower
from witnessmark.formats.dotnet.told import Teller
from witnessmark.formats.dotnet.wire import wire_names
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

TINY, FAT = 2, 3
"""Forms of the header of a method body, in its two lowest bits."""

MOST_TOLD = 300_000
"""Calls that are told, a call with several callers once for each."""


class Method(Struct, frozen=True):
    """A method that the assembly defines; its code, of length 0 where it has none."""

    number: int
    name: str
    span: Span


class Used(Struct, frozen=True):
    """A call or an object made: the number of the method in which it stands, what is called.

    ``arguments``  as the table of calls of programs tells them: texts, numbers, objects, lists.
    """

    method: int
    name: str
    made: bool
    span: Span
    arguments: tuple[Any, ...] = ()


class Assembly(Struct):
    """What an assembly holds.

    ``texts``  text constants by the place in their heap; ``uses`` how many instructions load one.
    ``marks``  attributes, and members beside those that have some.
    ``marks_cut`` whether some attributes could not be read or are more than are read.
    ``calls_cut`` whether some calls, or some of what calls are given, are not among ``calls``.
    ``read``   methods whose code could be followed.
    """

    name: str
    version: str
    methods: list[Method] = field(default_factory=list)
    texts: dict[int, tuple[str, Span]] = field(default_factory=dict)
    uses: dict[int, int] = field(default_factory=dict)
    calls: list[Used] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    marks_cut: bool = False
    calls_cut: bool = False
    read: int = 0
    full: bool = False


def assembly_name(data: bytes | memoryview) -> str:
    """The name alone, which costs little; `FormatError` for what is none."""
    image = read_image(data)
    return _identity(Metadata(image.data, image.metadata))[0]


def read_assembly(data: bytes | memoryview) -> Assembly:
    """All of an assembly; `FormatError` where headers or tables are broken."""
    image = read_image(data)
    metadata = Metadata(image.data, image.metadata)
    found = Assembly(*_identity(metadata))
    for place, span in metadata.texts():
        raw = bytes(image.data[span.offset : span.end])
        found.texts[place] = raw.decode("utf-16-le", "replace"), span
    members = Members(metadata)
    marks = read_marks(metadata, members)
    found.marks, found.marks_cut = list(marks.listed), marks.cut
    found.methods = list(_methods(image, metadata, members))
    texts = {place: text for place, (text, _) in found.texts.items()}
    follower = Follower(image.data, members, texts)
    for method in found.methods:
        if follower.is_full():
            found.full = True
            break
        try:
            follower.follow(method.number, method.span)
            found.read += 1
        except FormatError:
            continue
    found.uses = follower.uses
    teller = Teller(members, follower, wire_names(metadata, members))
    for call in follower.calls:
        if len(found.calls) >= MOST_TOLD:
            found.calls_cut = True
            break
        name = call.callee.name.removesuffix("..ctor") if call.made else call.callee.name
        found.calls += [
            Used(call.method, name, call.made, call.span, tuple(given))
            for given in teller.ways(call)
        ]
    found.calls_cut |= teller.cut
    return found


def _identity(metadata: Metadata) -> tuple[str, str]:
    """Name and version."""
    if not metadata.rows("Assembly"):
        name = metadata.name(metadata.value("Module", 1, 1)) if metadata.rows("Module") else ""
        return name.removesuffix(".dll"), ""
    parts = (metadata.value("Assembly", 1, column) for column in range(1, 5))
    name = metadata.name(metadata.value("Assembly", 1, 7))
    return name, ".".join(str(part) for part in parts)


def _methods(image: Image, metadata: Metadata, members: Members) -> Iterator[Method]:
    """Methods with the class around them."""
    for number in range(1, metadata.rows("MethodDef") + 1):
        span = _body(image, metadata.value("MethodDef", number, 0))
        yield Method(number, members.method(number), span)


def _body(image: Image, address: int) -> Span:
    """Code of a method by its address, 0 for none."""
    try:
        at = image.offset(address) if address else len(image.data)
    except FormatError:
        return Span(0, 0)
    if at >= len(image.data):
        return Span(0, 0)
    first = image.data[at]
    if first & 3 == TINY:
        span = Span(at + 1, first >> 2)
    elif first & 3 == FAT and at + 12 <= len(image.data):
        words, length = image.data[at + 1] >> 4, unpack_from("<I", image.data, at + 4)[0]
        span = Span(at + 4 * words, length)
    else:
        return Span(0, 0)
    return span if span.end <= len(image.data) else Span(0, 0)
