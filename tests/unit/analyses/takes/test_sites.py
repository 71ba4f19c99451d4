"""Constants become sites by what the method does with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from miniapp.apk import write_apk
from witnessmark import pipeline
from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.takes._permits import Permits
from witnessmark.analyses.takes._sites import Site, find_sites
from witnessmark.facts.view import Facts
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.apis import Api

APIS = load(["apis"]).entries("apis", Api)
QUERY = (
    "call Landroid/content/ContentResolver;->query(Landroid/net/Uri;[Ljava/lang/String;"
    "Ljava/lang/String;[Ljava/lang/String;Ljava/lang/String;)Landroid/database/Cursor;"
)
INSERT = (
    "call Landroid/content/ContentResolver;->insert(Landroid/net/Uri;"
    "Landroid/content/ContentValues;)Landroid/net/Uri;"
)
PARSE = "call static Landroid/net/Uri;->parse(Ljava/lang/String;)Landroid/net/Uri;"


def built(folder: Path, methods: dict[str, list[str]], manifest: str = "") -> Facts:
    block: dict[str, Any] = {
        "classes": [
            {
                "name": "org.example.Main",
                "extends": "android.app.Activity",
                "methods": [{"sig": sig, "code": code} for sig, code in methods.items()],
            }
        ]
    }
    if manifest:
        block["manifest"] = manifest
    path = folder / "app.apk"
    path.write_bytes(write_apk(block))
    return pipeline.read_app([path])


def sites(app: Facts, passed: dict[int, str] | None = None) -> list[Site]:
    names = CodeNames(app, framework_model())
    found = find_sites(app, names, APIS, lambda rows: {row: passed or {} for row in rows})
    return [site for site in found if site.api.what]


@pytest.mark.parametrize(
    ("code", "api", "action"),
    [
        ([PARSE, QUERY], "uri.sms", "read"),
        ([PARSE, INSERT], "uri.sms", "write"),
        ([PARSE, INSERT, QUERY], "uri.sms", "write"),
        ([PARSE], "uri.sms", "names"),
    ],
)
def test_the_first_use_behind_a_constant_counts(
    tmp_path: Path, code: list[str], api: str, action: str
) -> None:
    app = built(tmp_path, {"onResume()V": ["string content://sms/sent", *code, "return"]})
    assert [(site.api.id, site.action) for site in sites(app)] == [(api, action)]


def test_a_use_before_the_constant_is_none(tmp_path: Path) -> None:
    app = built(tmp_path, {"onResume()V": [QUERY, "string content://sms", "return"]})
    assert [site.action for site in sites(app)] == ["names"]


def test_an_address_is_followed_through_a_static_field(tmp_path: Path) -> None:
    store = "sput Lorg/example/Main;->INBOX:Landroid/net/Uri;"
    read = "sget Lorg/example/Main;->INBOX:Landroid/net/Uri;"
    app = built(
        tmp_path,
        {
            "start()V": ["string content://sms/inbox", PARSE, store, "return"],
            "onResume()V": [read, QUERY, "return"],
        },
    )
    found = {(app.method_name(site.method), site.action) for site in sites(app)}
    assert found == {("start", "names"), ("onResume", "read")}


def test_a_common_word_needs_its_use(tmp_path: Path) -> None:
    run = "call Ljava/lang/Runtime;->exec(Ljava/lang/String;)Ljava/lang/Process;"
    alone = built(tmp_path, {"onResume()V": ["string logcat -d", "return"]})
    assert sites(alone) == []
    used = built(tmp_path, {"onResume()V": ["string logcat -d", run, "return"]})
    assert [(site.api.id, site.action) for site in sites(used)] == [("cmd.logcat", "read")]


def test_an_argument_decides(tmp_path: Path) -> None:
    call = (
        "call static Landroid/provider/Settings$Secure;->getString("
        "Landroid/content/ContentResolver;Ljava/lang/String;)Ljava/lang/String;"
    )
    app = built(tmp_path, {"onResume()V": [call, "return"]})
    assert sites(app) == []
    assert [site.api.id for site in sites(app, {1: "android_id"})] == [
        "Settings.Secure.getString.android_id"
    ]
    assert sites(app, {0: "android_id"}) == []


def permits(folder: Path, uses: str, lowest: int, guard: str = "", target: int = 34) -> Permits:
    names = "".join(f'<uses-permission android:name="{name}"/>' for name in uses.split())
    service = f'<service android:name=".S" android:permission="{guard}"/>' if guard else ""
    manifest = (
        '<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="a.b">'
        f'<uses-sdk android:minSdkVersion="{lowest}" android:targetSdkVersion="{target}"/>{names}'
        f"<application>{service}</application></manifest>"
    )
    return Permits(built(folder, {"onResume()V": ["return"]}, manifest))


def api(name: str) -> Api:
    return next(one for one in APIS if one.id == name)


def test_permissions_count_on_the_versions_that_the_app_runs_on(tmp_path: Path) -> None:
    phone = "android.permission.READ_PHONE_STATE"
    imei = api("TelephonyManager.getImei")
    old = permits(tmp_path, phone, 21).need(imei, "read")
    assert old.held == (phone,)
    assert "From Android 10 on" in old.limits[0]
    new = permits(tmp_path, phone, 29).need(imei, "read")
    assert new.names == ("android.permission.READ_PRIVILEGED_PHONE_STATE",)
    assert new.held == ()
    assert new.limits == ("The app asks for none of the permissions that this needs.",)


def test_a_guarded_component_has_the_right_of_its_guard(tmp_path: Path) -> None:
    guard = "android.permission.BIND_NOTIFICATION_LISTENER_SERVICE"
    listener = api("NotificationListenerService.onNotificationPosted")
    assert permits(tmp_path, "", 21, guard).need(listener, "watch").held == (guard,)
    assert permits(tmp_path, "", 21).need(listener, "watch").held == ()


def test_writing_needs_another_permission(tmp_path: Path) -> None:
    calls = api("CallLog.Calls.CONTENT_URI")
    allowed = permits(tmp_path, "android.permission.READ_CALL_LOG", 21)
    assert allowed.need(calls, "read").held == ("android.permission.READ_CALL_LOG",)
    assert allowed.need(calls, "delete").names == ("android.permission.WRITE_CALL_LOG",)
    assert allowed.need(calls, "delete").held == ()


def test_permissions_later_than_the_target_are_not_needed(tmp_path: Path) -> None:
    listing = api("PackageManager.getInstalledPackages")
    assert permits(tmp_path, "", 16, target=28).need(listing, "read").names == ()
    assert permits(tmp_path, "", 16, target=33).need(listing, "read").held == ()
    assert permits(tmp_path, "", 16, target=33).need(listing, "read").names
