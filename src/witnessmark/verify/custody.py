"""The custody log: custody.jsonl, one event a line, each holding the hash of the one before.

A line is ``{"detail": {...}, "event": "...", "previous": "...", "seq": N}``, JSON with sorted
keys; ``previous`` is the SHA-256 of the preceding line's bytes without its line end, 64 zeros
in the first. ``detail.sha256`` maps names of files of the case to their SHA-256.

The chain shows that the log was not changed in parts. It cannot show that nobody wrote it anew
from start to end: for that, note the hash of its last line elsewhere and give it to ``verify``.
"""

import hashlib
import json
from typing import Any, NamedTuple

START = "0" * 64


class Custody(NamedTuple):
    """What the log holds: number of events, hash of the last line, files recorded, faults."""

    events: int
    head: str
    recorded: list[tuple[str, str]]
    faults: list[str]


def read_custody(data: bytes, noted_head: str = "") -> Custody:
    """Follow the chain; ``noted_head`` is a line's hash that must occur in it."""
    faults: list[str] = []
    recorded: list[tuple[str, str]] = []
    events: list[str] = []
    heads = [START]
    *lines, rest = data.split(b"\n")
    if rest:
        faults.append("custody.jsonl: its last line is cut off")
    for number, line in enumerate(lines):
        entry = _entry(line)
        if entry is None:
            faults.append(f"custody.jsonl: line {number + 1} is not an event as it was written")
        else:
            if entry["seq"] != number or entry["previous"] != heads[-1]:
                faults.append(f"custody.jsonl: line {number + 1} does not follow the one before")
            events.append(entry["event"])
            recorded += _recorded(entry["detail"])
        heads.append(hashlib.sha256(line).hexdigest())
    if "examined" not in events:
        faults.append("custody.jsonl: the examination itself is missing from the log")
    if noted_head and noted_head.lower() not in heads[1:]:
        faults.append(f"custody.jsonl: no line has the hash that was noted, {noted_head}")
    return Custody(len(events), heads[-1], recorded, faults)


def _recorded(detail: dict[str, Any]) -> list[tuple[str, str]]:
    files = detail.get("sha256")
    return [(name, str(files[name])) for name in files] if isinstance(files, dict) else []


def _entry(line: bytes) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    kinds = {"detail": dict, "event": str, "previous": str, "seq": int}
    if not isinstance(entry, dict) or set(entry) != set(kinds):
        return None
    if not all(type(entry[key]) is kind for key, kind in kinds.items()):
        return None
    return entry if _as_written(entry) == line else None


def _as_written(entry: dict[str, Any]) -> bytes:
    return json.dumps(entry, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
