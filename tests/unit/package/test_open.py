from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from miniapp.apk import write_apk, write_zip
from miniapp.dex import write_dex
from witnessmark.model.errors import InputError
from witnessmark.package.app import App
from witnessmark.package.open import open_input

INTAKE = Path(__file__).resolve().parents[2] / "apps" / "intake" / "intake.apk"
DEX = write_dex([{"name": "org.example.Main"}])
OTHER_DEX = write_dex([{"name": "org.example.Other"}])


def opened(folder: Path, **files: bytes) -> App:
    paths = []
    for name, content in files.items():
        paths.append(folder / name.replace("_", "."))
        paths[-1].write_bytes(content)
    return open_input(paths)


def apk(split: str = "", package: str = "org.example", **members: Any) -> bytes:
    attribute = f' split="{split}"' if split else ""
    manifest = (
        '<manifest xmlns:android="http://schemas.android.com/apk/res/android"'
        f' package="{package}"{attribute}><application/></manifest>'
    )
    files = {name.replace("__", "."): f"hex:{content.hex()}" for name, content in members.items()}
    return write_apk({"manifest": manifest, "files": files})


def test_intake_as_an_app() -> None:
    app = open_input([INTAKE])
    (part,) = app.parts
    assert (part.split, part.container, app.gaps, app.oddities) == ("", 0, (), ())
    assert [app.path(row) for row in app.dex] == ["intake.apk!classes.dex"]
    assert app.path(part.manifest) == "intake.apk!AndroidManifest.xml"
    assert app.path(part.resources) == "intake.apk!resources.arsc"
    types = {one.member: one.type for one in app.members}
    assert types["res/layout/intake.xml"] == "axml"
    assert [kind for name, kind in types.items() if name.endswith(".RSA")] == ["pkcs7"]
    for row, artifact in enumerate(app.artifacts):
        blob = app.blob(row)
        assert len(blob) == artifact.size
        assert hashlib.sha256(blob).hexdigest() == artifact.sha256


def test_dex_files_load_in_order_up_to_the_first_gap(tmp_path: Path) -> None:
    names = ["classes10", "classes2", "classes", "classes4"]
    app = opened(tmp_path, a_apk=apk(**dict[str, Any]({f"{name}__dex": DEX for name in names})))
    assert [app.path(row) for row in app.dex] == ["a.apk!classes.dex", "a.apk!classes2.dex"]
    assert [gap.at for gap in app.gaps] == ["a.apk!classes10.dex", "a.apk!classes4.dex"]


def test_code_without_manifest_opens_with_a_gap(tmp_path: Path) -> None:
    app = opened(tmp_path, a_apk=write_zip({"classes.dex": DEX}))
    assert len(app.dex) == 1
    assert "no AndroidManifest.xml" in app.gaps[0].why


def test_bare_files_make_one_part(tmp_path: Path) -> None:
    app = opened(tmp_path, a_dex=DEX, b_dex=OTHER_DEX)
    assert [app.path(row) for row in app.dex] == ["a.dex", "b.dex"]
    assert app.parts[0].container == -1
    assert app.members == ()


def test_splits_join_the_base_whatever_the_order(tmp_path: Path) -> None:
    app = opened(
        tmp_path,
        a_apk=apk("feature", classes__dex=OTHER_DEX),
        b_apk=apk(classes__dex=DEX),
        c_apk=apk("config.de"),
    )
    assert [part.split for part in app.parts] == ["", "config.de", "feature"]
    assert [app.path(row) for row in app.dex] == ["b.apk!classes.dex", "a.apk!classes.dex"]


def test_splits_without_base_are_told(tmp_path: Path) -> None:
    app = opened(tmp_path, a_apk=apk("feature", classes__dex=DEX))
    assert any("the base APK is missing" in gap.why for gap in app.gaps)


def test_different_apps_are_not_mixed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="2 different apps"):
        opened(tmp_path, a_apk=apk(package="org.a"), b_apk=apk(package="org.b"))


def test_two_bases_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="both the base APK"):
        opened(tmp_path, a_apk=apk(classes__dex=DEX), b_apk=apk(classes__dex=OTHER_DEX))


def test_archive_of_apks_is_opened_inside(tmp_path: Path) -> None:
    archive = write_zip({"base.apk": apk(classes__dex=DEX), "feature.apk": apk("feature")})
    app = opened(tmp_path, a_xapk=archive)
    assert [part.split for part in app.parts] == ["", "feature"]
    assert [app.path(row) for row in app.dex] == ["a.xapk!base.apk!classes.dex"]
    assert app.artifacts[app.dex[0]].member == ("base.apk", "classes.dex")


def test_device_set_prefers_its_splits(tmp_path: Path) -> None:
    members = {
        "splits/base-master.apk": apk(classes__dex=DEX),
        "standalones/standalone-hdpi.apk": apk(classes__dex=OTHER_DEX),
    }
    app = opened(tmp_path, a_apks=write_zip(members))
    assert [app.path(row) for row in app.dex] == ["a.apks!splits/base-master.apk!classes.dex"]


def test_archive_in_assets_is_listed_but_not_run(tmp_path: Path) -> None:
    inner: dict[str, Any] = {"assets/more__jar": write_zip({"classes.dex": OTHER_DEX})}
    app = opened(tmp_path, a_apk=apk(classes__dex=DEX, **inner))
    listed = [one for one in app.members if one.container not in (0, -1)]
    assert [(one.name, one.type, one.content) for one in listed] == [("classes.dex", "dex", -1)]
    assert [app.path(row) for row in app.dex] == ["a.apk!classes.dex"]
    (gap,) = [gap for gap in app.gaps if gap.at == "a.apk!assets/more.jar"]
    assert "takes" in gap.hides


def test_dex_that_is_none_is_told(tmp_path: Path) -> None:
    app = opened(tmp_path, a_apk=apk(classes__dex=b"\x00\x01\x02 encrypted"))
    assert app.dex == ()
    assert any("no dex file" in gap.why for gap in app.gaps)


def test_manifest_with_a_foreign_first_chunk_is_still_read(tmp_path: Path) -> None:
    data = bytearray(INTAKE.read_bytes())
    app = open_input([INTAKE])
    manifest = bytearray(app.blob(app.parts[0].manifest))
    manifest[0] = 0
    members = {"AndroidManifest.xml": bytes(manifest), "classes.dex": DEX}
    again = opened(tmp_path, a_apk=write_zip(members))
    assert again.parts[0].tree is not None
    assert len(data) == app.inputs[0].size


def test_bomb_becomes_a_gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("witnessmark.package.gather.MEMBER_LIMIT", 1 << 16)
    app = opened(tmp_path, a_apk=apk(classes__dex=DEX, bomb__bin=bytes(1 << 20)))
    (gap,) = [gap for gap in app.gaps if gap.at.endswith("bomb.bin")]
    assert "inflates to more than" in gap.why
    assert next(one for one in app.members if one.name == "bomb.bin").content == -1


def test_digests_are_left_out_where_nobody_asks_for_them() -> None:
    whole, bare = open_input([INTAKE]), open_input([INTAKE], digests=False)
    for app, there in ((whole, True), (bare, False)):
        assert all(bool(one.sha256 and one.sha1 and one.md5) is there for one in app.inputs)
        assert all(bool(one.sha256) is there for one in app.artifacts)
    assert [one.member for one in whole.artifacts] == [one.member for one in bare.artifacts]
    assert whole.dex == bare.dex
