"""Folders as inputs: listing, hashes, and what hostile folders try."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from witnessmark.model.errors import FormatError, InputError
from witnessmark.package import folder as folder_module
from witnessmark.package.folder import listing_line, read_folder
from witnessmark.package.open import open_input

SMALI = b".class public Lp/C;\n.super Ljava/lang/Object;\n"


def tree(root: Path, **files: bytes) -> Path:
    for name, content in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def test_the_listing_is_what_sha256sum_prints(tmp_path: Path) -> None:
    tree(tmp_path, b=b"two", a__c=b"one", a__d=b"")
    (tmp_path / "odd\nname").write_bytes(b"x")
    found = read_folder(tmp_path)
    assert [one.name for one in found.files] == ["a/c", "a/d", "b", "odd\nname"]
    assert found.sha256 == hashlib.sha256(found.listing).hexdigest()
    if shutil.which("sha256sum"):
        names = [one.name for one in found.files]
        printed = subprocess.run(
            ["sha256sum", "--", *names], cwd=tmp_path, capture_output=True, check=True
        ).stdout
        assert printed == found.listing
    for one in found.files:
        line = found.listing[one.line.offset : one.line.end]
        assert line == listing_line(one.sha256, one.name)
        content = (tmp_path / one.name).read_bytes()
        assert one.md5 == hashlib.md5(content).hexdigest()
        assert one.sha1 == hashlib.sha1(content).hexdigest()


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tree(tmp_path / "outside", secret__smali=SMALI)
    root = tree(tmp_path / "root", C=SMALI)
    (root / "C").rename(root / "C.smali")
    (root / "file.smali").symlink_to(outside / "secret" / "smali")
    (root / "folder").symlink_to(outside)
    (root / "loop").symlink_to(root)
    found = read_folder(root)
    assert [one.name for one in found.files] == ["C.smali"]
    assert sorted(found.left_out) == [
        (name, "is a link, and links are not followed") for name in ("file.smali", "folder", "loop")
    ]


def test_other_things_than_files_are_left_out(tmp_path: Path) -> None:
    tree(tmp_path, **{".git__config": b"x", "a": b"y"})
    os.mkfifo(tmp_path / "pipe")
    found = read_folder(tmp_path)
    assert [one.name for one in found.files] == ["a"]
    assert [name for name, _ in sorted(found.left_out)] == [".git", "pipe"]


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, a=b"", b=b"", c=b"")
    monkeypatch.setattr(folder_module, "MOST_FILES", 2)
    with pytest.raises(InputError, match="holds more than 2 files"):
        read_folder(tmp_path)


def test_a_file_that_changes_is_not_quoted(tmp_path: Path) -> None:
    root = tree(tmp_path / "root", C=SMALI)
    (root / "C").rename(root / "C.smali")
    app = open_input([root])
    (row,) = app.texts
    (root / "C.smali").write_bytes(SMALI + b"# longer")
    with pytest.raises(FormatError, match="changed"):
        app.blob(row)


def test_names_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.smali")).write_bytes(SMALI)
    app = open_input([tmp_path])
    assert [one.member for one in app.members] == ["\\xff.smali"]


def test_smali_counts_before_java_and_in_the_order_of_its_dex_files(tmp_path: Path) -> None:
    root = tree(
        tmp_path / "app",
        smali_classes10__A=SMALI, smali_classes2__B=SMALI, smali__C=SMALI, sources__D=b"class D {}",
    )  # fmt: skip
    for name, ending in (
        ("smali_classes10/A", ".smali"), ("smali_classes2/B", ".smali"), ("smali/C", ".smali"),
        ("sources/D", ".java"),
    ):  # fmt: skip
        (root / name).rename(root / f"{name}{ending}")
    app = open_input([root])
    assert [app.path(row) for row in app.texts] == [
        "app/smali/C.smali", "app/smali_classes2/B.smali", "app/smali_classes10/A.smali",
        "app/sources/D.java",
    ]  # fmt: skip


def test_an_unpacked_apk(tmp_path: Path) -> None:
    intake = Path(__file__).resolve().parents[2] / "apps" / "intake" / "intake.apk"
    shutil.unpack_archive(intake, tmp_path / "intake", "zip")
    app = open_input([tmp_path / "intake"])
    (part,) = app.parts
    assert part.tree is not None
    assert app.path(part.resources) == "intake/resources.arsc"
    assert [app.path(row) for row in app.dex] == ["intake/classes.dex"]
    assert app.gaps == ()
