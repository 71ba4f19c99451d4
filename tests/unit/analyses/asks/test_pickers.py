"""Rows that open a picker, dialog or screen are fields; rows that only show something are none."""

from __future__ import annotations

from pathlib import Path

from witnessmark import pipeline
from witnessmark.analyses.catalogue import catalogue
from witnessmark.analyses.runner import run_analyses
from witnessmark.knowledge.load import load

TREE = Path(__file__).with_name("pickers")


def test_each_way_to_pick_is_a_field_and_what_is_shown_is_none() -> None:
    facts = pipeline.read_app([TREE])
    chosen = [one for one in catalogue() if one.id == "asks/field" or one.writes]
    results = run_analyses(facts, load({pack for one in chosen for pack in one.knows}), chosen)
    assert results.crashes == ()
    told = {
        str(one.subject["name"]): one.subject
        for listed in results.by_analysis.values()
        for one in listed
        if one.kind == "asks.field"
    }
    bound = {name: subject["bound_to"] for name, subject in told.items()}
    assert bound == {
        "tv_nation": "mz", "tv_birth": "csrq", "tv_edu": "whcd", "tv_marry": "hyzk",
        "tv_area": "hjd", "tv_rel": "yhzgx", "tv_faith": "zjxy",
    }  # fmt: skip
    choices = {
        name: [choice["label"] for choice in subject["choices"]] for name, subject in told.items()
    }
    assert choices["tv_nation"] == ["汉族", "维吾尔族"]
    assert choices["tv_edu"] == ["小学", "初中", "高中"]
    assert choices["tv_faith"] == ["无", "伊斯兰教", "佛教"]
    assert told["tv_birth"]["label"] == "出生日期"
