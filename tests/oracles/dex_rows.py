"""What our reader says about an app, spelled as dexdump spells it."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

import numpy as np

from oracles.dexdump_rows import Dump, Row
from witnessmark.formats.dex.files import DexFiles, read_dex_files
from witnessmark.formats.dex.identities import Columns
from witnessmark.formats.dex.opcodes import opcodes

NAMES = [opcode.name.encode() for opcode in opcodes()]


def load_order(path: Path) -> list[bytes]:
    """Dex files of an app in the order in which Android loads them, or the one dex file."""
    if not zipfile.is_zipfile(path):
        return [path.read_bytes()]
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        found = ["classes.dex"] if "classes.dex" in names else []
        while f"classes{len(found) + 1}.dex" in names and found:
            found.append(f"classes{len(found) + 1}.dex")
        return [archive.read(name) for name in found]


class Spelling:
    """Texts of all identities of an app."""

    def __init__(self, dex: DexFiles) -> None:
        self.dex = dex
        spans = zip(
            *(dex.strings[c].tolist() for c in ("artifact", "offset", "length")), strict=True
        )
        self.strings = [bytes(dex.blob(a)[o : o + n]) for a, o, n in spans]
        self.types = [self.strings[row] for row in dex.types["descriptor"].tolist()]
        parameter = [self.types[t] for t in dex.proto_parameters["type"].tolist()]
        protos = zip(*(dex.protos[c].tolist() for c in dex.protos), strict=True)
        self.protos = [
            b"(" + b"".join(parameter[first : first + count]) + b")" + self.types[returned]
            for returned, first, count in protos
        ]
        self.methods = [
            (self.types[owner], self.strings[name] + b":" + self.protos[proto])
            for owner, name, proto in self._ids(dex.methods, "proto")
        ]
        self.fields = [
            self.types[owner] + b"." + self.strings[name] + b":" + self.types[kind]
            for owner, name, kind in self._ids(dex.fields, "type")
        ]
        self.callees = [owner + b"." + rest for owner, rest in self.methods]
        file = np.append(dex.classes["dex"], -1)[dex.methods["class"]].tolist()
        self.callers = [
            (b"%d" % number, dotted(owner) + b"." + rest)
            for number, (owner, rest) in zip(file, self.methods, strict=True)
        ]

    @staticmethod
    def _ids(table: Columns, last: str) -> zip[tuple[int, ...]]:
        return zip(*(table[c].tolist() for c in ("class_type", "name", last)), strict=True)


def dotted(descriptor: bytes) -> bytes:
    """A descriptor as dexdump prints the class of a method."""
    return descriptor[1:-1].replace(b"/", b".")


def our_rows(path: Path) -> tuple[Dump, DexFiles]:
    """Our reading of an app, in dexdump's rows."""
    dex = read_dex_files(load_order(path))
    said = Spelling(dex)
    dump = Dump()
    dump.calls = _uses(dex.calls, "callee", said, said.callees)
    dump.fields = _uses(dex.field_uses, "field", said, said.fields)
    dump.types = _uses(dex.type_uses, "type", said, said.types)
    bounds = zip(dex.dex_files["strings"].tolist(), strict=True)
    local = [place for (count,) in bounds for place in range(count)]
    for method, pc, op, row in _rows(dex.string_uses, "string"):
        text = (NAMES[op], said.strings[row], b"%d" % local[row])
        dump.strings[(*said.callers[method], b"%d" % pc, *text)] += 1
    shadowed, files = dex.classes["shadowed"].tolist(), dex.classes["dex"].tolist()
    dump.classes = [
        (b"%d" % file, said.types[kind])
        for kind, file, hidden in zip(dex.classes["type"].tolist(), files, shadowed, strict=True)
        if not hidden
    ]
    for method, pc, line in _columns(dex.debug_lines):
        dump.lines[(*said.callers[method], b"%d" % pc, b"%d" % line)] += 1
    for method, start, end, handler, kind in _columns(dex.try_handlers):
        caught = said.types[kind] if kind >= 0 else b"<any>"
        span = (b"%d" % start, b"%d" % end, caught, b"%d" % handler)
        dump.handlers[(*said.callers[method], *span)] += 1
    dump.instructions = len(dex.instructions["pc"])
    return dump, dex


def _columns(table: Columns) -> zip[tuple[int, ...]]:
    return zip(*(column.tolist() for column in table.values()), strict=True)


def _rows(table: Columns, target: str) -> zip[tuple[int, ...]]:
    return zip(*(table[c].tolist() for c in ("method", "pc", "opcode", target)), strict=True)


def _uses(table: Columns, target: str, said: Spelling, names: list[bytes]) -> Counter[Row]:
    return Counter(
        (*said.callers[method], b"%d" % pc, NAMES[op], names[row])
        for method, pc, op, row in _rows(table, target)
    )
