"""Bundles hold on another interpreter, and no byte of one can change unseen."""

from __future__ import annotations

import ast
import io
import random
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from witnessmark import pipeline
from witnessmark.case.bundle import bundle, verifier
from witnessmark.case.export import Wish
from witnessmark.model.errors import UsageError
from witnessmark.report.forms import Form
from witnessmark.verify.__main__ import main as verify

APP = Path(__file__).parents[2] / "apps" / "intake" / "intake.apk"
FLIPS = 500


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    pipeline.examine([APP], folder / "case")
    pipeline.export(folder / "case", Wish(Form.XLSX))
    packed = pipeline.export(folder / "case", Wish(Form.BUNDLE))
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder / "bag")
    return folder / "bag"


def test_the_same_case_gives_the_same_bundle(unpacked: Path) -> None:
    case = unpacked / "data" / "case"
    assert bundle(case, "1") == bundle(case, "1")


def test_the_verifier_inside_needs_nothing_else(unpacked: Path) -> None:
    command = [sys.executable, "-I", "-S", str(unpacked / "data" / "verify.py")]
    done = subprocess.run(
        [*command, str(unpacked), str(APP)], capture_output=True, text=True, check=False,
        env={"LC_ALL": "C", "LANG": "C"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Everything holds." in done.stdout


def test_the_verifier_imports_the_standard_library_only() -> None:
    tree = ast.parse(verifier(), feature_version=(3, 9))
    plain = {
        one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names
    }
    named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in plain | named} <= sys.stdlib_module_names


def test_any_flipped_byte_is_told(unpacked: Path, tmp_path: Path) -> None:
    chance = random.Random(6)
    bag = tmp_path / "bag"
    shutil.copytree(unpacked, bag)
    assert verify([str(bag), str(APP)]) == 0
    # The database is by far the largest file; one flip in ten goes there, the others elsewhere.
    files = sorted(one for one in bag.rglob("*") if one.is_file())
    small = [one for one in files if one.suffix != ".duckdb"]
    for number in range(FLIPS):
        chosen = chance.choice(files if number % 10 == 0 else small)
        data = chosen.read_bytes()
        at = chance.randrange(len(data))
        chosen.write_bytes(
            data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
        )
        assert bag_breaks(bag), (chosen, at)
        chosen.write_bytes(data)


def bag_breaks(bag: Path) -> bool:
    from witnessmark.verify.bag import bag_faults

    return bool(bag_faults(bag))


def test_a_file_more_or_less_is_told(unpacked: Path, tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    shutil.copytree(unpacked, bag)
    (bag / "data" / "more.txt").write_text("more")
    assert bag_breaks(bag)
    (bag / "data" / "more.txt").unlink()
    assert not bag_breaks(bag)
    (bag / "data" / "case" / "report.html").unlink()
    assert bag_breaks(bag)


def test_the_app_goes_along_only_when_asked(unpacked: Path) -> None:
    case = unpacked / "data" / "case"
    names = zipfile.ZipFile(io.BytesIO(bundle(case, "1", (APP,)))).namelist()
    assert "data/app/intake.apk" in names
    assert not list(unpacked.rglob("*.apk"))
    with pytest.raises(UsageError, match="none of the files"):
        bundle(case, "1", (Path(__file__),))


def test_no_masked_bundle_is_made(unpacked: Path) -> None:
    case = unpacked / "data" / "case"
    with pytest.raises(UsageError, match="holds the whole case"):
        pipeline.export(case, Wish(Form.BUNDLE, audience="publication"))
