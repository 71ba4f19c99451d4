"""Atheris target: ``python tests/fuzz/run.py elf [CORPUS]``."""

from __future__ import annotations

from witnessmark.formats.elf import java_name, read_elf
from witnessmark.formats.elf.image import read_image
from witnessmark.formats.elf.neighbours import calls_near, plt_names
from witnessmark.formats.elf.pointers import read_pointers
from witnessmark.formats.elf.references import find_references
from witnessmark.model.errors import FormatError


def read_one(data: bytes) -> None:
    """Everything but a `FormatError` is a defect."""
    try:
        found = read_elf(data)
    except FormatError:
        return
    for one in found.symbols:
        java_name(one.name)
    image = read_image(data)
    read_pointers(image)
    for use in find_references(image, frozenset(range(0, 0x8000, 4)))[:20]:
        calls_near(image, use, plt_names(image))
