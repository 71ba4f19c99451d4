"""Exception handlers and line numbers of all code."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from witnessmark.formats.compiled import Kernels
from witnessmark.formats.dex.code import Code
from witnessmark.formats.dex.identities import Columns, Types
from witnessmark.formats.dex.image import Image, first_rows, measured
from witnessmark.formats.dex.members import Members


def read_handlers(
    image: Image, run: Kernels, methods: Members, code: Code, types: Types
) -> Columns:
    """Columns of try_handlers: each range with each of its handlers, as they are tried."""
    flat, cursor = image.dex.reshape(-1), np.zeros(2, dtype=np.int64)

    def read(rows: int, notes: NDArray[np.int64]) -> tuple[int, Columns]:
        method, caught = np.empty(rows, dtype=np.int32), np.empty(rows, dtype=np.int32)
        start, end, handler = (np.empty(rows, dtype=np.uint32) for _ in range(3))
        count = run.read_handlers(
            image.bytes_, flat, methods.dex, code.at, code.units, code.tries, types.row, method,
            start, end, handler, caught, cursor, notes,
        )  # fmt: skip
        return count, {
            "method": method, "start": start, "end": end, "handler": handler, "type": caught,
        }  # fmt: skip

    return measured(image, read, first_rows)


def read_lines(image: Image, run: Kernels, methods: Members, code: Code) -> Columns:
    """Columns of debug_lines, in the order of each method's line table."""
    flat, cursor = image.dex.reshape(-1), np.zeros(2, dtype=np.int64)

    def read(rows: int, notes: NDArray[np.int64]) -> tuple[int, Columns]:
        method = np.empty(rows, dtype=np.int32)
        pc, line = np.empty(rows, dtype=np.uint32), np.empty(rows, dtype=np.uint32)
        count = run.read_lines(
            image.bytes_, flat, methods.dex, code.debug, code.units, method, pc, line, cursor, notes
        )
        return count, {"method": method, "pc": pc, "line": line}

    return measured(image, read, first_rows)
