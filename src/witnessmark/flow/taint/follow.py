"""Flows as a table for the analyses, with bounds that keep them cheap beside the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from witnessmark.facts.tables.manifest import APP
from witnessmark.facts.view import Facts
from witnessmark.flow.program import Program
from witnessmark.flow.taint.engine import Limits
from witnessmark.flow.taint.find import find_flows
from witnessmark.flow.taint.told import flows_table
from witnessmark.knowledge.flows import FlowKnowledge
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.namespaces import Namespace
from witnessmark.knowledge.packs.sdks import Sdk, within
from witnessmark.model.attempt import Attempt, plainly
from witnessmark.model.gap import Gap
from witnessmark.model.table import Table

BESIDE_ALL_ELSE = Limits(steps=500_000, steps_a_root=150_000, steps_a_callback=100_000)
"""Bounds for an app that is examined as a whole; `flows` goes on for longer."""


LONGER = "“witnessmark flows” goes on for longer and lists them all"

MOST_NAMED = 8
"""Methods that a gap names; more are counted."""


class Followed(NamedTuple):
    """The table `FLOWS`, and what was not followed to the end."""

    table: Table
    gaps: tuple[Gap, ...]


def follow_data(
    facts: Facts, program: Program, know: FlowKnowledge, attempt: Attempt = plainly
) -> Followed:
    """The flows of an app whose tables hold those of `flow.build`; ``attempt`` guards the work."""
    known = libraries(facts)
    found = find_flows(
        facts,
        program,
        know,
        platform_packages(),
        libraries=known,
        limits=BESIDE_ALL_ELSE,
        attempt=attempt,
    )
    return Followed(flows_table(found.found), tuple(_together(found.gaps, known)))


def _together(gaps: Sequence[Gap], known: Collection[str]) -> Iterator[Gap]:
    """One gap for each reason, with the first methods by name; those of ``known`` libraries last,
    as what is lost in the app's own code weighs more.
    """
    by_reason: dict[str, list[str]] = {}
    yield from (gap for gap in gaps if "->" not in gap.at)
    for gap in gaps:
        if "->" not in gap.at:
            continue
        by_reason.setdefault(gap.why, []).append(_plain(gap.at))
    for why, names in by_reason.items():
        own = [name for name in names if not _in_one_of(known, name)]
        listed = [*own, *(name for name in names if _in_one_of(known, name))]
        named = ", ".join(listed[:MOST_NAMED])
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        yield Gap(f"{named}{more}", f"{why} ({_count(len(names), len(own))}); {LONGER}", ("sends",))


def _in_one_of(known: Collection[str], name: str) -> bool:
    """Whether a method, with dots, is within one of the packages and classes ``known``."""
    ends = (at for at, letter in enumerate(name) if letter in ".$")
    return name in known or any(name[:at] in known for at in ends)


def _count(number: int, own: int) -> str:
    """``12 methods, 3 of them outside known libraries``."""
    methods = f"{number} {'method' if number == 1 else 'methods'}"
    if not own:
        return (
            f"{methods}, all of known libraries" if number > 1 else f"{methods} of a known library"
        )
    return methods if own == number else f"{methods}, {own} of them outside known libraries"


def _plain(method: str) -> str:
    """``La/B;->c(I)V`` as ``a.B.c``."""
    owner, _, member = method.partition("->")
    return f"{owner[1:-1].replace('/', '.')}.{member.partition('(')[0]}"


def platform_packages() -> tuple[str, ...]:
    """Packages of libraries of the platform, whose own reading and writing is not the app's."""
    spaces = load(("namespaces",)).entries("namespaces", Namespace)
    return tuple(space.prefix for space in spaces if space.kind == "platform")


def libraries(facts: Facts) -> frozenset[str]:
    """Packages and classes of known libraries, but those in whose name the app itself is."""
    known = (one for sdk in load(("sdks",)).entries("sdks", Sdk) for one in sdk.code)
    rows = facts.table(APP).rows("key", "value")
    package = next((str(value) for key, value in rows if key == "package"), "")
    return frozenset(one for one in known if not within(one, f"{package}."))
