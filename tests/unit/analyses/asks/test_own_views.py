"""Views of an app's own that hold an input: each use has its label, hint and name of its own."""

from __future__ import annotations

from unit.analyses.asks.trees import fields_of


def test_answers_of_two_views_of_one_class_go_under_their_own_names() -> None:
    told = fields_of("own_views")
    name, number = told["item_name"], told["item_sfzh"]
    assert (name["label"], name["hint"], name["bound_to"]) == ("姓名", "请输入姓名", "xm")
    assert (number["label"], number["hint"]) == ("身份证号", "请输入身份证号")
    assert number["bound_to"] == "sfzh"


def test_fields_of_included_layouts_and_wrappers() -> None:
    told = fields_of("own_views")
    assert (told["et_value"]["label"], told["et_value"]["bound_to"]) == ("宗教信仰", "zjxy")
    assert (told["et_gzdw"]["label"], told["et_gzdw"]["bound_to"]) == ("工作单位", "gzdw")
