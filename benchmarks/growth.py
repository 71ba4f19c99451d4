"""How reading and `facts` grow with the size of an app's code: a table, and a line through it.

::

    python tests/apps/real.py
    WITNESSMARK_PEER_PYTHON=PYTHON python benchmarks/growth.py [APP ...] [--runs N]

Apps are named as in tests/apps/real.py. Least CPU of several runs, whole process; beside it the
floor (inflating the dex files and one pass over their bytes) and dexllm, where it is at hand.
"""

from __future__ import annotations

import argparse
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import linear_regression

from measure import Measured
from reading import APPS, DEXLLM, FACTS, FLOOR, TABLES, measured

SERIES = (FLOOR, TABLES, DEXLLM, FACTS)
CHOSEN = (
    "contactmanager", "selendroid", "uiautomator", "stf", "settings", "uiautomator2-server",
    "pocoservice", "espresso",
)  # fmt: skip


def main() -> None:
    """Measure each app and print both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("apps", nargs="*", default=CHOSEN)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    paths = [APPS / f"{name}.apk" for name in options.apps]
    sizes = {path: code_size(path) for path in paths}
    found = {}
    for path in sorted(paths, key=lambda one: sizes[one][0]):
        found[path] = measured(path, options.runs, SERIES)
        print(path.stem, {name: round(one.least, 3) for name, one in found[path].items()})
    print("\n".join((*table(found, sizes), "", *lines(found, sizes))))


def code_size(path: Path) -> tuple[float, int]:
    """Megabytes of the dex files that Android loads, and how many they are."""
    with zipfile.ZipFile(path) as archive:
        files = [one for one in archive.infolist() if "/" not in one.filename]
        dex = [one.file_size for one in files if one.filename.endswith(".dex")]
    return sum(dex) / 1e6, len(dex)


Found = Mapping[Path, Mapping[str, Measured]]


def table(found: Found, sizes: Mapping[Path, tuple[float, int]]) -> Iterator[str]:
    """A row an app, a column a contender, CPU seconds; peak memory of `facts` last."""
    yield "| app | dex, MB | files | " + " | ".join(one.name for one in SERIES) + " | peak, MiB |"
    yield "|---" * (4 + len(SERIES)) + "|"
    for path, by_name in found.items():
        cells = [f"{by_name[c.name].least:.2f}" if c.name in by_name else "" for c in SERIES]
        size, files = sizes[path]
        peak = f"{by_name[FACTS.name].peak:.0f}" if FACTS.name in by_name else ""
        yield f"| {path.stem} | {size:.1f} | {files} | {' | '.join(cells)} | {peak} |"


def lines(found: Found, sizes: Mapping[Path, tuple[float, int]]) -> Iterator[str]:
    """What any app costs and what a megabyte adds, by least squares."""
    for one in SERIES:
        told = [path for path, by_name in found.items() if one.name in by_name]
        if len(told) > 1:
            spent = [found[path][one.name].least for path in told]
            line = linear_regression([sizes[path][0] for path in told], spent)
            yield f"{one.name}: {line.intercept:.2f} s and {1000 * line.slope:.0f} ms a megabyte"


if __name__ == "__main__":
    main()
