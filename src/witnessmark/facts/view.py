"""Facts: the tables of one app, with the words and places behind their numbers.

Analyses receive a `Facts` and nothing else of the app. Everything it returns is derived from
tables and the bytes they point into.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import lru_cache

from witnessmark.facts.tables.artifacts import ARTIFACTS
from witnessmark.facts.tables.code import (
    CLASSES, FIELDS, METHODS, PROTO_PARAMETERS, PROTOS, STRINGS, TYPES,
)  # fmt: skip
from witnessmark.formats.dex.mutf8 import decode_mutf8
from witnessmark.model.evidence import Evidence
from witnessmark.model.location import Location, ReadsAs
from witnessmark.model.table import Table, TableSchema

ReadBlob = Callable[[int], memoryview]
"""Bytes of an artifact by its row."""

LONGEST_QUOTE = 400
"""Bytes an excerpt may span; longer text is quoted by its beginning."""


class Facts:
    """Tables by schema, text by row, locations by row. Rows are indices into their table."""

    def __init__(self, tables: Mapping[str, Table], read_blob: ReadBlob) -> None:
        self._tables = dict(tables)
        self._read_blob = read_blob
        self.string = lru_cache(maxsize=1 << 16)(self._string)
        self.descriptor = lru_cache(maxsize=1 << 16)(self._descriptor)

    def table(self, schema: TableSchema) -> Table:
        """The table of ``schema``; empty where no input could fill it."""
        found = self._tables.get(schema.name)
        return Table.empty(schema) if found is None else found

    def with_tables(self, tables: Mapping[str, Table]) -> Facts:
        """The same app with more tables."""
        return Facts({**self._tables, **tables}, self._read_blob)

    def tables(self) -> Mapping[str, Table]:
        """All tables by name."""
        return dict(self._tables)

    def blob(self, artifact: int) -> memoryview:
        """Unpacked bytes of an artifact."""
        return self._read_blob(artifact)

    def _string(self, row: int) -> str:
        strings = self.table(STRINGS)
        start = int(strings["offset"][row])
        data = self.blob(int(strings["artifact"][row]))
        return decode_mutf8(data[start : start + int(strings["length"][row])])

    def _descriptor(self, type_row: int) -> str:
        return self.string(int(self.table(TYPES)["descriptor"][type_row]))

    def type_name(self, type_row: int) -> str:
        """Type as people write it: ``java.lang.String``, ``int[]``."""
        return readable_type(self.descriptor(type_row))

    def class_name(self, class_row: int) -> str:
        """Name of a defined class, with dots."""
        return self.type_name(int(self.table(CLASSES)["type"][class_row]))

    def method_name(self, method: int) -> str:
        """Bare name of a method."""
        return self.string(int(self.table(METHODS)["name"][method]))

    def method_class(self, method: int) -> str:
        """Class a method is named through, with dots."""
        return self.type_name(int(self.table(METHODS)["class_type"][method]))

    def parameter_types(self, method: int) -> tuple[str, ...]:
        """Descriptors of a method's parameters."""
        protos = self.table(PROTOS)
        proto = int(self.table(METHODS)["proto"][method])
        first = int(protos["first_parameter"][proto])
        types = self.table(PROTO_PARAMETERS)["type"]
        count = int(protos["parameters"][proto])
        return tuple(self.descriptor(int(types[first + i])) for i in range(count))

    def method_signature(self, method: int) -> str:
        """``Lpkg/Class;->name(args)ret`` as smali and dexdump write it."""
        methods, protos = self.table(METHODS), self.table(PROTOS)
        proto = int(methods["proto"][method])
        owner = self.descriptor(int(methods["class_type"][method]))
        returned = self.descriptor(int(protos["return_type"][proto]))
        return f"{owner}->{self.method_name(method)}({''.join(self.parameter_types(method))}){returned}"

    def field_signature(self, field: int) -> str:
        """``Lpkg/Class;->name:type`` as smali writes it."""
        fields = self.table(FIELDS)
        owner = self.descriptor(int(fields["class_type"][field]))
        kind = self.descriptor(int(fields["type"][field]))
        return f"{owner}->{self.string(int(fields['name'][field]))}:{kind}"

    def location(
        self,
        artifact: int,
        offset: int,
        length: int,
        reads_as: ReadsAs = "hex",
        place: Mapping[str, str | int] | None = None,
    ) -> Location:
        """Location of a span in an artifact."""
        artifacts = self.table(ARTIFACTS)
        return Location(
            sha256=str(artifacts["root_sha256"][artifact]),
            member=tuple(json.loads(artifacts["member"][artifact])),
            offset=offset,
            length=length,
            reads_as=reads_as,
            place=place or {},
        )

    def quote(
        self,
        says: str,
        artifact: int,
        offset: int,
        length: int,
        reads_as: ReadsAs = "hex",
        place: Mapping[str, str | int] | None = None,
    ) -> Evidence:
        """Evidence that quotes a span, shortened to what may be printed.

        Text that does not decode to the letter is quoted as hex instead.
        """
        shown = min(length, LONGEST_QUOTE if reads_as != "hex" else 32)
        data = bytes(self.blob(artifact)[offset : offset + shown])
        shown, text, spelled = spell(data, reads_as, whole=shown == length)
        return Evidence(says, self.location(artifact, offset, shown, spelled, place), text)

    def quote_string(
        self, says: str, string: int, place: Mapping[str, str | int] | None = None
    ) -> Evidence:
        """Evidence that quotes a string constant."""
        strings = self.table(STRINGS)
        return self.quote(
            says,
            int(strings["artifact"][string]),
            int(strings["offset"][string]),
            int(strings["length"][string]),
            "mutf-8",
            place,
        )

    def quote_instruction(self, says: str, method: int, pc: int, units: int = 3) -> Evidence:
        """Evidence that quotes the instruction at ``pc`` (code units) of a method."""
        methods = self.table(METHODS)
        left = int(methods["code_units"][method]) - pc
        return self.quote(
            says,
            int(methods["artifact"][method]),
            int(methods["code_offset"][method]) + 2 * pc,
            2 * min(units, left),
            "hex",
            {"method": self.method_signature(method), "pc": pc},
        )


def spell(data: bytes, reads_as: ReadsAs, *, whole: bool) -> tuple[int, str, ReadsAs]:
    """Spell ``data`` as ``reads_as``; the bytes used, the text, and the spelling in fact used.

    A span cut short (``whole`` false) loses the bytes of a character cut in two.
    """
    if reads_as == "hex":
        return len(data), data.hex(), "hex"
    if reads_as == "sha256":
        return len(data), hashlib.sha256(data).hexdigest(), "sha256"
    for cut in range(1 if whole else 4):
        kept = data[: len(data) - cut]
        try:
            text = decode_mutf8_strictly(kept) if reads_as == "mutf-8" else kept.decode(reads_as)
        except UnicodeDecodeError:
            continue
        return len(kept), text, reads_as
    kept = data[:32]
    return len(kept), kept.hex(), "hex"


def decode_mutf8_strictly(data: bytes) -> str:
    """MUTF-8 as text; UnicodeDecodeError when it holds lone surrogates or bad sequences."""
    text = decode_mutf8(data)
    text.encode("utf-8")
    return text


def readable_type(descriptor: str) -> str:
    """``Ljava/lang/String;`` as ``java.lang.String``, ``[I`` as ``int[]``."""
    depth = len(descriptor) - len(descriptor.lstrip("["))
    inner = descriptor[depth:]
    if inner.startswith("L") and inner.endswith(";"):
        name = inner[1:-1].replace("/", ".")
    else:
        name = _PRIMITIVES.get(inner, inner)
    return name + "[]" * depth


_PRIMITIVES: Mapping[str, str] = {
    "V": "void", "Z": "boolean", "B": "byte", "S": "short", "C": "char",
    "I": "int", "J": "long", "F": "float", "D": "double",
}  # fmt: skip
