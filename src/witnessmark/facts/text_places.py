"""Places in assembled code as places in the text that it was made from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from msgspec import Struct

from witnessmark.model.distinct import distinct_and_first
from witnessmark.model.table import Table

ReadBlob = Callable[[int], memoryview]


class TextPlace(Struct, frozen=True):
    """A span of a text."""

    artifact: int
    offset: int
    length: int


def line_and_column(text: memoryview, offset: int) -> tuple[int, int]:
    """Line and column of a byte of a text, both from 1; columns count characters."""
    before = bytes(text[:offset])
    start = before.rfind(b"\n") + 1
    return before.count(b"\n") + 1, len(before[start:].decode("utf-8", "replace")) + 1


class TextPlaces:
    """Looks up the table of text spans; empty for an app without text."""

    def __init__(self, spans: Table, read_blob: ReadBlob) -> None:
        self._spans = spans
        self._read_blob = read_blob
        numbers, starts = distinct_and_first(spans["artifact"])
        ends = [*starts[1:].tolist(), len(spans)][: len(starts)]
        self._rows = dict(zip(numbers.tolist(), zip(starts.tolist(), ends, strict=True),
                              strict=True))  # fmt: skip

    def find(self, artifact: int, offset: int, length: int) -> TextPlace | None:
        """The text behind a span of assembled bytes; None for an artifact that is a file.

        A part of a name or string is found within its text where it is spelled alike there.
        """
        rows = self._rows.get(artifact)
        if rows is None:
            return None
        first, last = rows
        starts = self._spans["offset"][first:last]
        row = first + max(0, int(np.searchsorted(starts, offset, side="right")) - 1)
        columns = ("offset", "length", "text", "text_offset", "text_length")
        start, held, text, at, size = (int(self._spans[name][row]) for name in columns)
        inner = -1
        if start <= offset and offset + length < start + held:
            wanted = bytes(self._read_blob(artifact)[offset : offset + length])
            spelled = bytes(self._read_blob(text)[at : at + size])
            inner = offset - start
            if spelled[inner : inner + length] != wanted:
                inner = spelled.find(wanted)
        if inner >= 0:
            at, size = at + inner, length
        return TextPlace(text, at, size)
