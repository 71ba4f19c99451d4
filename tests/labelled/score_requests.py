"""Score sends.request and sends.message against requests written by hand from source.

``python tests/labelled/score_requests.py NAME=CASE ...``: NAME as in ``requests.csv``, CASE a case of
that app. A request is found when channel, method (or operation) and path are told; its names count
one by one. Precision is asked of the app's own code only, as the truth is.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
OWN = ("own", "other")
WAYS = {"write": "CONNECT"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row of ``requests.csv``."""

    app: str
    channel: str
    method: str
    path: str
    names: frozenset[str]
    known: bool
    reached: bool


@dataclass(slots=True)
class Score:
    """Counts of one app."""

    wanted: int = 0
    found: int = 0
    told: int = 0
    right: int = 0
    names_wanted: int = 0
    names_found: int = 0
    names_told: int = 0
    servers: int = 0
    reached: int = 0

    def line(self, name: str) -> str:
        """One row of the table."""
        return (
            f"| {name} | {self.found} of {self.wanted} | {self.right} of {self.told} "
            f"| {self.names_found} of {self.names_wanted} | {self.names_found} of {self.names_told} "
            f"| {self.servers} of {self.found} | {self.reached} of {self.found} |"
        )


def wanted(app: str) -> Iterator[Wanted]:
    with (HERE / "requests.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["app"] == app:
                yield Wanted(
                    app, row["channel"], row["method"], row["path"],
                    frozenset(row["parameters"].split()), row["server"] == "known",
                    row["reached"] == "yes",
                )  # fmt: skip


def score(app: str, findings: Sequence[Mapping[str, Any]]) -> tuple[Score, list[str]]:
    told = [
        one
        for one in findings
        if one["kind"] in ("sends.request", "sends.message") and one["subject"]["owner"] in OWN
    ]
    score, notes = Score(), []
    used: set[int] = set()
    for want in wanted(app):
        score.wanted += 1
        score.names_wanted += len(want.names)
        hits = [number for number, one in enumerate(told) if _is(want, one)]
        used.update(hits)
        if not hits:
            notes.append(f"missed: {want.channel} {want.method} {want.path}")
            continue
        best = max((told[number] for number in hits), key=lambda one: len(_names(one) & want.names))
        score.found += 1
        score.names_found += len(_names(best) & want.names)
        score.names_told += len(_names(best))
        score.servers += bool(best["subject"]["host"]) == want.known
        score.reached += (best["reach"]["state"] == "reached") == want.reached
        if _names(best) != want.names:
            notes.append(f"names of {want.path}: {sorted(_names(best) ^ want.names)}")
    score.told, score.right = len(told), len(used)
    notes += [f"not in the truth: {one['says']}" for at, one in enumerate(told) if at not in used]
    return score, notes


def _is(want: Wanted, one: Mapping[str, Any]) -> bool:
    subject = one["subject"]
    if subject["channel"] != want.channel:
        return False
    if want.channel == "soap":
        return bool(subject.get("operation") == want.method and subject["path"] == want.path)
    if WAYS.get(want.method, want.method) != subject["method"]:
        return False
    path = subject["path"].rpartition("?/")[2]
    return bool(("/" + path).replace("//", "/") == want.path if want.path else not path.strip("?/"))


def _names(one: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(
        p["name"] for p in one["subject"]["parameters"] if p["in"] != "header"
    )  # fmt: skip


HEAD = (
    "| app | requests found | told, in the truth | names found | names right "
    "| server known or not, right | reach right |"
)


def main(arguments: Sequence[str]) -> None:
    lines, remarks = [HEAD, "|---|---|---|---|---|---|---|"], []
    for argument in arguments:
        name, _, case = argument.partition("=")
        document = json.loads((Path(case) / "findings.json").read_text(encoding="utf-8"))
        found, notes = score(name, document["findings"])
        lines.append(found.line(name))
        remarks += [f"{name}: {note}" for note in notes]
    sys.stdout.write("\n".join([*lines, "", *remarks, ""]))


if __name__ == "__main__":
    main(sys.argv[1:])
