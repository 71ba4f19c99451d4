"""Atheris target: ``python tests/fuzz/run.py axml [CORPUS]``."""

from __future__ import annotations

from witnessmark.formats.axml import read_axml
from witnessmark.model.errors import FormatError


def read_one(data: bytes) -> None:
    """Read ``data`` and ask every attribute for its value."""
    try:
        tree = read_axml(data)
    except FormatError:
        return
    for element in tree.elements:
        for attribute in element.attributes:
            assert isinstance(attribute.value, str)
