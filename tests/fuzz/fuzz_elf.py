"""Fuzz target: ``python tests/fuzz/fuzz_elf.py [CORPUS]`` with atheris installed."""

from __future__ import annotations

import sys

from witnessmark.formats.elf import java_name, read_elf
from witnessmark.model.errors import FormatError


def read_all(data: bytes) -> None:
    """Everything but a `FormatError` is a defect."""
    try:
        found = read_elf(data)
    except FormatError:
        return
    for one in found.symbols:
        java_name(one.name)


def main() -> None:
    """Fuzz until stopped."""
    import atheris

    atheris.instrument_all()
    atheris.Setup(sys.argv, read_all)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
