"""Signs that an app's code is not where it should be, whatever tool hid it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from witnessmark.analyses.manifest import launcher_components
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import CLASSES, DEX_FILES, TYPES
from witnessmark.facts.tables.manifest import COMPONENTS
from witnessmark.facts.view import Facts
from witnessmark.formats.dex.header import code_end
from witnessmark.package.detect import looks_random

SMALLEST_BLOB = 8 << 10
"""Bytes below which an encrypted member is no hiding place for an app's code."""

ENCRYPTED = "high_entropy"
"""Type of members that no format explains and whose bytes are spread as evenly as random ones."""


class Blob(Struct, frozen=True):
    """Bytes that look encrypted: rows of members (-1 behind a dex file) and artifacts."""

    member: int
    artifact: int
    offset: int
    length: int
    where: str


class Packed(Struct, frozen=True):
    """Declared components, those without a class, whether the launched one is among them, blobs."""

    declared: int
    missing: tuple[int, ...]
    launched_is_missing: bool
    blobs: tuple[Blob, ...]

    @property
    def hidden_bytes(self) -> int:
        """Bytes of all blobs."""
        return sum(blob.length for blob in self.blobs)

    @property
    def is_plain(self) -> bool:
        """Whether the declared components themselves say that the code is elsewhere.

        At least two, and half of all, have no class, among them what the launcher starts.
        """
        several = len(self.missing) >= 2 and 2 * len(self.missing) >= self.declared
        return several and self.launched_is_missing


def look_for_hidden_code(facts: Facts) -> Packed:
    """Compare what the manifest declares with the classes there, and list even-spread blobs."""
    classes = facts.table(TYPES)["class"]
    shown = launcher_components(facts)
    declared, missing, launched = 0, [], [False]
    for row, (kind, kind_type) in enumerate(facts.table(COMPONENTS).rows("kind", "type")):
        if kind == "application":
            continue
        declared += 1
        absent = kind_type < 0 or int(classes[kind_type]) < 0
        if absent:
            missing.append(row)
        if row in shown:
            launched.append(absent)
    if not len(facts.table(CLASSES)) and not len(facts.table(DEX_FILES)):
        missing = []
    if _has_broken_code(facts):
        missing = []
    return Packed(declared, tuple(missing), any(launched) and bool(missing), tuple(_blobs(facts)))


def _has_broken_code(facts: Facts) -> bool:
    """Whether a file of code is there and could not be unpacked, which is a gap of its own."""
    members = facts.table(MEMBERS).rows("type", "content")
    return any(kind == "dex" and content < 0 for kind, content in members)


def _blobs(facts: Facts) -> Iterator[Blob]:
    for row, (name, kind, size, content) in enumerate(
        facts.table(MEMBERS).rows("name", "type", "size", "content")
    ):
        if kind == ENCRYPTED and size >= SMALLEST_BLOB:
            yield Blob(row, content, 0, size, name)
    yield from _behind_dex(facts)


def _behind_dex(facts: Facts) -> Iterator[Blob]:
    artifacts = facts.table(DEX_FILES)["artifact"].tolist()
    for artifact, base in facts.table(DEX_FILES).rows("artifact", "base"):
        if base or artifacts.count(artifact) > 1:
            continue
        data = facts.blob(artifact)
        end = code_end(data)
        if len(data) - end >= SMALLEST_BLOB and looks_random(data[end:]):
            yield Blob(-1, artifact, end, len(data) - end, "behind the end of a dex file")
