"""The fixture with every opcode: its smali text read line by line, as the truth to compare with."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from pathlib import Path

from witnessmark.formats.dex.files import DexFiles

FIXTURE = Path(__file__).resolve().parents[3] / "apps" / "instructions"
REGISTER = re.compile(r"\bv(\d+)(?: \.\. v(\d+))?")


@dataclass(frozen=True, slots=True)
class Written:
    """One instruction as written: ``rest`` is what follows the registers."""

    name: str
    registers: tuple[int, ...]
    rest: str
    label: str | None


def written_method(head: str) -> tuple[list[Written], dict[str, int]]:
    """Instructions of a method of ``All.smali`` and the number of the one after each label."""
    text = (FIXTURE / "All.smali").read_text(encoding="utf-8")
    body = text.partition(f".method {head}\n")[2].partition(".end method")[0]
    body = re.sub(
        r"\.(packed-switch|sparse-switch|array-data).*?\.end \1",
        r"payload \1",
        body,
        flags=re.DOTALL,
    )
    found: list[Written] = []
    labels: dict[str, int] = {}
    for line in body.splitlines():
        line = line.strip()
        if line.startswith(":"):
            labels[line] = len(found)
        elif line and not line.startswith((".", "#")):
            found.append(_written(line))
    return found, labels


def _written(line: str) -> Written:
    name, _, operands = line.partition(" ")
    listed, closed, after = operands.partition("}")
    head, rest = (listed, after) if closed else (operands, "")
    if not closed:
        pieces = operands.split(", ")
        taken = [piece for piece in pieces if REGISTER.fullmatch(piece)]
        head, rest = ", ".join(taken), ", ".join(pieces[len(taken) :])
    registers: list[int] = []
    for match in REGISTER.finditer(head):
        first = int(match[1])
        registers += range(first, int(match[2] or first) + 1)
    rest = rest.removeprefix(", ")
    return Written(name, tuple(registers), rest, rest if rest.startswith(":") else None)


class Indices:
    """What an index operand of the fixture names, read from its id sections by hand."""

    def __init__(self, dex: DexFiles) -> None:
        self.data = bytes(dex.blob(0))
        self.names = dex.names
        self.strings = struct.unpack_from("<II", self.data, 0x38)
        self.types = struct.unpack_from("<II", self.data, 0x40)
        self.protos = struct.unpack_from("<II", self.data, 0x48)
        self.fields = struct.unpack_from("<II", self.data, 0x50)
        self.methods = struct.unpack_from("<II", self.data, 0x58)

    def string(self, index: int) -> str:
        (at,) = struct.unpack_from("<I", self.data, self.strings[1] + 4 * index)
        text = self.data[at + 1 : self.data.index(b"\0", at)]
        return text.replace(b"\xc0\x80", b"\0").decode("utf-8", "surrogatepass")

    def type(self, index: int) -> str:
        return self.string(*struct.unpack_from("<I", self.data, self.types[1] + 4 * index))

    def proto(self, index: int) -> str:
        _, result, at = struct.unpack_from("<III", self.data, self.protos[1] + 12 * index)
        count = struct.unpack_from("<I", self.data, at)[0] if at else 0
        parameters = struct.unpack_from(f"<{count}H", self.data, at + 4)
        return f"({''.join(map(self.type, parameters))}){self.type(result)}"

    def field(self, index: int) -> str:
        owner, kind, name = struct.unpack_from("<HHI", self.data, self.fields[1] + 8 * index)
        return f"{self.type(owner)}->{self.string(name)}:{self.type(kind)}"

    def method(self, index: int) -> str:
        owner, proto, name = struct.unpack_from("<HHI", self.data, self.methods[1] + 8 * index)
        return f"{self.type(owner)}->{self.string(name)}{self.proto(proto)}"

    def named(self, kind: str, index: int) -> str | None:
        """The identity as smali writes it; None for those that have no name of their own."""
        readers = {
            "type": self.type, "field": self.field, "method": self.method, "proto": self.proto,
            "string": self.string,
        }  # fmt: skip
        return readers[kind](index) if kind in readers else None
