"""All dex files of an app in one array, so that one loop can run over all of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.formats.compiled import Kernels, interpreted, load_kernels
from witnessmark.formats.dex.anomaly import Anomaly, noted_anomalies
from witnessmark.formats.dex.header import Header, read_headers
from witnessmark.formats.dex.kernels import (
    classes,
    code,
    details,
    helpers,
    identities,
    layout,
    operands,
    search,
    texts,
    values,
)  # fmt: skip
from witnessmark.model.errors import FormatError

PADDING = 64
"""Zero bytes behind each blob; a kernel may read so far beyond the end it has checked."""

Blob = bytes | bytearray | memoryview
Rows = TypeVar("Rows")

_PLACES = (
    ("string_ids", layout.STRINGS_AT), ("type_ids", layout.TYPES_AT),
    ("proto_ids", layout.PROTOS_AT), ("field_ids", layout.FIELDS_AT),
    ("method_ids", layout.METHODS_AT), ("class_defs", layout.CLASSES_AT),
    ("call_site_ids", layout.CALL_SITES_AT), ("method_handles", layout.HANDLES_AT),
)  # fmt: skip
"""Sections and where ``dex`` holds their position, count and first row."""


class Refusal(Struct, frozen=True):
    """A blob that is no readable dex file, and why."""

    artifact: int
    error: FormatError


class Image(Struct, frozen=True):
    """The bytes of all blobs, and where their dex files' sections are.

    ``bytes_``   the blobs one after another, zeros between them.
    ``starts``   position of each blob.
    ``sizes``    bytes of each blob.
    ``headers``  header of each dex file, ``blobs`` the number of the blob it stands in.
    ``dex``      `layout.WIDTH` numbers a dex file, one row each.
    ``notes``    anomalies that kernels met (see `layout.NOTES`).
    """

    bytes_: NDArray[np.uint8]
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    headers: tuple[Header, ...]
    blobs: NDArray[np.int64]
    dex: NDArray[np.int64]
    notes: NDArray[np.int64]
    refused: tuple[Refusal, ...]

    def total(self, place: int) -> int:
        """Items of a section over all files; ``place`` is that of its position in ``dex``."""
        return int(self.dex[:, place + 1].sum())

    def blob(self, artifact: int) -> memoryview:
        """Bytes of one blob, without copying."""
        start = int(self.starts[artifact])
        whole: memoryview = self.bytes_.data
        return whole[start : start + int(self.sizes[artifact])]

    def artifacts_of(self, dex: NDArray[Any]) -> NDArray[np.int32]:
        """Blob of each dex file index; -1 stays."""
        found: NDArray[np.int32] = np.append(self.blobs, -1)[dex].astype(np.int32)
        return found

    def offsets_of(self, at: NDArray[np.int64], dex: NDArray[Any]) -> NDArray[np.int64]:
        """Positions in the image as offsets in the blob of each row's dex file."""
        relative: NDArray[np.int64] = at - self.dex[:, layout.START][dex]
        return relative

    def anomalies(self) -> tuple[Anomaly, ...]:
        """What headers and kernels noted so far."""
        headers = tuple(
            Anomaly(a.code, a.says, a.offset, a.length, int(blob), a.loses)
            for header, blob in zip(self.headers, self.blobs, strict=True)
            for a in header.anomalies
        )
        numbers = np.arange(len(self.starts))
        return headers + noted_anomalies(self.notes, self.starts, numbers)


def join_blobs(blobs: Sequence[Blob]) -> Image:
    """Copy the blobs into one array and read their headers; unreadable ones are set aside."""
    views = [memoryview(blob).cast("B") for blob in blobs]
    sizes = np.array([len(view) for view in views], dtype=np.int64)
    strides = (sizes + PADDING + 7) & ~7
    starts = np.zeros(len(views) + 1, dtype=np.int64)
    np.cumsum(strides, out=starts[1:])
    joined = np.empty(int(starts[-1]) + PADDING, dtype=np.uint8)
    for view, start, stop in zip(views, starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        joined[start : start + len(view)] = view
        joined[start + len(view) : stop] = 0
    joined[int(starts[-1]) :] = 0
    headers: list[Header] = []
    owners: list[int] = []
    refused = []
    for number, view in enumerate(views):
        try:
            found = read_headers(view)
        except FormatError as error:
            refused.append(Refusal(number, error))
            continue
        headers += found
        owners += [number] * len(found)
    dex = _sections(headers, np.array(owners, dtype=np.int64), starts[:-1], sizes)
    notes = np.zeros(layout.NOTED + 3 * layout.NOTES, dtype=np.int64)
    return Image(
        joined, starts[:-1], sizes, tuple(headers), np.array(owners, dtype=np.int64), dex, notes,
        tuple(refused),
    )  # fmt: skip


def _sections(
    headers: Sequence[Header],
    owners: NDArray[np.int64],
    starts: NDArray[np.int64],
    sizes: NDArray[np.int64],
) -> NDArray[np.int64]:
    dex = np.zeros((len(headers), layout.WIDTH), dtype=np.int64)
    for row, header in enumerate(headers):
        start = int(starts[owners[row]])
        dex[row, layout.START] = start
        dex[row, layout.END] = start + int(sizes[owners[row]])
        dex[row, layout.BASE] = start + header.base
        dex[row, layout.BLOB] = owners[row]
        for name, place in _PLACES:
            section = header.sections.get(name)
            if section is not None:
                dex[row, place] = start + section.at
                dex[row, place + 1] = section.count
    for _, place in _PLACES:
        dex[1:, place + 2] = np.cumsum(dex[:-1, place + 1])
    return dex


INTERPRETED_BELOW = 24_000
"""Bytes of dex under which loading machine code costs more than it saves (measured)."""

KERNEL_MODULES = (layout, helpers, identities, classes, code, details, values, operands, texts,
                  search)  # fmt: skip


def kernels_for(image: Image) -> Kernels:
    """The kernels, run the cheaper way for an image of this size."""
    return (
        interpreted(KERNEL_MODULES) if len(image.bytes_) < INTERPRETED_BELOW else machine_kernels()
    )


@cache
def machine_kernels() -> Kernels:
    """The kernels as machine code."""
    return load_kernels("dex", KERNEL_MODULES)


def secret_point() -> int:
    """Where hashes are evaluated: unknown to whoever wrote the file, without effect on results."""
    return int.from_bytes(os.urandom(4), "little") % (1 << 29) + (1 << 29)


def hash_table(rows: int) -> NDArray[np.int32]:
    """An empty hash table for so many rows."""
    return np.full(1 << (2 * rows + 1).bit_length(), -1, dtype=np.int32)


BYTES_A_ROW = 32
"""Bytes of dex for each row that there is room for at first; apps have 40 to 60."""


def measured(
    image: Image,
    read: Callable[[int, NDArray[np.int64]], tuple[int, Rows]],
    first: Callable[[Rows, int], Rows],
) -> Rows:
    """Rows of a kernel that tells how many there are and writes as many as there is room for.

    ``read`` gets the room and an array for anomalies, and returns the count and the rows;
    ``first`` gives the first of these. Most apps are read once; only room that is used costs.
    """
    room, notes = len(image.bytes_) // BYTES_A_ROW, image.notes.copy()
    count, rows = read(room, notes)
    if count > room:
        notes = image.notes.copy()
        _, rows = read(count, notes)
    image.notes[:] = notes
    return first(rows, count)


def first_rows(columns: Mapping[str, NDArray[Any]], count: int) -> dict[str, NDArray[Any]]:
    """The first rows of columns."""
    return {name: column[:count] for name, column in columns.items()}
