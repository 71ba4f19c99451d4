"""Run one target under atheris: ``python tests/fuzz/run.py TARGET [CORPUS] [-max_total_time=60]``.

TARGET is the part after ``fuzz_`` in a file's name. Only witnessmark's own modules are instrumented:
instrumenting every library as well takes longer than a first minute of fuzzing.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import atheris

HERE = Path(__file__).resolve().parent


def main(arguments: list[str]) -> None:
    """Fuzz until stopped."""
    targets = sorted(path.stem.removeprefix("fuzz_") for path in HERE.glob("fuzz_*.py"))
    if not arguments or arguments[0] not in targets:
        raise SystemExit(f"python tests/fuzz/run.py TARGET [CORPUS]; targets: {', '.join(targets)}")
    sys.path.insert(0, str(HERE))
    with atheris.instrument_imports(include=["witnessmark"], enable_loader_override=False):
        target = importlib.import_module(f"fuzz_{arguments[0]}")
    atheris.Setup([sys.argv[0], *arguments[1:]], target.read_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
