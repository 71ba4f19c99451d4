"""The bytes of artifacts: files mapped, members unpacked on demand and kept within a budget."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from witnessmark.formats.zip import ZipEntry, unpack
from witnessmark.model.errors import FormatError

KEPT_BYTES = 48 << 20
"""Unpacked bytes kept at hand; the most recent blob is kept whatever its size."""

MEMBER_LIMIT = 256 << 20
"""Bytes to which one member may unpack."""


class Packed(Struct, frozen=True):
    """Where a member's packed bytes are: its container's artifact and its entry."""

    container: int
    entry: ZipEntry


class Stored(Struct, frozen=True):
    """A file of a folder that was handed in, read when asked for."""

    path: Path
    size: int


class Blobs:
    """Bytes by artifact row.

    Files stay mapped for the life of the object. Unpacked members are dropped, least recently
    used first, when more than ``budget`` bytes of them are held; a view handed out stays valid.
    """

    __slots__ = ("_budget", "_held", "_kept", "_sources")

    def __init__(self, budget: int = KEPT_BYTES) -> None:
        self._budget = budget
        self._sources: list[memoryview | Packed | Stored] = []
        self._kept: OrderedDict[int, memoryview] = OrderedDict()
        self._held = 0

    def __len__(self) -> int:
        return len(self._sources)

    def add(self, source: memoryview | Packed | Stored, content: memoryview | None = None) -> int:
        """Register a source and answer its row; ``content`` is its bytes when just unpacked."""
        row = len(self._sources)
        self._sources.append(source)
        if content is not None and isinstance(source, Packed):
            self._keep(row, content)
        return row

    def read(self, row: int) -> memoryview:
        """Bytes of a row. Raises `FormatError` as `unpack` does, or when a file changed."""
        source = self._sources[row]
        if isinstance(source, memoryview):
            return source
        found = self._kept.get(row)
        if found is not None:
            self._kept.move_to_end(row)
            return found
        if isinstance(source, Stored):
            content = _stored(source)
        else:
            container = self.read(source.container)
            content = memoryview(unpack(container, source.entry, MEMBER_LIMIT))
        self._keep(row, content)
        return content

    def release(self, rows: Iterable[int]) -> None:
        """Forget unpacked bytes that are held elsewhere by now."""
        for row in rows:
            dropped = self._kept.pop(row, None)
            self._held -= len(dropped) if dropped is not None else 0

    def _keep(self, row: int, content: memoryview) -> None:
        self._kept[row] = content
        self._held += len(content)
        while self._held > self._budget and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._held -= len(dropped)


def _stored(source: Stored) -> memoryview:
    """The bytes of a file, as many as there were when it was listed."""
    try:
        with source.path.open("rb") as handle:
            content = handle.read(min(source.size, MEMBER_LIMIT) + 1)
    except OSError as error:
        raise FormatError(f"the file cannot be read any more ({error.strerror})") from error
    if len(content) != source.size:
        raise FormatError("the file is larger than can be read, or changed while it was read")
    return memoryview(content)
