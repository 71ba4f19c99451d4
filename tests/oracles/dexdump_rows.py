"""What dexdump says about an app, as rows that can be compared."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

Row = tuple[bytes, ...]

_PIECE = re.compile(
    rb"^(?:"
    rb"Opened '(?P<opened>[^\n]*)', DEX version"
    rb"|  Class descriptor  : '(?P<class>[^\n]*)'"
    rb"|[0-9a-f]{6,}: {20,}\|\[(?P<at>[0-9a-f]+)\] (?P<method>[^\n]*)"
    rb"|[0-9a-f]{6,}: [0-9a-f. ]+\|(?P<pc>[0-9a-f]{4,}): (?P<op>[a-z][^\s]*)(?P<rest>[^\n]*)"
    rb"|      positions     :(?P<positions>(?:[^\n]*\n        0x[0-9a-f]+ line=\d+)*)"
    rb"|      catches       : \d+(?P<catches>(?:\n        [^\n]*)*)"
    rb")",
    re.MULTILINE,
)
_REFERENCE = re.compile(rb" // (method|field|type|call_site)@[0-9a-f]+(, proto@[0-9a-f]+)?$")
_STRING = re.compile(
    rb'"(.*?)" // string@([0-9a-f]+)\n(?=[0-9a-f]{6,}: |      catches  )', re.DOTALL
)
_LINE = re.compile(rb"0x([0-9a-f]+) line=(\d+)")
_RANGE = re.compile(rb"0x([0-9a-f]+) - 0x([0-9a-f]+)")
_HANDLER = re.compile(rb"          (.+) -> 0x([0-9a-f]+)")


@dataclass
class Dump:
    """Rows of (dex file, method, pc, ...) as dexdump prints them, each kind counted."""

    calls: Counter[Row] = field(default_factory=Counter)
    fields: Counter[Row] = field(default_factory=Counter)
    types: Counter[Row] = field(default_factory=Counter)
    strings: Counter[Row] = field(default_factory=Counter)
    lines: Counter[Row] = field(default_factory=Counter)
    handlers: Counter[Row] = field(default_factory=Counter)
    classes: list[Row] = field(default_factory=list)
    instructions: int = 0


def dexdump(path: Path) -> Dump:
    """Run dexdump on an app or dex file; definitions repeated by a later dex are left out."""
    done = subprocess.run(["dexdump", "-d", str(path)], capture_output=True, check=False)
    assert done.stdout, done.stderr[:500]
    return read_dump(done.stdout)


def read_dump(text: bytes) -> Dump:
    """Read the output of ``dexdump -d``."""
    dump = Dump()
    seen: set[bytes] = set()
    dex, method, skipped = -1, b"", False
    for piece in _PIECE.finditer(text):
        kind = piece.lastgroup
        if kind == "opened":
            dex += 1
        elif kind == "class":
            skipped = piece["class"] in seen
            seen.add(piece["class"])
            if not skipped:
                dump.classes.append((b"%d" % dex, piece["class"]))
        elif skipped:
            continue
        elif kind == "method":
            method = piece["method"]
        elif kind == "rest":
            dump.instructions += 1
            _read_use(dump, text, piece, (b"%d" % dex, method))
        elif kind == "positions":
            for pc, line in _LINE.findall(piece["positions"]):
                dump.lines[b"%d" % dex, method, b"%d" % int(pc, 16), line] += 1
        elif kind == "catches":
            _read_handlers(dump, piece["catches"], (b"%d" % dex, method))
    return dump


def _read_use(dump: Dump, text: bytes, piece: re.Match[bytes], where: tuple[bytes, bytes]) -> None:
    pc, op, rest = b"%d" % int(piece["pc"], 16), piece["op"], piece["rest"]
    if op.startswith(b"const-string"):
        found = _STRING.search(text, piece.start("rest"))
        assert found is not None
        dump.strings[(*where, pc, op, found[1], b"%d" % int(found[2], 16))] += 1
        return
    reference = _REFERENCE.search(rest)
    if reference is None:
        return
    operands = rest[: reference.start()].split(b", ")
    operand = operands[-2 if reference[2] else -1]
    if reference[1] == b"method":
        dump.calls[(*where, pc, op, operand)] += 1
    elif reference[1] == b"field":
        dump.fields[(*where, pc, op, operand)] += 1
    elif reference[1] == b"type":
        dump.types[(*where, pc, op, operand)] += 1


def _read_handlers(dump: Dump, text: bytes, where: tuple[bytes, bytes]) -> None:
    start = end = b""
    for line in text.split(b"\n"):
        if covered := _RANGE.search(line):
            start, end = (b"%d" % int(number, 16) for number in covered.groups())
        elif handler := _HANDLER.fullmatch(line):
            target = b"%d" % int(handler[2], 16)
            dump.handlers[(*where, start, end, handler[1], target)] += 1
