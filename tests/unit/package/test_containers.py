"""What people really hold: sets, archives in archives, bundles, dumps, folders off a phone."""

from __future__ import annotations

import os
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from miniapp.apk import write_apk, write_zip
from miniapp.dex import write_dex
from witnessmark.facts.build import build_facts
from witnessmark.facts.tables.manifest import COMPONENTS
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.model.errors import InputError
from witnessmark.package.app import App
from witnessmark.package.open import open_input

INTAKE = Path(__file__).resolve().parents[2] / "apps" / "intake"
DEX = write_dex([{"name": "org.example.Main"}])
OTHER_DEX = write_dex([{"name": "org.example.Other"}])


def apk(split: str = "", package: str = "org.example", **members: bytes) -> bytes:
    attribute = f' split="{split}"' if split else ""
    manifest = (
        '<manifest xmlns:android="http://schemas.android.com/apk/res/android"'
        f' package="{package}"{attribute}><application/></manifest>'
    )
    files: dict[str, Any] = {
        name.replace("__", "."): f"hex:{content.hex()}" for name, content in members.items()
    }
    return write_apk({"manifest": manifest, "files": files})


def archive(**members: bytes) -> bytes:
    return write_zip({name.replace("__", "."): content for name, content in members.items()})


def opened(folder: Path, name: str, content: bytes) -> App:
    path = folder / name
    path.write_bytes(content)
    return open_input([path])


def test_a_zip_in_a_zip_is_looked_into(tmp_path: Path) -> None:
    inner = archive(base__apk=apk(classes__dex=DEX), config__apk=apk("config.zh"))
    app = opened(tmp_path, "mail.zip", archive(app__xapk=inner, note__txt=b"x"))
    assert [part.split for part in app.parts] == ["", "config.zh"]
    assert [app.path(row) for row in app.dex] == ["mail.zip!app.xapk!base.apk!classes.dex"]


def test_archives_in_archives_end_somewhere(tmp_path: Path) -> None:
    content = archive(base__apk=apk())
    for _ in range(8):
        content = archive(deeper__zip=content)
    with pytest.raises(InputError, match="without Android manifest"):
        opened(tmp_path, "deep.zip", content)


def test_companions_of_an_xapk_are_listed_and_their_content_unpacked(tmp_path: Path) -> None:
    obb = archive(list__txt=b"https://collector.example/list")
    app = opened(
        tmp_path, "app.xapk", archive(base__apk=apk(), main__obb=obb, manifest__json=b"{}")
    )
    (text,) = [one for one in app.members if one.name == "list.txt"]
    assert text.content >= 0
    assert app.path(text.content) == "app.xapk!main.obb!list.txt"


def test_companions_beside_the_app(tmp_path: Path) -> None:
    (tmp_path / "app.apk").write_bytes(apk())
    (tmp_path / "main.1.obb").write_bytes(archive(list__txt=b"words"))
    (tmp_path / "patch.1.obb").write_bytes(b"\0\1own format" * 9)
    app = open_input([tmp_path])
    assert [one.name for one in app.inputs] == ["app.apk", "main.1.obb", "patch.1.obb"]
    assert [gap.at for gap in app.gaps] == ["patch.1.obb"]
    with pytest.raises(InputError, match=r"hand it in with the app's \.apk"):
        open_input([tmp_path / "main.1.obb"])


def test_instant_run_slices_are_the_apps_code(tmp_path: Path) -> None:
    slices = archive(slice_1__dex=OTHER_DEX, slice_0__dex=DEX)
    app = opened(
        tmp_path,
        "debug.apk",
        apk("", "org.example", classes__dex=DEX, **{"instant-run__zip": slices}),
    )
    assert [app.path(row) for row in app.dex] == [
        "debug.apk!classes.dex",
        "debug.apk!instant-run.zip!slice_0.dex",
        "debug.apk!instant-run.zip!slice_1.dex",
    ]
    assert not app.gaps


def test_a_set_without_its_base_says_so(tmp_path: Path) -> None:
    app = opened(tmp_path, "half.apks", archive(a__apk=apk("config.zh"), b__apk=apk("config.de")))
    assert [part.split for part in app.parts] == ["config.de", "config.zh"]
    assert ["base APK is missing" in gap.why for gap in app.gaps] == [True]


def test_an_app_folder_off_a_phone_without_what_the_app_stored(tmp_path: Path) -> None:
    root = tmp_path / "org.example-1"
    for name in ("oat/arm64/base.odex", "data/databases/people.db", "data/shared_prefs/a.xml",
                 "data/files/photo.jpg", "data/app_webview/Cookies"):  # fmt: skip
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"secret")
    (root / "base.apk").write_bytes(apk(classes__dex=DEX))
    (root / "split_config.zh.apk").write_bytes(apk("config.zh"))
    app = open_input([tmp_path])
    assert [one.name for one in app.inputs] == ["base.apk", "split_config.zh.apk"]
    left = {gap.at.rpartition("/")[2]: gap.why for gap in app.gaps}
    for name in ("databases", "shared_prefs", "files", "app_webview"):
        assert "personal" in left[name]
    assert "base.odex" in left[""]
    assert all(b"secret" not in bytes(app.blob(row)) for row in range(len(app.artifacts)))


def test_stored_data_alone_is_no_app(tmp_path: Path) -> None:
    for name in ("databases/people.db", "shared_prefs/a.xml"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(b"secret")
    with pytest.raises(InputError, match="empty folder"):
        open_input([tmp_path])


def test_a_bundle_gives_the_tables_of_the_app() -> None:
    app = open_input([INTAKE / "intake.aab"])
    facts, same = build_facts(app), build_facts(open_input([INTAKE / "intake.apk"]))
    for schema, columns in (
        (COMPONENTS, ("kind", "class_name", "exported", "label")),
        (RESOURCE_VALUES, ("resource", "configuration", "locale", "kind", "text")),
    ):
        assert sorted(facts.table(schema).rows(*columns)) == sorted(
            same.table(schema).rows(*columns)
        )
    assert not facts.gaps
    values = facts.table(RESOURCE_VALUES)
    row = values["text"].tolist().index("Reason for travel abroad")
    quoted = facts.quote(
        "a label", int(values["artifact"][row]), int(values["offset"][row]),
        int(values["length"][row]), "utf-8",
    )  # fmt: skip
    assert quoted.excerpt == "Reason for travel abroad"
    assert quoted.at is not None
    assert quoted.at.member == ("base/resources.pb",)


def test_a_bundle_of_modules_and_a_damaged_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(INTAKE / "intake.aab") as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    feature = {
        name.replace("base/", "lists/"): content
        for name, content in members.items()
        if name.startswith("base/")
    }
    app = opened(tmp_path, "two.aab", write_zip({**members, **feature}))
    assert [part.split for part in app.parts] == ["", "lists"]
    broken = {**members, "base/resources.pb": b"\xff" * 40}
    facts = build_facts(opened(tmp_path, "broken.aab", write_zip(broken)))
    assert [gap.at for gap in facts.gaps] == ["broken.aab!base/resources.pb"]


@pytest.mark.parametrize("name", ["dump.bin", "classes.vdex", "base.odex"])
def test_dex_files_inside_other_files_are_read_and_quoted_there(name: str, tmp_path: Path) -> None:
    before = {"dump.bin": b"\x01\x02", "classes.vdex": b"vdex006\0", "base.odex": b"dey\n036\0"}
    content = before[name] + os.urandom(33).replace(b"dex", b"xxx") + DEX + b"\0" * 7 + OTHER_DEX
    facts = build_facts(opened(tmp_path, name, content))
    assert facts.class_by_name("org.example.Main") >= 0
    assert facts.class_by_name("org.example.Other") >= 0
    assert [gap.at for gap in facts.gaps if "holds some" in gap.why] == [name]
    (row,) = facts.string_rows("Lorg/example/Other;")
    quoted = facts.quote_string("a name", row)
    assert quoted.at is not None
    start = quoted.at.offset
    assert content[start : start + quoted.at.length] == b"Lorg/example/Other;"
    assert (quoted.at.member, quoted.excerpt) == ((), "Lorg/example/Other;")


def test_a_library_opens_without_its_java_classes(tmp_path: Path) -> None:
    library = archive(
        AndroidManifest__xml=b'<manifest package="org.lib"/>', classes__jar=archive(a__class=b"x")
    )
    app = opened(tmp_path, "lib.aar", library)
    assert app.parts[0].tree is not None
    assert any("d8" in gap.why for gap in app.gaps)


def test_a_packed_decoded_app(tmp_path: Path) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for path in sorted((INTAKE / "decoded").rglob("*")):
            target.write(path, f"intake-main/{path.relative_to(INTAKE / 'decoded')}")
    facts = build_facts(opened(tmp_path, "intake.zip", packed.getvalue()))
    assert facts.class_by_name("org.example.intake.Uploader") >= 0
    assert len(facts.table(COMPONENTS)) == 2
    assert "Reason for travel abroad" in facts.table(RESOURCE_VALUES)["text"].tolist()


def test_single_text_files(tmp_path: Path) -> None:
    manifest = tmp_path / "AndroidManifest.xml"
    manifest.write_bytes((INTAKE / "decoded" / "AndroidManifest.xml").read_bytes())
    facts = build_facts(open_input([manifest]))
    assert len(facts.table(COMPONENTS)) == 2
    smali = next((INTAKE / "decoded").rglob("Uploader.smali"))
    assert build_facts(open_input([smali])).class_by_name("org.example.intake.Uploader") >= 0
