"""The suite of small cases in ``tests/apps/flows``: what flows there, and what only looks so."""

from __future__ import annotations

import csv
import hashlib
import shutil
from functools import cache
from pathlib import Path

import pytest

from labelled.flow_score import App, End, Flow, Score, read_answers, read_reports, score
from witnessmark.facts.build import build_facts
from witnessmark.facts.tables.code import CALLS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.package.open import open_input
from witnessmark.pipeline import write_flows

SUITE = Path(__file__).resolve().parents[3] / "apps" / "flows"
WHOLE, SHRUNK = SUITE / "flows.apk", SUITE / "flows-r8.apk"
CASES = "org.example.flows."


@cache
def facts() -> Facts:
    return build_facts(open_input([WHOLE]))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def answers() -> App:
    (app,) = read_answers(SUITE / "expected.csv", "suite").values()
    return app


def reports(path: Path, out: Path) -> list[Flow]:
    write_flows([path], out)
    return read_reports(out)[sha256(path)]


def known(kind: str) -> set[str]:
    """What the suite's list of known faults allows."""
    with (SUITE / "known.csv").open(encoding="utf-8", newline="") as lines:
        return {row["flow"] for row in csv.DictReader(lines) if row["kind"] == kind}


def without_case(lines: list[str]) -> set[str]:
    return {line.partition(": ")[2] for line in lines}


def test_answers_name_methods_and_calls_that_are_there() -> None:
    here = {
        (facts().method_class(row), facts().method_name(row))
        for row in range(len(facts().table(METHODS)))
    }
    calls: dict[tuple[str, str], set[str]] = {}
    for row, target in facts().table(CALLS).rows("method", "callee"):
        place = (facts().method_class(row), facts().method_name(row))
        calls.setdefault(place, set()).add(facts().method_name(target))
    app = answers()
    flows = [one for ways in app.expected for one in ways] + app.traps + app.tolerated
    assert flows
    for end in {end for flow in flows for end in (flow.source, flow.sink)}:
        assert (end.in_class, end.in_method) in here, end
    for ways in app.expected:
        for ends in ([way.source for way in ways], [way.sink for way in ways]):
            assert any(
                end.calls[0][1] in {end.in_method, *calls.get((end.in_class, end.in_method), ())}
                for end in ends
            ), ends[0]


def test_what_flows_is_found_and_nothing_else(tmp_path: Path) -> None:
    total = score({"suite": answers()}, {"suite": reports(WHOLE, tmp_path)}, "strict")
    missed, wrong = without_case(total.missed), without_case(total.wrong)
    assert missed - known("missed") == set()
    assert wrong - known("wrong") == set()


def test_the_source_tells_the_same(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    for part in ("src", "res"):
        shutil.copytree(SUITE / part, tree / part)
    shutil.copyfile(SUITE / "AndroidManifest.xml", tree / "AndroidManifest.xml")
    whole = by_case({"suite": answers()}, reports(WHOLE, tmp_path / "whole"))
    write_flows([tree], tmp_path / "source")
    (seen,) = read_reports(tmp_path / "source").values()
    lost = set(by_case({"suite": answers()}, seen).missed) - set(whole.missed)
    assert lost - known("lost in source") == set()


def test_shrinking_and_renaming_changes_little(tmp_path: Path) -> None:
    whole = by_case({"suite": answers()}, reports(WHOLE, tmp_path / "whole"))
    shrunk = by_case({"suite": answers()}, reports(SHRUNK, tmp_path / "shrunk"))
    lost = set(shrunk.missed) - set(whole.missed)
    assert lost - known("lost when shrunk") == set()


def by_case(apps: dict[str, App], seen: list[Flow]) -> Score:
    """A view for code whose methods were merged and moved: names of calls, and the case of an end.
    Calls may be named after a class above, to which a shrinker binds them.
    """
    total = Score()
    told = {(called(flow), name) for flow in seen for name in (case(flow.source), case(flow.sink))}
    for ways in apps["suite"].expected:
        found = any((called(way), case(way.source)) in told for way in ways)
        if found:
            total.found += 1
        else:
            total.missed.append(str(ways[0]))
    return total


def called(flow: Flow) -> tuple[str, str]:
    return flow.source.calls[0][1], flow.sink.calls[0][1]


def case(end: End) -> str:
    return end.in_class.removeprefix(CASES).partition("$")[0]


@pytest.mark.parametrize("path", [WHOLE, SHRUNK], ids=["whole", "shrunk"])
def test_two_runs_agree(path: Path, tmp_path: Path) -> None:
    runs = []
    for name in ("one", "two"):
        write_flows([path], tmp_path / name)
        (written,) = (tmp_path / name).rglob("*.json")
        runs.append(written.read_bytes())
    assert runs[0] == runs[1]
