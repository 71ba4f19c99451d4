"""Privacy texts and labels, claim by claim."""

from __future__ import annotations

import pytest

from unit.assess.test_assess import PEOPLE, found
from witnessmark.assess.claims import claim_reader, compare_claims, read_text
from witnessmark.assess.conditions import Conditions
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.law_facts import Fact
from witnessmark.model.errors import UsageError
from witnessmark.model.finding import Finding

KNOW = load(("law_facts", "claims", "claim_words"))
FACTS = {one.id: one for one in KNOW.entries("law_facts", Fact)}
READER = claim_reader({name: KNOW.pack(name) for name in ("claims", "claim_words")})
LOCATION = found("takes.device_data", categories=("pd:GPSCoordinate",), subject={"what": "place"})
CLEAR = found("sends.endpoint", subject={"cleartext": True, "owner": "own", "scheme": "http"})


def states(text: str, *findings: Finding) -> list[tuple[str, str]]:
    conditions = Conditions(findings, FACTS, PEOPLE)
    made = compare_claims(read_text("privacy.txt", text.encode()), READER, conditions)
    return [(one.provision.article, one.state) for one in made]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("We do not collect your location.", "contradicted"),
        ("我们不会收集您的位置信息。", "contradicted"),
        ("Nous ne collectons pas votre position géographique.", "contradicted"),
        ("No recopilamos su ubicación.", "contradicted"),
        ("Мы не собираем ваше местоположение.", "contradicted"),
        ("We collect your location.", "supported"),
        ("We never share your location.", "unknown"),
        ("We do not collect your location without your consent.", "unknown"),
        ("未经您同意不会收集位置信息。", "unknown"),
    ],
)
def test_a_claim_is_held_against_findings(text: str, state: str) -> None:
    assert states(text, LOCATION) == [("line 1", state)]


def test_a_denial_that_nothing_contradicts_stays_open() -> None:
    assert states("We do not collect your location.") == [("line 1", "unknown")]


def test_encryption_is_contradicted_by_clear_addresses() -> None:
    told = [state for _, state in states("Your data is encrypted in transit.", CLEAR)]
    assert "contradicted" in told


def test_what_the_text_leaves_out_is_told() -> None:
    assert states("Welcome.\nHave fun.", LOCATION) == [("what it leaves out", "contradicted")]
    assert states("Welcome.", CLEAR) == []


def test_each_sentence_is_its_own_and_lines_are_kept() -> None:
    text = "Hello.\n\nWe collect your contacts. We do not collect your location!"
    assert states(text, LOCATION) == [("line 3", "unknown"), ("line 3", "contradicted")]


def test_tags_and_scripts_are_no_text() -> None:
    page = b"<p>We collect your <b>location</b>.</p><script>we collect your contacts</script>"
    text = read_text("privacy.html", page)
    assert "".join(text.lines).strip() == "We collect your location."


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UsageError, match="no text in UTF-8"):
        read_text("privacy.pdf", b"%PDF-\xff")
