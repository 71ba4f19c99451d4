"""A case is written whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from witnessmark.case.writer import new_case
from witnessmark.model.errors import CaseError


def fill(folder: Path, text: str = "{}") -> None:
    (folder / "case.json").write_text(text)


def left_over(parent: Path) -> list[str]:
    return sorted(path.name for path in parent.iterdir())


def test_a_case_appears_at_the_end_only(tmp_path: Path) -> None:
    target = tmp_path / "a.case"
    with new_case(target, force=False) as folder:
        fill(folder)
        assert not target.exists()
    assert (target / "case.json").read_text() == "{}"
    assert left_over(tmp_path) == ["a.case"]


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), ValueError("x"), SystemExit(4)])
def test_nothing_stays_after_a_fault(tmp_path: Path, fault: BaseException) -> None:
    with pytest.raises(type(fault)), new_case(tmp_path / "a.case", force=False) as folder:
        fill(folder)
        raise fault
    assert left_over(tmp_path) == []


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    with (
        pytest.raises(CaseError, match="No space left on device"),
        new_case(tmp_path / "a.case", force=False) as folder,
    ):
        fill(folder)
        raise full
    assert left_over(tmp_path) == []


def test_an_existing_case_is_kept_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "a.case"
    with new_case(target, force=False) as folder:
        fill(folder, "old")
    with pytest.raises(CaseError, match="--force"), new_case(target, force=False):
        pass
    with new_case(target, force=True) as folder:
        fill(folder, "new")
    assert (target / "case.json").read_text() == "new"
    assert left_over(tmp_path) == ["a.case"]


def test_a_failed_replacement_keeps_the_old_case(tmp_path: Path) -> None:
    target = tmp_path / "a.case"
    with new_case(target, force=False) as folder:
        fill(folder, "old")
    with pytest.raises(ValueError, match="midway"), new_case(target, force=True) as folder:
        fill(folder, "new")
        raise ValueError("midway")
    assert (target / "case.json").read_text() == "old"


def test_a_folder_that_is_no_case_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "documents"
    target.mkdir()
    (target / "thesis.txt").write_text("years of work")
    with pytest.raises(CaseError, match="not a case"), new_case(target, force=True):
        pass
    assert (target / "thesis.txt").read_text() == "years of work"


def test_of_two_writers_the_second_keeps_its_hands_off(tmp_path: Path) -> None:
    target = tmp_path / "a.case"
    with (
        pytest.raises(CaseError, match="another process"),
        new_case(target, force=False) as slow,
    ):
        fill(slow, "slow")
        with new_case(target, force=False) as quick:
            fill(quick, "quick")
    assert (target / "case.json").read_text() == "quick"
    assert left_over(tmp_path) == ["a.case"]


@pytest.mark.skipif(os.name == "nt", reason="processes are not probed on Windows")
def test_leftovers_of_a_killed_process_are_removed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    dead = int(done.stdout)
    (tmp_path / f".a.case.unfinished-{dead}-x").mkdir()
    (tmp_path / f".a.case.unfinished-{os.getppid()}-x").mkdir()
    with new_case(tmp_path / "a.case", force=False) as folder:
        fill(folder)
    assert left_over(tmp_path) == [f".a.case.unfinished-{os.getppid()}-x", "a.case"]
