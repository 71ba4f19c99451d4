"""What stands in a native file: known code, system calls, texts and their uses, algorithms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from witnessmark.analyses.embeds._native_files import NativeFile
from witnessmark.analyses.quotes import quote_member
from witnessmark.facts.tables.native import NATIVE_LIBRARIES, NATIVE_STRINGS, NATIVE_SYMBOLS
from witnessmark.facts.view import Facts
from witnessmark.formats.elf.image import Image
from witnessmark.formats.elf.neighbours import calls_near, plt_names
from witnessmark.formats.elf.pointers import address_of
from witnessmark.formats.elf.references import find_references
from witnessmark.knowledge.packs.natives import Native
from witnessmark.knowledge.packs.sdks import any_matches
from witnessmark.model.evidence import Evidence

MOST_TEXTS = 20
"""Texts of one sort that a finding names."""

LONGEST = 300
MOST_LOOKED_UP = 200
"""Texts whose uses in code are looked for."""

ORDER = ("commands", "addresses", "e-mail addresses", "paths", "tables", "other apps", "usage")
"""Sorts of texts; where several fit, the first counts."""


class Known(Struct, frozen=True):
    """Known code inside a file, with its version where it tells one."""

    name: str
    version: str
    evidence: Evidence


class Said(Struct, frozen=True):
    """A text, where it stands, the instruction that uses it, and imports called near that."""

    sort: str
    text: str
    row: int
    reference: tuple[int, int] = (-1, 0)
    calls: tuple[str, ...] = ()


class Inside(Struct):
    """All of it; ``imports`` maps what calls do to the rows of their symbols."""

    known: list[Known] = field(default_factory=list)
    imports: dict[str, list[int]] = field(default_factory=dict)
    texts: list[Said] = field(default_factory=list)
    more_texts: dict[str, int] = field(default_factory=dict)
    constants: list[tuple[Native, Evidence]] = field(default_factory=list)


def look_inside(
    facts: Facts, library: int, file: NativeFile, image: Image, natives: Sequence[Native]
) -> Inside:
    """Look into one build of a file, row ``library`` of ``native_libraries``; linear in bytes."""
    artifact = int(facts.table(NATIVE_LIBRARIES)["artifact"][library])
    found = Inside()
    rows = np.flatnonzero(facts.table(NATIVE_STRINGS)["library"] == library).tolist()
    found.known = list(_known(facts, file, rows, natives))
    found.imports = _imports(facts, library, natives)
    _texts(facts, found, rows, natives)
    found.texts = _used(facts, image, found.texts)
    found.constants = _constants(facts, artifact, natives)
    return found


def _known(
    facts: Facts, file: NativeFile, rows: Sequence[int], natives: Sequence[Native]
) -> Iterator[Known]:
    texts = facts.table(NATIVE_STRINGS)["text"]
    for entry in natives:
        if entry.kind != "library":
            continue
        best = _best_text(texts, rows, entry)
        if best is not None:
            row, version = best
            yield Known(entry.what, version, _quote(facts, row, f"a text of {entry.what}"))
        elif file.member >= 0 and any_matches(entry.files, file.name):
            says = f"the file is named as those of {entry.what} are"
            yield Known(entry.what, "", quote_member(facts, file.member, says))


def _best_text(texts: NDArray[Any], rows: Sequence[int], entry: Native) -> tuple[int, str] | None:
    """The first text that tells a version, else the first that tells the library."""
    first: tuple[int, str] | None = None
    if not entry.texts:
        return None
    for row in rows:
        match = entry.search(str(texts[row]))
        if match is None:
            continue
        version = match.groupdict().get("version") or ""
        if version:
            return row, version
        first = first or (row, "")
    return first


def _quote(facts: Facts, row: int, says: str) -> Evidence:
    table = facts.table(NATIVE_STRINGS)
    return facts.quote(
        says, int(table["artifact"][row]), int(table["offset"][row]), int(table["length"][row]),
        "utf-8",
    )  # fmt: skip


def _imports(facts: Facts, library: int, natives: Sequence[Native]) -> dict[str, list[int]]:
    table = facts.table(NATIVE_SYMBOLS)
    found: dict[str, list[int]] = defaultdict(list)
    entries = [entry for entry in natives if entry.kind == "import"]
    exact = {s: entry for entry in entries for s in entry.symbols if "*" not in s}
    wild = [entry for entry in entries if any("*" in s for s in entry.symbols)]
    for row in np.flatnonzero(table["library"] == library).tolist():
        if table["kind"][row] != "import":
            continue
        name = str(table["name"][row])
        entry = exact.get(name) or next((e for e in wild if any_matches(e.symbols, name)), None)
        if entry is not None:
            found[entry.what].append(row)
    return dict(found)


def _texts(facts: Facts, found: Inside, rows: Sequence[int], natives: Sequence[Native]) -> None:
    sorts = {entry.what: entry for entry in natives if entry.kind == "text"}
    ordered = [sorts[name] for name in ORDER if name in sorts]
    texts = facts.table(NATIVE_STRINGS)["text"]
    seen: set[str] = set()
    for row in rows:
        text = str(texts[row])
        if text in seen or len(text) > LONGEST:
            continue
        seen.add(text)
        entry = next((entry for entry in ordered if entry.recognises(text)), None)
        if entry is None:
            continue
        found.more_texts[entry.what] = found.more_texts.get(entry.what, 0) + 1
        if found.more_texts[entry.what] <= MOST_TEXTS:
            found.texts.append(Said(entry.what, text, row))


def _used(facts: Facts, image: Image, texts: Sequence[Said]) -> list[Said]:
    """The texts with the instructions that use them."""
    table = facts.table(NATIVE_STRINGS)
    at: dict[int, Said] = {}
    for one in texts[:MOST_LOOKED_UP]:
        address = address_of(image, int(table["offset"][one.row]))
        if address is not None:
            at.setdefault(address, one)
    references = {ref.target: ref for ref in reversed(find_references(image, frozenset(at)))}
    imports = plt_names(image) if references else {}
    used: dict[int, Said] = {}
    for address, one in at.items():
        ref = references.get(address)
        if ref is not None:
            place, calls = (ref.offset, ref.length), calls_near(image, ref, imports)
            used[one.row] = Said(one.sort, one.text, one.row, place, calls)
    return [used.get(one.row, one) for one in texts]


def _constants(
    facts: Facts, artifact: int, natives: Sequence[Native]
) -> list[tuple[Native, Evidence]]:
    data = bytes(facts.blob(artifact))
    found: list[tuple[Native, Evidence]] = []
    for entry in natives:
        if entry.kind != "constant":
            continue
        start, length = entry.span(data)
        if start >= 0:
            says = f"{entry.says[:1].lower()}{entry.says[1:]} ({entry.source})"
            found.append((entry, facts.quote(says, artifact, start, length)))
    return found


def quote_said(facts: Facts, said: Said, artifact: int) -> Evidence:
    """Evidence for a text and its use."""
    quoted = _quote(facts, said.row, "the text")
    offset, length = said.reference
    if offset < 0:
        return quoted
    near = f", near calls of {', '.join(said.calls)}" if said.calls else ""
    used = facts.quote(f"an instruction forms its address{near}", artifact, offset, length)
    return Evidence(f"the native code uses the text {said.text[:80]}", because=(quoted, used))


def sorted_texts(texts: Sequence[Said]) -> Mapping[str, list[str]]:
    """Texts by sort, for the subject of a finding."""
    found: dict[str, list[str]] = {}
    for sort in ORDER:
        listed = [one.text for one in texts if one.sort == sort]
        if listed:
            found[sort] = listed
    return found
