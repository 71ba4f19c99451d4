"""Atheris target: ``python tests/fuzz/run.py zip [CORPUS]``."""

from __future__ import annotations

from witnessmark.formats.zip import read_zip, unpack
from witnessmark.model.errors import FormatError

LIMIT = 1 << 20


def read_one(data: bytes) -> None:
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
