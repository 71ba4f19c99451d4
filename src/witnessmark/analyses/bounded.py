"""Bounds on what is looked at: what lies behind one is told as a gap, never left out in silence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from witnessmark.facts.view import Facts
from witnessmark.model.gap import Gap

Item = TypeVar("Item")


def first(
    app: Facts, listed: Sequence[Item], most: int, what: str, at: str, hides: tuple[str, ...]
) -> Sequence[Item]:
    """The first ``most`` of a list; a gap at ``at`` tells where there are more.

    ``what`` names the things in plural and without an article.
    """
    if len(listed) > most:
        why = f"of {len(listed)} {what} only the first {most} were looked at"
        why = why if most else f"{len(listed)} {what} were not looked at"
        app.leave_out(Gap(at, why, hides))
    return listed[:most]


def too_large(app: Facts, size: int, most: int, at: str, hides: tuple[str, ...]) -> bool:
    """Whether a file or text is larger than is looked at, which a gap then tells."""
    if size > most:
        why = f"its {size} bytes are more than is looked at for this"
        app.leave_out(Gap(at, why, hides))
    return size > most
