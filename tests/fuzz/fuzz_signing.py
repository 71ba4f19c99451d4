"""Fuzz target: ``python tests/fuzz/fuzz_signing.py [CORPUS]`` with atheris installed."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports():
    from witnessmark.formats.signing import read_signatures
    from witnessmark.formats.zip import read_zip, unpack
    from witnessmark.model.errors import FormatError

LIMIT = 1 << 20


def verify(data: bytes) -> None:
    """No exception may leave `read_signatures`."""
    try:
        archive = read_zip(data)
    except FormatError:
        return
    read_signatures(data, archive, lambda entry: unpack(data, entry, LIMIT))


if __name__ == "__main__":
    atheris.Setup(sys.argv, verify)
    atheris.Fuzz()
