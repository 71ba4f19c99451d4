"""Atheris target: ``python tests/fuzz/run.py arsc [CORPUS]``."""

from __future__ import annotations

from witnessmark.formats.arsc import read_arsc
from witnessmark.model.errors import FormatError


def read_one(data: bytes) -> None:
    """Read ``data`` and ask every resource for its name, values and target."""
    try:
        table = read_arsc(data)
    except FormatError:
        return
    for resource_id in table.resource_ids():
        table.name(resource_id)
        table.resolve(resource_id, "zh-Hans-CN")
        for _, value in table.values(resource_id):
            assert isinstance(value.value, str)
