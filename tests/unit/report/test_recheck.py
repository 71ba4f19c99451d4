"""The printed commands find the quoted bytes with common tools."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from unit.report.samples import sample, zipped
from witnessmark.report.document import At, FrozenEvidence, thaw
from witnessmark.report.recheck import commands
from witnessmark.verify.spelling import spell

TOOLS = ("sh", "unzip", "funzip", "tail", "head", "xxd", "sha256sum")
absent = [tool for tool in TOOLS if shutil.which(tool) is None]
needs_tools = pytest.mark.skipif(bool(absent), reason=f"not installed: {', '.join(absent)}")


def run(lines: str, folder: Path) -> bytes:
    return subprocess.run(["sh", "-c", lines], cwd=folder, capture_output=True, check=False).stdout


def leaves(nodes: tuple[FrozenEvidence, ...]) -> Iterator[FrozenEvidence]:
    for node in nodes:
        if node.at is not None:
            yield node
        yield from leaves(node.because)


@needs_tools
def test_every_kind_of_quotation_is_found(tmp_path: Path) -> None:
    made = sample(10)
    (tmp_path / made.name).write_bytes(made.app)
    quotes = [leaf for one in thaw(made.document).findings for leaf in leaves(one.evidence)]
    assert {leaf.at.place["reads_as"] for leaf in quotes if leaf.at} == {
        "hex", "utf-8", "mutf-8", "utf-16le", "sha256",
    }  # fmt: skip
    for leaf in quotes:
        assert leaf.at is not None
        printed = run(commands(leaf.at, made.name), tmp_path)
        if leaf.at.place["reads_as"] == "sha256":
            assert printed.split()[0].decode() == leaf.excerpt
        else:
            data = subprocess.run(["xxd", "-r"], input=printed, capture_output=True, check=True)
            assert spell(data.stdout, str(leaf.at.place["reads_as"])) == leaf.excerpt


@needs_tools
@pytest.mark.parametrize(
    "name", ["a b", "it's", "$(reboot)", "*", "[x]", "-rf", "a;b", "`id`", "a\\b?", "姓名"]
)
def test_names_cannot_break_out_of_the_command(tmp_path: Path, name: str) -> None:
    (tmp_path / "app.apk").write_bytes(zipped({name: b"0123456789", "other": b"no"}))
    at = At("0" * 64, (name,), 2, 3, {"reads_as": "latin-1"})
    assert run(commands(at, "app.apk"), tmp_path).split()[-1] == b"234"


@needs_tools
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_entry_is_found_by_its_local_header(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("same", b"first")
        archive.writestr("same", b"later")
    (tmp_path / "app.apk").write_bytes(out.getvalue())
    second = out.getvalue().index(b"PK\x03\x04", 4)
    at = At("0" * 64, (f"same@{second}",), 0, 5, {"reads_as": "latin-1"})
    assert run(commands(at, "app.apk"), tmp_path).split()[-1] == b"later"


@needs_tools
def test_the_file_itself(tmp_path: Path) -> None:
    (tmp_path / "-odd name").write_bytes(b"0123456789")
    at = At("0" * 64, (), 4, 6, {"reads_as": "sha256"})
    printed = run(commands(at, "-odd name"), tmp_path).split()[0].decode()
    assert printed == hashlib.sha256(b"456789").hexdigest()


def test_nothing_unprintable_reaches_a_terminal() -> None:
    at = At("0" * 64, ("a\x1b]0;x\x07\n\u202eb",), 0, 1, {"reads_as": "hex"})
    lines = commands(at, "app\x1b.apk")
    assert all(char.isprintable() for char in lines)


def test_members_of_a_folder_are_files() -> None:
    at = At("0" * 64, ("smali/a/B.smali",), 7, 5, {"reads_as": "utf-8"})
    assert commands(at, "tree/") == "tail -c +8 tree/smali/a/B.smali | head -c 5 | xxd"
    inside = At("0" * 64, ("assets/a.zip", "b.txt"), 0, 5, {"reads_as": "utf-8"})
    assert commands(inside, "tree/").splitlines()[0] == (
        "unzip -p tree/assets/a.zip b.txt | tail -c +1 | head -c 5 | xxd"
    )


@needs_tools
def test_the_listing_of_a_folder_can_be_made_again(tmp_path: Path) -> None:
    (tmp_path / "tree" / "sub").mkdir(parents=True)
    (tmp_path / "tree" / "sub" / "a b").write_bytes(b"one")
    at = At("0" * 64, (), 0, 71, {"reads_as": "utf-8"})
    printed = subprocess.run(
        ["sh", "-c", commands(at, f"{tmp_path}/tree/")], capture_output=True, check=True
    ).stdout
    assert b"sub/a" in printed
