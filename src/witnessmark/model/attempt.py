"""Work that may fail without taking the rest of the examination with it.

Layers below the runner are handed an `Attempt`, so that the one broad ``except`` stays in the
runner: what stopped becomes a Gap, and what was found until then is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from witnessmark.model.gap import Gap

T = TypeVar("T")


class Attempt(Protocol):
    """Does work; what it gave, and what stopped it as ``Error: message``, empty when done."""

    def __call__(self, work: Callable[[], T], /) -> tuple[T | None, str]:
        """Do the work."""
        ...


def plainly(work: Callable[[], T], /) -> tuple[T | None, str]:
    """Do the work; whatever it raises is raised."""
    return work(), ""


def stopped(at: str, error: str, hides: tuple[str, ...]) -> Gap:
    """The gap of work that ``error``, as an `Attempt` tells it, has stopped."""
    kind = error.partition(":")[0]
    return Gap(
        at=at,
        why=f"this analysis stopped with an internal error ({kind}); "
        "what it would have found after that point is missing",
        hides=hides,
    )
