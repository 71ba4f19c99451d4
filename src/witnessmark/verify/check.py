"""Holds a case against the files that were examined."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from .custody import read_custody
from .folder import Folder, matching_inputs
from .quotes import Given, check_quotes, quotes_of

DIGESTS = ("sha256", "sha1", "md5")
"""Security rests on the first; the others find the file in older records."""

MUST_BE_RECORDED = ("case.json", "findings.json")


class UnreadableError(Exception):
    """The case or a file given cannot be opened at all."""


class Report(NamedTuple):
    """What was checked, and every thing that does not hold, a sentence each."""

    inputs: int
    files: int
    events: int
    findings: int
    quotes: int
    head: str
    notes: tuple[str, ...]
    failures: tuple[str, ...]


def verify_case(case: Path, apps: Sequence[Path], noted_head: str = "") -> Report:
    """Recompute every hash of the case and re-read every quotation from the files given.

    ``noted_head`` is the hash of a line of custody.jsonl that was noted elsewhere.
    """
    faults: list[str] = []
    custody = read_custody(_bytes_of(case / "custody.jsonl"), noted_head)
    faults += custody.faults
    files = _check_recorded(case, custody.recorded, faults)
    case_inputs = _inputs(_document(case / "case.json", faults), faults, "case.json")
    given = _given(apps, case_inputs, faults)
    checked = _check_inputs(case_inputs, given, faults)
    document = _document(case / "findings.json", faults)
    _check_same_inputs(case_inputs, _inputs(document.get("app"), faults, "findings.json"), faults)
    quotes, findings = quotes_of(document, faults)
    compared = check_quotes(quotes, given, faults)
    here = {path.name for path in case.iterdir()} - {name for name, _ in custody.recorded}
    extra = sorted(here - {"custody.jsonl"})
    notes = tuple(f"{name} lies in the case, but the log does not know it" for name in extra)
    return Report(
        checked, files, custody.events, findings, compared, custody.head, notes, tuple(faults)
    )


def _given(
    apps: Sequence[Path], inputs: list[dict[str, Any]], faults: list[str]
) -> dict[str, Given]:
    """The files and folders given, by the hash that the case knows them by."""
    given: dict[str, Given] = {}
    for path in apps:
        if path.is_dir():
            try:
                given.update(matching_inputs(path, inputs, faults))
            except OSError as error:
                raise UnreadableError(f"{path} cannot be read: {error.strerror}") from error
        else:
            data = _bytes_of(path)
            given[hashlib.sha256(data).hexdigest()] = data
    return given


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {error.strerror}") from error


def _document(path: Path, faults: list[str]) -> dict[str, Any]:
    try:
        document = json.loads(_bytes_of(path))
    except (ValueError, RecursionError) as error:
        faults.append(f"{path.name}: it is not JSON any more ({error})")
        return {}
    return document if isinstance(document, dict) else {}


def _check_recorded(case: Path, recorded: list[tuple[str, str]], faults: list[str]) -> int:
    names = {name for name, _ in recorded}
    faults += [f"{name}: the log records no hash of it" for name in MUST_BE_RECORDED
               if name not in names]  # fmt: skip
    for name, digest in recorded:
        if Path(name).name != name or not (case / name).is_file():
            faults.append(f"{name}: the log records it, but it is not in the case")
        elif hashlib.sha256(_bytes_of(case / name)).hexdigest() != digest:
            faults.append(f"{name}: it was changed after the log recorded it")
    return len(names)


def _inputs(holder: Any, faults: list[str], where: str) -> list[dict[str, Any]]:
    listed = holder.get("inputs") if isinstance(holder, dict) else None
    if isinstance(listed, list) and listed and all(isinstance(one, dict) for one in listed):
        return listed
    faults.append(f"{where}: it lists no input")
    return []


def _check_inputs(inputs: list[dict[str, Any]], given: dict[str, Given], faults: list[str]) -> int:
    for one in inputs:
        name, data = one.get("name"), given.get(str(one.get("sha256")))
        if data is None:
            faults.append(f"{name}: no file given has its SHA-256, {one.get('sha256')}")
            continue
        size = data.size if isinstance(data, Folder) else len(data)
        if one.get("size") != size:
            faults.append(f"{name}: it has {size} bytes, {one.get('size')} were recorded")
        faults += [
            f"{name}: its {kind} is not the one recorded"
            for kind in DIGESTS
            if _digest(data, kind) != one.get(kind)
        ]
    known = {one.get("sha256") for one in inputs}
    faults += [f"a file given, SHA-256 {digest}, is none of those examined: it was changed, or "
               "is another" for digest in given if digest not in known]  # fmt: skip
    return len(inputs)


def _digest(data: Given, kind: str) -> str:
    if isinstance(data, Folder):
        return data.digest(kind)
    return hashlib.new(kind, data, usedforsecurity=False).hexdigest()


def _check_same_inputs(
    case: list[dict[str, Any]], findings: list[dict[str, Any]], faults: list[str]
) -> None:
    def told(inputs: list[dict[str, Any]]) -> list[list[str]]:
        return sorted([str(one.get(key)) for key in ("name", "sha256", "size")] for one in inputs)

    if told(case) != told(findings):
        faults.append("case.json and findings.json do not speak of the same files")
