"""Labels of APKiD beside what hides.packer and embeds.native say of the same files.

``apkid -j -r FOLDER > labels.jsonl; python tests/oracles/apkid_labels.py labels.jsonl`` prints the
tables of docs/reference/packer-agreement.md for the files that the labels name.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from witnessmark import pipeline
from witnessmark.analyses.embeds.sdk import SDK
from witnessmark.analyses.hides.packer import PACKER
from witnessmark.analyses.runner import run_analyses
from witnessmark.knowledge.load import load
from witnessmark.model.errors import WitnessmarkError

COMPARED = ("packer", "protector", "obfuscator", "manipulator")
REBUILT = ("dexlib 2.x", "dexlib 1.x")
SHOWN = 300


def labels(lines: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Labels by the file handed in, those of its members with it."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for one in json.loads(line)["files"]:
            kinds: Mapping[str, list[str]] = one["matches"]
            said = {label for kind in COMPARED for label in kinds.get(kind, [])}
            said |= {label for label in kinds.get("compiler", []) if label in REBUILT}
            found[one["filename"].partition("!")[0]] |= said
    return {name: frozenset(said) for name, said in found.items()}


def ours(path: Path) -> frozenset[str]:
    """Ids of our findings about the file; ``unreadable`` where it is no app to us."""
    try:
        facts = pipeline.read_app([path])
    except WitnessmarkError:
        return frozenset({"unreadable"})
    results = run_analyses(facts, load((*SDK.knows, *PACKER.knows)), [SDK, PACKER])
    return frozenset(
        str(found.subject["id"]) or "unnamed packer"
        for found in results.findings
        if found.kind == "hides.packer"
    )


def say(line: str) -> None:
    """One line of output, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(paths: list[str]) -> None:
    """Print one row for each file of which either says something, then what was counted."""
    lines = [line for path in paths for line in Path(path).read_text("utf-8").splitlines()]
    counted: Counter[tuple[str, str]] = Counter()
    for name, theirs in sorted(labels(lines).items()):
        said = ours(Path(name))
        counted[", ".join(sorted(theirs)) or "-", ", ".join(sorted(said)) or "-"] += 1
        if theirs - {"dexmerge"} or said - {"unreadable"}:
            row = f"| {Path(name).name[:40]} | {', '.join(sorted(theirs))} |"
            say(f"{row} {', '.join(sorted(said))} |"[:SHOWN])
    say("\n| APKiD | witnessmark | files |\n|---|---|---|")
    for (theirs_said, we_said), count in sorted(counted.items(), key=lambda item: -item[1]):
        say(f"| {theirs_said} | {we_said} | {count} |")


if __name__ == "__main__":
    main(sys.argv[1:])
