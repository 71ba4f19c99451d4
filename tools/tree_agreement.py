"""Make docs/reference/tree-agreement.md: findings of apps against those of their decoded trees.

``python tools/tree_agreement.py [APP ...]`` examines fetched real apps (tests/apps/real.py) as
APK and as apktool decodes them. Needs apktool on the path.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from apps.real import APPS, folder  # noqa: E402
from witnessmark.pipeline import examine  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "tree-agreement.md"
INTAKE = ROOT / "tests" / "apps" / "intake" / "intake.apk"


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


def decode(apk: Path, target: Path) -> Path:
    """What apktool makes of an app."""
    command = ["apktool", "d", "-f", "-q", "-o", str(target), str(apk)]
    subprocess.run(command, check=True, capture_output=True)
    return target


def findings(path: Path, case: Path) -> Mapping[tuple[str, str], str]:
    """Sentences by kind and identity."""
    examine([path], case, force=True)
    document: dict[str, Any] = json.loads((case / "findings.json").read_bytes())
    return {(one["kind"], one["id"]): one["says"] for one in document["findings"]}


def compare(app: str, packed: Path, decoded: Path, scratch: Path) -> Iterator[Agreement]:
    """Agreement kind by kind."""
    theirs, ours = findings(packed, scratch / "packed"), findings(decoded, scratch / "decoded")
    for kind in sorted({kind for kind, _ in (*theirs, *ours)}):
        first = {key for key in theirs if key[0] == kind}
        second = {key for key in ours if key[0] == kind}
        yield Agreement(
            app,
            kind,
            len(first & second),
            tuple(sorted(theirs[key] for key in first - second)),
            tuple(sorted(ours[key] for key in second - first)),
        )


def page(rows: Sequence[Agreement]) -> str:
    """The tables as Markdown."""
    by_kind: dict[str, list[Agreement]] = defaultdict(list)
    by_app: dict[str, list[Agreement]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
        by_app[row.app].append(row)
    lines = [
        "# Agreement of apps with their decoded trees",
        "",
        "Made by `tools/tree_agreement.py`. Each app is examined as APK and as apktool (2.7.0)",
        "decodes it; two findings are the same when kind and identity (what the finding is",
        "about, not where it stands) are the same. Share: findings in both of findings in either.",
        "",
        "| app | both | only APK | only tree | share |",
        "|---|---|---|---|---|",
        *(_line(name, found) for name, found in by_app.items()),
        _line("**all**", rows),
        "",
        "| kind | both | only APK | only tree | share |",
        "|---|---|---|---|---|",
        *(_line(name, by_kind[name]) for name in sorted(by_kind)),
        "",
        "## What differs",
        "",
        "A certificate of a package that is signed by scheme v2 or v3 alone lies between the",
        "archive's members, and decoding drops it.",
        "",
    ]
    differing = [row for row in rows if row.packed or row.decoded]
    for row in differing:
        for where, sentences in (("APK", row.packed), ("tree", row.decoded)):
            counted = Counter(sentences)
            lines += [f"- {row.app}, {row.kind}, only {where}: {text}" for text in counted]
    return "\n".join(lines if differing else [*lines, "Nothing."]) + "\n"


def _line(name: str, rows: Sequence[Agreement]) -> str:
    both, every = sum(row.both for row in rows), sum(row.all for row in rows)
    packed, decoded = (
        sum(len(getattr(row, side)) for row in rows) for side in ("packed", "decoded")
    )
    share = f"{both / every:.3f}" if every else "-"
    return f"| {name} | {both} | {packed} | {decoded} | {share} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare the apps named, all fetched ones without names, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("apps", nargs="*", help="names of real apps, or paths of APKs")
    chosen = parser.parse_args(arguments).apps or sorted(APPS)
    rows: list[Agreement] = []
    for name in ["intake", *chosen]:
        path = INTAKE if name == "intake" else folder() / f"{name}.apk"
        if not path.is_file():
            sys.stderr.write(f"{name} is not fetched\n")
            continue
        with tempfile.TemporaryDirectory() as scratch:
            tree = decode(path, Path(scratch) / "tree")
            rows += compare(name, path, tree, Path(scratch))
        PAGE.write_text(page(rows), encoding="utf-8")
        sys.stderr.write(f"{name} done\n")


if __name__ == "__main__":
    main()
