"""Flows of one app as a file: one object with the app's hash, its flows, and what was not followed.

The form is that of `docs/reference/flows.md`; calls, places and steps carry names, not rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from witnessmark.facts.view import Facts
from witnessmark.flow.build import build_flow
from witnessmark.flow.taint.find import find_flows
from witnessmark.flow.taint.follow import libraries, platform_packages
from witnessmark.flow.taint.results import FoundFlow
from witnessmark.knowledge.flows import FlowKnowledge

FORMAT = "witnessmark-flows/1"


def flow_listing(
    facts: Facts, sha256: str, know: FlowKnowledge, *, implicit: bool = False
) -> tuple[int, bytes]:
    """How many flows there are, and the file; ``facts`` without the tables of flow."""
    flow = build_flow(facts)
    facts = facts.with_tables(flow.tables)
    found = find_flows(
        facts,
        flow.program,
        know,
        platform_packages(),
        libraries=libraries(facts),
        implicit=implicit,
        wide=True,
    )
    content = {
        "format": FORMAT,
        "apk_sha256": sha256,
        "flows": [_told(facts, one) for one in found.found],
        "gaps": [{"at": gap.at, "why": gap.why} for gap in found.gaps],
    }
    text = json.dumps(content, indent=1, ensure_ascii=False)
    return len(found.found), f"{text}\n".encode()


def _told(facts: Facts, flow: FoundFlow) -> dict[str, Any]:
    source, sink = flow.source, flow.sink
    return {
        "source": {
            "class": source.owner,
            "method": source.member,
            "in_class": facts.method_class(source.method),
            "in_method": facts.method_name(source.method),
            "pc": source.pc,
            "kind": source.kind,
            "categories": list(source.categories),
        },
        "sink": {
            "class": sink.owner,
            "method": sink.member,
            "in_class": facts.method_class(sink.method),
            "in_method": facts.method_name(sink.method),
            "pc": sink.pc,
            "channel": sink.channel,
            "to": sorted(set(flow.to)),
        },
        "implicit": source.implicit,
        "steps": list(_steps(facts, flow)),
        "reached_by": [facts.method_signature(row) for row in flow.chain],
    }


def _steps(facts: Facts, flow: FoundFlow) -> Iterator[dict[str, Any]]:
    for one in flow.steps():
        yield {"method": facts.method_signature(one.method), "pc": one.pc, "moves": one.moves}
