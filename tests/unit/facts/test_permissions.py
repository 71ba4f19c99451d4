from __future__ import annotations

from collections.abc import Mapping

import pytest

from witnessmark.facts.permissions import implied_permissions, permission_rules


@pytest.mark.parametrize(
    "rule", permission_rules(), ids=lambda rule: f"{rule['has']}>{rule['adds']}"
)
def test_each_rule_holds_in_its_case_and_not_in_its_counter(rule: Mapping[str, str]) -> None:
    asked, _, target = rule["case"].partition(" ")
    assert rule["adds"] in implied_permissions([asked], int(target))
    asked, _, target = rule["counter"].partition(" ")
    assert rule["adds"] not in implied_permissions([asked], int(target))
    assert rule["source"]


def test_one_permission_may_bring_another_in_turn() -> None:
    found = list(implied_permissions(["android.permission.WRITE_EXTERNAL_STORAGE"], 28))
    assert found == [
        "android.permission.READ_EXTERNAL_STORAGE",
        "android.permission.ACCESS_MEDIA_LOCATION",
        "android.permission.READ_MEDIA_AUDIO",
        "android.permission.READ_MEDIA_VIDEO",
        "android.permission.READ_MEDIA_IMAGES",
    ]


def test_what_is_asked_for_is_not_implied() -> None:
    asked = [
        "android.permission.WRITE_EXTERNAL_STORAGE",
        "android.permission.READ_EXTERNAL_STORAGE",
    ]
    assert "android.permission.READ_EXTERNAL_STORAGE" not in implied_permissions(asked, 34)
