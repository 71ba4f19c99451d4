"""Native libraries and executables as tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from witnessmark.facts.tables.native import NATIVE_LIBRARIES, NATIVE_STRINGS, NATIVE_SYMBOLS
from witnessmark.model.errors import FormatError
from witnessmark.model.gap import Gap
from witnessmark.model.table import Table
from witnessmark.package.app import App, Oddity

if TYPE_CHECKING:
    from witnessmark.formats.elf import ElfFile


HIDES = ("takes", "sends", "embeds/native", "hides")
LOSES = ("table-cut", "string-table", "symbol-table", "symbol-count", "long-name", "many-strings")
"""Codes of what is odd of a library by which symbols or strings of it are missing."""


class NativeFacts(Struct, frozen=True):
    """Tables, what was odd, what could not be read."""

    tables: Mapping[str, Table]
    oddities: tuple[Oddity, ...]
    gaps: tuple[Gap, ...]


def native_facts(app: App) -> NativeFacts:
    """Read every ELF member of the app."""
    oddities: list[Oddity] = []
    gaps: list[Gap] = []
    libraries: list[tuple[Any, ...]] = []
    symbols: list[tuple[Any, ...]] = []
    strings: list[tuple[Any, ...]] = []
    for artifact in app.of_type("elf"):
        from witnessmark.formats.elf import read_elf

        try:
            found = read_elf(bytes(app.blob(artifact)))
        except FormatError as error:
            why = f"native code cannot be read: {error.what}"
            gaps.append(Gap(app.path(artifact), why, HIDES))
            continue
        library = len(libraries)
        path = "!".join(app.artifacts[artifact].member) or app.path(artifact)
        libraries.append(
            (path, found.machine, found.kind, found.soname, found.build_id,
             json.dumps(found.needed, ensure_ascii=False), artifact)
        )  # fmt: skip
        symbols += _symbols(library, artifact, found)
        strings += [
            (library, one.text, artifact, one.span.offset, one.span.length) for one in found.strings
        ]
        lost = [one.says for one in found.anomalies if one.code in LOSES]
        if lost:
            why = f"native code was read in part: {lost[0]}"
            gaps.append(Gap(app.path(artifact), why, HIDES))
        for one in found.anomalies:
            oddities.append(Oddity("elf", one.code, one.says, artifact, one.span))
    tables = {
        NATIVE_LIBRARIES.name: Table.from_rows(NATIVE_LIBRARIES, libraries),
        NATIVE_SYMBOLS.name: Table.from_rows(NATIVE_SYMBOLS, symbols),
        NATIVE_STRINGS.name: Table.from_rows(NATIVE_STRINGS, strings),
    }
    return NativeFacts(tables, tuple(oddities), tuple(gaps))


def _symbols(library: int, artifact: int, found: ElfFile) -> list[tuple[Any, ...]]:
    from witnessmark.formats.elf import java_name

    rows = []
    for one in found.symbols:
        java = java_name(one.name) if one.kind == "export" else None
        rows.append(
            (library, one.name, one.kind, java.class_name if java else "",
             java.method if java else "", min(one.address, (1 << 63) - 1),
             artifact, one.span.offset, one.span.length)
        )  # fmt: skip
    return rows
