"""Score tables, records and code books against answers written by hand from the sources.

``python tests/truth/keeps/score.py [APP ...] [--tree FOLDER] [--show] [--write]``; apps lie where
those of ``tests/truth/asks`` lie; absent ones are left out. ``--tree`` reads decompiled trees
``FOLDER/APP`` in place of the apps.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from truth.answers import (
    ROOT,
    Answer,
    Found,
    answers_in,
    counts,
    input_of,
    measure,
    plain,
    subjects,
    with_total,
)

HERE = Path(__file__).parent
REFERENCE = ROOT / "docs/reference/keeps-and-marks.md"
CHAPTERS = ("asks/", "keeps/", "marks/")
Subjects = Mapping[str, Sequence[Found]]


def answers() -> dict[str, Answer]:
    """Answer files by app."""
    return answers_in(HERE)


@dataclass(slots=True)
class Score:
    """Counts of one app; ``misses`` says what was wrong."""

    tables: int = 0
    tables_met: int = 0
    tables_surplus: int = 0
    columns: int = 0
    columns_met: int = 0
    columns_surplus: int = 0
    records: int = 0
    records_met: int = 0
    keys: int = 0
    keys_met: int = 0
    books: int = 0
    books_met: int = 0
    misses: list[str] = field(default_factory=list)


def score(app: str, tree: Path | None = None) -> Score | None:
    """Score one app, None when it is absent."""
    path = input_of(app, tree)
    if path is None:
        return None
    answer, found, result = answers()[app], subjects(path, CHAPTERS), Score()
    _score_tables(answer["tables"], found.get("keeps.table", ()), result)
    _score_records(answer.get("records", ()), _records(found), result)
    _score_records(answer.get("preferences", ()), _preferences(found), result)
    _score_books(answer.get("code_books", ()), list(_books(found)), result)
    for wanted in answer.get("people", ()):
        listed = found.get("marks.watch_list", ())
        if not any(
            wanted["name"] in one["name"] and wanted["count"] == one["count"] for one in listed
        ):
            result.misses.append(f"people {wanted}")
    return result


def _score_tables(
    wanted: Sequence[Answer], found: Sequence[Mapping[str, Any]], result: Score
) -> None:
    tables: dict[str, set[str]] = {}
    for one in found:
        if one["owner"] not in ("own", "other", "unknown"):
            continue
        tables.setdefault(str(one["name"]), set()).update(str(c["name"]) for c in one["columns"])
    for table in wanted:
        name = str(table["name"])
        columns = {str(column) for column in table["columns"]}
        if name == "*":
            name = max(tables, key=lambda one: len(tables[one] & columns), default="")
        told = tables.pop(name, None)
        result.tables += 1
        result.tables_met += told is not None
        result.columns += len(columns)
        result.columns_met += len(columns & (told or set()))
        extra = (told or set()) - columns - {str(one) for one in table.get("also", ())}
        result.columns_surplus += len(extra)
        if columns != told:
            lost = sorted(columns - (told or set()))
            result.misses.append(f"table {name}: missing {lost}, surplus {sorted(extra)}")
    result.tables_surplus += len(tables)
    result.misses += [f"surplus table {name} {sorted(tables[name])}" for name in sorted(tables)]


def _records(found: Subjects) -> list[tuple[str, set[str]]]:
    return [
        (
            " ".join((str(one["name"]), *(str(part) for part in one.get("seen_in", ())))),
            {str(each["name"]) for each in one["fields"]},
        )
        for one in found.get("keeps.record", ())
    ]


def _preferences(found: Subjects) -> list[tuple[str, set[str]]]:
    return [
        (str(one["name"]), {str(key["name"]) for key in one["keys"]})
        for one in found.get("keeps.preference", ())
    ]


def _score_records(
    wanted: Sequence[Answer], found: Sequence[tuple[str, set[str]]], result: Score
) -> None:
    for one in wanted:
        keys = {str(key) for key in one["keys"]}
        best = max((keys & told for _, told in found), key=len, default=set())
        result.records += 1
        result.records_met += best == keys
        result.keys += len(keys)
        result.keys_met += len(best)
        if best != keys:
            result.misses.append(f"record {one.get('class', '')}: missing {sorted(keys - best)}")


def _books(found: Subjects) -> Iterator[tuple[list[str], list[str]]]:
    """Labels and codes of code books and of what fields offer."""
    for one in found.get("marks.code_book", ()):
        yield _texts(one["entries"], "label"), _texts(one["entries"], "code")
    for kind in ("asks.field", "asks.choice_list"):
        for one in found.get(kind, ()):
            yield _texts(one.get("choices", ()), "label"), _texts(one.get("choices", ()), "code")


def _texts(entries: Sequence[Mapping[str, Any]], key: str) -> list[str]:
    return [plain(str(one.get(key) or "")) for one in entries]


def _score_books(
    wanted: Sequence[Answer], found: Sequence[tuple[list[str], list[str]]], result: Score
) -> None:
    for one in wanted:
        labels = sorted(plain(str(text)) for text in one["labels"])
        codes = sorted(plain(str(text)) for text in one.get("codes", ()))
        met = any(sorted(told) == labels and (not codes or sorted(c) == codes) for told, c in found)
        result.books += 1
        result.books_met += met
        if not met:
            result.misses.append(f"code book {one['labels']} {one.get('codes', '')}")


COLUMNS = counts(Score)


def rows(scores: Mapping[str, Score]) -> Iterator[str]:
    """Lines of the table in the reference."""
    names = [one.replace("_met", " found").replace("_surplus", " surplus") for one in COLUMNS]
    yield f"| app | {' | '.join(names)} |"
    yield f"|---{'|---' * len(COLUMNS)}|"
    for app, one in with_total(scores, Score()):
        yield f"| {app} | {' | '.join(str(getattr(one, name)) for name in COLUMNS)} |"


main = partial(measure, __doc__, HERE, score, rows, REFERENCE)

if __name__ == "__main__":
    main()
