"""The knowledge pack ``call_roles`` as analyses ask it: by role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set

from witnessmark.analyses.code_names import Member
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.call_roles import CallRole, Role


class CallRoles:
    """Members and classes of the platform by the role they play."""

    def __init__(self, entries: Sequence[CallRole]) -> None:
        self._by_role: dict[Role, list[CallRole]] = defaultdict(list)
        self._names: dict[Role, set[str]] = defaultdict(set)
        self._positions: dict[tuple[Role, str, str], int] = {}
        for one in entries:
            self._by_role[one.role].append(one)
            self._names[one.role].update(one.members)
            for name in one.members:
                for owner in (one.owner, ""):
                    self._positions.setdefault((one.role, name, owner), one.position)

    def members(self, *roles: Role) -> tuple[Member, ...]:
        """All members that play a role, of classes that are told."""
        return tuple(
            Member(one.owner, name)
            for role in roles
            for one in self._by_role[role]
            for name in one.members
            if one.owner
        )

    def names(self, role: Role) -> Set[str]:
        """Their bare names."""
        return self._names[role]

    def owners(self, role: Role) -> frozenset[str]:
        """Classes that play a role, or have members that do."""
        return frozenset(one.owner for one in self._by_role[role])

    def position(self, role: Role, name: str, owner: str = "") -> int:
        """The position that is told for a member of a class, else of the first of that name; -1
        for none.
        """
        first = self._positions.get((role, name, ""), -1)
        return self._positions.get((role, name, owner), first)

    def is_class(self, role: Role, owner: str) -> bool:
        """Whether the class itself plays a role, whatever is called on it."""
        return any(one.owner == owner and not one.members for one in self._by_role[role])

    def plays(self, role: Role, owner: str, name: str) -> bool:
        """Whether a member of that class plays a role, or of any class where none is told."""
        return any(name in one.members and one.owner in ("", owner) for one in self._by_role[role])


def call_roles(know: Knowledge) -> CallRoles:
    """The roles of what was loaded, made once."""
    return know.once(_read)


def _read(know: Knowledge) -> CallRoles:
    return CallRoles(know.entries("call_roles", CallRole))
