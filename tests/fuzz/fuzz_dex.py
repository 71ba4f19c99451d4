"""Atheris target: ``python tests/fuzz/run.py dex [CORPUS]``; the kernels run interpreted."""

from __future__ import annotations

from witnessmark.facts.tables import code
from witnessmark.facts.tables.everything import schemas_of
from witnessmark.formats.compiled import interpreted
from witnessmark.formats.dex.files import read_dex_files
from witnessmark.formats.dex.image import KERNEL_MODULES

KERNELS = interpreted(KERNEL_MODULES)


def read_one(data: bytes) -> None:
    """Read ``data`` as a dex file into every table, all texts and operands included."""
    dex = read_dex_files([data], KERNELS)
    for schema in schemas_of(code):
        columns = getattr(dex, schema.name)
        for column in schema.columns:
            assert len(columns[column.name]) == len(columns[schema.columns[0].name])
    for row in range(len(dex.methods["name"])):
        assert isinstance(dex.names.method(row), str)
    dex.instruction_columns(0, len(dex.methods["name"]))
    dex.integrity()
    assert len(dex.anomalies) >= 0
