"""Shared objects made byte by byte, so that each field can lie."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

DYNAMIC_AT = 0x200
LOAD, DYNAMIC, NOTE, INTERP = 1, 2, 4, 3


@dataclass(slots=True)
class MadeElf:
    """A little-endian 64-bit shared object with one loaded segment over the whole file."""

    imports: tuple[str, ...] = ()
    exports: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    soname: str = ""
    build_id: bytes = b""
    interpreter: bytes = b""
    entry: int = 0
    data: bytes = b""
    machine: int = 183
    kind: int = 3
    flags: int = 4
    gnu_hash: bool = False
    names: bytearray = field(default_factory=lambda: bytearray(b"\0"))

    def build(self) -> bytes:
        """The file: headers, dynamic entries, symbols, hash, names, data, notes."""
        symbols = self._symbols()
        dynamic: list[tuple[int, int]] = [(1, self._name(one)) for one in self.needed]
        if self.soname:
            dynamic.append((14, self._name(self.soname)))
        symbols_at = DYNAMIC_AT + 16 * (len(dynamic) + 6)
        hash_at = symbols_at + len(symbols)
        table = self._gnu_hash(len(symbols) // 24) if self.gnu_hash else self._hash(symbols)
        names_at = hash_at + len(table)
        data_at = names_at + len(self.names)
        note_at = -(-(data_at + len(self.data)) // 4) * 4
        tag = 0x6FFFFEF5 if self.gnu_hash else 4
        dynamic += [(tag, hash_at), (6, symbols_at), (5, names_at), (10, len(self.names)), (0, 0)]
        note = (
            b"" if not self.build_id else struct.pack("<3I4s", 4, len(self.build_id), 3, b"GNU\0")
        )
        note += self.build_id
        body = bytearray(note_at)
        for number, entry in enumerate(dynamic):
            struct.pack_into("<qQ", body, DYNAMIC_AT + 16 * number, *entry)
        body[symbols_at:data_at] = symbols + table + bytes(self.names)
        body[data_at : data_at + len(self.data)] = self.data
        body += note + self.interpreter
        segments = [
            (LOAD, self.flags, 0, 0, len(body)),
            (DYNAMIC, 6, DYNAMIC_AT, DYNAMIC_AT, 16 * len(dynamic)),
            (NOTE, 4, note_at, note_at, len(note)),
        ]
        if self.interpreter:
            start = note_at + len(note)
            segments.append((INTERP, 4, start, start, len(self.interpreter)))
        self._headers(body, segments)
        return bytes(body)

    def _headers(self, body: bytearray, segments: list[tuple[int, int, int, int, int]]) -> None:
        ident = b"\x7fELF\x02\x01\x01" + bytes(9)
        struct.pack_into(
            "<16sHHIQQQIHHHHHH", body, 0, ident, self.kind, self.machine, 1,
            self.entry, 64, 0, 0, 64, 56,
            len(segments), 64, 0, 0,
        )  # fmt: skip
        for number, (kind, flags, offset, address, size) in enumerate(segments):
            struct.pack_into(
                "<IIQQQQQQ", body, 64 + 56 * number, kind, flags, offset, address, address, size,
                size, 4,
            )  # fmt: skip

    def _name(self, name: str) -> int:
        at = len(self.names)
        self.names += name.encode() + b"\0"
        return at

    def _symbols(self) -> bytes:
        rows = [bytes(24)]
        for one in self.imports:
            rows.append(struct.pack("<IBBHQQ", self._name(one), 0x12, 0, 0, 0, 0))
        for place, one in enumerate(self.exports):
            rows.append(struct.pack("<IBBHQQ", self._name(one), 0x12, 0, 1, 0x1000 + place, 4))
        rows.append(struct.pack("<IBBHQQ", self._name("local_only"), 0x02, 0, 1, 0x2000, 4))
        return b"".join(rows)

    def _hash(self, symbols: bytes) -> bytes:
        return struct.pack("<2I", 1, len(symbols) // 24)

    def _gnu_hash(self, count: int) -> bytes:
        """One bucket whose chain begins behind the imports and ends at the last symbol."""
        first = 1 + len(self.imports)
        chain = [0] * (count - first - 1) + [1]
        return struct.pack("<4IQI", 1, first, 1, 0, 0, first) + struct.pack(
            f"<{len(chain)}I", *chain
        )
