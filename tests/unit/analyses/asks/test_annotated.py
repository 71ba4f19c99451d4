"""Screens, views and listeners that annotations name in place of calls; pickers of an app's own."""

from __future__ import annotations

from unit.analyses.asks.trees import books_of, fields_of, screens_of


def test_an_annotation_opens_the_screen_and_binds_its_views() -> None:
    told = fields_of("annotated")
    assert screens_of("annotated")["activity_register"]["opened_by"] == ["org.example.Register"]
    assert (told["edt_height"]["label"], told["edt_height"]["bound_to"]) == ("身高", "sg")


def test_a_picker_of_the_app_that_hands_over_a_text_gives_its_list() -> None:
    told = fields_of("annotated")
    choices = [choice["label"] for choice in told["tv_degree"]["choices"]]
    assert (told["tv_degree"]["label"], choices) == ("文化程度", ["小学", "初中", "高中"])
    assert told["tv_degree"]["bound_to"] == "whcd"


def test_texts_that_arrive_from_elsewhere_are_no_choices() -> None:
    assert not {"tv_news", "tv_notice"} & set(fields_of("annotated"))


def test_labels_are_of_their_own_row_and_no_words_of_buttons() -> None:
    told = fields_of("annotated")
    assert told["rg_party"]["label"] == "政治面貌"
    assert told["edt_owner"]["label"] == "房主姓名"
    assert told["edt_other"]["label"] == "其他证件"
    assert all(one["label"] not in ("返回", "（复用）") for one in told.values())


def test_tabs_are_no_answers_and_no_conditions() -> None:
    told = fields_of("annotated")
    assert "rg_tab" not in told
    assert "condition" not in told["edt_owner"]


def test_lists_are_called_what_the_field_that_offers_them_is_called() -> None:
    told = books_of("annotated")
    sorts = "The app sorts people by kind of person, as police sees them"
    assert f"{sorts}: “人员标签 (KindsPopup.list)” lists 5 values." in told
    assert any("文化程度 (" in says for says in told)


def test_a_list_that_a_field_keeps_is_one_and_other_lists_stay_silent() -> None:
    told = books_of("annotated")
    assert not any("steps" in says or "door" in says for says in told)
    book = next(one for one in told.values() if "KindsPopup" in str(one.subject["name"]))
    labels = [entry["label"] for entry in book.subject["entries"]]
    assert labels == ["无", "重点人员", "涉毒", "犯罪嫌疑人", "其他"]
