"""A small assembly of our own: one class, methods with code, a call into another assembly."""

from __future__ import annotations

from dataclasses import dataclass, field
from struct import pack

ADDRESS, OFFSET = 0x2000, 0x200


@dataclass(slots=True)
class MadeAssembly:
    """``methods`` by name: texts that each loads, then members of ``api`` that it calls."""

    name: str = "Visit"
    methods: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    api: str = "Xamarin.Essentials.Geolocation"
    wide: bool = False
    """Code with a header of twelve bytes instead of one."""

    def build(self) -> bytes:
        """The bytes of the file."""
        names, texts = _Names(), _Texts()
        members = sorted({one for _, called in self.methods.values() for one in called})
        code, places = b"", []
        for loaded, called in self.methods.values():
            body = b"".join(b"\x72" + pack("<I", 0x70 << 24 | texts.add(one)) for one in loaded)
            body += b"".join(
                b"\x28" + pack("<I", 0x0A << 24 | members.index(one) + 1) for one in called
            )
            body += b"\xfe\x16" + pack("<I", 0x1B000001) + b"\x2a"
            places.append(ADDRESS + 72 + len(code))
            head = (
                pack("<HHII", 0x3003, 8, len(body), 0)
                if self.wide or len(body) > 63
                else bytes([len(body) << 2 | 2])
            )
            code += head + body
        space, _, kind = self.api.rpartition(".")
        tables = [
            (0, pack("<5H", 0, names.add(f"{self.name}.dll"), 0, 0, 0), 1),
            (1, pack("<3H", 0, names.add(kind), names.add(space)), 1),
            (2, pack("<I5H", 1, names.add("Visit"), names.add("Org.Example"), 0, 1, 1), 1),
            (6, b"".join(pack("<I5H", place, 0, 0, names.add(name), 0, 1)
                         for name, place in zip(self.methods, places, strict=True)),
             len(self.methods)),
            (10, b"".join(pack("<3H", 1 << 3 | 1, names.add(one), 0) for one in members),
             len(members)),
            (32, pack("<I4HI3H", 0, 1, 2, 3, 4, 0, 0, names.add(self.name), 0), 1),
        ]  # fmt: skip
        tables = [one for one in tables if one[2]]
        valid = sum(1 << number for number, _, _ in tables)
        stream = pack("<IBBBBQQ", 0, 2, 0, 0, 1, valid, 0)
        stream += b"".join(pack("<I", count) for _, _, count in tables)
        stream += b"".join(rows for _, rows, _ in tables)
        metadata = _metadata({"#~": stream, "#Strings": names.heap, "#US": texts.heap})
        head = pack("<IHHII", 72, 2, 5, ADDRESS + 72 + len(code), len(metadata)).ljust(72, b"\0")
        return _program(head + code + metadata)


class _Names:
    def __init__(self) -> None:
        self.heap = b"\0"

    def add(self, name: str) -> int:
        place = len(self.heap)
        self.heap += name.encode() + b"\0"
        return place


class _Texts:
    def __init__(self) -> None:
        self.heap = b"\0"

    def add(self, text: str) -> int:
        place, raw = len(self.heap), text.encode("utf-16-le") + b"\0"
        size = bytes([len(raw)]) if len(raw) < 0x80 else pack(">H", 0x8000 | len(raw))
        self.heap += size + raw
        return place


def _metadata(heaps: dict[str, bytes]) -> bytes:
    version = b"v4.0.30319\0\0"
    heads, bodies = b"", b""
    names = {name: (name.encode() + b"\0").ljust(-(-(len(name) + 1) // 4) * 4, b"\0")
             for name in heaps}  # fmt: skip
    first = 16 + len(version) + 4 + sum(8 + len(one) for one in names.values())
    for name, heap in heaps.items():
        heads += pack("<II", first + len(bodies), len(heap)) + names[name]
        bodies += heap.ljust(-(-len(heap) // 4) * 4, b"\0")
    root = b"BSJB" + pack("<HHII", 1, 1, 0, len(version)) + version + pack("<HH", 0, len(heaps))
    return root + heads + bodies


def _program(section: bytes) -> bytes:
    stub = (b"MZ".ljust(0x3C, b"\0") + pack("<I", 0x80)).ljust(0x80, b"\0")
    directories = bytearray(16 * 8)
    directories[14 * 8 : 14 * 8 + 8] = pack("<II", ADDRESS, 72)
    optional = pack("<H", 0x10B).ljust(96, b"\0") + bytes(directories)
    coff = pack("<HHIIIHH", 0x14C, 1, 0, 0, 0, len(optional), 0x2102)
    table = b".text\0\0\0" + pack("<IIII", len(section), ADDRESS, len(section), OFFSET)
    head = stub + b"PE\0\0" + coff + optional + table.ljust(40, b"\0")
    return head.ljust(OFFSET, b"\0") + section
