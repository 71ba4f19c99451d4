"""Masks: each pattern proves itself, values vanish everywhere, and the salt proves a mask."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import Any

import pytest

from unit.report.samples import sample
from unit.report.test_document import APP, a_finding
from witnessmark.model.errors import UsageError
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original
from witnessmark.model.location import Location
from witnessmark.report.document import freeze, thaw
from witnessmark.report.html import render
from witnessmark.report.redact import MASK, Pattern, mask, policy, redact, rules

SALT = b"s" * 32
NAME, PHONE, MAIL = "一个名字", "13800138000", "a.person@example.org"


def leaf(text: str, reads_as: Any = "utf-8") -> Evidence:
    excerpt = text if reads_as != "hex" else text.encode().hex()
    return Evidence(f"it says {text}", Location("0" * 64, ("a.xml",), 0, 9, reads_as), excerpt)


def document() -> bytes:
    listed = Finding(
        "marks.watch_list", {"name": "list", "count": 2, "sample": [NAME, "another"]},
        f"A list with {NAME}.", (leaf(NAME), leaf(NAME, "hex")), "read",
        original=(Original(NAME),),
    )  # fmt: skip
    field = Finding(
        "asks.field", {"label": f"call {PHONE}", "screen": MAIL, "hint": "203.0.113.7"},
        f"A field that mentions {PHONE} and {NAME}.", (leaf(PHONE),), "read",
    )  # fmt: skip
    secret = Finding(
        "embeds.secret", {"value": "k3y-of-theirs"}, "A key.", (leaf("k3y-of-theirs", "hex"),),
        "read",
    )  # fmt: skip
    return freeze(APP, (), [listed, field, secret], ())


@pytest.mark.parametrize("one", rules().patterns, ids=lambda one: one.id)
def test_a_pattern_proves_itself(one: Pattern) -> None:
    assert all(re.search(one.pattern, text) for text in one.matches)
    assert not any(re.search(one.pattern, text) for text in one.not_matches)


def test_policies_name_what_exists() -> None:
    patterns = {one.id for one in rules().patterns}
    places = {one.id for one in rules().places}
    for one in rules().policies:
        assert set(one.patterns) <= patterns
        assert set(one.places) <= places
    assert [one.id for one in rules().policies] == ["publication", "partners", "court"]
    with pytest.raises(UsageError, match="no policy is called 'anyone'"):
        policy("anyone")


def test_values_vanish_everywhere() -> None:
    masked = redact(document(), "publication", SALT).decode()
    for value in (NAME, PHONE, MAIL, "k3y-of-theirs", "another", "203.0.113.7"):
        assert value not in masked
        assert value.encode().hex() not in masked
    told = thaw(masked.encode())
    assert told.redaction is not None
    assert (told.redaction.policy, told.redaction.masked) == (
        "publication", len(set(MASK.findall(masked)))
    )  # fmt: skip
    assert b"masked in this copy" in render(masked.encode())


def test_partners_see_addresses_and_the_court_sees_all() -> None:
    partners = redact(document(), "partners", SALT).decode()
    assert MAIL in partners
    assert "203.0.113.7" in partners
    assert NAME not in partners
    assert PHONE not in partners
    assert redact(document(), "court", SALT) == document()


def test_a_mask_is_proved_by_salt_and_value() -> None:
    masked = redact(document(), "publication", SALT).decode()
    digest = hmac.new(SALT, NAME.encode(), hashlib.sha256).hexdigest()
    assert f"[{digest[:12]}…]" == mask(NAME, SALT)
    assert mask(NAME, SALT) in masked
    assert mask(NAME, b"t" * 32) not in masked
    told = json.loads(masked)["redaction"]["of"]
    assert told == hmac.new(SALT, document(), hashlib.sha256).hexdigest()


def test_the_same_copy_is_made_each_time_and_ids_stay() -> None:
    whole = sample(40).document
    once, again = (redact(whole, "publication", SALT) for _ in range(2))
    assert once == again
    before, after = thaw(whole), thaw(once)
    assert [one.id for one in before.findings] == [one.id for one in after.findings]
    assert before.app.inputs == after.app.inputs


def test_what_holds_nothing_of_the_kind_stays() -> None:
    plain = freeze(APP, (), [a_finding()], ())
    assert thaw(redact(plain, "partners", SALT)).findings == thaw(plain).findings
