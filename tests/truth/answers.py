"""What the scores against answers written by hand share: answers, apps, findings, the tables."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

import yaml

from witnessmark import pipeline
from witnessmark.analyses.catalogue import catalogue
from witnessmark.analyses.runner import run_analyses
from witnessmark.knowledge.load import load

ROOT = Path(__file__).parents[2]
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
Answer = Mapping[str, Any]
Found = Mapping[str, Any]


class Counts(Protocol):
    """Counts of one app; ``misses`` says what was wrong."""

    misses: list[str]


S = TypeVar("S", bound=Counts)


def answers_in(folder: Path) -> dict[str, Answer]:
    """Answer files by app."""
    files = sorted(folder.glob("*.yaml"), key=lambda path: (len(path.stem), path.stem))
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in files}


def apps_folder() -> Path:
    """Where the apps lie."""
    return Path(os.environ.get("WITNESSMARK_REPOSITORY_APPS", ROOT / ".cache/repository-apps"))


def input_of(app: str, tree: Path | None = None) -> Path | None:
    """The app or tree to read, None when it is absent."""
    if tree is not None:
        return tree / app if (tree / app).is_dir() else None
    for path in (apps_folder() / f"{app}.apk", apps_folder() / app):
        if path.exists():
            return path
    return None


@cache
def subjects(path: Path, chapters: tuple[str, ...]) -> Mapping[str, Sequence[Found]]:
    """Subjects of the findings of ``chapters`` by kind."""
    facts = pipeline.read_app(sorted(path.iterdir()) if (path / "base.apk").is_file() else [path])
    chosen = [one for one in catalogue() if one.id.startswith(chapters) or one.writes]
    results = run_analyses(facts, load({pack for one in chosen for pack in one.knows}), chosen)
    assert results.crashes == (), results.crashes
    found: dict[str, list[Found]] = {}
    for listed in results.by_analysis.values():
        for finding in listed:
            found.setdefault(finding.kind, []).append(finding.subject)
    return found


def plain(text: str) -> str:
    """A label without what only shapes it: blanks between letters of Chinese, colons, stars."""
    text = re.sub(r"\s+", " ", text).strip(" :：*＊")
    return re.sub(r"(?<=[\u2e80-\u9fff]) (?=[\u2e80-\u9fff])", "", text)


def measure(
    says: str | None,
    folder: Path,
    score: Callable[[str, Path | None], S | None],
    rows: Callable[[Mapping[str, S]], Iterator[str]],
    reference: Path,
    arguments: Sequence[str] | None = None,
) -> None:
    """Score the apps that are here and print the table; ``--write`` puts it into the reference."""
    parser = argparse.ArgumentParser(description=says)
    parser.add_argument("apps", nargs="*")
    parser.add_argument("--tree", type=Path)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    scores: dict[str, S] = {}
    for app in given.apps or answers_in(folder):
        one = score(app, given.tree)
        if one is not None:
            scores[app] = one
            if given.show:
                sys.stdout.write("".join(f"{app}: {miss}\n" for miss in one.misses))
    table = "\n".join(rows(scores))
    sys.stdout.write(table + "\n")
    if given.write:
        text = reference.read_text("utf-8")
        head, tail = text.partition(BEGIN)[0], text.partition(END)[2]
        reference.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}", "utf-8")


def counts(score: Any) -> list[str]:
    """Names of the numbers of a score."""
    return [one.name for one in fields(score) if one.type == "int"]


def with_total(scores: Mapping[str, S], total: S) -> Iterator[tuple[str, S]]:
    """Scores by app, then the sum of them all; ``total`` is an empty one."""
    for app, one in scores.items():
        for name in counts(one):
            setattr(total, name, getattr(total, name) + getattr(one, name))
        yield app, one
    yield "all", total
