"""Facts: the tables of one app, with the words and places behind their numbers.

Analyses receive a `Facts` and nothing else of the app. Everything it returns is derived from
tables and the bytes they point into.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property, wraps
from typing import Any, TypeVar

from witnessmark.facts.indexes import CodeIndexes, rows_of
from witnessmark.facts.tables.artifacts import ARTIFACTS, INPUTS, READING_GAPS, TEXT_SPANS
from witnessmark.facts.tables.code import DEBUG_LINES, METHODS, STRINGS, TYPES
from witnessmark.facts.text_places import TextPlaces, line_and_column
from witnessmark.facts.text_strings import quote_used_string
from witnessmark.facts.words import CodeWords
from witnessmark.formats.dex.mutf8 import decode_mutf8, encode_mutf8
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.evidence import Evidence
from witnessmark.model.gap import Gap
from witnessmark.model.location import Location, ReadsAs
from witnessmark.model.table import Table, TableSchema
from witnessmark.package.app import readable_path

Made = TypeVar("Made")

ReadBlob = Callable[[int], memoryview]
"""Bytes of an artifact by its row."""

ReadString = Callable[[int], str]
"""Text of a string constant by its row."""

LONGEST_QUOTE = 400
"""Bytes an excerpt may span; longer text is quoted by its beginning."""

SOURCE_TYPES = frozenset({"smali", "java", "xml", "folder"})
"""Types of artifacts whose records are text, not bytes."""

LONGEST: Mapping[ReadsAs, int] = {"hex": 32, "sha256": 1 << 31}
"""Bytes an excerpt may span that is no text: a digest stands for all of them."""

DECODED = kept_regex(r"(?:resources|unknown)/((?:assets|res|lib)/.*)")
"""Where jadx and apktool put the files of an app."""

LONGEST_CHARACTER = 6
"""Bytes of the longest character: in MUTF-8, two surrogates of three bytes."""


def once_an_app(make: Callable[[Facts], Made]) -> Callable[[Facts], Made]:
    """Decorates what costs much and rests on tables that are there when it is first asked for:
    its result is kept with the app, however many tables are added (`Facts.once`).
    """

    @wraps(make)
    def kept(facts: Facts) -> Made:
        return facts.once(make)

    return kept


class Facts:
    """Tables by schema, text by row, locations by row. Rows are indices into their table.

    Words of code (``string``, ``descriptor``, ``type_name``, ``class_name``, ``method_name``,
    ``method_class``, ``method_signature``, ``parameter_types``, ``field_signature``) are those of
    `facts.words.CodeWords`.
    """

    def __init__(
        self,
        tables: Mapping[str, Table],
        read_blob: ReadBlob,
        read_string: ReadString | None = None,
    ) -> None:
        self._tables = dict(tables)
        self._read_blob = read_blob
        self._read_string = read_string
        self._made: dict[Hashable, Any] = {}
        self._left_out: dict[Gap, None] = {}
        self._empty: dict[str, Table] = {}
        self._spell_with(CodeWords(self.table, read_blob, read_string))

    def _spell_with(self, words: CodeWords) -> None:
        self._words = words
        self.string = words.string
        self.descriptor = words.descriptor
        self.type_name = words.type_name
        self.class_name = words.class_name
        self.method_name = words.method_name
        self.method_class = words.method_class
        self.method_signature = words.method_signature
        self.parameter_types = words.parameter_types
        self.field_signature = words.field_signature

    def table(self, schema: TableSchema) -> Table:
        """The table of ``schema``; empty where no input could fill it."""
        found = self._tables.get(schema.name)
        if found is None:
            found = self._empty.get(schema.name)
        if found is None:
            found = self._empty[schema.name] = Table.empty(schema)
        return found

    def with_tables(self, tables: Mapping[str, Table]) -> Facts:
        """The same app with more tables."""
        more = Facts({**self._tables, **tables}, self._read_blob, self._read_string)
        if not any(name in self._indexes.reads for name in tables):
            more.__dict__["_indexes"] = self._indexes
        if not any(name in CodeWords.reads for name in tables):
            more._spell_with(self._words)
        more._made = self._made
        more._left_out = self._left_out
        return more

    def once(self, make: Callable[..., Made], *arguments: Hashable) -> Made:
        """``make(facts, *arguments)``, made once for an app however many tables are added.

        For what costs much and rests on tables that are there when it is first asked for.
        """
        key = (make, arguments)
        if key not in self._made:
            self._made[key] = make(self, *arguments)
        found: Made = self._made[key]
        return found

    def leave_out(self, gap: Gap) -> None:
        """Note what was not looked at; for code deep below an analysis, which yields nothing."""
        self._left_out.setdefault(gap)

    @property
    def left_out(self) -> tuple[Gap, ...]:
        """What was noted so, whatever tables were added since."""
        return tuple(self._left_out)

    def tables(self) -> Mapping[str, Table]:
        """All tables by name."""
        return dict(self._tables)

    def blob(self, artifact: int) -> memoryview:
        """Unpacked bytes of an artifact."""
        return self._read_blob(artifact)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What could not be read while the tables were filled."""
        rows = self.table(READING_GAPS).rows()
        return tuple(Gap(at, why, tuple(json.loads(hides))) for at, why, hides in rows)

    @cached_property
    def _indexes(self) -> CodeIndexes:
        return CodeIndexes(self.table, self.string)

    @cached_property
    def _texts(self) -> TextPlaces:
        return TextPlaces(self.table(TEXT_SPANS), self.blob)

    def member_path(self, artifact: int) -> str:
        """Where an artifact lies, ``app.apk!classes.dex``."""
        artifacts = self.table(ARTIFACTS)
        name = str(self.table(INPUTS)["name"][int(artifacts["input"][artifact])])
        return readable_path(name, json.loads(artifacts["member"][artifact]))

    def member_name(self, artifact: int) -> str:
        """Where an artifact lies inside the app; the name of what was handed in for a file itself.

        Decoders put the files of an app into a folder of theirs, which is left out.
        """
        inside = json.loads(self.table(ARTIFACTS)["member"][artifact])
        decoded = DECODED.fullmatch(inside[0]) if len(inside) == 1 else None
        if decoded is not None and self._is_in_folder(artifact):
            return decoded[1]
        return "!".join(inside) if inside else self.member_path(artifact)

    def _is_in_folder(self, artifact: int) -> bool:
        """Whether what was handed in is a folder."""
        table = self.table(ARTIFACTS)
        roots = (table["input"] == table["input"][artifact]) & (table["member"] == "[]")
        return bool((table["type"][roots] == "folder").any())

    def type_by_descriptor(self, descriptor: str) -> int:
        """Row of a type, -1 when the code does not name it."""
        return self._indexes.type_row(descriptor)

    def class_by_name(self, name: str) -> int:
        """Row of a class that the app defines, by its name with dots; -1 for none."""
        row = self._indexes.type_row(f"L{name.replace('.', '/')};")
        return int(self.table(TYPES)["class"][row]) if row >= 0 else -1

    def methods_of(self, class_row: int) -> list[int]:
        """Methods that a class defines, ascending."""
        return self._indexes.methods_of(class_row)

    def methods_named(self, class_name: str, method_name: str) -> list[int]:
        """Methods named through a class (with dots), overloads included; defined or only called."""
        row = self._indexes.type_row(f"L{class_name.replace('.', '/')};")
        return self._indexes.methods_named(row, method_name) if row >= 0 else []

    def calls_of(self, method: int) -> list[int]:
        """Rows of ``calls`` that name a method, ascending."""
        return self._indexes.calls_of(method)

    def calls_of_any(self, methods: Iterable[int]) -> list[int]:
        """Rows of ``calls`` that name one of several methods, ascending."""
        return self._indexes.calls_of_any(methods)

    def calls_to(self, class_name: str, method_name: str) -> list[int]:
        """Rows of ``calls`` that name a method of that class and name, ascending.

        The class is the one that the instruction names; a call through a subclass names that.
        """
        named = self.methods_named(class_name, method_name)
        return sorted(row for method in named for row in self.calls_of(method))

    def string_rows(self, text: str) -> list[int]:
        """Rows of ``strings`` that are exactly ``text``, at most one a dex file."""
        return self._indexes.string_rows(text, self.blob)

    def line_of(self, method: int, pc: int) -> int:
        """Source line of the instruction at ``pc``, 0 where the build kept none."""
        lines = self.table(DEBUG_LINES)
        best = 0
        for row in rows_of(self._indexes.lines_by_method, method):
            if int(lines["pc"][row]) > pc:
                break
            best = int(lines["line"][row])
        return best

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

        Text that does not decode to the letter is quoted as hex instead. Code that was read
        from text is quoted where it stands in the text.
        """
        text_place = self._texts.find(artifact, offset, length)
        if text_place is not None:
            artifact, offset, length = text_place.artifact, text_place.offset, text_place.length
        if self._is_text(artifact):
            line, column = line_and_column(self.blob(artifact), offset)
            place = {**(place or {}), "line": line, "column": column}
            reads_as = "utf-8" if reads_as in ("hex", "mutf-8") else reads_as
        shown = min(length, LONGEST.get(reads_as, LONGEST_QUOTE))
        data = bytes(self.blob(artifact)[offset : offset + shown])
        shown, text, spelled = spell(data, reads_as, whole=shown == length)
        return Evidence(says, self.location(artifact, offset, shown, spelled, place), text)

    def _is_text(self, artifact: int) -> bool:
        return str(self.table(ARTIFACTS)["type"][artifact]) in SOURCE_TYPES

    def quote_string(
        self, says: str, string: int, place: Mapping[str, str | int] | None = None
    ) -> Evidence:
        """Evidence that quotes a string constant; in text, where ``place`` says that it is used.

        Of one whose bytes lie outside the file, no byte is quoted, and that is said.
        """
        strings = self.table(STRINGS)
        artifact, at = int(strings["artifact"][string]), int(strings["offset"][string])
        if at < 0:
            return self.quote(
                f"{says}; its text lies outside the file", artifact, 0, 0, "hex", place
            )
        length = int(strings["length"][string])
        quoted = self.quote(says, artifact, at, length, "mutf-8", place)
        if place is None or quoted.at is None or "line" not in quoted.at.place:
            return quoted
        return quote_used_string(self, quoted, string, place) or quoted

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
    for cut in range(1 if whole else LONGEST_CHARACTER):
        kept = data[: len(data) - cut]
        try:
            text = decode_mutf8_strictly(kept) if reads_as == "mutf-8" else kept.decode(reads_as)
        except UnicodeError:
            continue
        return len(kept), text, reads_as
    kept = data[:32]
    return len(kept), kept.hex(), "hex"


def decode_mutf8_strictly(data: bytes) -> str:
    """MUTF-8 as text; UnicodeError when it holds lone surrogates or is not spelled regularly."""
    text = decode_mutf8(data)
    text.encode("utf-8")
    if not text.isascii() and encode_mutf8(text) != data:
        raise UnicodeError("irregular MUTF-8")
    return text
