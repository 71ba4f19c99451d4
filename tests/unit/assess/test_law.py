"""The packs of law that ship: sound, exact where exactness matters, chosen and not guessed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from witnessmark.assess.assess import Seen, assess
from witnessmark.assess.choice import CHOSEN_WHY, DEFAULT_WHY, choose, law_read
from witnessmark.knowledge.load import DATA, load, load_pack
from witnessmark.knowledge.packs.law import Provision
from witnessmark.knowledge.packs.law_facts import Fact
from witnessmark.knowledge.packs.people import Category, by_term
from witnessmark.model.errors import KnowledgeError, UsageError
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Reach
from witnessmark.model.location import Location

LAW = load(("law",)).entries("law", Provision)
FACTS = {one.id: one for one in load(("law_facts",)).entries("law_facts", Fact)}
PEOPLE = by_term(one for one in load_pack("people") if isinstance(one, Category))
VERDICTS = ("violat", "illegal", "guilty", "breach", "unlawfully collects", "risk score")

ASKED_FOR = {
    "iccpr": "2 9 12 14 17 18 19 21 22 26 27",
    "eu.gdpr": "5 6 7 9 13 15 22 25 32 35 44",
    "eu.led": "4 8 10 11",
    "eu.charter": "7 8 21",
    "cn.constitution": "36 37 38 39 40",
    "cn.csl": "41 42 43 44",
    "cn.pipl": "5 13 14 17 28 29 33 44",
}


@pytest.mark.parametrize("entry", LAW, ids=lambda one: one.id)
def test_an_entry_is_sound(entry: Provision) -> None:
    assert entry.quotation == "" or entry.checked is not None
    assert len({one.id for one in entry.elements}) == len(entry.elements) > 0
    assert entry.applies
    assert entry.bound
    assert entry.source
    for one in entry.elements:
        assert one.question.endswith("?")
        assert one.settles
        assert all(limit.endswith(".") and limit[0].isupper() for limit in one.limits), one.limits
        for name in (*one.supported_by, *one.contradicted_by, *one.missing):
            assert name in FACTS
    assert all(name in FACTS for name in entry.applies)


@pytest.mark.parametrize("entry", LAW, ids=lambda one: one.id)
def test_no_entry_speaks_a_verdict(entry: Provision) -> None:
    questions = " ".join(f"{one.question} {one.settles}" for one in entry.elements).lower()
    assert not [word for word in VERDICTS if word in questions]
    assert "“" not in entry.says


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda one: one.id)
def test_a_fact_names_categories_that_exist(fact: Fact) -> None:
    for condition in fact.any:
        assert condition.kinds
        assert all(term in PEOPLE for term in condition.categories), condition.categories


def test_every_fact_is_asked_for() -> None:
    asked = {
        name
        for entry in LAW
        for one in entry.elements
        for name in (*one.supported_by, *one.contradicted_by, *one.missing, *entry.applies)
    }
    assert set(FACTS) - asked <= {"operator_data", "messages_read"}


@pytest.mark.parametrize("prefix", ASKED_FOR)
def test_the_articles_are_there(prefix: str) -> None:
    ids = {one.id for one in LAW}
    assert {f"{prefix}.{number}" for number in ASKED_FOR[prefix].split()} <= ids


def test_who_is_bound_is_told_exactly() -> None:
    by_id = {one.id: one for one in LAW}
    assert "signed on 5 October 1998 and has not ratified" in by_id["iccpr.17"].bound
    assert "acceded on 29 December 1981" in by_id["icerd.1"].bound
    assert "reservation" in by_id["icerd.1"].bound
    assert "ratified on 2 March 1992" in by_id["crc.16"].bound
    assert by_id["udhr.12"].form == "standard"
    assert by_id["us.glomag.criteria"].form == "information"


def test_a_folder_is_one_jurisdiction() -> None:
    folders = {path.parent.name for path in (DATA / "law").rglob("*.yaml")}
    assert {one.jurisdiction.lower() for one in LAW} == folders


def test_a_jurisdiction_is_added_as_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "law" / "xx"
    folder.mkdir(parents=True)
    (folder / "act.yaml").write_text(
        "instrument: Act\ntitle: An act\njurisdiction: XX\nbound: all\nlang: en\n"
        "source: example.org\nprovisions:\n- id: xx.1\n  article: section 1\n  says: A rule.\n"
        "  applies: [personal_data]\n  elements:\n"
        "  - {id: a, question: 'Is it so?', settles: More.}\n",
        encoding="utf-8",
    )
    law = load(("law",), (tmp_path,)).entries("law", Provision)
    assert [one.id for one in choose(law, ("xx",))] == ["xx.1"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- id: a", "expected an instrument"),
        ("provisions: []\nodd: 1", "nobody knows odd"),
        ("provisions: [1]", "provision 1 is no mapping"),
        ("provisions: [{id: a}]", "a: "),
        ("a: [", "act.yaml"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "act.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=told):
        load(("law",), (tmp_path,))


def test_nothing_is_guessed() -> None:
    assert {one.jurisdiction for one in choose(LAW, ())} == {"INT"}
    assert {one.jurisdiction for one in choose(LAW, ("CN", "gdpr"))} == {"CN", "EU"}
    assert {one.instrument for one in choose(LAW, ("gdpr",))} == {"GDPR"}
    assert choose(LAW, ("all",)) == LAW
    assert choose(LAW, ("none",)) == ()
    with pytest.raises(UsageError, match="no law is called mars"):
        choose(LAW, ("mars",))


def test_what_was_read_is_told() -> None:
    read = law_read(choose(LAW, ("eu",)), (), named=True)
    assert read.why == CHOSEN_WHY
    assert law_read((), (), named=False).why == DEFAULT_WHY
    counts = {one.instrument: one.provisions for one in read.instruments}
    assert counts == Counter(one.instrument for one in LAW if one.jurisdiction == "EU")
    assert {one.touched for one in read.instruments} == {0}


@pytest.mark.parametrize(
    ("category", "counts"),
    [("wm:MessageContent", True), ("wm:CallContent", True), ("wm:SurroundingSound", False)],
)
def test_a_microphone_alone_reads_no_messages(category: str, counts: bool) -> None:
    evidence = Evidence("a call", Location("0" * 64, (), 0, 1), "00")
    finding = Finding(
        "takes.device_data", {"type": "device_data", "action": "record"}, "An invented finding.",
        (evidence,), "read", reach=Reach("reached"), categories=(category,),
    )  # fmt: skip
    entry = _asking("communications_read")
    elements = [one for one in entry.elements if "communications_read" in one.supported_by]
    told = {one.element: one.state for one in assess(Seen((finding,)), (entry,), FACTS, PEOPLE)}
    assert {told[one.question] == "supported" for one in elements} == {counts}


def _asking(fact: str) -> Provision:
    """The first provision one of whose questions that fact alone answers."""
    return next(entry for entry in LAW for one in entry.elements if one.supported_by == (fact,))
