"""Atheris target: ``python tests/fuzz/run.py java [CORPUS]``."""

from __future__ import annotations

from witnessmark.formats.dex.files import read_dex_files
from witnessmark.formats.java import read_java
from witnessmark.formats.listing.assemble import assemble


def read_one(data: bytes) -> None:
    """Read one text; nothing is refused, what is made of it is dex without anomalies."""
    listing = read_java([("Fuzzed.java", data)])["Fuzzed.java"]
    for one in assemble([(0, listing)]).files:
        dex = read_dex_files([one.dex])
        assert not dex.refused
        assert len(dex.instructions["pc"]) >= 0
        assert not dex.anomalies
