"""Flows beside peers: the same apps, the same packs, one run; CPU, memory, precision, recall.

::

    python benchmarks/flows.py APPS ANSWERS.csv --out DIR [--open] [--only NAME ...]
        [--mariana-trench PROGRAM --android-jar JAR]
        [--flowdroid JAR --platforms DIR --definitions FILE]

APPS is a folder of APKs, ANSWERS a table as ``tests/labelled/flow_score.py`` reads it (DroidBench's
has the same columns). Each tool is a process of its own for each app. What a tool wrote for an app
is kept in DIR, and an app that has it is not run again; figures of time are then those of the first
run. Mariana Trench and FlowDroid are left out when they are not given.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import flowdroid
import mariana_trench
from measure import CommandError, once

from witnessmark.knowledge.flows import flow_knowledge

SCORER = Path(__file__).parents[1] / "tests" / "labelled" / "flow_score.py"
VIEWS = ("strict", "loose", "app")

Flows = list[dict[str, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: ``command`` for an app and an empty folder, ``read`` of what it left there."""

    name: str
    command: Callable[[Path, Path], Sequence[str]]
    read: Callable[[Path], Flows]


def main() -> None:
    """Run what is asked and print the table."""
    asked = _arguments()
    apps = [path for path in sorted(asked.apps.glob("*.apk")) if _chosen(path, asked.only)]
    print(f"{len(apps)} apps")
    for tool in _tools(asked):
        kept = asked.out / tool.name.replace(" ", "-")
        kept.mkdir(parents=True, exist_ok=True)
        for app in apps:
            _run(tool, app, kept / f"{app.stem}.json")
        print("\n".join(_figures(tool, kept, asked)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("apps", type=Path)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--open", action="store_true")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--mariana-trench")
    parser.add_argument("--android-jar", type=Path)
    parser.add_argument("--flowdroid", type=Path)
    parser.add_argument("--platforms", type=Path)
    parser.add_argument("--definitions", type=Path)
    return parser.parse_args()


def _chosen(path: Path, only: Sequence[str]) -> bool:
    return not only or any(word in path.stem for word in only)


def _tools(asked: argparse.Namespace) -> Iterator[Tool]:
    def own(app: Path, out: Path) -> list[str]:
        return [sys.executable, "-m", "witnessmark", "flows", str(app), "--out", str(out)]

    yield Tool("witnessmark", own, _written)
    if asked.mariana_trench and asked.android_jar:
        folder = Path(tempfile.mkdtemp())
        mariana_trench.write_configuration(flow_knowledge(), folder)
        yield Tool(
            "mariana trench",
            lambda app, out: mariana_trench.command(
                asked.mariana_trench, folder, asked.android_jar, app, out
            ),
            lambda out: mariana_trench.Results(out).flows(),
        )
    if asked.flowdroid and asked.platforms and asked.definitions:
        yield Tool(
            "flowdroid",
            lambda app, out: flowdroid.command(
                asked.flowdroid, asked.platforms, asked.definitions, app, out
            ),
            flowdroid.flows,
        )


def _written(folder: Path) -> Flows:
    (path,) = folder.glob("*.json")
    flows: Flows = json.loads(path.read_text(encoding="utf-8"))["flows"]
    return flows


def _run(tool: Tool, app: Path, kept: Path) -> None:
    if kept.is_file():
        return
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch)
        told: dict[str, object] = {"apk_sha256": hashlib.sha256(app.read_bytes()).hexdigest()}
        try:
            told["cpu"], told["peak"] = once(tool.command(app, out))
            told["flows"] = tool.read(out)
        except CommandError as error:
            told.update(flows=[], cpu=0.0, peak=0.0, failed=str(error))
    kept.write_text(json.dumps(told), encoding="utf-8")


def _figures(tool: Tool, kept: Path, asked: argparse.Namespace) -> Iterator[str]:
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(kept.glob("*.json"))]
    done = [run for run in runs if "failed" not in run]
    cpu = [run["cpu"] for run in done] or [0.0]
    peak = max((run["peak"] for run in done), default=0.0)
    yield (
        f"{tool.name}: {len(done)} run, {len(runs) - len(done)} failed; CPU {sum(cpu):.0f} s "
        f"(median {statistics.median(cpu):.1f}); peak {peak:.0f} MiB"
    )
    words = [sys.executable, str(SCORER), str(kept), str(asked.answers), "--json", "--ran"]
    told = subprocess.run(
        [*words, *(["--open"] if asked.open else [])], check=True, capture_output=True, text=True
    )
    scores = json.loads(told.stdout)
    for view in VIEWS:
        one = scores[view]
        counts = f"found {one['found']}, missed {len(one['missed'])}, wrong {len(one['wrong'])}"
        yield f"  {view:7} precision {one['precision']:.3f} recall {one['recall']:.3f}: {counts}"


if __name__ == "__main__":
    main()
