"""The command line as a person meets it: statuses, messages, what is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "apps" / "intake" / "intake.apk"
SOURCES = Path(__file__).parents[3] / "src"
LATE = ("duckdb", "numpy", "llvmlite", "cryptography", "jinja2", "yaml", "witnessmark.pipeline")
"""Modules that cost much and that help, wrong use and errors must not wait for."""


def run(*words: str | Path, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "witnessmark", *map(str, words)],
        capture_output=True, text=True, input=text, check=False, env=environment(),
    )  # fmt: skip


def environment() -> dict[str, str]:
    path = os.pathsep.join((str(SOURCES), os.environ.get("PYTHONPATH", "")))
    return {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases") / "intake"
    done = run("examine", APP, "--case", folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.rstrip().endswith(str(folder / "report.html"))
    return folder


def test_a_case_holds_what_the_design_says(case: Path) -> None:
    assert {one.name for one in case.iterdir()} == {
        "case.json", "custody.jsonl", "facts.duckdb", "findings.json", "report.html",
    }  # fmt: skip


def test_progress_is_told_beside_the_result(tmp_path: Path) -> None:
    done = run("examine", APP, "--case", tmp_path / "a")
    quiet = run("examine", APP, "--case", tmp_path / "b", "--quiet")
    assert "opening intake.apk" in done.stderr
    assert quiet.stderr == ""
    assert quiet.stdout.splitlines()[:-1] == done.stdout.splitlines()[:-1]


def test_a_case_is_not_replaced_unless_asked(case: Path) -> None:
    before = (case / "custody.jsonl").read_bytes()
    refused = run("examine", APP, "--case", case)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--force" in refused.stderr.splitlines()[-1]
    assert (case / "custody.jsonl").read_bytes() == before
    replaced = run("examine", APP, "--case", case, "--force")
    assert replaced.returncode == 0


def test_the_commands_on_a_case(case: Path, tmp_path: Path) -> None:
    asked = run("query", case, "SELECT count(*) AS n FROM inputs")
    assert asked.returncode == 0
    assert "1" in asked.stdout
    finding = json.loads((case / "findings.json").read_bytes())["findings"][0]
    told = run("explain", case, finding["id"])
    assert told.returncode == 0
    assert finding["says"].split()[0] in told.stdout
    assert run("verify", case, APP).returncode == 0
    out = tmp_path / "again.html"
    assert run("export", case, "--as", "html", "--out", out).returncode == 0
    assert out.read_bytes() == (case / "report.html").read_bytes()


def test_a_form_in_the_case_is_noted_in_its_log(tmp_path: Path) -> None:
    case = tmp_path / "case"
    assert run("examine", APP, "--case", case, "--quiet").returncode == 0
    assert run("export", case, "--as", "xlsx").returncode == 0
    assert run("export", case, "--as", "xlsx").returncode == 0
    assert (case / "tables.xlsx").read_bytes()[:2] == b"PK"
    assert len((case / "custody.jsonl").read_bytes().splitlines()) == 2
    assert run("verify", case, APP).returncode == 0
    (case / "tables.xlsx").write_bytes(b"changed")
    assert run("export", case, "--as", "xlsx").returncode == 2
    assert run("verify", case, APP).returncode != 0


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("examine",), 2, "Missing argument"),
        (("nonsense",), 2, "No such command"),
        (("examine", "absent.apk"), 3, "absent.apk"),
        (("examine", __file__), 3, "witnessmark:"),
        (("explain", "absent.case", "x"), 2, "absent.case"),
        (("query", "absent.case", "SELECT 1"), 2, "absent.case"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    words: Sequence[str], status: int, said: str
) -> None:
    done = run(*words)
    assert done.returncode == status, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_case_that_is_not_there_cannot_be_verified() -> None:
    done = run("verify", "absent.case", APP)
    assert done.returncode == 3
    assert "absent.case" in done.stdout


def test_a_wrong_query_names_the_mistake(case: Path) -> None:
    done = run("query", case, "SELECT absent FROM inputs")
    assert done.returncode == 2
    assert "absent" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_query_changes_nothing(case: Path) -> None:
    done = run("query", case, "DELETE FROM inputs")
    assert done.returncode == 2
    assert "1" in run("query", case, "SELECT count(*) AS n FROM inputs").stdout


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "witnessmark", "examine", str(APP)]
    with subprocess.Popen(
        [*command, "--case", str(tmp_path / "case")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
    ) as child:  # fmt: skip
        assert child.stderr is not None
        for line in child.stderr:
            if "code" in line:
                break
        child.send_signal(number)
        _, words = child.communicate()
    assert child.returncode == 4, words
    assert "interrupted; nothing was written" in words
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("no folder")
    done = run("examine", APP, "--case", blocker / "case")
    assert done.returncode == 2
    assert "choose another --case" in done.stderr
    assert blocker.read_text() == "no folder"


def test_what_an_unfinished_process_left_is_removed(tmp_path: Path) -> None:
    left = tmp_path / ".case.unfinished-999999999-x"
    left.mkdir()
    (left / "half").write_text("")
    old = time.time() - 10
    os.utime(left, (old, old))
    assert run("examine", APP, "--case", tmp_path / "case", "--quiet").returncode == 0
    assert [one.name for one in tmp_path.iterdir()] == ["case"]


@pytest.mark.parametrize("words", [["--help"], ["examine", "--help"], ["--version"]])
def test_help_loads_nothing_that_costs(words: list[str]) -> None:
    code = (
        "import sys; from witnessmark.cli.app import app\n"
        f"sys.argv = ['witnessmark', *{words!r}]\n"
        "try: app()\n"
        f"finally: print([name for name in {LATE!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment()
    )
    assert done.stdout.splitlines()[-1] == "[]"
