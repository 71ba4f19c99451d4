"""Writes a dex file (version 035) from class descriptions.

Source of the layout: source.android.com/docs/core/runtime/dex-format.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from miniapp import marks
from miniapp.code import PARAMETER, Assembled, Pool, assemble

ACCESS = {
    "public": 1, "private": 2, "protected": 4, "static": 8, "final": 0x10, "native": 0x100,
    "interface": 0x200, "abstract": 0x400, "enum": 0x4000, "synthetic": 0x1000,
}  # fmt: skip


def descriptor(name: str) -> str:
    """``a.b.C`` or ``La/b/C;`` as a descriptor."""
    return (
        name
        if name.startswith(("L", "[")) and name.endswith(";")
        else f"L{name.replace('.', '/')};"
    )


def flags(words: str) -> int:
    """Access words as flags."""
    return sum(ACCESS[word] for word in words.split())


@dataclass(slots=True)
class Names:
    """Everything the code names, gathered in a first pass, indexed in the second."""

    strings: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    protos: set[tuple[str, str]] = field(default_factory=set)
    fields: set[tuple[str, str, str]] = field(default_factory=set)
    methods: set[tuple[str, str, str]] = field(default_factory=set)

    def string(self, text: str) -> int:
        self.strings.add(text)
        return 0

    def type(self, kind: str) -> int:
        self.types.add(kind)
        self.strings.add(kind)
        return 0

    def proto(self, signature: str) -> None:
        arguments, _, returned = signature[1:].partition(")")
        self.protos.add((returned, arguments))
        self.strings.add(shorty(returned, arguments))
        for kind in (returned, *PARAMETER.findall(arguments)):
            self.type(kind)

    def field(self, owner: str, name: str, kind: str) -> int:
        self.fields.add((owner, name, kind))
        self.type(owner)
        self.type(kind)
        return self.string(name)

    def method(self, owner: str, name: str, signature: str) -> int:
        self.methods.add((owner, name, signature))
        self.type(owner)
        self.proto(signature)
        return self.string(name)


def shorty(returned: str, arguments: str) -> str:
    """Short form of a prototype."""
    kinds = (returned, *PARAMETER.findall(arguments))
    return "".join("L" if kind[0] in "L[" else kind for kind in kinds)


@dataclass(slots=True)
class Indices:
    """Sorted identities of a dex file."""

    strings: list[str]
    types: list[str]
    protos: list[tuple[str, str]]
    fields: list[tuple[str, str, str]]
    methods: list[tuple[str, str, str]]

    @classmethod
    def of(cls, names: Names) -> Indices:
        strings = sorted(names.strings, key=lambda text: text.encode("utf-16-be"))
        place = {text: index for index, text in enumerate(strings)}
        types = sorted(names.types, key=place.__getitem__)
        kinds = {kind: index for index, kind in enumerate(types)}
        protos = sorted(
            names.protos,
            key=lambda p: (kinds[p[0]], [kinds[kind] for kind in PARAMETER.findall(p[1])]),
        )
        rank = {proto: index for index, proto in enumerate(protos)}
        fields = sorted(names.fields, key=lambda f: (kinds[f[0]], place[f[1]], kinds[f[2]]))
        methods = sorted(
            names.methods, key=lambda m: (kinds[m[0]], place[m[1]], rank[split_proto(m[2])])
        )
        return cls(strings, types, protos, fields, methods)

    def pool(self) -> Pool:
        strings = {text: index for index, text in enumerate(self.strings)}
        types = {kind: index for index, kind in enumerate(self.types)}
        fields = {key: index for index, key in enumerate(self.fields)}
        methods = {key: index for index, key in enumerate(self.methods)}
        return Pool(
            strings.__getitem__,
            types.__getitem__,
            lambda owner, name, kind: fields[owner, name, kind],
            lambda owner, name, signature: methods[owner, name, signature],
        )


def split_proto(signature: str) -> tuple[str, str]:
    """``(args)ret`` as (ret, args)."""
    arguments, _, returned = signature[1:].partition(")")
    return returned, arguments


@dataclass(slots=True)
class MiniMethod:
    """One method of a mini class."""

    name: str
    signature: str
    access: int
    code: Sequence[str] | None


@dataclass(slots=True)
class MiniClass:
    """One class of a mini app."""

    type: str
    superclass: str
    interfaces: tuple[str, ...]
    access: int
    source: str
    fields: list[tuple[str, str, int, Any]]
    methods: list[MiniMethod]
    annotations: dict[marks.Target, list[Mapping[str, Any]]]

    @classmethod
    def read(cls, text: Mapping[str, Any]) -> MiniClass:
        """From the YAML of a case."""
        fields = []
        for item in text.get("fields", ()):
            name, _, kind = item["sig"].partition(":")
            words = item.get("access", "public static")
            fields.append((name, kind, flags(words), item.get("value")))
        methods = list(text.get("methods", ()))
        superclass = descriptor(text.get("extends", "java.lang.Object"))
        made = any(item["sig"].startswith("<init>") for item in methods)
        if not made and "interface" not in text.get("access", ""):
            code = ["this", f"call direct {superclass}-><init>()V"]
            methods.append({"sig": "<init>()V", "code": code})
        return cls(
            descriptor(text["name"]),
            superclass,
            tuple(descriptor(name) for name in text.get("implements", ())),
            flags(text.get("access", "public")),
            text.get("source", ""),
            fields,
            [_method(item) for item in methods],
            marks.read_annotations(text),
        )


def _method(item: Mapping[str, Any]) -> MiniMethod:
    name, _, rest = item["sig"].partition("(")
    special = {"<clinit>": "static", "<init>": "public"}.get(name, "public")
    access = flags(item.get("access", special)) | (0x10000 if name.startswith("<") else 0)
    code = None if access & (0x100 | 0x400) else [str(line) for line in item.get("code", ())]
    return MiniMethod(name, f"({rest}", access, code)


def write_dex(classes: Sequence[Mapping[str, Any]]) -> bytes:
    """A dex file that defines ``classes`` (the ``classes:`` list of a case)."""
    minis = _supers_first([MiniClass.read(item) for item in classes])
    static = frozenset(
        f"{mini.type}->{method.name}{method.signature}"
        for mini in minis
        for method in mini.methods
        if method.access & 8
    )
    names = Names()
    _gather(names, minis, static)
    indices = Indices.of(names)
    return _Layout(indices, minis, static).write()


def _supers_first(minis: list[MiniClass]) -> list[MiniClass]:
    known = {mini.type: mini for mini in minis}
    ordered: dict[str, MiniClass] = {}

    def visit(mini: MiniClass) -> None:
        if mini.type in ordered:
            return
        for parent in (mini.superclass, *mini.interfaces):
            if parent in known and parent != mini.type:
                visit(known[parent])
        ordered.setdefault(mini.type, mini)

    for mini in minis:
        visit(mini)
    return list(ordered.values())


def _gather(names: Names, minis: Sequence[MiniClass], static: frozenset[str]) -> None:
    pool = Pool(names.string, names.type, names.field, names.method)
    for mini in minis:
        for kind in (mini.type, mini.superclass, *mini.interfaces):
            names.type(kind)
        if mini.source:
            names.string(mini.source)
        for word in marks.texts_of(mini.annotations):
            names.string(word)
        for word in marks.types_of(mini.annotations):
            names.type(descriptor(word))
        for name, kind, _, value in mini.fields:
            names.field(mini.type, name, kind)
            if isinstance(value, str):
                names.string(value)
        for method in mini.methods:
            names.method(mini.type, method.name, method.signature)
            if method.code is not None:
                _assemble(method, pool, static)


def _assemble(method: MiniMethod, pool: Pool, static: frozenset[str]) -> Assembled:
    returned, arguments = split_proto(method.signature)
    parameters = PARAMETER.findall(arguments)
    ins = len(parameters) + sum(kind in "JD" for kind in parameters) + (not method.access & 8)
    assert method.code is not None
    return assemble(method.code, returned, ins, pool, static)


def uleb(value: int) -> bytes:
    """Unsigned LEB128."""
    out = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        out.append(low | (0x80 if value else 0))
        if not value:
            return bytes(out)


def mutf8(text: str) -> bytes:
    """Modified UTF-8."""
    out = bytearray()
    raw = text.encode("utf-16-be", "surrogatepass")
    for (unit,) in struct.iter_unpack(">H", raw):
        out += chr(unit).encode("utf-8", "surrogatepass") if unit else b"\xc0\x80"
    return bytes(out)


def string_data(text: str) -> bytes:
    """A string_data_item."""
    return uleb(len(text.encode("utf-16-be", "surrogatepass")) // 2) + mutf8(text) + b"\0"


class _Layout:
    """Lays out the sections and fills in their offsets."""

    def __init__(
        self, indices: Indices, minis: Sequence[MiniClass], static: frozenset[str]
    ) -> None:
        self.at = indices
        self.minis = minis
        self.static = static
        self.pool = indices.pool()
        self.data = bytearray()
        self.map: list[tuple[int, int, int]] = []
        self.lists: dict[Any, int] = {}
        self.codes: dict[Any, int] = {}

    def write(self) -> bytes:
        at = self.at
        sizes = (
            (0x01, len(at.strings), 4), (0x02, len(at.types), 4), (0x03, len(at.protos), 12),
            (0x04, len(at.fields), 8), (0x05, len(at.methods), 8), (0x06, len(self.minis), 32),
        )  # fmt: skip
        offset = 0x70
        starts = {}
        for kind, count, size in sizes:
            starts[kind] = offset if count else 0
            if count:
                self.map.append((kind, count, offset))
            offset += count * size
        self.base = offset
        sections = self.sections()
        map_offset = self.write_map()
        header = self.header(sizes, starts, map_offset)
        body = header[32:] + sections + bytes(self.data)
        signature = hashlib.sha1(body, usedforsecurity=False).digest()
        checksum = zlib.adler32(signature + body)
        return b"dex\n035\0" + struct.pack("<I", checksum) + signature + body

    def header(self, sizes: Any, starts: dict[int, int], map_offset: int) -> bytes:
        total = self.base + len(self.data)
        pairs = [part for kind, count, _ in sizes for part in (count, starts[kind])]
        return b"\0" * 32 + struct.pack(
            "<6I12I2I", total, 0x70, 0x12345678, 0, 0, map_offset, *pairs, len(self.data), self.base
        )

    def place(self, blob: bytes, align: int = 1) -> int:
        self.data += b"\0" * (-(self.base + len(self.data)) % align)
        offset = self.base + len(self.data)
        self.data += blob
        return offset

    def section(self, kind: int, items: Sequence[tuple[Any, bytes]], align: int) -> dict[Any, int]:
        """Place ``(key, bytes)`` items one after another; their offsets by key."""
        if not items:
            return {}
        offsets = {key: self.place(blob, align) for key, blob in items}
        self.map.append((kind, len(offsets), offsets[items[0][0]]))
        return offsets

    def sections(self) -> bytes:
        at, pool = self.at, self.pool
        lists = {tuple(PARAMETER.findall(arguments)) for _, arguments in at.protos}
        lists |= {mini.interfaces for mini in self.minis}
        self.lists = self.section(
            0x1001, [(kinds, self.type_list(kinds)) for kinds in sorted(lists) if kinds], 4
        )
        methods = [
            (m, method) for m in self.minis for method in m.methods if method.code is not None
        ]
        self.codes = self.section(
            0x2001,
            [((m.type, method.name, method.signature), self.code(method)) for m, method in methods],
            4,
        )
        strings = self.section(0x2002, [(text, string_data(text)) for text in at.strings], 1)
        data = self.section(0x2000, [(m.type, self.class_data(m)) for m in self.minis], 1)
        values = [(m.type, self.static_values(m)) for m in self.minis]
        arrays = self.section(0x2005, [(kind, blob) for kind, blob in values if blob], 1)
        directories = self.annotations()
        out = struct.pack(f"<{len(strings)}I", *(strings[text] for text in at.strings))
        out += b"".join(struct.pack("<I", pool.string(kind)) for kind in at.types)
        for returned, arguments in at.protos:
            parameters = self.lists.get(tuple(PARAMETER.findall(arguments)), 0)
            word = pool.string(shorty(returned, arguments))
            out += struct.pack("<3I", word, pool.type(returned), parameters)
        for owner, name, kind in at.fields:
            out += struct.pack("<2HI", pool.type(owner), pool.type(kind), pool.string(name))
        for owner, name, signature in at.methods:
            proto = at.protos.index(split_proto(signature))
            out += struct.pack("<2HI", pool.type(owner), proto, pool.string(name))
        for mini in self.minis:
            about = directories.get(mini.type, 0)
            out += self.class_def(mini, data[mini.type], arrays.get(mini.type, 0), about)
        return out

    def annotations(self) -> dict[Any, int]:
        """Place all annotations; the offset of each class's directory by its type."""
        items, sets, directories = [], [], []
        for mini in self.minis:
            for target, listed in mini.annotations.items():
                for number, one in enumerate(listed):
                    kind = self.pool.type(descriptor(str(one["type"])))
                    blob = marks.item(one, kind, self.pool.string, self.encoded, uleb)
                    items.append(((mini.type, target, number), blob))
        placed = self.section(0x2004, items, 1)
        for mini in self.minis:
            for target, listed in mini.annotations.items():
                offsets = [placed[mini.type, target, number] for number in range(len(listed))]
                blob = struct.pack(f"<{len(offsets) + 1}I", len(offsets), *offsets)
                sets.append(((mini.type, target), blob))
        grouped = self.section(0x1003, sets, 4)
        for mini in self.minis:
            own = {target: grouped[mini.type, target] for target in mini.annotations}
            if own:
                place = partial(self.pool.field, mini.type)
                blob = marks.directory(own, place)
                directories.append((mini.type, blob))
        return self.section(0x2006, directories, 4)

    def type_list(self, kinds: Sequence[str]) -> bytes:
        indices = [self.pool.type(kind) for kind in kinds]
        return struct.pack(f"<I{len(indices)}H", len(indices), *indices)

    def class_def(self, mini: MiniClass, data: int, values: int, about: int) -> bytes:
        pool = self.pool
        source = pool.string(mini.source) if mini.source else 0xFFFFFFFF
        return struct.pack(
            "<8I", pool.type(mini.type), mini.access, pool.type(mini.superclass),
            self.lists.get(mini.interfaces, 0), source, about, data, values,
        )  # fmt: skip

    def class_data(self, mini: MiniClass) -> bytes:
        pool = self.pool
        fields = sorted((pool.field(mini.type, n, k), a) for n, k, a, _ in mini.fields)
        methods = sorted(
            (
                pool.method(mini.type, m.name, m.signature),
                m.access,
                self.codes.get((mini.type, m.name, m.signature), 0),
            )
            for m in mini.methods
        )
        groups = (
            [f for f in fields if f[1] & 8], [f for f in fields if not f[1] & 8],
            [m for m in methods if m[1] & 0x1000A], [m for m in methods if not m[1] & 0x1000A],
        )  # fmt: skip
        out = b"".join(uleb(len(group)) for group in groups)
        for group in groups:
            previous = 0
            for item in group:
                out += uleb(item[0] - previous) + b"".join(uleb(v) for v in item[1:])
                previous = item[0]
        return out

    def code(self, method: MiniMethod) -> bytes:
        done = _assemble(method, self.pool, self.static)
        head = struct.pack("<4H2I", done.registers, done.ins, done.outs, 0, 0, len(done.units))
        return head + struct.pack(f"<{len(done.units)}H", *done.units)

    def static_values(self, mini: MiniClass) -> bytes:
        static = sorted(
            ((self.pool.field(mini.type, n, k), v) for n, k, a, v in mini.fields if a & 8),
            key=lambda item: item[0],
        )
        while static and static[-1][1] is None:
            static.pop()
        if not static:
            return b""
        return uleb(len(static)) + b"".join(self.encoded(v) for _, v in static)

    def encoded(self, value: Any) -> bytes:
        if value is None:
            return b"\x1e"
        if isinstance(value, bool):
            return bytes([0x1F | value << 5])
        if isinstance(value, int):
            return b"\x64" + struct.pack("<i", value)
        return b"\x77" + struct.pack("<I", self.pool.string(value))

    def write_map(self) -> int:
        self.data += b"\0" * (-(self.base + len(self.data)) % 4)
        offset = self.base + len(self.data)
        entries = sorted([(0, 1, 0), *self.map, (0x1000, 1, offset)], key=lambda item: item[2])
        self.data += struct.pack("<I", len(entries))
        for kind, count, start in entries:
            self.data += struct.pack("<2H2I", kind, 0, count, start)
        return offset
