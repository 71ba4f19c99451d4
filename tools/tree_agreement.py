"""Make docs/reference/tree-agreement.md: findings of apps against those of their decoded trees.

``python tools/tree_agreement.py [APP ...]`` examines fetched real apps (tests/apps/real.py), or
APKs by path, as APK, as apktool decodes them and as jadx decompiles them. Needs both on the path,
or ``WITNESSMARK_JADX`` (see tests/oracles/agreement.py).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from apps.real import APPS, folder  # noqa: E402
from oracles.agreement import Agreement, apktool, compare, findings, jadx, share  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "tree-agreement.md"
INTAKE = ROOT / "tests" / "apps" / "intake" / "intake.apk"
WAYS: Mapping[str, Callable[[Path, Path], Path | None]] = {
    "smali, as apktool 2.7.0 decodes": apktool,
    "Java, as jadx 1.5.6 decompiles": jadx,
}
CHAPTERS = ("asks", "takes", "keeps", "marks", "sends", "embeds", "hides", "orders")
HEAD = """# Agreement of apps with their decoded trees

Made by `tools/tree_agreement.py`. Each app is examined as APK and as decoded tree; two findings
are the same when kind and identity (what the finding is about, not where it stands) are the same.
Share: findings in both of findings in either.
"""


def rows_of(name: str, path: Path) -> Iterator[tuple[str, list[Agreement]]]:
    """Agreement of one app, by way of decoding."""
    with tempfile.TemporaryDirectory() as scratch:
        packed = findings(path, Path(scratch) / "packed")
        for number, (way, decode) in enumerate(WAYS.items()):
            tree = decode(path, Path(scratch) / f"tree{number}")
            if tree is not None:
                decoded = findings(tree, Path(scratch) / f"decoded{number}")
                yield way, compare(name, packed, decoded)


def page(found: Mapping[str, Sequence[Agreement]], reasons: str) -> str:
    """The whole page; ``reasons`` is what people wrote below the tables before."""
    parts = [HEAD]
    for way, rows in found.items():
        parts += [f"## {way[0].upper()}{way[1:]}", "", *_tables(rows), "", *_differences(rows), ""]
    return "\n".join([*parts, reasons.rstrip()]) + "\n"


def _tables(rows: Sequence[Agreement]) -> list[str]:
    by_app: dict[str, list[Agreement]] = defaultdict(list)
    by_kind: dict[str, list[Agreement]] = defaultdict(list)
    for row in rows:
        by_app[row.app].append(row)
        by_kind[row.kind].append(row)
    chapters = [
        _line(f"*{chapter}*", [row for row in rows if row.kind.startswith(chapter)])
        for chapter in CHAPTERS
    ]
    head = ["| {} | both | only APK | only tree | share |", "|---|---|---|---|---|"]
    return [
        head[0].format("app"), head[1], *(_line(name, some) for name, some in by_app.items()),
        _line("**all**", rows), "", head[0].format("chapter, kind"), head[1], *chapters,
        *(_line(name, by_kind[name]) for name in sorted(by_kind)),
    ]  # fmt: skip


def _line(name: str, rows: Sequence[Agreement]) -> str:
    both = sum(row.both for row in rows)
    packed, decoded = sum(len(row.packed) for row in rows), sum(len(row.decoded) for row in rows)
    told = f"{share(rows):.3f}" if both + packed + decoded else "-"
    return f"| {name} | {both} | {packed} | {decoded} | {told} |"


def _differences(rows: Sequence[Agreement]) -> list[str]:
    lines = [
        "What differs:" if any(row.packed or row.decoded for row in rows) else "Nothing differs."
    ]
    for row in rows:
        for where, sentences in (("APK", row.packed), ("tree", row.decoded)):
            for text, count in Counter(sentences).items():
                times = f" ({count} times)" if count > 1 else ""
                lines.append(f"- {row.app}, {row.kind}, only {where}: {text}{times}")
    return [lines[0], "", *lines[1:]] if len(lines) > 1 else lines


def _reasons() -> str:
    """The last part of the page, which is written by hand."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    return text[text.index("## Reasons") :] if "## Reasons" in text else "## Reasons\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare the apps named, all fetched ones without names, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("apps", nargs="*", help="names of real apps, or paths of APKs")
    chosen = parser.parse_args(arguments).apps or ["intake", *sorted(APPS)]
    rows: dict[str, list[Agreement]] = defaultdict(list)
    for name in chosen:
        path = INTAKE if name == "intake" else folder() / f"{name}.apk"
        path = Path(name) if name.endswith(".apk") else path
        if not path.is_file():
            sys.stderr.write(f"{name} is not fetched\n")
            continue
        for way, found in rows_of(path.stem, path):
            rows[way] += found
        PAGE.write_text(page(rows, _reasons()), encoding="utf-8")
        sys.stderr.write(f"{name} done\n")


if __name__ == "__main__":
    main()
