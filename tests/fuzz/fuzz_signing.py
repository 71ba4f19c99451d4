"""Atheris target: ``python tests/fuzz/run.py signing [CORPUS]``."""

from __future__ import annotations

from witnessmark.formats.signing import read_signatures
from witnessmark.formats.zip import read_zip, unpack
from witnessmark.model.errors import FormatError

LIMIT = 1 << 20


def read_one(data: bytes) -> None:
    """No exception may leave `read_signatures`."""
    try:
        archive = read_zip(data)
    except FormatError:
        return
    read_signatures(data, archive, lambda entry: unpack(data, entry, LIMIT))
