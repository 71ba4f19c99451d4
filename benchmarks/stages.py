"""CPU seconds of each stage of `examine`, the dearest first.

    python benchmarks/stages.py espresso [--profile FILE]

An app is named as in tests/apps/real.py, or by its path. With --profile the whole run goes
through cProfile, which slows calls of Python down: read the shares, not the seconds.
"""

from __future__ import annotations

import argparse
import cProfile
import tempfile
import time
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Examine one app and print what each stage cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("app")
    parser.add_argument("--profile", type=Path)
    wish = parser.parse_args()
    path = Path(wish.app)
    path = path if path.exists() else ROOT / ".cache" / "apps" / f"{wish.app}.apk"
    marks = [("start, imports, knowledge", 0.0)]

    def progress(stage: str) -> None:
        marks.append((stage, time.process_time()))

    profile = cProfile.Profile() if wish.profile else None
    if profile:
        profile.enable()
    import gc

    gc.set_threshold(4_000_000)
    from witnessmark.pipeline import examine

    with tempfile.TemporaryDirectory(prefix="witnessmark-") as scratch:
        examine([path], Path(scratch) / "case", progress=progress)
    marks.append(("end", time.process_time()))
    if profile:
        profile.disable()
        profile.dump_stats(wish.profile)
    spent = [(after - before, stage) for (stage, before), (_, after) in pairwise(marks)]
    for seconds, stage in sorted(spent, reverse=True):
        print(f"{seconds:8.3f}  {stage}")
    print(f"{marks[-1][1]:8.3f}  all")


if __name__ == "__main__":
    main()
