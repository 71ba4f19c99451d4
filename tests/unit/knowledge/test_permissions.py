"""Permissions fit the ways to data that need them."""

from __future__ import annotations

from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.apis import Api, needed_permission
from witnessmark.knowledge.packs.people import Category
from witnessmark.knowledge.packs.permissions import HOW_GRANTED, Permission

KNOW = load(["apis", "people", "permissions"])
PERMISSIONS = {entry.id: entry for entry in KNOW.entries("permissions", Permission)}


def test_every_needed_permission_is_described() -> None:
    needed = {
        needed_permission(text).name
        for api in KNOW.entries("apis", Api)
        for text in api.permissions
    }
    assert needed - set(PERMISSIONS) == set()


def test_levels_and_categories_are_known() -> None:
    terms = {category.id for category in KNOW.entries("people", Category)}
    for permission in PERMISSIONS.values():
        assert permission.base_level in HOW_GRANTED, permission.id
        assert set(permission.categories) <= terms


def test_what_the_platform_says() -> None:
    sms = PERMISSIONS["android.permission.READ_SMS"]
    assert (sms.base_level, sms.group, sms.special_access) == ("dangerous", "SMS", False)
    assert PERMISSIONS["android.permission.INTERNET"].base_level == "normal"
    assert PERMISSIONS["android.permission.PACKAGE_USAGE_STATS"].special_access
    assert PERMISSIONS["android.permission.BLUETOOTH_SCAN"].since == "31"
    assert PERMISSIONS["android.permission.READ_SOCIAL_STREAM"].until < 33


def test_what_users_are_asked_for_is_named_as_personal_data() -> None:
    for name in ("READ_SMS", "CAMERA", "READ_CALENDAR", "READ_CALL_LOG", "BODY_SENSORS"):
        permission = PERMISSIONS[f"android.permission.{name}"]
        assert permission.base_level == "dangerous"
        assert permission.categories
