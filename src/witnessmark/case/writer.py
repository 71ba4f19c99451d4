"""Writes a case folder whole or not at all.

Everything goes into a hidden folder beside the target, which is renamed at the end. An
exception, Ctrl-C, a full disk or a second process therefore never leaves half a case; at worst
(power loss, kill) a hidden ``.NAME.unfinished-*`` folder stays, which the next run removes
when the process that made it is gone.
"""

from __future__ import annotations

import os
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
        scratch = _hidden_folder(target)
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
        _remove(scratch)


def _hidden_folder(target: Path) -> Path:
    """A new folder beside ``target`` that only this user can open."""
    name = f".{target.name}.unfinished-{os.getpid()}-{os.urandom(8).hex()}"
    folder = target.parent / name
    folder.mkdir(mode=0o700)
    return folder


def _remove(folder: Path) -> None:
    """Remove a folder, if it is still there, as far as that can be done."""
    if not folder.exists():
        return
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


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
    retired = _hidden_folder(target)
    old = retired / "old"
    target.rename(old)
    try:
        scratch.rename(target)
    except OSError:
        old.rename(target)
        raise
    finally:
        _remove(retired)


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
            _remove(leftover)


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
