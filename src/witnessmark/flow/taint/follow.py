"""Flows as a table for the analyses, with bounds that keep them cheap beside the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
from witnessmark.model.gap import Gap
from witnessmark.model.table import Table

BESIDE_ALL_ELSE = Limits(steps=500_000, steps_a_root=150_000, steps_a_callback=100_000)
"""Bounds for an app that is examined as a whole; `flows` goes on for longer."""


MOST_NAMED = 8
"""Methods that a gap names; more are counted."""


@dataclass(frozen=True, slots=True)
class Followed:
    """The table `FLOWS`, and what was not followed to the end."""

    table: Table
    gaps: tuple[Gap, ...]


def follow_data(facts: Facts, program: Program, know: FlowKnowledge) -> Followed:
    """The flows of an app whose tables hold those of `flow.build`."""
    found = find_flows(
        facts,
        program,
        know,
        platform_packages(),
        libraries=libraries(facts),
        limits=BESIDE_ALL_ELSE,
    )
    return Followed(flows_table(found.found), tuple(_together(found.gaps)))


def _together(gaps: Sequence[Gap]) -> Iterator[Gap]:
    """One gap for each reason, with the first methods by name."""
    by_reason: dict[str, list[str]] = {}
    for gap in gaps:
        by_reason.setdefault(gap.why, []).append(gap.at)
    for why, names in by_reason.items():
        named = ", ".join(map(_plain, names[:MOST_NAMED]))
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        count = f"{len(names)} {'method' if len(names) == 1 else 'methods'}"
        yield Gap(
            f"{named}{more}",
            f"{why} ({count}); the command flows goes on for longer and lists them all",
            ("sends",),
        )


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
