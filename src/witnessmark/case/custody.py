"""The custody log: an append-only chain in which every line holds the hash of the one before.

One JSON object a line with the keys ``seq``, ``event``, ``detail``, ``previous``; ``previous``
is the SHA-256 of the preceding line's bytes without its line end, 64 zeros for the first.
No time is recorded unless a person states one, because a clock proves nothing and would make
equal work look different.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILE_NAME = "custody.jsonl"
START = "0" * 64


def append_event(log: Path, event: str, detail: Mapping[str, Any]) -> None:
    """Append one event to the log file, creating it when absent.

    Appending never rewrites what stands there; a broken chain is left for ``verify`` to tell.
    """
    lines = log.read_bytes().splitlines() if log.exists() else []
    previous = hashlib.sha256(lines[-1]).hexdigest() if lines else START
    entry = {"seq": len(lines), "event": event, "detail": detail, "previous": previous}
    with log.open("ab") as handle:
        handle.write(json.dumps(entry, ensure_ascii=False, sort_keys=True).encode() + b"\n")


def file_digests(folder: Path, names: list[str]) -> dict[str, str]:
    """SHA-256 of the named files of a case, by name, sorted."""
    return {name: _digest(folder / name) for name in sorted(names)}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
