"""Load knowledge packs: folders of data files, checked against their schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Knowledge:
    """Packs by name; a pack is a tuple of entries of one type (see `knowledge.schema`)."""

    def __init__(self, packs: Mapping[str, tuple[Any, ...]]) -> None:
        self._packs = dict(packs)

    def pack(self, name: str) -> tuple[Any, ...]:
        """Entries of the pack ``name``; KeyError when an analysis did not declare it."""
        return self._packs[name]
