"""Findings of an app beside those of its decoded tree."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from witnessmark.pipeline import examine

JADX = "WITNESSMARK_JADX"
"""Command that decompiles: ``COMMAND APK FOLDER``; ``jadx -d FOLDER APK`` where it is not set."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Findings of one kind in one app: in both, only in the APK, only in the tree."""

    app: str
    kind: str
    both: int
    packed: tuple[str, ...]
    decoded: tuple[str, ...]

    @property
    def all(self) -> int:
        """Findings in either."""
        return self.both + len(self.packed) + len(self.decoded)


def apktool(apk: Path, target: Path) -> Path | None:
    """What apktool makes of an app: smali and resources; None where there is no apktool."""
    if shutil.which("apktool") is None:
        return None
    return _made(["apktool", "d", "-f", "-q", "-o", str(target), str(apk)], target)


def jadx(apk: Path, target: Path) -> Path | None:
    """What jadx makes of an app: Java and resources; None where there is no jadx."""
    chosen = os.environ.get(JADX, "")
    if chosen:
        return _made([*shlex.split(chosen), str(apk), str(target)], target)
    if shutil.which("jadx") is None:
        return None
    return _made(["jadx", "-q", "-d", str(target), str(apk)], target)


def _made(command: Sequence[str], target: Path) -> Path:
    """The folder; decompilers fail in part on most apps and say so by their status."""
    done = subprocess.run(command, check=False, capture_output=True)
    if not any(target.iterdir()):
        raise RuntimeError(f"{command[0]} made nothing: {done.stderr[-300:]!r}")
    return target


def findings(path: Path, case: Path) -> Mapping[tuple[str, str], str]:
    """Sentences by kind and identity."""
    examine([path], case, force=True)
    document: dict[str, Any] = json.loads((case / "findings.json").read_bytes())
    return {(one["kind"], one["id"]): one["says"] for one in document["findings"]}


def compare(
    app: str, theirs: Mapping[tuple[str, str], str], ours: Mapping[tuple[str, str], str]
) -> list[Agreement]:
    """Agreement kind by kind of an app's findings with those of its tree."""
    rows = []
    for kind in sorted({kind for kind, _ in (*theirs, *ours)}):
        first = {key for key in theirs if key[0] == kind}
        second = {key for key in ours if key[0] == kind}
        only = (sorted(theirs[key] for key in first - second),
                sorted(ours[key] for key in second - first))  # fmt: skip
        rows.append(Agreement(app, kind, len(first & second), tuple(only[0]), tuple(only[1])))
    return rows


def share(rows: Sequence[Agreement]) -> float:
    """Findings in both of findings in either; 1 where there are none."""
    every = sum(row.all for row in rows)
    return sum(row.both for row in rows) / every if every else 1.0
