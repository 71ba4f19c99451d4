""".NET assemblies as rows: Xamarin, MAUI, Unity games with their code in plain.

Assemblies of the platform and of well-known libraries, by their names (``data/frameworks.csv``),
are counted and not read. What is compressed is quoted by the digest of its bytes.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from witnessmark.facts.script_rows import HIDES, ScriptRows, Words
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.errors import FormatError
from witnessmark.model.gap import Gap
from witnessmark.model.location import ReadsAs, Span

if TYPE_CHECKING:
    from witnessmark.formats.dotnet import Assembly
    from witnessmark.package.app import App

MOST_BYTES = 96 << 20
"""Bytes of assemblies of one app that are unpacked and read."""

HOLDERS = kept_regex(r"(?:^|/)lib(?:_.*\.dll|assemblies\..*\.blob|assembly-store)\.so$")
"""Native libraries that hold assemblies instead of code (.NET for Android 8 and later)."""

OF_COMPILER = ("System.Attribute.", "System.Object.", "System.Runtime.CompilerServices.")
"""Beginnings of calls that compilers add."""


NOT_READ = (
    "the app has a program in .NET, of which texts, calls and what they are given are read; its "
    "screens, its records and what it decides are not"
)


def read_dotnet(app: App, rows: ScriptRows) -> None:
    """Add rows for every assembly of the app's own; what cannot be read becomes a gap."""
    reader = _Reader(app, rows)
    before = len(rows.scripts)
    for artifact in app.of_type("pe", "dotnet_compressed", "dotnet_assemblies", "elf"):
        reader.read(artifact)
    if len(rows.scripts) > before:
        rows.gaps.append(Gap("code (.NET)", NOT_READ, HIDES))


class _Reader:
    def __init__(self, app: App, rows: ScriptRows) -> None:
        self._app = app
        self._rows = rows
        self._left = MOST_BYTES
        self._seen: set[str] = set()

    def read(self, artifact: int) -> None:
        """Read what one file holds: an assembly, or a store of many."""
        path, counts = self._app.path(artifact), Counter[str]()
        for name, span in self._inside(artifact):
            try:
                counts[self._assembly(artifact, name, span)] += 1
            except FormatError as error:
                counts["broken"] += 1
                at = f"{path} ({name})" if name else path
                self._rows.gaps.append(
                    Gap(at, f"a .NET assembly cannot be read: {error.what}", HIDES)
                )
        present = sum(counts.values()) - counts["again"]
        if present <= 0:
            return
        whys = {
            "library": "assemblies of the platform and of well-known libraries are not examined",
            "broken": "some assemblies cannot be read",
            "left": "there is more than is read",
        }
        why = "; ".join(says for key, says in whys.items() if counts[key])
        self._rows.count(artifact, path, "code (.NET)", "files", present, counts["read"], why)

    def _inside(self, artifact: int) -> Iterator[tuple[str, Span]]:
        """Assemblies in a file: their names, where a store tells them, and their bytes."""
        from witnessmark.formats.dotnet import read_store

        app, one = self._app, self._app.artifacts[artifact]
        base = 0
        if one.type == "elf":
            if not one.member or not HOLDERS.search(one.member[-1]):
                return
            data = bytes(app.blob(artifact))
            base = min((at for magic in (b"XABA", b"XALZ", b"MZ\x90\0")
                        if (at := data.find(magic)) >= 0), default=-1)  # fmt: skip
            if base < 0:
                return
        head = bytes(app.blob(artifact)[base : base + 4])
        if head != b"XABA":
            yield "", Span(base, one.size - base)
            return
        try:
            yield from (
                (stored.name, stored.span) for stored in read_store(app.blob(artifact), base)
            )
        except FormatError as error:
            why = f"the store of .NET assemblies cannot be read: {error.what}"
            self._rows.gaps.append(Gap(app.path(artifact), why, HIDES))

    def _assembly(self, artifact: int, name: str, span: Span) -> str:
        """Add one assembly; what became of it."""
        from witnessmark.formats.dotnet import is_compressed, read_assembly, unpacked
        from witnessmark.formats.dotnet.assembly import assembly_name

        member = self._app.artifacts[artifact].member
        file = name or (member[-1] if member else "")
        if name and _is_known(name.rpartition("/")[2].removesuffix(".dll")):
            return "library"
        data = self._app.blob(artifact)[span.offset : span.end]
        if self._left < len(data):
            return "left"
        compressed = is_compressed(data)
        plain = unpacked(data) if compressed else bytes(data)
        self._left -= len(plain)
        known = assembly_name(plain)
        if _is_known(known):
            return "library"
        assembly = read_assembly(plain)
        if f"{known} {len(plain)}" in self._seen:
            return "again"
        self._seen.add(f"{known} {len(plain)}")
        told = f"{file} ({known})" if file else known
        self._add(artifact, told, assembly, span if compressed else None, span.offset)
        return "read"

    def _add(
        self, artifact: int, name: str, assembly: Assembly, packed: Span | None, base: int
    ) -> None:
        """Rows of an assembly; of a compressed one all places are those of its packed bytes."""
        rows = self._rows

        def at(span: Span) -> Span:
            return packed or Span(base + span.offset, span.length)

        reads_as: ReadsAs = "sha256" if packed else "utf-16le"
        words = [
            Words(text, at(span), reads_as, assembly.uses.get(place, 0))
            for place, (text, span) in assembly.texts.items()
        ]
        whole = packed or Span(base, self._app.artifacts[artifact].size - base)
        script = rows.add(
            (name, "dotnet", assembly.version, len(assembly.methods), "code", artifact,
             whole.offset, whole.length), words,
        )  # fmt: skip
        for method in assembly.methods:
            span = at(method.span)
            rows.functions.append(
                (script, method.number, method.name, artifact, span.offset, span.length)
            )
        for call in assembly.calls:
            if not call.name.startswith(OF_COMPILER):
                span, given = at(call.span), json.dumps(call.arguments, ensure_ascii=False)
                rows.calls.append((script, call.method, call.name, call.made, given, artifact,
                                   span.offset, span.length))  # fmt: skip
        for mark in assembly.marks:
            span, texts = at(mark.span), json.dumps(mark.texts, ensure_ascii=False)
            rows.marks.append(
                (script, mark.target, mark.owner, mark.member, mark.place, mark.kind, mark.name,
                 texts, artifact, span.offset, span.length)
            )  # fmt: skip
        if assembly.read < len(assembly.methods):
            why = "of a .NET assembly not all methods could be read"
            rows.gaps.append(Gap(f"{self._app.path(artifact)} ({name})", why, HIDES))
        if assembly.calls_cut:
            why = "of a .NET assembly not all calls, or not all that they are given, are told"
            rows.gaps.append(Gap(f"{self._app.path(artifact)} ({name})", why, HIDES))
        if assembly.marks_cut:
            why = "of a .NET assembly not all attributes of types and members could be read"
            rows.gaps.append(Gap(f"{self._app.path(artifact)} ({name})", why, HIDES))


def _is_known(name: str) -> bool:
    """Whether an assembly is of the platform or a well-known library."""
    return any(name == one or name.startswith(f"{one}.") for one in _frameworks())


@cache
def _frameworks() -> tuple[str, ...]:
    text = Path(__file__).with_name("data").joinpath("frameworks.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(row["name"] for row in rows)
