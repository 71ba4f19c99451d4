"""An assembly: its methods, the texts that they load, the methods of others that they call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from struct import error, unpack_from

from witnessmark.formats.dotnet.image import Image, read_image
from witnessmark.formats.dotnet.metadata import Metadata, data_rows
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

LOAD_TEXT, CALL, CALL_VIRTUAL, NEW = 0x72, 0x28, 0x6F, 0x73
TINY, FAT = 2, 3
"""Forms of the header of a method body, in its two lowest bits."""

BEHIND_FE = 0xFE
TEXTS, MEMBERS, METHODS, SPECS = 0x70, 0x0A, 0x06, 0x2B
"""First byte of a token: what it names."""

MOST_INSTRUCTIONS = 3_000_000
MOST_CALLS = 200_000


@dataclass(frozen=True, slots=True)
class Method:
    """A method that the assembly defines; its code, of length 0 where it has none."""

    number: int
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Used:
    """A call or an object made: the number of the method in which it stands, what is called."""

    method: int
    name: str
    made: bool
    span: Span


@dataclass(slots=True)
class Assembly:
    """What an assembly holds.

    ``texts``  text constants by the place in their heap; ``uses`` how many instructions load one.
    ``read``   methods whose code could be followed.
    """

    name: str
    version: str
    methods: list[Method] = field(default_factory=list)
    texts: dict[int, tuple[str, Span]] = field(default_factory=dict)
    uses: dict[int, int] = field(default_factory=dict)
    calls: list[Used] = field(default_factory=list)
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
    found.methods = list(_methods(image, metadata))
    reader = _Code(image, metadata, found)
    for method in found.methods:
        if reader.left <= 0 or len(found.calls) >= MOST_CALLS:
            found.full = True
            break
        try:
            reader.follow(method)
            found.read += 1
        except (FormatError, error):
            continue
    return found


def _identity(metadata: Metadata) -> tuple[str, str]:
    """Name and version."""
    if not metadata.rows("Assembly"):
        name = metadata.name(metadata.value("Module", 1, 1)) if metadata.rows("Module") else ""
        return name.removesuffix(".dll"), ""
    parts = (metadata.value("Assembly", 1, column) for column in range(1, 5))
    name = metadata.name(metadata.value("Assembly", 1, 7))
    return name, ".".join(str(part) for part in parts)


def _methods(image: Image, metadata: Metadata) -> Iterator[Method]:
    """Methods with the class around them."""
    types, total = metadata.rows("TypeDef"), metadata.rows("MethodDef")
    firsts = [metadata.value("TypeDef", row, 5) for row in range(1, types + 1)]
    begin = 1
    for row in range(1, types + 1):
        end = min(firsts[row] if row < types else total + 1, total + 1)
        for number in range(begin, end):
            own = metadata.name(metadata.value("MethodDef", number, 3))
            name = f"{_type_name(metadata, 'TypeDef', row)}.{own}"
            yield Method(number, name, _body(image, metadata.value("MethodDef", number, 0)))
        begin = max(begin, end)


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


def _type_name(metadata: Metadata, table: str, row: int) -> str:
    """``Namespace.Type``."""
    name = metadata.name(metadata.value(table, row, 1))
    space = metadata.name(metadata.value(table, row, 2))
    return f"{space}.{name}" if space else name


class _Names:
    """Names of what tokens name."""

    def __init__(self, metadata: Metadata) -> None:
        self._metadata = metadata
        self._known: dict[int, str] = {}

    def of(self, token: int, own: Sequence[Method]) -> str:
        """``Namespace.Type.Member`` of a method that is called; empty where none is meant."""
        if token not in self._known:
            try:
                self._known[token] = self._find(token, own)
            except FormatError:
                self._known[token] = ""
        return self._known[token]

    def _find(self, token: int, own: Sequence[Method]) -> str:
        kind, row, metadata = token >> 24, token & 0xFFFFFF, self._metadata
        if kind == SPECS:
            table, row = metadata.chosen("MethodDefOrRef", metadata.value("MethodSpec", row, 0))
            kind = METHODS if table == "MethodDef" else MEMBERS
        if kind == METHODS:
            at = row - 1
            return own[at].name if 0 <= at < len(own) and own[at].number == row else ""
        if kind != MEMBERS:
            return ""
        name = metadata.name(metadata.value("MemberRef", row, 1))
        table, holder = metadata.chosen("MemberRefParent", metadata.value("MemberRef", row, 0))
        if table in ("TypeRef", "TypeDef"):
            return f"{_type_name(metadata, table, holder)}.{name}"
        return f"?.{name}"


class _Code:
    """Notes what methods load and call; ``left`` instructions may still be looked at."""

    def __init__(self, image: Image, metadata: Metadata, found: Assembly) -> None:
        self._data = image.data
        self._names = _Names(metadata)
        self._found = found
        self.left = MOST_INSTRUCTIONS

    def follow(self, method: Method) -> None:
        """Note one method; `FormatError` where its code is broken or there is too much."""
        data, at, end = self._data, method.span.offset, method.span.end
        sizes, behind = _sizes()[0], _sizes()[BEHIND_FE]
        while at < end:
            start, code = at, data[at]
            at += 1
            self.left -= 1
            size = sizes.get(code, 0)
            if code == BEHIND_FE and at < end:
                size = behind.get(data[at], 0)
                at += 1
            elif size < 0:
                size = 4 + 4 * int(unpack_from("<I", data, at)[0])
            if at + size > end or self.left <= 0:
                raise FormatError("an instruction is cut", start)
            if code in (LOAD_TEXT, CALL, CALL_VIRTUAL, NEW):
                self._note(method, code, unpack_from("<I", data, at)[0], start)
            at += size

    def _note(self, method: Method, code: int, token: int, start: int) -> None:
        if code == LOAD_TEXT:
            place = token & 0xFFFFFF
            self._found.uses[place] = self._found.uses.get(place, 0) + 1
            return
        name = self._names.of(token, self._found.methods)
        if name:
            made = code == NEW
            name = name.removesuffix("..ctor") if made else name
            self._found.calls.append(Used(method.number, name, made, Span(start, 5)))


@cache
def _sizes() -> Mapping[int, Mapping[int, int]]:
    found: dict[int, dict[int, int]] = {0: {}, BEHIND_FE: {}}
    for row in data_rows("instructions.csv"):
        for code in range(int(row["first"]), int(row["last"]) + 1):
            found[int(row["page"])][code] = int(row["size"])
    return found
