"""Servers whose address is set at run time: requests with a hole where the host stands."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from witnessmark.analyses.sends._tell import request_evidence
from witnessmark.analyses.sends._urls import in_clear
from witnessmark.analyses.tables import REQUESTS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.finding import Finding

BASE = kept_regex(r"(?:([a-z][\w+.-]*)://)?([^/?]*\{[^/?]*)")
OWN = ("own", "other")
MOST_QUOTED = 3
SETTING = ("what is kept under", "what is entered", "what another part")
"""Beginnings of origins that a person or another part of the app can set."""


def settable_servers(app: Facts) -> Iterator[Finding]:
    """One finding for each server address with a named hole, of the app's own requests."""
    groups: dict[str, list[int]] = defaultdict(list)
    columns = ("url", "host", "owner", "subject")
    for row, (url, host, owner, subject) in enumerate(app.table(REQUESTS).rows(*columns)):
        match = BASE.match(url)
        told = json.loads(subject)
        set_by = any(one.startswith(SETTING) for one in told["set_at_run_time"])
        if match is not None and not host and owner in OWN and set_by:
            groups[match[0]].append(row)
    for base in sorted(groups):
        yield _finding(app, base, groups[base])


def _finding(app: Facts, base: str, rows: list[int]) -> Finding:
    table = app.table(REQUESTS)
    subjects: list[dict[str, Any]] = [json.loads(str(table["subject"][row])) for row in rows]
    traces = [str(table["trace"][row]) for row in rows]
    origins = list(dict.fromkeys(one for told in subjects for one in told["set_at_run_time"]))
    settings = {
        key: said for told in subjects for key, said in told.get("settings_from", {}).items()
    }
    match = BASE.match(base)
    scheme = match[1] or "" if match else ""
    roots = sorted({root for trace in traces for root, _ in json.loads(trace)["roots"]})
    ports = {told["port"] for told in subjects}
    entered = list(dict.fromkeys(one for said in settings.values() for one in said))
    comes = f" It is set from {'; '.join(entered)}." if entered else ""
    return Finding(
        kind="sends.endpoint",
        subject={
            "url": base,
            "host": None,
            "port": ports.pop() if len(ports) == 1 else None,
            "scheme": scheme,
            "cleartext": in_clear(scheme),
            "private": None,
            "owner": "own",
            "requests": len(rows),
            "set_at_run_time": origins,
            "settings_from": settings,
        },
        says=f"The app sends to a server whose address is set at run time: {'; '.join(origins)}."
        f"{comes}",
        evidence=tuple(
            one for trace in traces[:MOST_QUOTED] for one in request_evidence(app, trace)[:3]
        ),
        strength="derived",
        reach=best_reach(app, roots),
        limits=("Which server that is, only a phone in use or its settings can tell.",),
        identity=base,
    )
