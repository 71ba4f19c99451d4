"""Code that was put together again by the tools with which apps are taken apart."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from witnessmark.facts.tables.artifacts import ARTIFACTS
from witnessmark.facts.tables.code import DEX_FILES
from witnessmark.facts.view import Facts
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding

MAP_OFFSET = 0x34
MAP_ENTRY = struct.Struct("<HHII")
MOST_ENTRIES = 64
FIRST_DATA = 0x1001
"""Types of a dex map from here on are data; lower ones and the map (0x1000) are tables."""

STRING_DATA, CODE = 0x2002, 0x2001
STRINGS = 0x38
"""Where the header says how many strings there are; where their table stands follows."""

OLDEST = 35
NOTES = (b"~~R8{", b"~~D8{", b"~~L8{")
"""What compilers of today leave in the files that they write."""

MOST_QUOTED = 3
_AGAINST = (
    "Tools that protect apps, such as DexGuard, write code with the same library, on behalf of the "
    "makers; tools that make apps smaller may order texts alike."
)


def rebuilt_findings(app: Facts) -> Iterator[Finding]:
    """One finding for all dex files that dexlib wrote.

    dexlib2 writes the texts of strings before all other data (``DexWriter.writeTo`` in its public
    source); dx, D8 and R8, with which makers build, write them after the code. dexlib 1 wrote
    them in the order in which it met them, dx in the order of their table.
    """
    found: list[tuple[str, str, Evidence]] = []
    for artifact, base, version in app.table(DEX_FILES).rows("artifact", "base", "version"):
        data = app.blob(artifact)[base:]
        if str(app.table(ARTIFACTS)["type"][artifact]) != "dex" or bytes(data[:4]) != b"dex\n":
            continue
        places = _data_places(data)
        first = min(places.values(), default=(0, 0))
        if CODE in places and first == places.get(STRING_DATA):
            told = _texts_first(app, artifact, base, places)
            found.append((app.member_name(artifact), "dexlib2", told))
        elif version == OLDEST and (at := _out_of_order(data)) >= 0:
            told = _texts_mixed(app, artifact, base, at)
            found.append((app.member_name(artifact), "dexlib", told))
    if found:
        yield _finding(found)


def _finding(found: Sequence[tuple[str, str, Evidence]]) -> Finding:
    files = [name for name, _, _ in found]
    tools = sorted({tool for _, tool, _ in found})
    return Finding(
        kind="hides.packer",
        subject={
            "id": "rebuilt", "name": ", ".join(tools), "vendor": "", "kind": "repackager",
            "files": files,
        },
        says=f"{', '.join(files[:MOST_QUOTED])}{' and others' if files[MOST_QUOTED:] else ''} "
        f"bears the order in which {' and '.join(tools)} writes, a part of tools that take apps "
        "apart and put them together again (smali, Apktool): the code may have been altered after "
        "it was built.",
        evidence=tuple(evidence for _, _, evidence in found[:MOST_QUOTED]),
        strength="indicated",
        limits=(_AGAINST,),
        identity="rebuilt",
    )  # fmt: skip


def _out_of_order(data: memoryview) -> int:
    """Index of the first string whose text stands before that of the string before it.

    -1 for none, for a bad table, and where a compiler of today left its note: R8 puts the texts
    that an app needs first before the others.
    """
    if len(data) < STRINGS + 8:
        return -1
    count, start = struct.unpack_from("<II", data, STRINGS)
    if not count or start % 4 or start + 4 * count > len(data):
        return -1
    offsets = np.frombuffer(data, "<u4", count, start).astype(np.int64)
    falls = np.flatnonzero(np.diff(offsets) < 0)
    if not len(falls) or any(note in bytes(data) for note in NOTES):
        return -1
    return int(falls[0]) + 1


def _data_places(data: memoryview) -> Mapping[int, tuple[int, int]]:
    """Offset of each kind of data and of its entry in the map, by type; empty for a bad map."""
    if len(data) < MAP_OFFSET + 4:
        return {}
    start = int.from_bytes(data[MAP_OFFSET : MAP_OFFSET + 4], "little")
    if start + 4 > len(data):
        return {}
    found: dict[int, tuple[int, int]] = {}
    count = min(int.from_bytes(data[start : start + 4], "little"), MOST_ENTRIES)
    for at in range(start + 4, start + 4 + count * MAP_ENTRY.size, MAP_ENTRY.size):
        if at + MAP_ENTRY.size > len(data):
            return {}
        kind, _, _, offset = MAP_ENTRY.unpack_from(data, at)
        if kind >= FIRST_DATA:
            found[kind] = (offset, at)
    return found


def _texts_first(
    app: Facts, artifact: int, base: int, places: Mapping[int, tuple[int, int]]
) -> Evidence:
    strings, code = (
        app.quote(f"{what} begin at byte {places[kind][0]}", artifact, base + places[kind][1],
                  MAP_ENTRY.size)
        for kind, what in ((STRING_DATA, "the texts"), (CODE, "the methods"))
    )  # fmt: skip
    return Evidence("the texts stand before all other data", because=(strings, code))


def _texts_mixed(app: Facts, artifact: int, base: int, at: int) -> Evidence:
    start = base + int.from_bytes(
        app.blob(artifact)[base + STRINGS + 4 : base + STRINGS + 8], "little"
    )
    one, two = (
        app.quote(f"where the text of string {index} stands", artifact, start + 4 * index, 4)
        for index in (at - 1, at)
    )
    return Evidence("the texts do not stand in the order of their table", because=(one, two))
