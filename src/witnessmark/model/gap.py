"""Gaps: where we could not look."""

from __future__ import annotations

from msgspec import Struct


class Gap(Struct, frozen=True, order=True):
    """Something that was not read, and what may therefore be missing.

    ``at``     member, class, method or analysis that was not (fully) read.
    ``why``    the reason, one plain sentence.
    ``hides``  chapters or ``chapter/kind`` names that may be incomplete because of it.
    """

    at: str
    why: str
    hides: tuple[str, ...]
