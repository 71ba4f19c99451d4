"""Lists of a subject that are told in part: the first of them, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

IN_ALL = "_in_all"
"""Ends the key that counts a list of which only the first are told."""


def some(key: str, listed: Sequence[Any], most: int) -> dict[str, Any]:
    """``key`` with the first ``most``; where there are more, how many there are beside it."""
    told: dict[str, Any] = {key: list(listed[:most])}
    if len(listed) > most:
        told[f"{key}{IN_ALL}"] = len(listed)
    return told
