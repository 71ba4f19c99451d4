"""A case of a folder holds while its files are as they were, and says which are not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from witnessmark.pipeline import examine
from witnessmark.verify.check import verify_case

APPS = Path(__file__).resolve().parents[2] / "apps"
DECODED = APPS / "intake" / "decoded"
INTAKE = APPS / "intake" / "intake.apk"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examined") / "case"
    examine([DECODED], folder)
    return folder


def test_every_quotation_is_re_read_from_its_file(case: Path) -> None:
    report = verify_case(case, [DECODED])
    assert report.failures == ()
    assert report.quotes > 20
    document = json.loads((case / "findings.json").read_text())
    members = {
        leaf["at"]["member"][0].rpartition(".")[2]
        for finding in document["findings"]
        for leaf in finding["evidence"]
        if leaf["at"] and leaf["at"]["member"]
    }
    assert {"smali", "xml"} <= members


def test_hashes_of_every_file_are_recorded(case: Path) -> None:
    (one,) = json.loads((case / "case.json").read_text())["inputs"]
    assert one["name"] == "decoded/"
    assert len(one["members"]) == sum(path.is_file() for path in DECODED.rglob("*"))
    assert all(len(member["sha1"]) == 40 and len(member["md5"]) == 32 for member in one["members"])


def test_a_changed_file_is_named(case: Path, tmp_path: Path) -> None:
    copy = tmp_path / "decoded"
    shutil.copytree(DECODED, copy)
    manifest = copy / "AndroidManifest.xml"
    manifest.write_bytes(manifest.read_bytes().replace(b"intake", b"outlet"))
    (copy / "apktool.yml").unlink()
    failures = " ".join(verify_case(case, [copy]).failures)
    assert "AndroidManifest.xml was changed" in failures
    assert "apktool.yml is missing" in failures


def test_files_added_later_do_not_matter(case: Path, tmp_path: Path) -> None:
    copy = tmp_path / "decoded"
    shutil.copytree(DECODED, copy)
    (copy / "notes.txt").write_text("mine")
    assert verify_case(case, [copy]).failures == ()


def test_a_folder_of_packages_is_held_against_the_case_as_it_was_examined(tmp_path: Path) -> None:
    folder = tmp_path / "splits"
    (folder / "deeper").mkdir(parents=True)
    shutil.copy(INTAKE, folder / "deeper" / "base.apk")
    (folder / "notes.txt").write_text("mine")
    examine([folder], tmp_path / "case")
    report = verify_case(tmp_path / "case", [folder])
    assert report.failures == ()
    assert report.quotes > 20


def test_a_folder_without_the_package_examined_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "splits"
    folder.mkdir()
    package = folder / "base.apk"
    shutil.copy(INTAKE, package)
    examine([folder], tmp_path / "case")
    injured = bytearray(package.read_bytes())
    injured[-1] ^= 1
    package.write_bytes(injured)
    failures = " ".join(verify_case(tmp_path / "case", [folder]).failures)
    assert "splits: it is none of the folders examined" in failures
    assert "no file given has its SHA-256" in failures
