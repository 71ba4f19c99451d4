"""A whole case about an invented app, made without the code under test."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from unit.report.samples import sample

CASE_FILES = ("case.json", "findings.json", "facts.duckdb", "report.html")


def write_case(folder: Path, findings: int = 10) -> tuple[Path, Path]:
    """Write app and case below ``folder``; their paths, the case first."""
    made = sample(findings)
    app = folder / made.name
    app.write_bytes(made.app)
    case = folder / "case"
    case.mkdir()
    inputs = [{"name": made.name, "size": len(made.app), "members": 2, **digests(made.app)}]
    (case / "case.json").write_text(json.dumps({"format": "witnessmark-case/1", "inputs": inputs}))
    (case / "findings.json").write_bytes(made.document)
    (case / "facts.duckdb").write_bytes(b"tables, inert")
    (case / "report.html").write_bytes(b"<!doctype html>")
    seal(case)
    return case, app


def digests(data: bytes) -> dict[str, str]:
    return {kind: hashlib.new(kind, data).hexdigest() for kind in ("sha256", "sha1", "md5")}


def seal(case: Path) -> None:
    """Write the custody log anew, as an honest examination would."""
    recorded = {name: hashlib.sha256((case / name).read_bytes()).hexdigest() for name in CASE_FILES}
    write_log(
        case, [("opened", {}), ("examined", {"sha256": recorded}), ("exported", {"form": "html"})]
    )


def write_log(case: Path, events: list[tuple[str, dict[str, Any]]]) -> None:
    previous, lines = "0" * 64, b""
    for seq, (event, detail) in enumerate(events):
        entry = {"detail": detail, "event": event, "previous": previous, "seq": seq}
        line = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
        previous = hashlib.sha256(line).hexdigest()
        lines += line + b"\n"
    (case / "custody.jsonl").write_bytes(lines)
