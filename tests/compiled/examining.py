"""Examine apps and print a digest of every file of each case, and whether machine code did it.

python examining.py APP ...
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path

from witnessmark.flow.taint import engine
from witnessmark.pipeline import examine

TELLS_THE_HOUR = "custody.jsonl"


def main(apps: list[str]) -> None:
    """Print one JSON object."""
    found: dict[str, dict[str, str]] = {}
    for app in apps:
        with tempfile.TemporaryDirectory() as scratch:
            case = Path(scratch) / "case"
            examine([Path(app)], case, progress=lambda _: None)
            files = [f for f in case.rglob("*") if f.is_file() and f.name != TELLS_THE_HOUR]
            found[app] = {
                str(file.relative_to(case)): hashlib.sha256(file.read_bytes()).hexdigest()
                for file in sorted(files)
            }
    machine_code = not str(engine.__file__).endswith(".py")
    sys.stdout.write(json.dumps({"machine code": machine_code, "cases": found}, sort_keys=True))


if __name__ == "__main__":
    main(sys.argv[1:])
