"""The scorer of flows: what counts as found, missed, wrong, and what does not count."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from labelled.flow_score import App, End, Flow, read_answers, score

HERE = Path(__file__).parent / "flows"
SOURCE = End((("a.Phone", "id"),), "app.Main", "read")


def end(owner: str, method: str, in_class: str = "app.Main", in_method: str = "send") -> End:
    return End(((owner, method),), in_class, in_method)


def app(*, traps: bool = False) -> App:
    listed = App("one.apk", expected=[[Flow(SOURCE, end("a.Net", "post"))]])
    if traps:
        listed.traps.append(Flow(SOURCE, end("a.Log", "d")))
    return listed


def test_the_same_flow_is_found_and_nothing_is_wrong() -> None:
    total = score({"x": app()}, {"x": [Flow(SOURCE, end("a.Net", "post"))]}, "strict")
    assert (total.found, total.missed, total.wrong) == (1, [], [])


def test_another_place_is_missed_in_strict_and_found_in_loose() -> None:
    told = {"x": [Flow(SOURCE, end("a.Net", "post", in_method="other"))]}
    strict, loose = (score({"x": app()}, told, view) for view in ("strict", "loose"))
    assert (strict.found, len(strict.missed), len(strict.wrong)) == (0, 1, 1)
    assert (loose.found, loose.missed, loose.wrong) == (1, [], [])


def test_an_inherited_method_may_be_told_as_the_apps_own() -> None:
    told = {"x": [Flow(SOURCE, end("app.Main", "post"))]}
    assert score({"x": app()}, told, "strict").found == 1


def test_an_open_table_counts_only_traps_as_wrong() -> None:
    told = {"x": [Flow(SOURCE, end("a.Log", "d")), Flow(SOURCE, end("a.File", "write"))]}
    total = score({"x": app(traps=True)}, told, "strict", is_open=True)
    assert (len(total.wrong), total.unlisted) == (1, 1)


def test_tolerated_flows_do_not_count() -> None:
    listed = App("one.apk", tolerated=[Flow(SOURCE, end("a.Net", "post"))])
    told = {"x": [Flow(SOURCE, end("a.Net", "post"))]}
    for view in ("strict", "loose", "app"):
        total = score({"x": listed}, told, view)
        assert (total.found, total.missed, total.wrong) == (0, [], [])


def test_a_silent_app_that_is_said_to_leak_is_wrong() -> None:
    told = {"x": [Flow(SOURCE, end("a.Net", "post"))]}
    assert score({"x": App("silent.apk")}, told, "app").wrong == ["silent.apk"]
    assert score({"x": app()}, {}, "app").missed == ["one.apk"]


@pytest.mark.parametrize("path", sorted(HERE.glob("*.csv")), ids=lambda path: path.stem)
def test_answers_are_whole(path: Path) -> None:
    apps = read_answers(path)
    assert any(one.expected for one in apps.values())
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            assert len(row["apk_sha256"]) == 64
            assert row["kind"] in {"expected", "tolerated", "trap", "non-leak", "none"}
            ends = [row[f"{e}_{p}"] for e in ("source", "sink") for p in ("class", "method")]
            assert row["kind"] == "none" or all(ends)
