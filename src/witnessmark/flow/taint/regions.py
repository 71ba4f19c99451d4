"""Which blocks a branch decides about: control dependence.

Source: J. Ferrante, K. Ottenstein, J. Warren, The program dependence graph and its use in
optimization, 1987; post-dominators by K. Cooper, T. Harvey, K. Kennedy, A simple, fast dominance
algorithm, 2001.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from witnessmark.flow.taint.body import Body

_END = -2


@lru_cache(maxsize=256)
def regions(body: Body) -> Mapping[int, tuple[int, ...]]:
    """Blocks that run or not depending on how the block that is the key ends."""
    followers = {start: list(after) or [_END] for start, after in body.followers.items()}
    sets = _postdominators(followers)
    found: dict[int, tuple[int, ...]] = {}
    for start, after in followers.items():
        if len(after) < 2:
            continue
        decided: set[int] = set()
        for first in after:
            decided |= _until(followers, first, sets[start] - {start})
        found[start] = tuple(sorted(decided))
    return found


def _postdominators(followers: Mapping[int, list[int]]) -> dict[int, frozenset[int]]:
    every = frozenset((*followers, _END))
    sets = dict.fromkeys(followers, every)
    sets[_END] = frozenset((_END,))
    changed = True
    while changed:
        changed = False
        for start in sorted(followers, reverse=True):
            common = frozenset.intersection(*(sets[after] for after in followers[start]))
            new = common | {start}
            if new != sets[start]:
                sets[start] = new
                changed = True
    return sets


def _until(followers: Mapping[int, list[int]], first: int, stops: frozenset[int]) -> set[int]:
    seen: set[int] = set()
    stack = [first]
    while stack:
        at = stack.pop()
        if at in seen or at in stops or at == _END:
            continue
        seen.add(at)
        stack.extend(followers.get(at, ()))
    return seen
