"""Fuzz target: ``python tests/fuzz/fuzz_zip.py [CORPUS]`` with atheris installed."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports():
    from witnessmark.formats.zip import read_zip, unpack
    from witnessmark.model.errors import FormatError

LIMIT = 1 << 20


def read_all(data: bytes) -> None:
    """Everything but a `FormatError` is a defect."""
    try:
        archive = read_zip(data)
    except FormatError:
        return
    for entry in archive.entries:
        try:
            unpack(data, entry, LIMIT)
        except FormatError:
            continue


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_all)
    atheris.Fuzz()
