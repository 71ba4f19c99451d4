"""Code that was put together again by the tools with which apps are taken apart."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

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
MOST_QUOTED = 3
_AGAINST = (
    "Tools that protect apps, such as DexGuard, write code with the same library, on behalf of the "
    "makers."
)


def rebuilt_findings(app: Facts) -> Iterator[Finding]:
    """One finding for all dex files that dexlib2 wrote.

    dexlib2 writes the texts of strings before all other data (``DexWriter.writeTo`` in its public
    source); dx, D8 and R8, with which makers build, write them after the code.
    """
    files, evidence = [], []
    for artifact, base in app.table(DEX_FILES).rows("artifact", "base"):
        data = app.blob(artifact)[base:]
        if str(app.table(ARTIFACTS)["type"][artifact]) != "dex" or bytes(data[:4]) != b"dex\n":
            continue
        places = _data_places(data)
        first = min(places.values(), default=(0, 0))
        if CODE in places and first == places.get(STRING_DATA):
            files.append(app.member_name(artifact))
            evidence.append(_quoted(app, artifact, base, places))
    if not files:
        return
    yield Finding(
        kind="hides.packer",
        subject={
            "id": "rebuilt", "name": "dexlib2", "vendor": "", "kind": "repackager",
            "files": files,
        },
        says=f"{', '.join(files[:MOST_QUOTED])}{' and others' if files[MOST_QUOTED:] else ''} "
        "bears the order in which dexlib2 writes, a part of tools that take apps apart and put "
        "them together again (smali, Apktool): the code may have been altered after it was built.",
        evidence=tuple(evidence[:MOST_QUOTED]),
        strength="indicated",
        limits=(_AGAINST,),
        identity="rebuilt",
    )  # fmt: skip


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


def _quoted(
    app: Facts, artifact: int, base: int, places: Mapping[int, tuple[int, int]]
) -> Evidence:
    strings, code = (
        app.quote(f"{what} begin at byte {places[kind][0]}", artifact, base + places[kind][1],
                  MAP_ENTRY.size)
        for kind, what in ((STRING_DATA, "the texts"), (CODE, "the methods"))
    )  # fmt: skip
    return Evidence("the texts stand before all other data", because=(strings, code))
