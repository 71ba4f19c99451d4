"""Opens a case folder that was written before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from witnessmark.model.errors import CaseError


def case_file(case: Path, name: str) -> Path:
    """Path of a file of a case; CaseError when the folder is no case or lacks the file."""
    if not (case / "case.json").is_file():
        raise CaseError(
            f"{case} is not a case (it holds no case.json); name a folder that examine wrote"
        )
    path = case / name
    if not path.is_file():
        raise CaseError(
            f"{case} holds no {name}; run `witnessmark examine` with --force to make it"
        )
    return path


def read_findings(case: Path) -> dict[str, Any]:
    """The findings document of a case as plain data."""
    path = case_file(case, "findings.json")
    try:
        document: dict[str, Any] = json.loads(path.read_bytes())
    except ValueError as error:
        raise CaseError(
            f"{path} is damaged ({error}); run `witnessmark verify` to see what changed"
        ) from error
    if document.get("format") != "witnessmark-findings/1":
        raise CaseError(f"{path} was written in another format; examine the app again")
    return document
