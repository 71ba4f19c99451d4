"""How texts are read: scripts, segments, identifiers, context, whose fact it is."""

from __future__ import annotations

import pytest

from witnessmark.knowledge.load import load
from witnessmark.knowledge.people import PACKS, Classifier

CLASSIFIER = Classifier(load(PACKS))


def terms(text: str, lang: str = "und", near: tuple[str, ...] = ()) -> tuple[str, ...]:
    return CLASSIFIER.classify(text, lang, near).categories


@pytest.mark.parametrize(
    "text",
    [
        "API地址",
        "图片地址",
        "可能性",
        "姓名学",
        "民族大学",
        "关系数据库",
        "性价比",
        "相机",
        "设备名称",
        "健康码颜色设置",
    ],
)
def test_a_word_inside_another_one_is_not_found(text: str) -> None:
    assert terms(text, "zh-CN") == ()


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("嫌疑人户籍地址", "wm:HouseholdRegister"),
        ("请输入您的姓名：", "pd:Name"),
        ("是否做礼拜？", "wm:ReligiousPractice"),
        ("與戶主的關係", "pd:Relationship"),
        ("重点人员类别", "wm:WatchListStatus"),
    ],
)
def test_chinese_labels_are_segmented(text: str, term: str) -> None:
    assert term in terms(text, "zh")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("设置密码,6-14位数字 字母", ("pd:Password",)),
        ("密码（6-12位）", ("pd:Password",)),
        ("身份证号(18位)", ("wm:NationalIdNumber",)),
        ("3位专家", ()),
        ("短信密码", ("pd:Password",)),
        ("密码,忘记了", ()),
    ],
)
def test_how_long_an_answer_is_says_nothing_of_it(text: str, found: tuple[str, ...]) -> None:
    assert terms(text, "zh") == found


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("etFirstName", "pd:Name"),
        ("PASSPORT_NO", "pd:Passport"),
        ("patient.birthDate", "pd:BirthDate"),
        ("user_birth", "pd:BirthDate"),
        ("fathername", "pd:Name"),
        ("bloodtype2", "pd:BloodType"),
        ("fecha_nacimiento", "pd:BirthDate"),
        ("gmsfhm", "wm:NationalIdNumber"),
        ("ryzp_path", "pd:Picture"),
    ],
)
def test_identifiers_fall_into_words(text: str, term: str) -> None:
    assert term in terms(text)


@pytest.mark.parametrize(
    "text",
    ["fileName", "className", "imageview", "package_name", "manage", "message", "storage", "usage",
     "hostAddress", "locationPermission", "fontWeight", "raceCondition", "unicode", "xb", "sj", "id"],
)  # fmt: skip
def test_ordinary_identifiers_stay_silent(text: str) -> None:
    assert terms(text) == ()


def test_short_names_count_only_beside_facts() -> None:
    assert terms("xm") == ()
    assert terms("xm", near=("id", "bz", "gxsj")) == ()
    assert terms("xm", near=("xm", "sfzh")) == ("pd:Name",)
    assert "needs context" in CLASSIFIER.classify("mz").because[0]


def test_some_initials_count_only_beside_their_partner() -> None:
    assert terms("wd", near=("sfzh", "xm")) == ()
    assert terms("WD", near=("sfzh", "WD")) == ()
    assert terms("wd", near=("sfzh", "jd")) == ("pd:GPSCoordinate",)
    assert terms("fw_jd", near=("sfzh", "fw_wd")) == ()
    assert terms("JD", near=("SFZH", "WD")) == ("pd:GPSCoordinate",)
    assert terms("long", near=("full_name", "mobile")) == ()
    assert terms("lat", near=("full_name", "mobile")) == ()
    assert terms("long", near=("full_name", "mobile", "lat")) == ("pd:GPSCoordinate",)
    assert terms("lat", near=("full_name", "mobile", "long")) == ("pd:GPSCoordinate",)


def test_a_name_is_no_context_for_itself() -> None:
    assert terms("xm", near=("xm", "xm")) == ()


@pytest.mark.parametrize(
    ("text", "lang", "about"),
    [
        ("父亲姓名", "zh", "third_person"),
        ("Mother's maiden name", "en", "third_person"),
        ("采集人姓名", "zh", "operator"),
        ("Interviewer name", "en", "operator"),
        ("Your name", "en", "user"),
        ("监护人联系电话", "zh", "third_person"),
        ("Date of birth", "en", "unknown"),
    ],
)
def test_whose_fact_it_is(text: str, lang: str, about: str) -> None:
    assert CLASSIFIER.classify(text, lang).about == about


def test_the_fact_comes_before_whose_it_is() -> None:
    assert terms("Father's name", "en")[0] == "pd:Name"


@pytest.mark.parametrize(
    ("text", "lang"),
    [("民族", "zh"), ("Religion", "en"), ("Судимость", "ru"), ("HIV status", "en")],
)
def test_special_categories_are_told(text: str, lang: str) -> None:
    assert CLASSIFIER.classify(text, lang).special
    assert not CLASSIFIER.classify("Phone number", "en").special


def test_script_goes_before_locale() -> None:
    assert CLASSIFIER.classify("性别", "en").lang == "zh"
    assert CLASSIFIER.classify("Telefonnummer", "zh").categories == ("pd:TelephoneNumber",)


def test_an_ordinary_english_word_needs_its_own_locale() -> None:
    assert terms("Land", "de") == ("pd:Country",)
    assert terms("Land") == ()


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Adınız", "tr"), ("Ваше имя", "ru"), ("الاسم الكامل:", "ar"), ("نام و نام خانوادگی", "fa"),
        ("ئىسمىڭىز", "ug"), ("성명을 입력하세요", "ko"), ("お名前を入力してください", "ja"),
        ("กรุณากรอกชื่อ-นามสกุล", "th"), ("Nombres y apellidos", "es"), ("Vor- und Nachname", "de"),
    ],
)  # fmt: skip
def test_endings_prompts_and_prefixes_are_taken_off(text: str, lang: str) -> None:
    assert "pd:Name" in terms(text, lang)


@pytest.mark.parametrize(
    ("text", "lang"),
    [("Invalid email address", "en"), ("Fingerprint settings", "en"), ("删除联系人姓名", "zh"),
     ("Ошибка: адрес электронной почты", "ru"), ("Forgot password?", "en")],
)  # fmt: skip
def test_commands_settings_and_errors_stay_silent(text: str, lang: str) -> None:
    assert terms(text, lang) == ()


@pytest.mark.parametrize(
    "text", ["", " ", "…", "12345", "\ud800", "\x00", "a" * 10_000, "姓" * 5000]
)
def test_any_text_is_read(text: str) -> None:
    assert CLASSIFIER.classify(text).categories == ()


def test_reasons_name_the_entries() -> None:
    assert CLASSIFIER.classify("宗教信仰", "zh").because == ("“宗教信仰” (zh/religion): religion",)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Flat_Owner_Name", ("pd:Name",)),
        ("society_owner_city", ("pd:City",)),
        ("custMobile", ("pd:TelephoneNumber",)),
        ("telefone_usuario", ("pd:TelephoneNumber",)),
        ("SENHA", ("pd:Password",)),
        ("剂量", ("pd:Prescription",)),
    ],
)
def test_a_word_for_a_person_makes_the_next_word_a_fact(text: str, terms: tuple[str, ...]) -> None:
    assert Classifier(load(PACKS)).classify(text).categories == terms


@pytest.mark.parametrize(
    "text",
    [
        "redis_client_name",
        "EmailTitle",
        "emailState",
        "charge_type",
        "item_name",
        "status_name",
        "productName",
        "editTextTextPersonName2",
        "STATUS",
    ],
)
def test_things_programs_and_messages_are_nobodys_even_beside_people(text: str) -> None:
    near = ("name", "age", "phone", text)
    assert Classifier(load(PACKS)).classify(text, neighbours=near).categories == ()


def test_a_card_number_counts_beside_facts_about_people() -> None:
    classifier = Classifier(load(PACKS))
    assert classifier.classify("cardno").categories == ()
    assert classifier.classify("cardno", neighbours=("full_name", "cardno")).categories == (
        "pd:OfficialID",
    )
    assert classifier.classify("simCardNo", neighbours=("full_name", "simCardNo")).categories != (
        "pd:OfficialID",
    )
