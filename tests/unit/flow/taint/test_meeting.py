"""States that arrive one after another, met whole or only in what changed since the last."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from witnessmark.flow.taint.store import Changes, Store
from witnessmark.flow.taint.values import NOTHING, Obj, number

OBJECTS = [Obj(number, (number, 0), symbolic=number == 2) for number in range(4)]
VALUES = [NOTHING, *map(number, range(3))]

fields = st.dictionaries(st.sampled_from([1, 2, "*"]), st.sampled_from(VALUES), max_size=3)
states = st.lists(
    st.dictionaries(st.sampled_from(range(4)), fields, max_size=4), min_size=1, max_size=6
)


def _store(shared: dict[int, dict[Any, Any]]) -> Store:
    bottom = Store(None, frozenset())
    stage = Store(bottom, frozenset())
    stage.now = {OBJECTS[number]: found for number, found in shared.items()}
    return Store(stage, frozenset())


@given(fields, states, st.data())
def test_meeting_what_changed_is_meeting_all(
    shared: dict[Any, Any],
    arriving: list[dict[int, dict[Any, Any]]],
    data: st.DataObject,
) -> None:
    """Fields that stay the same object between two states are what the short way leaves out."""
    whole, short = _store({0: shared}), _store({0: shared})
    first = _changes(arriving[0])
    met, met_short, last = dict(first), dict(first), first
    for place, state in enumerate(arriving[1:], 1):
        now = _changes(state)
        for obj in [obj for obj in last if data.draw(st.booleans(), label=f"kept {place}")]:
            now[obj] = last[obj]
        whole.meet(met, now)
        short.meet(met_short, now, since=last)
        assert _plain(met_short) == _plain(met)
        assert {o: set(f) for o, f in short.reads.items()} == {
            o: set(f) for o, f in whole.reads.items()
        }
        last = now


def _changes(state: dict[int, dict[Any, Any]]) -> Changes:
    return {OBJECTS[number]: dict(found) for number, found in state.items()}


def _plain(changes: Changes) -> dict[Obj, dict[object, frozenset[object]]]:
    return {
        obj: {field: frozenset(value.atoms) for field, value in found.items()}
        for obj, found in changes.items()
    }
