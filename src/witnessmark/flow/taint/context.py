"""Where a method runs: the chain of calls, and the short form of it that names objects.

Source: M. Sharir, A. Pnueli, Two approaches to interprocedural data flow analysis, 1981 (call
strings); objects are named by their place and the last calls before it (heap cloning).
"""

from __future__ import annotations

from typing import Any, Final

LAST_CALLS: Final = 4
"""Calls that tell objects of one place apart."""


class Context:
    """A chain of calls: the method and where it was called.

    ``site``   the last calls as one number, shared by chains that end alike.
    ``spare``  methods on the chain that are run although data does not come to them.
    """

    __slots__ = ("depth", "method", "parent", "pc", "recent", "site", "spare")

    def __init__(
        self,
        parent: Context | None,
        pc: int,
        method: int,
        recent: tuple[Any, ...],
        site: int,
        spare: int,
    ) -> None:
        self.parent = parent
        self.pc = pc
        self.method = method
        self.recent = recent
        self.site = site
        self.spare = spare
        self.depth: int = 0 if parent is None else parent.depth + 1

    def times(self, method: int) -> int:
        """How often a method is on the chain."""
        count = 0
        at: Context | None = self
        while at is not None:
            count += at.method == method
            at = at.parent
        return count

    def chain(self) -> tuple[int, ...]:
        """Methods from the entry point to here."""
        methods: list[int] = []
        at: Context | None = self
        while at is not None:
            if at.method >= 0:
                methods.append(at.method)
            at = at.parent
        return tuple(reversed(methods))


class Contexts:
    """Makes contexts and numbers their short forms."""

    def __init__(self) -> None:
        self._sites: dict[tuple[Any, ...], int] = {}

    def root(self, node: int) -> Context:
        """What the system calls on an object of a class."""
        return Context(None, -1, -1, (), self._site(("root", node)), 0)

    def inner(
        self, outer: Context, pc: int, method: int, *, spare: bool, loose: bool = False
    ) -> Context:
        """A call of ``method`` at ``pc`` of the method of ``outer``; ``loose`` where callers are
        not to be told apart.
        """
        recent = () if loose else (*outer.recent, (outer.method, pc))[-LAST_CALLS:]
        site = self._site((method, *recent))
        return Context(outer, pc, method, recent, site, outer.spare + spare)

    def _site(self, key: tuple[Any, ...]) -> int:
        return self._sites.setdefault(key, len(self._sites))
