"""Where the value of a setting comes from: what code puts under the key that another part reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from witnessmark.analyses.bounded import first
from witnessmark.analyses.sends._machine import RequestMachine
from witnessmark.analyses.sends._origins import Origins, phrases
from witnessmark.facts.tables.code import CALLS
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import constant_arguments
from witnessmark.flow.values.cells import known_cells
from witnessmark.flow.values.paths import FuelError

MOST_METHODS = 40


def set_from(
    app: Facts, machine: RequestMachine, origins: Origins, keys: Iterable[str]
) -> Mapping[str, list[str]]:
    """Phrases by key: where what is put under it comes from."""
    wanted = set(keys)
    if not wanted:
        return {}
    sent = list(machine.sent)
    for method in _putting(app, wanted):
        try:
            machine.run_root(method)
        except FuelError:
            continue
    machine.sent[:] = sent
    found: dict[str, list[str]] = {}
    for (_, key), texts in machine.cells.given.items():
        if key in wanted:
            told = [origin for text in texts for origin in origins.of_text(text)]
            found.setdefault(key, []).extend(phrases(told))
    return {key: list(dict.fromkeys(told)) for key, told in found.items()}


def _putting(app: Facts, keys: set[str]) -> Sequence[int]:
    """Methods that put something under one of the keys."""
    places: dict[int, int] = {}
    for name, cell in known_cells().items():
        owner, _, member = name.partition("->")
        if cell.access == "put":
            for call in app.calls_to(owner[1:-1].replace("/", "."), member):
                places[call] = cell.key
    given = constant_arguments(app, sorted(places))
    calls = app.table(CALLS)
    found = {
        int(calls["method"][call])
        for call, position, text in given.rows("call", "position", "text")
        if position == places[call] and text in keys
    }
    what, hides = "methods that put settings", ("sends/request",)
    return first(app, sorted(found), MOST_METHODS, what, "sends/request", hides)
