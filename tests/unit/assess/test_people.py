"""Findings of forms, tables and records get their categories, whose they are, and glosses."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from witnessmark.assess.people import APP, LEXICON, PACKS, tell_people
from witnessmark.knowledge.load import load
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original
from witnessmark.model.location import Location

KNOW = load(PACKS)
EVIDENCE = Evidence("a word", Location("0" * 64, (), 0, 1), "00")


def finding(kind: str, subject: dict[str, Any], *original: Original, **more: Any) -> Finding:
    return Finding(kind, subject, "Says so.", (EVIDENCE,), "read", original=original, **more)


def field(label: str, lang: str = "und", name: str = "", screen: str = "form") -> Finding:
    subject = {"screen": screen, "label": label, "hint": "", "name": name, "bound_to": ""}
    return finding("asks.field", subject, *([Original(label, lang)] if label else []))


def test_a_field_by_its_label() -> None:
    (told,) = tell_people([field("宗教信仰", "zh")], KNOW)
    assert (told.categories, told.special, told.about) == (("pd:Religion",), True, "unknown")
    assert told.original[0].gloss == "religious belief"
    assert told.original[0].gloss_from.startswith("own")


def test_a_field_without_words_by_its_name_among_its_neighbours() -> None:
    alone, *_ = tell_people([field("", name="xm")], KNOW)
    assert alone.categories == ()
    told, *_ = tell_people([field("", name="xm"), field("", name="sfzh")], KNOW)
    assert told.categories == ("pd:Name",)


def test_another_screen_is_no_context() -> None:
    told, *_ = tell_people([field("", name="xm"), field("", name="sfzh", screen="b")], KNOW)
    assert told.categories == ()


def test_whose_fact_a_field_is() -> None:
    (told,) = tell_people([field("父亲姓名", "zh")], KNOW)
    assert told.about == "third_person"


def test_columns_of_a_table() -> None:
    columns: list[dict[str, Any]] = [
        {"name": name, "type": "TEXT", "categories": []} for name in ("_id", "xm", "csrq")
    ]
    table = finding("keeps.table", {"columns": columns}, Original("xm"), Original("_id"))
    (told,) = tell_people([table], KNOW)
    named = {one["name"]: one["categories"] for one in told.subject["columns"]}
    assert named == {"_id": [], "xm": ["pd:Name"], "csrq": ["pd:BirthDate"]}
    assert told.categories == ("pd:Name", "pd:BirthDate")
    assert told.original == (Original("xm", "und", "name", LEXICON), Original("_id"))


def test_what_wraps_a_body_is_no_word_of_its_members() -> None:
    names = ("body.type", "data.patient.name", "head.idcard")
    parts: list[dict[str, Any]] = [{"name": name, "categories": []} for name in names]
    (told,) = tell_people([finding("sends.request", {"parameters": parts})], KNOW)
    named = {one["name"]: one["categories"] for one in told.subject["parameters"]}
    assert named["body.type"] == []
    assert "pd:Name" in named["data.patient.name"]
    assert named["head.idcard"] == ["wm:IdentityCard"]


def test_what_an_analysis_said_stays() -> None:
    book = finding(
        "marks.code_book", {"entries": []}, Original("汉族", "zh", "Han nationality"),
        categories=("pd:EthnicOrigin",), special=True, about="third_person",
    )  # fmt: skip
    (told,) = tell_people([book], KNOW)
    assert (told.categories, told.special, told.about) == (book.categories, True, "third_person")
    assert told.original[0] == Original("汉族", "zh", "Han nationality", APP)


def choosing(*labels: str) -> Finding:
    choices = [{"code": str(code), "label": label} for code, label in enumerate(labels)]
    subject = {"screen": "form", "label": "", "hint": "", "name": "spinner", "choices": choices}
    return finding("asks.field", subject)


def test_choices_tell_what_an_unnamed_field_asks() -> None:
    (told,) = tell_people([choosing("汉族", "维吾尔族", "哈萨克族", "其他")], KNOW)
    assert (told.categories, told.special) == (("pd:EthnicOrigin",), True)
    assert told.subject["choices"][1] == {"code": "1", "label": "维吾尔族", "gloss": "Uyghur"}


def test_mixed_choices_tell_nothing() -> None:
    (told,) = tell_people([choosing("Religion", "Colours", "Sounds", "About", "Help")], KNOW)
    assert told.categories == ()


def test_entries_of_a_code_book_are_glossed() -> None:
    book = finding("marks.code_book", {"entries": [{"code": "1", "label": "重点人员"}]})
    (told,) = tell_people([book], KNOW)
    assert told.subject["entries"][0]["gloss"] == "key person"


def asking(label: str, name: str) -> Finding:
    subject = {"screen": "form", "label": label, "hint": "", "name": name}
    return finding("asks.field", subject, Original(label, "zh"))


def test_a_name_that_abbreviates_or_translates_its_label_adds_nothing() -> None:
    others = [asking("姓名", "et_xm"), asking("身份证号", "et_sfzh"), asking("民族", "et_mz")]
    named = [asking("温度", "et_wd"), asking("特征", "et_tz"), asking("名称", "et_name")]
    told = tell_people([*others, *named], KNOW)
    assert all(one.categories for one in told[:3])
    assert [one.categories for one in told[3:]] == [(), (), ()]


def test_a_name_tells_what_a_vague_label_leaves_open() -> None:
    told = tell_people([asking("姓名", "et_xm"), asking("编号", "et_sfzh")], KNOW)
    assert told[1].categories == ("wm:NationalIdNumber",)


def test_a_sentence_that_quotes_a_label_says_it_in_english_too() -> None:
    label = Original("采集类型", "zh")
    asked = replace(
        finding("asks.field", {"screen": "form", "label": "采集类型"}, label),
        says="The screen “form” has a choice from a list “采集类型”.",
    )
    (told,) = tell_people([asked], KNOW)
    assert told.says.endswith(" “采集类型” (type of collection).")


def test_ids_stay() -> None:
    named = finding("keeps.table", {"columns": [{"name": "xm"}]}, identity="resident")
    assert tell_people([named], KNOW)[0].id == named.id


def test_a_value_of_a_request_is_about_what_the_field_asks_into_which_it_is_entered() -> None:
    asked = finding("asks.field", {"screen": "visit", "number": 2, "label": "宗教信仰"})
    entered = [{"screen": "visit", "number": 2, "name": "et2", "label": "宗教信仰"}]
    sent = {"parameters": [{"name": "c7", "entered": entered}, {"name": "c8"}]}
    other = {"parameters": [{"name": "c7", "entered": [{**entered[0], "number": 3}]}]}
    _, told, silent = tell_people(
        [asked, finding("sends.request", sent), finding("sends.request", other)], KNOW
    )
    assert [one["categories"] for one in told.subject["parameters"]] == [["pd:Religion"], []]
    assert (told.categories, told.special) == (("pd:Religion",), True)
    assert silent.categories == ()
