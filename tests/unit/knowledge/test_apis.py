"""Ways to data are recognised exactly."""

from __future__ import annotations

import pytest

from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.apis import (
    TEXT_KINDS,
    Api,
    NeededPermission,
    matches_text,
    needed_permission,
)
from witnessmark.knowledge.packs.people import Category, by_term

KNOW = load(["apis", "people"])
APIS = KNOW.entries("apis", Api)
CATEGORIES = by_term(KNOW.entries("people", Category))


def test_the_table_covers_what_it_promises() -> None:
    assert sum(bool(api.what) for api in APIS) >= 250
    assert {category for api in APIS for category in api.categories} >= {
        "wm:IMEI", "wm:IMSI", "wm:ICCID", "pd:GPSCoordinate", "wm:Contacts", "pd:CallLog",
        "wm:MessageContent", "wm:CalendarEvents", "wm:Accounts", "wm:InstalledApps", "wm:AppUsage",
        "wm:NearbyWiFi", "wm:NearbyBluetooth", "wm:CellTower", "wm:HeartRate", "wm:Photograph",
        "wm:SurroundingSound", "wm:ScreenContent", "wm:Clipboard", "wm:Notifications",
        "wm:MediaFiles", "wm:BrowserData", "wm:Keystrokes", "pd:VoiceMail", "wm:OtherAppData",
    }  # fmt: skip


@pytest.mark.parametrize("api", APIS, ids=lambda api: api.id)
def test_an_entry_says_all_that_its_kind_needs(api: Api) -> None:
    assert set(api.categories) <= set(CATEGORIES)
    told = bool(api.categories) or api.about == "unknown"
    assert bool(api.what) <= told, "what is obtained about people has a category"
    if api.kind in TEXT_KINDS:
        assert api.text
        assert not api.owner
    else:
        assert api.owner
        assert api.members
        assert not api.text
    assert bool(api.of) == (api.kind == "use")
    assert set(api.of) <= set(TEXT_KINDS)
    for permission in api.permissions:
        assert needed_permission(permission).name.count(".") >= 2
    for argument in api.argument:
        assert argument.partition("=")[0].isdigit()


def test_a_method_of_another_class_is_another() -> None:
    imei = next(api for api in APIS if api.id == "TelephonyManager.getImei")
    assert imei.recognises("Landroid/telephony/TelephonyManager;->getImei(I)Ljava/lang/String;")
    assert imei.recognises("Landroid/telephony/TelephonyManager;->getImei")
    assert not imei.recognises("Lcom/android/telephony/TelephonyManager;->getImei()V")
    assert not imei.recognises("Landroid/telephony/TelephonyManager;->getImeiSv()V")
    assert not imei.recognises("getImei")


def test_an_overload_can_be_meant_alone() -> None:
    api = Api(
        id="a", says="a", source="a", kind="method", owner="a.B", members=("c",), parameters="I",
        matches=(), not_matches=(),
    )  # fmt: skip
    assert api.recognises("La/B;->c(I)V")
    assert not api.recognises("La/B;->c(J)V")
    assert not api.recognises("La/B;->c()V")


@pytest.mark.parametrize(
    ("wanted", "form", "text", "equal"),
    [
        ("content://sms", "prefix", "content://sms", True),
        ("content://sms", "prefix", "content://sms/inbox", True),
        ("content://sms", "prefix", "content://sms?limit=1", True),
        ("content://sms", "prefix", "content://smsgateway", False),
        ("content://sms", "prefix", "see content://sms", False),
        ("content://logs/", "prefix", "content://logs/call", True),
        ("su", "exact", "su", True),
        ("su", "exact", "sum", False),
        ("logcat", "word", "logcat -d", True),
        ("logcat", "word", "mylogcat", False),
        ("ro.serialno", "word", "getprop ro.serialno", True),
        ("ro.serialno", "word", "pro.serialno", False),
        ("ro.serialno", "word", "ro.serialno.x", False),
    ],
)
def test_texts_are_compared_as_their_form_says(
    wanted: str, form: str, text: str, equal: bool
) -> None:
    assert matches_text(wanted, form, text) is equal  # type: ignore[arg-type]


def test_permissions_have_ranges() -> None:
    assert needed_permission("READ_PHONE_STATE 1-28") == NeededPermission(
        "android.permission.READ_PHONE_STATE", 1, 28
    )
    assert needed_permission("com.example.P") == NeededPermission("com.example.P", 1, 0)
    old = needed_permission("BLUETOOTH 1-30")
    assert [old.counts_from(level) for level in (1, 30, 31)] == [True, True, False]
    assert needed_permission("BLUETOOTH_SCAN 31").counts_from(40)
    with pytest.raises(ValueError, match="invalid literal"):
        needed_permission("CAMERA always")
