"""Writes a case folder whole or not at all.

Everything goes into a hidden folder beside the target, which is renamed at the end. An
exception, Ctrl-C, a full disk or a second process therefore never leaves half a case; at worst
(power loss, kill) a hidden ``.NAME.unfinished-*`` folder stays, which the next run removes
when the process that made it is gone.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from witnessmark.model.errors import CaseError


@contextmanager
def new_case(target: Path, *, force: bool) -> Iterator[Path]:
    """A folder to fill; it becomes ``target`` when the block ends without an exception.

    CaseError when ``target`` exists and ``force`` is not set, is no case, or cannot be written.
    """
    target = target.resolve()
    _check_target(target, force=force)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(target)
        scratch = Path(
            tempfile.mkdtemp(prefix=f".{target.name}.unfinished-{os.getpid()}-", dir=target.parent)
        )
    except OSError as error:
        raise CaseError(
            f"cannot write beside {target}: {error.strerror}; choose another --case"
        ) from error
    try:
        yield scratch
        _put_in_place(scratch, target, force=force)
    except OSError as error:
        raise CaseError(
            f"cannot write the case {target}: {error.strerror or error}; nothing was kept"
        ) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _check_target(target: Path, *, force: bool) -> None:
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    if not (target / "case.json").is_file():
        raise CaseError(f"{target} exists and is not a case; choose another --case")
    if not force:
        raise CaseError(
            f"{target} already holds a case; choose another --case, or add --force to replace it"
        )


def _put_in_place(scratch: Path, target: Path, *, force: bool) -> None:
    scratch.chmod(0o755)
    if not target.exists() or not any(target.iterdir()):
        _rename_new(scratch, target)
        return
    if not force:
        raise CaseError(f"{target} was written by another process meanwhile; nothing was replaced")
    retired = Path(
        tempfile.mkdtemp(prefix=f".{target.name}.unfinished-{os.getpid()}-", dir=target.parent)
    )
    old = retired / "old"
    target.rename(old)
    try:
        scratch.rename(target)
    except OSError:
        old.rename(target)
        raise
    finally:
        shutil.rmtree(retired, ignore_errors=True)


def _rename_new(scratch: Path, target: Path) -> None:
    try:
        if target.exists():
            target.rmdir()
        scratch.rename(target)
    except OSError as error:
        if target.exists():
            raise CaseError(
                f"{target} was written by another process meanwhile; nothing was replaced"
            ) from error
        raise


def _remove_abandoned(target: Path) -> None:
    for leftover in target.parent.glob(f".{target.name}.unfinished-*"):
        owner = leftover.name.rsplit("unfinished-", 1)[1].partition("-")[0]
        if owner.isdigit() and not _alive(int(owner)):
            shutil.rmtree(leftover, ignore_errors=True)


def _alive(process: int) -> bool:
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
