"""The same app gives the same flows, to the byte, whatever order sets and hashes have."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

APP = Path(__file__).resolve().parents[3] / "apps" / "flows" / "flows.apk"


def listed(folder: Path, seed: str) -> bytes:
    command = [sys.executable, "-m", "witnessmark", "flows", "-q", str(APP), "--out", str(folder)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    return (folder / "flows.json").read_bytes()


def test_flows_do_not_depend_on_the_seed_of_hashes(tmp_path: Path) -> None:
    one, other = (listed(tmp_path / seed, seed) for seed in ("1", "4242"))
    assert one == other
    assert len(one) > 10_000
