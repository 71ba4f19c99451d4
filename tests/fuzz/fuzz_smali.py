"""Atheris target: ``python tests/fuzz/run.py smali [CORPUS]``."""

from __future__ import annotations

from witnessmark.formats.dex.files import read_dex_files
from witnessmark.formats.listing.assemble import assemble
from witnessmark.formats.smali import read_smali
from witnessmark.model.errors import FormatError


def read_one(data: bytes) -> None:
    """Read one text; what is no smali is refused, what is becomes dex without anomalies."""
    try:
        listing = read_smali(data)
    except FormatError:
        return
    for one in assemble([(0, listing)]).files:
        dex = read_dex_files([one.dex])
        assert not dex.refused
        assert len(dex.instructions["pc"]) >= 0
        assert not dex.anomalies
