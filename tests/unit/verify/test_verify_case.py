"""A case that holds, and every way in which one may not."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import witnessmark.verify
from unit.verify.made_case import CASE_FILES, digests, seal, write_case, write_log
from witnessmark.verify.__main__ import main
from witnessmark.verify.check import UnreadableError, verify_case


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return write_case(tmp_path_factory.mktemp("pristine"))


@pytest.fixture
def made(pristine: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    case, app = pristine
    copied = shutil.copytree(case, tmp_path / "case")
    return copied, Path(shutil.copy(app, tmp_path))


def edit(path: Path, change: Callable[[Any], None]) -> None:
    document = json.loads(path.read_bytes())
    change(document)
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def failures(case: Path, app: Path) -> str:
    return "\n".join(verify_case(case, [app]).failures)


def test_an_untouched_case_holds(made: tuple[Path, Path]) -> None:
    case, app = made
    report = verify_case(case, [app])
    assert report.failures == ()
    assert report.notes == ()
    assert (report.inputs, report.files, report.findings) == (1, 4, 10)
    assert report.quotes > 10


def test_exit_status_and_printed_counts(
    made: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    case, app = made
    assert main([str(case), str(app)]) == 0
    printed = capsys.readouterr().out
    assert "10 findings" in printed
    assert printed.endswith("Everything holds.\n")


def test_a_bundle_that_is_still_packed_is_told_to_be_unpacked(
    made: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    _, app = made
    packed = app.with_name("bundle.zip")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("witnessmark-bundle/bagit.txt", "")
    assert main([str(packed), str(app)]) == 3
    assert "name the folder witnessmark-bundle from it" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"PK", b"text"], ids=["a broken zip", "no zip"])
def test_a_file_that_is_no_bundle_is_not_called_one(
    made: tuple[Path, Path], capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    _, app = made
    other = app.with_name("other")
    other.write_bytes(content)
    assert main([str(other), str(app)]) == 3
    printed = capsys.readouterr().out
    assert "is a file, not a case" in printed
    assert "unpack it" not in printed


def test_a_changed_app_fails_and_is_named(made: tuple[Path, Path]) -> None:
    case, app = made
    app.write_bytes(app.read_bytes() + b"\0")
    told = failures(case, app)
    assert "visit.xapk: no file given has its SHA-256" in told
    assert "none of those examined" in told
    assert "quotations stand in a file that was not given" in told


def test_a_changed_excerpt_fails_even_when_the_log_is_written_anew(
    made: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    case, app = made

    def change(document: Any) -> None:
        node = next(
            one for one in document["findings"] if one["kind"] == "keeps.table"
        )["evidence"][0]  # fmt: skip
        node["excerpt"] = node["excerpt"].replace("CREATE", "CREATED")

    edit(case / "findings.json", change)
    seal(case)
    told = failures(case, app)
    assert told.startswith("keeps.table-")
    assert "it quotes 'CREATED" in told
    assert "there stands 'CREATE TABLE" in told
    assert main([str(case), str(app)]) == 1
    assert "1 things do not hold" in capsys.readouterr().out


@pytest.mark.parametrize("name", CASE_FILES)
def test_a_changed_file_of_the_case_is_named(made: tuple[Path, Path], name: str) -> None:
    case, app = made
    (case / name).write_bytes((case / name).read_bytes() + b" ")
    assert f"{name}: it was changed after the log recorded it" in failures(case, app)


def test_a_missing_file_of_the_case_is_named(made: tuple[Path, Path]) -> None:
    case, app = made
    (case / "report.html").unlink()
    assert "report.html: the log records it, but it is not in the case" in failures(case, app)


@pytest.mark.parametrize("cut", [slice(0, 0), slice(1, None), slice(0, 1), slice(0, 3, 2)])
def test_a_cut_log_fails(made: tuple[Path, Path], cut: slice) -> None:
    case, app = made
    log = case / "custody.jsonl"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[cut]))
    assert "custody.jsonl" in failures(case, app)


def test_a_log_cut_behind_the_examination_fails_against_a_noted_hash(
    made: tuple[Path, Path],
) -> None:
    case, app = made
    noted = verify_case(case, [app]).head
    log = case / "custody.jsonl"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:2]))
    assert verify_case(case, [app]).failures == ()
    (told,) = verify_case(case, [app], noted).failures
    assert noted in told


def test_a_recorded_hash_cannot_be_superseded(made: tuple[Path, Path]) -> None:
    """A later line with the hash of a changed file does not silence the earlier one."""
    case, app = made
    edit(case / "findings.json", lambda document: document["findings"].pop())
    log = [json.loads(line) for line in (case / "custody.jsonl").read_bytes().splitlines()]
    changed = digests((case / "findings.json").read_bytes())["sha256"]
    events = [(one["event"], one["detail"]) for one in log]
    write_log(case, [*events, ("exported", {"sha256": {"findings.json": changed}})])
    assert "findings.json: it was changed" in failures(case, app)


def test_a_foreign_file_in_the_case_is_noted(made: tuple[Path, Path]) -> None:
    case, app = made
    (case / "letter.txt").write_text("not ours")
    report = verify_case(case, [app])
    assert report.failures == ()
    assert report.notes == ("letter.txt lies in the case, but the log does not know it",)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d["findings"][0].pop("id"), "finding 1 is not well formed"),
        (lambda d: d["findings"].append(d["findings"][0]), "two findings have this name"),
        (lambda d: d["findings"][0].update(evidence=[]), "it quotes nothing"),
        (lambda d: d["findings"].__setitem__(0, []), "finding 1 is not well formed"),
        (lambda d: d["findings"][0]["evidence"][0].update(at=None, because=[]), "rests on nothing"),
        (lambda d: d.update(format="other"), "is not a witnessmark-findings/1 document"),
        (lambda d: d["app"]["inputs"][0].update(size=1), "do not speak of the same files"),
        (lambda d: d.pop("app"), "it lists no input"),
        (lambda d: leaf(d).update(offset=-1), "no number of bytes"),
        (lambda d: leaf(d).update(offset=True), "no number of bytes"),
        (lambda d: leaf(d).update(offset=10**30), "the member ends after"),
        (lambda d: leaf(d).update(member=["absent"]), "there is no member 'absent'"),
        (lambda d: leaf(d).update(member=["base.apk@99"]), "there is no member"),
        (lambda d: leaf(d).update(sha256="f" * 64), "1 quotations stand in a file"),
        (lambda d: leaf(d)["place"].update(reads_as="rot13"), "nobody knows how to read"),
    ],
)
def test_a_document_that_lies_is_told(
    made: tuple[Path, Path], change: Callable[[Any], None], told: str
) -> None:
    case, app = made
    edit(case / "findings.json", change)
    seal(case)
    assert told in failures(case, app)


def leaf(document: Any) -> Any:
    node = document["findings"][0]["evidence"][0]
    while node["because"]:
        node = node["because"][0]
    return node["at"]


@pytest.mark.parametrize("data", [b"", b"[", b"[" * 100_000, b"\xff", b"[]", b"null"])
def test_a_document_that_is_none_is_told(made: tuple[Path, Path], data: bytes) -> None:
    case, app = made
    (case / "findings.json").write_bytes(data)
    assert "findings.json" in failures(case, app)


def test_the_log_cannot_lead_out_of_the_case(made: tuple[Path, Path]) -> None:
    case, app = made
    write_log(case, [("examined", {"sha256": {"../visit.xapk": "0" * 64}})])
    assert "../visit.xapk: the log records it, but it is not in the case" in failures(case, app)


@pytest.mark.parametrize("absent", ["findings.json", "case.json", "custody.jsonl"])
def test_what_cannot_be_opened_is_status_3(
    made: tuple[Path, Path], absent: str, capsys: pytest.CaptureFixture[str]
) -> None:
    case, app = made
    (case / absent).unlink()
    with pytest.raises(UnreadableError, match=absent):
        verify_case(case, [app])
    assert main([str(case), str(app)]) == 3
    assert absent in capsys.readouterr().out


def test_wrong_use_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["only-a-case"])
    assert ended.value.code == 2
    assert "APP" in capsys.readouterr().err


def test_every_random_flip_is_detected(made: tuple[Path, Path]) -> None:
    case, app = made
    rng = random.Random(20)
    for path in (app, *(case / name for name in CASE_FILES)):
        whole = path.read_bytes()
        for _ in range(12):
            flipped = bytearray(whole)
            flipped[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
            path.write_bytes(flipped)
            assert verify_case(case, [app]).failures
        path.write_bytes(whole)
    assert verify_case(case, [app]).failures == ()


def test_random_flips_of_findings_are_told_without_a_crash_when_resealed(
    made: tuple[Path, Path],
) -> None:
    """Whatever a forger writes, the answer is a report."""
    case, app = made
    rng = random.Random(21)
    path = case / "findings.json"
    whole = path.read_bytes()
    for _ in range(60):
        flipped = bytearray(whole)
        for _ in range(rng.randrange(1, 4)):
            flipped[rng.randrange(len(whole))] = rng.randrange(256)
        path.write_bytes(flipped)
        seal(case)
        verify_case(case, [app])


def test_it_runs_alone_on_the_standard_library(made: tuple[Path, Path], tmp_path: Path) -> None:
    """Copied out, isolated from site-packages, in a terminal that knows ASCII only."""
    case, app = made
    source = Path(witnessmark.verify.__file__).parent
    shutil.copytree(source, tmp_path / "alone" / "verify", ignore=shutil.ignore_patterns("__*__"))
    for name in ("__init__.py", "__main__.py"):
        shutil.copy(source / name, tmp_path / "alone" / "verify")
    edit(case / "findings.json", lambda d: leaf(d) and d["findings"][0].update(id="重点\x1b[31m"))
    ended = subprocess.run(
        [sys.executable, "-S", "-m", "verify", str(case), str(app)],
        cwd=tmp_path / "alone",
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
        capture_output=True,
        check=False,
    )
    assert ended.stderr == b""
    assert ended.returncode == 1
    assert ended.stdout.isascii()
    assert b"\x1b" not in ended.stdout
    assert b"findings.json: it was changed" in ended.stdout
