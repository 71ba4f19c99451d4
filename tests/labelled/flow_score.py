"""Score reported flows against tables of answers.

``python tests/labelled/flow_score.py RESULTS ANSWERS.csv [--open] [--list] [--json]
[--skip TAG,...] [--ran]``

RESULTS is a folder with one JSON file an app, as ``witnessmark flows PATH --out RESULTS`` writes
it: ``apk_sha256`` and ``flows``, each with ``source`` and ``sink`` of ``class``, ``method`` (what
is called), ``in_class`` and ``in_method`` (the method of the app that calls it).

A row of ANSWERS is a flow of one app (columns of the same names, with ``source_`` and ``sink_``
before them) and its ``kind``: ``expected``; ``tolerated``, never counted; ``trap`` (or
``non-leak``), which must not be reported; ``none`` for an app without flows. Rows with the same
number in column ``flow`` are one flow that may be told in several ways; ``alt_sources`` and
``alt_sinks`` name calls that stand for the same end.

Three views: ``strict`` compares calls and the methods around them, ``loose`` the calls only,
``app`` whether anything leaks at all. A report that fits no row is wrong, but with ``--open``
(tables that do not claim to list everything) only a report that fits a trap is. ``--skip`` leaves
out apps with one of these tags or of one of these categories, ``--ran`` apps without a result.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

VIEWS = ("strict", "loose", "app")
LIBRARIES = ("android.support.", "androidx.", "com.google.android.gms.")
"""Code that apps bundle; reports with both ends in it are left aside, as answers are about apps."""

TRAPS = ("trap", "non-leak")
ANY = "*"


@dataclass(frozen=True, slots=True)
class End:
    """A call, and the class and method of the app that make it; classes with dots."""

    calls: tuple[tuple[str, str], ...]
    in_class: str
    in_method: str

    def fits(self, seen: End, *, strict: bool) -> bool:
        """Whether a reported end is this one. A method that the app's class inherits may be
        reported as its own.
        """
        if strict and ANY not in self.in_class:
            here = (self.in_class, self.in_method)
            if here != (seen.in_class, seen.in_method):
                return False
        owner, method = seen.calls[0]
        if (owner, method) in self.calls or (ANY, ANY) in self.calls:
            return True
        inherited = bool(owner) and f"{seen.in_class}$".startswith(f"{owner}$")
        return inherited and any(name == method for _, name in self.calls)


@dataclass(frozen=True, slots=True)
class Flow:
    """From one end to the other."""

    source: End
    sink: End

    def fits(self, seen: Flow, *, strict: bool) -> bool:
        """Whether a reported flow is this one."""
        return self.source.fits(seen.source, strict=strict) and self.sink.fits(
            seen.sink, strict=strict
        )

    def key(self, *, strict: bool) -> tuple[object, ...]:
        """What two flows share that a view does not tell apart."""
        if strict:
            return (self.source, self.sink)
        return (self.source.calls, self.sink.calls)

    def __str__(self) -> str:
        ends = (self.source, self.sink)
        told = (f"{'.'.join(e.calls[0])} in {e.in_class}.{e.in_method}" for e in ends)
        return " -> ".join(told)


@dataclass(slots=True)
class App:
    """Answers about one app; each expected flow in all ways in which it may be told."""

    name: str
    tags: frozenset[str] = frozenset()
    expected: list[list[Flow]] = field(default_factory=list)
    tolerated: list[Flow] = field(default_factory=list)
    traps: list[Flow] = field(default_factory=list)


@dataclass(slots=True)
class Score:
    """Counts of one view; ``missed`` and ``wrong`` say which."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    unlisted: int = 0

    @property
    def precision(self) -> float:
        told = self.found + len(self.wrong)
        return self.found / told if told else 1.0

    @property
    def recall(self) -> float:
        wanted = self.found + len(self.missed)
        return self.found / wanted if wanted else 1.0


def read_answers(path: Path, sha256: str = "") -> dict[str, App]:
    """Apps by SHA-256 of their file; ``sha256`` is that of rows which name none."""
    apps: dict[str, App] = {}
    ways: dict[tuple[str, str], list[Flow]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            sha = row.get("apk_sha256", sha256).lower()
            name = row.get("apk_path") or row.get("app") or row.get("case") or sha
            tags = frozenset((row.get("tags") or "").split("+")) | {row.get("category") or ""}
            app = apps.setdefault(sha, App(name, tags))
            if row["kind"] == "none":
                continue
            flow = Flow(_wanted(row, "source"), _wanted(row, "sink"))
            if row["kind"] == "expected":
                key = (sha, row.get("flow") or f"row {number}")
                if key not in ways:
                    app.expected.append(ways.setdefault(key, []))
                ways[key].append(flow)
            else:
                (app.traps if row["kind"] in TRAPS else app.tolerated).append(flow)
    return apps


def _wanted(row: Mapping[str, str], end: str) -> End:
    calls = [(row[f"{end}_class"], _name(row[f"{end}_method"]))]
    for other in filter(None, (row.get(f"alt_{end}s") or "").split("|")):
        owner, _, method = other.rpartition(".")
        calls.append((owner, _name(method)))
    return End(tuple(calls), row[f"{end}_in_class"], _name(row[f"{end}_in_method"]))


def _name(method: str) -> str:
    return method.partition("(")[0]


def read_reports(folder: Path) -> dict[str, list[Flow]]:
    """Reported flows by SHA-256 of the app."""
    found: dict[str, list[Flow]] = {}
    for path in sorted(folder.rglob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        flows = [Flow(_seen(flow["source"]), _seen(flow["sink"])) for flow in told["flows"]]
        own = [one for one in flows if not (_bundled(one.source) and _bundled(one.sink))]
        found.setdefault(str(told["apk_sha256"]).lower(), []).extend(own)
    return found


def _bundled(end: End) -> bool:
    return end.in_class.startswith(LIBRARIES)


def _seen(end: Mapping[str, str]) -> End:
    return End(
        ((_dotted(end["class"]), _name(end["method"])),),
        _dotted(end["in_class"]),
        _name(end["in_method"]),
    )


def _dotted(name: str) -> str:
    if name.startswith("L") and name.endswith(";"):
        name = name[1:-1]
    return name.replace("/", ".")


def score(
    apps: Mapping[str, App], reports: Mapping[str, list[Flow]], view: str, *, is_open: bool = False
) -> Score:
    """One view over all apps of the answers."""
    total = Score()
    for sha, app in apps.items():
        seen = reports.get(sha, [])
        if view == "app":
            _score_app(total, app, seen, is_open=is_open)
        else:
            _score_flows(total, app, seen, strict=view == "strict", is_open=is_open)
    return total


def _score_flows(
    total: Score, app: App, seen: Iterable[Flow], *, strict: bool, is_open: bool
) -> None:
    told = {flow.key(strict=strict): flow for flow in seen}
    expected = {tuple(way.key(strict=strict) for way in ways): ways for ways in app.expected}
    for ways in expected.values():
        if any(way.fits(one, strict=strict) for way in ways for one in told.values()):
            total.found += 1
        else:
            total.missed.append(f"{app.name}: {ways[0]}")
    for one in told.values():
        if any(way.fits(one, strict=strict) for ways in expected.values() for way in ways):
            continue
        if any(flow.fits(one, strict=strict) for flow in app.tolerated):
            continue
        if is_open and not any(trap.fits(one, strict=strict) for trap in app.traps):
            total.unlisted += 1
        else:
            total.wrong.append(f"{app.name}: {one}")


def _score_app(total: Score, app: App, seen: Iterable[Flow], *, is_open: bool) -> None:
    counted = [
        one for one in seen if not any(flow.fits(one, strict=True) for flow in app.tolerated)
    ]
    if app.expected and counted:
        total.found += 1
    elif app.expected:
        total.missed.append(app.name)
    elif counted and not is_open and not app.tolerated:
        total.wrong.append(app.name)


def _lines(scores: Mapping[str, Score], *, listed: bool) -> Iterator[str]:
    yield f"{'view':8}{'found':>7}{'missed':>8}{'wrong':>7}{'unlisted':>10}{'precision':>11}{'recall':>8}"
    for view, one in scores.items():
        counts = f"{one.found:7}{len(one.missed):8}{len(one.wrong):7}{one.unlisted:10}"
        yield f"{view:8}{counts}{one.precision:11.3f}{one.recall:8.3f}"
    if listed:
        yield from (f"missed {what}" for what in scores["strict"].missed)
        yield from (f"wrong  {what}" for what in scores["strict"].wrong)


def main() -> None:
    """Print the three views."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("results", type=Path)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--open", action="store_true", help="the answers do not list everything")
    parser.add_argument("--list", action="store_true", help="say what is missed and wrong")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--skip", default="", help="tags and categories, with commas between")
    parser.add_argument("--ran", action="store_true", help="only apps that have a result")
    asked = parser.parse_args()
    reports, skipped = read_reports(asked.results), frozenset(asked.skip.split(",")) - {""}
    apps = {
        sha: app
        for sha, app in read_answers(asked.answers).items()
        if not app.tags & skipped and (sha in reports or not asked.ran)
    }
    scores = {view: score(apps, reports, view, is_open=asked.open) for view in VIEWS}
    if asked.json:
        told = {
            view: {"found": one.found, "missed": one.missed, "wrong": one.wrong,
                   "precision": one.precision, "recall": one.recall}
            for view, one in scores.items()
        }  # fmt: skip
        sys.stdout.write(json.dumps(told, indent=1) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(scores, listed=asked.list))


if __name__ == "__main__":
    main()
