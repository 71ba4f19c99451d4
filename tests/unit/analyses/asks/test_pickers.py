"""Rows that open a picker, dialog or screen are fields; rows that only show something are none."""

from __future__ import annotations

from unit.analyses.asks.trees import fields_of


def test_each_way_to_pick_is_a_field_and_what_is_shown_is_none() -> None:
    told = fields_of("pickers")
    bound = {name: subject["bound_to"] for name, subject in told.items()}
    assert bound == {
        "tv_nation": "mz", "tv_birth": "csrq", "tv_edu": "whcd", "tv_marry": "hyzk",
        "tv_area": "hjd", "tv_rel": "yhzgx", "tv_faith": "zjxy", "tv_unit": "dw",
    }  # fmt: skip
    choices = {
        name: [choice["label"] for choice in subject["choices"]] for name, subject in told.items()
    }
    assert choices["tv_nation"] == ["汉族", "维吾尔族"]
    assert choices["tv_edu"] == ["小学", "初中", "高中"]
    assert choices["tv_unit"] == []
    assert choices["tv_faith"] == ["无", "伊斯兰教", "佛教"]
    assert told["tv_birth"]["label"] == "出生日期"
