"""The knowledge pack ``call_roles`` as code below analyses asks it: owners by role and member."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from functools import cache

from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.call_roles import CallRole, Role

NOBODY: Mapping[str, Set[str]] = {}


def plays(facts: Facts, role: Role, callee: int) -> bool:
    """Whether a method, as named, is one of those of a role."""
    owners = _roles().get(role, NOBODY).get(facts.method_name(callee))
    return owners is not None and facts.method_class(callee) in owners


def players(role: Role) -> Iterator[tuple[str, str]]:
    """Owners, with dots, and names of the members of a role, in order."""
    for name, owners in sorted(_roles().get(role, NOBODY).items()):
        yield from ((owner, name) for owner in sorted(owners) if name)


def classes(role: Role) -> tuple[str, ...]:
    """Classes, with dots, that play a role themselves, in order."""
    return tuple(sorted(_roles().get(role, NOBODY).get("", ())))


@cache
def _roles() -> Mapping[Role, Mapping[str, Set[str]]]:
    found: dict[Role, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in load(("call_roles",)).entries("call_roles", CallRole):
        for name in one.members or ("",):
            found[one.role][name].add(one.owner)
    return {role: dict(members) for role, members in found.items()}
