"""How fast an app is read, beside peers, on the same inputs in one run.

::

    python tests/apps/real.py espresso settings
    WITNESSMARK_PEER_PYTHON=PYTHON python benchmarks/reading.py [APP ...] [--runs N] [--json FILE]
        [--quick]

``WITNESSMARK_PEER_PYTHON`` is an interpreter that has androguard and dexllm; peers that it lacks
are left out, and the table says so. The floor is inflating the dex files and one pass over their
bytes. The witnessmark that is measured is the one installed for the interpreter that runs this;
the table begins with whether parts of it are machine code (``pip install .``, not ``-e``).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from measure import Measured, measure

from witnessmark.flow.taint import engine

HERE = Path(__file__).parent
APPS = HERE.parent / ".cache" / "apps"


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to read an app: its name in the table, its script and the words before the path."""

    name: str
    script: str
    peer: bool = False
    words: tuple[str, ...] = ()

    def command(self, app: Path, peer_python: str) -> list[str]:
        """The command line for one app."""
        python = peer_python if self.peer else sys.executable
        return [python, str(HERE / "children" / self.script), *self.words, str(app)]


FLOOR = Contender("floor: inflate and one pass", "floor.py")
TABLES = Contender("witnessmark, tables in memory", "witnessmark_tables.py")
FACTS = Contender("witnessmark facts", "witnessmark_command.py", words=("facts",))
EXAMINE = Contender("witnessmark examine", "witnessmark_command.py", words=("examine",))
DEXLLM = Contender("dexllm, caches warmed", "dexllm_warm.py", peer=True)
ANDROGUARD = Contender("androguard AnalyzeAPK", "androguard_analyze.py", True, ("errors",))
SILENT = Contender("AnalyzeAPK, no log handler", "androguard_analyze.py", True, ("nothing",))
CONTENDERS = (FLOOR, TABLES, DEXLLM, FACTS, EXAMINE, ANDROGUARD, SILENT)

SLOW = frozenset({EXAMINE.name, ANDROGUARD.name, SILENT.name})
"""Measured after the others, at most `SLOW_RUNS` times."""

SLOW_RUNS = 3

TARGETS = (
    (TABLES, DEXLLM, 1.0), (FACTS, DEXLLM, 2.0), (FACTS, ANDROGUARD, 1 / 20),
    (EXAMINE, ANDROGUARD, 1 / 5), (EXAMINE, SILENT, 1 / 5),
)  # fmt: skip
"""Whose CPU may be at most how many times whose."""


def main() -> None:
    """Measure, print a table an app, write JSON when asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("apps", nargs="*", default=["espresso", "settings"])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--quick", action="store_true", help="without examine and AnalyzeAPK")
    options = parser.parse_args()
    chosen = [one for one in CONTENDERS if not options.quick or one.name not in SLOW]
    machine_code = not str(engine.__file__).endswith(".py")
    print(f"the engine of flows is {'machine code' if machine_code else 'Python'}")
    results = {}
    for name in options.apps:
        results[name] = measured(APPS / f"{name}.apk", options.runs, chosen)
        print("\n".join(report(name, results[name])), flush=True)
    if options.json:
        told = {app: {c: asdict(m) for c, m in found.items()} for app, found in results.items()}
        options.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def measured(
    app: Path, runs: int, contenders: Sequence[Contender] = CONTENDERS
) -> Mapping[str, Measured]:
    """Measurements by contender; those that cannot run are told on stderr and left out."""
    peer_python = os.environ.get("WITNESSMARK_PEER_PYTHON", "")
    if not peer_python and any(one.peer for one in contenders):
        print("WITNESSMARK_PEER_PYTHON is not set: no peers", file=sys.stderr)
    able = [one for one in contenders if peer_python or not one.peer]
    commands = {one.name: one.command(app, peer_python) for one in able}
    slow = {name: words for name, words in commands.items() if name in SLOW}
    quick = {name: words for name, words in commands.items() if name not in SLOW}
    return {**measure(quick, runs), **measure(slow, min(runs, SLOW_RUNS))}


def report(app: str, found: Mapping[str, Measured]) -> Iterator[str]:
    """A table of one app, and each target with the ratio measured."""
    yield f"\n{app}\n{'':32} {'CPU s':>8} {'least':>8} {'peak MiB':>9}  runs"
    for name, one in found.items():
        yield f"{name:32} {one.cpu:8.3f} {one.least:8.3f} {one.peak:9.0f}  {one.runs}"
    for ours, theirs, most in TARGETS:
        if ours.name in found and theirs.name in found:
            ratio = found[ours.name].cpu / found[theirs.name].cpu
            held = "held" if ratio <= most else "missed"
            yield f"{ours.name} / {theirs.name}: {ratio:.3f} (target {most:.3f}, {held})"


if __name__ == "__main__":
    main()
