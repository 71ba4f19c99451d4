"""Files from which code loads further code, as far as their names can be computed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from witnessmark.facts.tables.code import CALLS
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import constant_arguments
from witnessmark.flow.graph import Ints
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.model.gap import Gap

MOST_PATHS = 8
CHAPTERS = ("takes", "keeps", "sends", "hides", "orders")
TEXTS = ("string", "derived")


def loaded_files(facts: Facts, calls: Ints) -> Iterator[Gap]:
    """A gap for each file named to the loaders in rows ``calls``; ``facts`` with `DERIVED_TEXTS`.

    Names are told as code spells them, with ``?`` for what is not known.
    """
    places: dict[str, set[int]] = defaultdict(set)
    wanted = set(calls.tolist())
    arguments = constant_arguments(facts, calls)
    for call, position, kind, text in arguments.rows("call", "position", "kind", "text"):
        if position == 0 and kind in TEXTS:
            places[text].add(call)
    for call, position, text in facts.table(DERIVED_TEXTS).rows("call", "position", "text"):
        if call in wanted and position == 0:
            places[text].add(call)
    method = facts.table(CALLS)["method"]
    for text in sorted(places)[:MOST_PATHS]:
        where = facts.method_signature(min(int(method[call]) for call in places[text]))
        yield Gap(f"code loaded from {text}", f"{where} loads it; it is not read here", CHAPTERS)
