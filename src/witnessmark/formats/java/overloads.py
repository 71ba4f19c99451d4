"""Which of several methods of one name a call means.

Source: The Java Language Specification, SE 17, 15.12.2: by number of arguments, strict before
loose before variable arity, then the most specific one.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from witnessmark.formats.java.members import ABSTRACT, MethodInfo
from witnessmark.formats.java.types import Type, substituted
from witnessmark.formats.java.world import BOXING, UNFIT, World, bindings, fitness


class Chosen(Struct, frozen=True):
    """A method, its types as seen from the receiver, and whether arguments go into an array."""

    method: MethodInfo
    parameters: tuple[Type, ...]
    returned: Type
    as_array: bool


def choose(
    world: World, candidates: Sequence[tuple[MethodInfo, Type]], given: Sequence[Type | None]
) -> Chosen | None:
    """The method that fits best; None where none fits or types do not tell which.

    Where arguments of unknown types leave several, one that is the only one with that
    number of parameters counts.
    """
    ranked: list[tuple[tuple[int, int], Chosen]] = []
    for method, seen in candidates:
        info = world.info(seen.desc)
        bound = bindings(info, seen) if info is not None else {}
        kinds = tuple(substituted(one, bound) for one in method.parameters)
        returned = substituted(method.returned, bound)
        if len(kinds) == len(given):
            fits = [fitness(world, one, kind) for one, kind in zip(given, kinds, strict=True)]
            if UNFIT not in fits:
                phase = 2 if BOXING not in fits else 1
                ranked.append(((phase, sum(fits)), Chosen(method, kinds, returned, False)))
        if method.is_variable and _spread_fits(world, kinds, given):
            ranked.append(((0, 0), Chosen(method, kinds, returned, True)))
    if not ranked:
        return None
    best = max(rank for rank, _ in ranked)
    return _most_specific(world, [one for rank, one in ranked if rank == best])


def _spread_fits(world: World, kinds: Sequence[Type], given: Sequence[Type | None]) -> bool:
    fixed = len(kinds) - 1
    if len(given) < fixed:
        return False
    listed = [*kinds[:fixed], *[kinds[-1].element()] * (len(given) - fixed)]
    return all(fitness(world, one, kind) for one, kind in zip(given, listed, strict=True))


def _most_specific(world: World, found: Sequence[Chosen]) -> Chosen | None:
    if len(found) == 1:
        return found[0]
    for one in found:
        if all(_at_least_as_specific(world, one, other) for other in found):
            return one
    concrete = [one for one in found if not one.method.access & ABSTRACT]
    same = {tuple(kind.desc for kind in one.method.parameters) for one in found}
    if len(same) == 1:
        return (concrete or found)[0]
    return None


def _at_least_as_specific(world: World, one: Chosen, other: Chosen) -> bool:
    pairs = zip(one.method.parameters, other.method.parameters, strict=False)
    return len(one.method.parameters) == len(other.method.parameters) and all(
        mine.desc == theirs.desc or fitness(world, mine, theirs) > UNFIT + 1
        for mine, theirs in pairs
    )
