"""What following data costs against the size of the code: a table and a picture.

::

    python benchmarks/flow_cost.py APP.apk ... --out DIR

For each app the CPU seconds of the flow step alone, after tables and call graph, with the bounds
of the command ``flows`` and with those of ``examine``. DIR gets ``flow-cost.md`` and
``flow-cost.svg``;
both axes of the picture are logarithmic, and the dashed line is linear growth.
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from witnessmark.facts.build import build_facts
from witnessmark.facts.tables.code import CALLS
from witnessmark.flow.build import build_flow
from witnessmark.flow.taint.engine import Limits
from witnessmark.flow.taint.find import find_flows
from witnessmark.flow.taint.follow import BESIDE_ALL_ELSE, libraries, platform_packages
from witnessmark.knowledge.flows import flow_knowledge
from witnessmark.package.open import open_input

WIDTH, HEIGHT, LEFT, BOTTOM = 640, 400, 60, 40


@dataclass(frozen=True, slots=True)
class Cost:
    """One app: call sites of its code, CPU seconds with either bound, flows found."""

    name: str
    calls: int
    alone: float
    beside: float
    flows: int


def main() -> None:
    """Measure and write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("apps", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    costs = sorted((_cost(app) for app in asked.apps), key=lambda one: one.calls)
    (asked.out / "flow-cost.md").write_text(_table(costs), encoding="utf-8")
    (asked.out / "flow-cost.svg").write_text(_picture(costs), encoding="utf-8")


def _cost(path: Path) -> Cost:
    facts = build_facts(open_input([path]), lambda _: None)
    flow = build_flow(facts)
    facts = facts.with_tables(flow.tables)
    know, platform, known = flow_knowledge(), platform_packages(), libraries(facts)
    seconds, found = [], 0
    for limits in (Limits(), BESIDE_ALL_ELSE):
        began = time.process_time()
        flows = find_flows(facts, flow.program, know, platform, libraries=known, limits=limits)
        seconds.append(time.process_time() - began)
        found = max(found, len(flows.found))
    cost = Cost(path.stem, len(facts.table(CALLS)), seconds[0], seconds[1], found)
    print(cost, flush=True)
    return cost


def _table(costs: Sequence[Cost]) -> str:
    rows = [
        f"| {one.name} | {one.calls:,} | {one.alone:.1f} | {one.beside:.1f} | {one.flows} |"
        for one in costs
    ]
    return "\n".join((
        "| app | call sites | `flows`, s | in `examine`, s | flows |",
        "|---|---|---|---|---|",
        *rows,
        "",
    ))  # fmt: skip


def _picture(costs: Sequence[Cost]) -> str:
    shown = [one for one in costs if one.calls]
    per_call = statistics.median(max(one.alone, 0.01) / one.calls for one in shown)
    low, high = 2.0, math.ceil(math.log10(max(one.calls for one in shown)))
    parts = [_text(LEFT, 16, "CPU seconds"), _text(WIDTH - 90, HEIGHT - 6, "call sites")]
    for power in range(int(low), high + 1):
        parts.append(_text(_x(10.0**power, low, high), HEIGHT - BOTTOM + 16, f"{10**power:,}"))
    for seconds in (0.01, 0.1, 1.0, 10.0, 100.0):
        y = _y(seconds)
        parts.append(f'<path d="M{LEFT} {y:.0f}H{WIDTH}" stroke="#ddd"/>')
        parts.append(_text(8, y + 4, f"{seconds:g}"))
    ends = [(10.0**power, per_call * 10.0**power) for power in (low, high)]
    line = " ".join(f"{_x(calls, low, high):.0f},{_y(cost):.0f}" for calls, cost in ends)
    parts.append(f'<polyline points="{line}" fill="none" stroke="#888" stroke-dasharray="4"/>')
    for one in shown:
        at = _x(one.calls, low, high)
        parts.append(f'<circle cx="{at:.0f}" cy="{_y(one.alone):.0f}" r="4" fill="#1b5566"/>')
        parts.append(
            f'<circle cx="{at:.0f}" cy="{_y(one.beside):.0f}" r="4" fill="none" stroke="#1b5566"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" font-size="12">{"".join(parts)}</svg>\n'
    )


def _x(calls: float, low: float, high: float) -> float:
    share = (math.log10(max(calls, 10.0**low)) - low) / (high - low)
    return LEFT + share * (WIDTH - LEFT - 20)


def _y(seconds: float) -> float:
    share = (math.log10(min(max(seconds, 0.01), 100)) + 2) / 4
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - 30)


def _text(x: float, y: float, words: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}">{words}</text>'


if __name__ == "__main__":
    main()
