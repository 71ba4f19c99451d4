r"""Build the table by which Java source is resolved: members of the platform's classes.

    python tools/java_platform.py --android ANDROID_ALL.jar --java JAVA_BASE.jmod ... \
        --legacy OLD_ANDROID.jar --names classes.csv libraries.csv \
        --out src/witnessmark/formats/java/platform.csv

Only facts of class files are taken: names, types and the values of constants. ``--names`` are
tables of the framework model: the first says which classes to take, the second adds classes
of which only the place in the hierarchy is known. Form of the output: `formats.java.platform`.

Source: The Java Virtual Machine Specification, SE 17, chapter 4, "The class File Format".
"""

from __future__ import annotations

import argparse
import csv
import io
import struct
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

PUBLIC, PROTECTED, STATIC, VARARGS = 0x1, 0x4, 0x8, 0x80
INTERFACE, ABSTRACT, SYNTHETIC, ENUM = 0x200, 0x400, 0x1000, 0x4000
SIZES = {3: 4, 4: 4, 5: 8, 6: 8, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2, 17: 4, 18: 4,
         19: 2, 20: 2}  # fmt: skip
SHORT = (("Ljava/lang/String;", "!"), ("Ljava/lang/Object;", "@"))
LONGEST_CONSTANT = 120


@dataclass(slots=True)
class Member:
    """A field or method of a class file."""

    name: str
    descriptor: str
    access: int
    signature: str = ""
    constant: str | None = None


@dataclass(slots=True)
class Outline:
    """What the table keeps of a class file."""

    name: str
    access: int
    super_name: str
    interfaces: list[str]
    signature: str = ""
    fields: list[Member] = field(default_factory=list)
    methods: list[Member] = field(default_factory=list)


class _Reader:
    """A cursor over big-endian class file items, with the constant pool."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 8
        self.pool: list[object] = []
        self._read_pool()

    def take(self, form: str = "H") -> int:
        (value,) = struct.unpack_from(">" + form, self.data, self.at)
        self.at += struct.calcsize(form)
        return int(value)

    def _read_pool(self) -> None:
        count = self.take()
        self.pool = [None] * count
        index = 1
        while index < count:
            tag = self.take("B")
            if tag == 1:
                length = self.take()
                self.pool[index] = self.data[self.at : self.at + length].decode("utf-8", "replace")
                self.at += length
            elif tag in (7, 8):
                self.pool[index] = ("name", self.take())
            elif tag in (3, 4, 5, 6):
                (value,) = struct.unpack_from({3: ">i", 4: ">f", 5: ">q", 6: ">d"}[tag],
                                              self.data, self.at)  # fmt: skip
                self.pool[index] = ("number", value)
                self.at += SIZES[tag]
            else:
                self.at += SIZES[tag]
            index += 2 if tag in (5, 6) else 1

    def text(self, index: int) -> str:
        value = self.pool[index]
        if isinstance(value, tuple) and value[0] == "name":
            value = self.pool[value[1]]
        return value if isinstance(value, str) else ""

    def constant(self, index: int) -> str:
        value = self.pool[index]
        if isinstance(value, tuple) and value[0] == "number":
            return repr(value[1])
        return "'" + self.text(index)

    def member(self) -> Member:
        access, name, descriptor = self.take(), self.text(self.take()), self.text(self.take())
        found = Member(name, descriptor, access)
        for _ in range(self.take()):
            attribute, length = self.text(self.take()), self.take("I")
            if attribute == "Signature":
                (index,) = struct.unpack_from(">H", self.data, self.at)
                found.signature = self.text(index)
            elif attribute == "ConstantValue":
                (index,) = struct.unpack_from(">H", self.data, self.at)
                found.constant = self.constant(index)
            self.at += length
        return found


def outline(data: bytes) -> Outline:
    """Read one class file."""
    reader = _Reader(data)
    access = reader.take()
    name, above = reader.text(reader.take()), reader.text(reader.take())
    found = Outline(name, access, above, [reader.text(reader.take()) for _ in range(reader.take())])
    found.fields = [reader.member() for _ in range(reader.take())]
    found.methods = [reader.member() for _ in range(reader.take())]
    for _ in range(reader.take()):
        attribute, length = reader.text(reader.take()), reader.take("I")
        if attribute == "Signature":
            (index,) = struct.unpack_from(">H", reader.data, reader.at)
            found.signature = reader.text(index)
        if attribute == "InnerClasses":
            for place in range(reader.at + 2, reader.at + length, 8):
                inner, _, _, flags = struct.unpack_from(">HHHH", reader.data, place)
                if reader.text(inner) == name:
                    found.access = flags | access & 0x0400
        reader.at += length
    return found


def outlines(archive: Path, wanted: set[str]) -> Iterator[Outline]:
    """Wanted classes of a jar or jmod (a zip behind four bytes), by name."""
    data = archive.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data[4:] if data[:2] == b"JM" else data)) as container:
        for entry in sorted(container.namelist()):
            name = entry.removeprefix("classes/").removesuffix(".class")
            if name in wanted and entry.endswith(".class"):
                yield outline(container.read(entry))


def _short(text: str) -> str:
    for long, short in SHORT:
        text = text.replace(long, short)
    return text


def _plain(text: str) -> str:
    """A constant without characters that separate."""
    return quote(text, safe="/:;,.?&=+$@#()[]{}<>|!*'")


def _field(one: Member) -> str:
    mark = "+" if one.access & STATIC else ""
    value = ""
    if one.constant is not None and len(one.constant) <= LONGEST_CONSTANT:
        value = "=" + _plain(one.constant)
    return f"{mark}{one.name}:{_short(one.signature or one.descriptor)}{value}"


def _method(one: Member) -> str:
    marks = (("+", STATIC), ("~", ABSTRACT), ("*", VARARGS))
    mark = "".join(letter for letter, bit in marks if one.access & bit)
    generic = f"|{_short(one.signature)}" if one.signature else ""
    return f"{mark}{one.name}{_short(one.descriptor)}{generic}"


def _offered(members: list[Member]) -> list[Member]:
    return [one for one in members
            if one.access & (PUBLIC | PROTECTED) and not one.access & SYNTHETIC
            and one.name != "<clinit>"]  # fmt: skip


def _inherited(one: Member, owner: Outline, known: Mapping[str, Outline]) -> bool:
    """Whether a superclass declares the same method with the same types."""
    above = known.get(owner.super_name)
    while above is not None:
        for other in above.methods:
            if (other.name, other.descriptor, other.signature) == (
                one.name, one.descriptor, one.signature,
            ) and other.access & (PUBLIC | PROTECTED):  # fmt: skip
                return True
        above = known.get(above.super_name)
    return False


def row(found: Outline, known: Mapping[str, Outline]) -> tuple[str, ...]:
    """Class, flags, generic signature or super and interfaces, fields, methods."""
    flags = "".join(
        letter for letter, bit in (("i", INTERFACE), ("a", ABSTRACT), ("e", ENUM), ("s", STATIC))
        if found.access & bit
    )  # fmt: skip
    above = "".join(f"L{name};" for name in (found.super_name, *found.interfaces) if name)
    fields = " ".join(_field(one) for one in _offered(found.fields))
    methods = " ".join(
        _method(one) for one in _offered(found.methods)
        if one.name == "<init>" or one.access & STATIC or not _inherited(one, found, known)
    )  # fmt: skip
    return found.name, flags, _short(found.signature or above), fields, methods


def _names(table: Path) -> list[dict[str, str]]:
    lines = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def main() -> None:
    """Read the inputs in order and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--android", type=Path, required=True)
    parser.add_argument("--java", type=Path, nargs="+", required=True)
    parser.add_argument("--legacy", type=Path, required=True)
    parser.add_argument("--names", type=Path, nargs=2, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    wanted = {one["class"] for one in _names(given.names[0])}
    known: dict[str, Outline] = {}
    for archive in (given.android, *given.java, given.legacy):
        for found in outlines(archive, wanted):
            known.setdefault(found.name, found)
    rows = {name: row(found, known) for name, found in known.items()}
    for one in _names(given.names[1]):
        above = [one["super"] or "java/lang/Object", *one["interfaces"].split()]
        flags = one["flags"].replace("f", "") + "?"
        spelled = _short("".join(f"L{name};" for name in above))
        rows.setdefault(one["class"], (one["class"], flags, spelled, "", ""))
    with given.out.open("w", encoding="utf-8", newline="") as out:
        out.write("class\tflags\tabove\tfields\tmethods\n")
        out.writelines("\t".join(rows[name]) + "\n" for name in sorted(rows))


if __name__ == "__main__":
    main()
