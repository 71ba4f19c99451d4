"""A value that is made when it is first asked for.

What `functools.cached_property` is for other modules; those that are compiled ahead of time
(docs/decisions/0070-flow-compiled-ahead-of-time.md) would make such a property anew each time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Later(Generic[T]):
    """Made by ``make``, once."""

    __slots__ = ("_found", "_make")

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._found: T | None = None

    def get(self) -> T:
        """The value; whatever ``make`` raises when it is first asked for."""
        found = self._found
        if found is None:
            found = self._found = self._make()
        return found
