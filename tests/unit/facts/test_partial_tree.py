"""Parts of a decoded tree give what is left, and a gap for what is not."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from witnessmark.pipeline import examine

DECODED = Path(__file__).resolve().parents[2] / "apps" / "intake" / "decoded"
Keys = frozenset[tuple[str, str]]


def read(path: Path, case: Path) -> tuple[Keys, Mapping[str, tuple[str, ...]]]:
    """Findings by kind and id, and what each gap hides by its reason."""
    examine([path], case, force=True)
    told = json.loads((case / "findings.json").read_bytes())
    findings = frozenset((one["kind"], one["id"]) for one in told["findings"])
    return findings, {one["why"]: tuple(one["hides"]) for one in told["gaps"]}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Keys]:
    @cache
    def found() -> Keys:
        return read(DECODED, tmp_path_factory.mktemp("whole") / "case")[0]

    return found


def copied(target: Path) -> Path:
    shutil.copytree(DECODED, target)
    return target


def kinds(found: Keys) -> set[str]:
    return {kind for kind, _ in found}


def test_one_folder_deeper_or_packed_is_the_same(whole: Callable[[], Keys], tmp_path: Path) -> None:
    copied(tmp_path / "outer" / "app")
    packed = tmp_path / "app.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for one in sorted(DECODED.rglob("*")):
            archive.write(one, Path("app", one.relative_to(DECODED)))
    for path in (tmp_path / "outer", packed):
        assert read(path, tmp_path / "case")[0] == whole()


def test_screens_are_read_without_a_manifest(whole: Callable[[], Keys], tmp_path: Path) -> None:
    root = copied(tmp_path / "outer" / "app")
    (root / "AndroidManifest.xml").unlink()
    shutil.rmtree(root / "original")
    found, gaps = read(tmp_path / "outer", tmp_path / "case")
    new = found - whole()
    assert kinds(new) <= {"keeps.file"}, "paths begin with the package, which is not known here"
    for kind in ("asks.field", "asks.screen", "keeps.table"):
        assert {one for one in found if one[0] == kind} == {
            one for one in whole() if one[0] == kind
        }
    assert "takes.permission" not in kinds(found)
    assert any(why.startswith("holds no AndroidManifest.xml") for why in gaps)


def test_code_alone_gives_what_code_tells(whole: Callable[[], Keys], tmp_path: Path) -> None:
    shutil.copytree(DECODED / "smali", tmp_path / "app" / "smali")
    found, gaps = read(tmp_path / "app", tmp_path / "case")
    assert "keeps.table" in kinds(found)
    assert {one for one in found if one[0] == "keeps.table"} <= whole()
    (why,) = (one for one in gaps if "holds no resources" in one)
    assert "asks" in gaps[why]


def test_a_screen_that_is_listed_and_not_here_is_a_gap(tmp_path: Path) -> None:
    root = copied(tmp_path / "app")
    (root / "res" / "layout" / "intake.xml").unlink()
    found, gaps = read(root, tmp_path / "case")
    assert "keeps.table" in kinds(found)
    why = "lacks the file of a screen that its list of resources names: intake"
    assert gaps[why] == ("asks",)


def test_the_target_is_quoted_where_apktool_noted_it(tmp_path: Path) -> None:
    root = copied(tmp_path / "app")
    notes = root / "apktool.yml"
    (root / "AndroidManifest.xml").write_text(
        '<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="org.a">'
        '<uses-permission android:name="android.permission.INTERNET"/></manifest>'
    )
    notes.write_text("sdkInfo:\n  minSdkVersion: '14'\n  targetSdkVersion: '18'\n")
    examine([root], tmp_path / "case")
    told = json.loads((tmp_path / "case" / "findings.json").read_bytes())
    (one,) = (
        found for found in told["findings"] if found["subject"].get("what") == "cleartext_default"
    )
    assert one["says"].startswith("The app is made for Android 4.3,")
    (evidence,) = one["evidence"]
    assert evidence["at"]["member"][-1].endswith("apktool.yml")
    assert evidence["excerpt"] == "targetSdkVersion: '18'"
