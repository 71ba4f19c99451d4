"""Map of flows: who gives, through what, to whom.

Paths that were followed are lines; where none was followed, both sides stand unconnected, so that
nobody takes neighbours for a path.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from witnessmark.report.document import Document, FrozenFinding
from witnessmark.report.pictures.svg import Drawing, Palette
from witnessmark.report.view import category_name
from witnessmark.report.words import Words

WIDTH, COLUMN, ROW, TOP = 860.0, 230.0, 34.0, 40.0
MOST = 14
"""Rows of a column; the rest is counted in its last row."""

GIVING = ("asks.field", "takes.device_data", "keeps.record", "keeps.table")
GETTING = ("sends.endpoint", "sends.request")

Rows = list[tuple[str, str]]
"""Label and finding of each row."""


def has_paths(document: Document) -> bool:
    """Whether any path of data was followed."""
    return any(one.kind == "sends.flow" for one in document.findings)


def draw(document: Document, words: Words, palette: Palette) -> str:
    """The map; empty when nothing is given and nobody gets anything."""
    flows = [one for one in document.findings if one.kind == "sends.flow"]
    if flows:
        return _paths(flows, words, palette)
    giving = _giving(document.findings)
    getting = _getting(document.findings)
    if not (giving and getting):
        return ""
    return _sides(giving, getting, words, palette)


def _paths(flows: Iterable[FrozenFinding], words: Words, palette: Palette) -> str:
    counts: Counter[tuple[str, str, str]] = Counter()
    first: dict[str, str] = {}
    for one in flows:
        key = _source(one), _way(one), _sink(one)
        counts[key] += 1
        for name in key:
            first.setdefault(name, one.id)
    columns: list[Rows] = []
    for at in range(3):
        sums: Counter[str] = Counter()
        for key, count in counts.items():
            sums[key[at]] += count
        ranked = sorted(sums, key=lambda name: (-sums[name], name))
        columns.append([(name, first[name]) for name in ranked[:MOST]])
        if len(ranked) > MOST:
            columns[-1].append((words("more", n=len(ranked) - MOST), ""))
    picture = Drawing(palette, WIDTH)
    places = [
        {name: TOP + ROW * row + ROW / 2 for row, (name, _) in enumerate(column)}
        for column in columns
    ]
    lefts = [0.0, (WIDTH - COLUMN) / 2, WIDTH - COLUMN]
    for key, count in sorted(counts.items()):
        ys = [places[at].get(key[at], TOP + ROW * MOST + ROW / 2) for at in range(3)]
        thick = min(1.2 + count, 8)
        picture.curve(lefts[0] + COLUMN, ys[0], lefts[1], ys[1], thick)
        picture.curve(lefts[1] + COLUMN, ys[1], lefts[2], ys[2], thick)
    heads = ("picture-gives", "picture-through", "picture-gets")
    for left, head, column in zip(lefts, heads, columns, strict=True):
        _column(picture, left, words(head), column)
    height = TOP + ROW * max(map(len, columns)) + 8
    return picture.done(height, words("picture-flows"))


def _sides(giving: Rows, getting: Rows, words: Words, palette: Palette) -> str:
    picture = Drawing(palette, WIDTH)
    for left, head, rows in (
        (0.0, "picture-gives", giving),
        (WIDTH - COLUMN * 1.6, "picture-gets", getting),
    ):
        shown = rows[:MOST]
        if len(rows) > MOST:
            shown.append((words("more", n=len(rows) - MOST), ""))
        _column(picture, left, words(head), shown, COLUMN * 1.6)
    height = TOP + ROW * (1 + min(MOST, max(len(giving), len(getting)))) + 8
    return picture.done(height, words("picture-flows"))


def _column(picture: Drawing, left: float, head: str, rows: Rows, width: float = COLUMN) -> None:
    picture.text(left, 18, head, size=12, fill=picture.palette.soft)
    for number, (label, finding) in enumerate(rows):
        y = TOP + ROW * number
        if finding:
            picture.open_link(finding)
        picture.box(left, y + 3, width, ROW - 8)
        picture.text(left + 10, y + 21, label, size=13, width=width - 20)
        if finding:
            picture.close_link()


def _giving(findings: Iterable[FrozenFinding]) -> Rows:
    """Kinds of personal data that are asked for, read or kept, the most frequent first."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for one in findings:
        if one.kind in GIVING and one.reach.state != "unreached":
            for category in one.categories:
                counts[category] += 1
                first.setdefault(category, one.id)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return [(category_name(name), first[name]) for name in ranked]


def _getting(findings: Iterable[FrozenFinding]) -> Rows:
    """Hosts that the app's own code names."""
    found: dict[str, list[FrozenFinding]] = defaultdict(list)
    for one in findings:
        own = str(one.subject.get("owner", "own")) == "own"
        if one.kind in GETTING and own and one.reach.state != "unreached":
            found[_host(one.subject)].append(one)
    ranked = sorted(found, key=lambda name: (-len(found[name]), name))
    return [(name, found[name][0].id) for name in ranked if name]


def _source(flow: FrozenFinding) -> str:
    if flow.categories:
        return category_name(flow.categories[0])
    source = flow.subject.get("source") or {}
    return _call(source) if isinstance(source, Mapping) else str(source)


def _way(flow: FrozenFinding) -> str:
    source = flow.subject.get("source") or {}
    inside = str(source.get("in_class", "")) if isinstance(source, Mapping) else ""
    return _short(inside) or "…"


def _sink(flow: FrozenFinding) -> str:
    for key in ("recipient", "endpoint", "url", "host", "address"):
        value = flow.subject.get(key)
        if isinstance(value, str) and value:
            return _host({"url": value}) or value
    sink = flow.subject.get("sink") or {}
    return _call(sink) if isinstance(sink, Mapping) else str(sink)


def _host(subject: Mapping[str, Any]) -> str:
    told = str(subject.get("host") or subject.get("address") or "")
    if told:
        return told
    url = str(subject.get("url") or "")
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def _call(place: Mapping[str, Any]) -> str:
    return f"{_short(str(place.get('class', '')))}.{place.get('method', '')}".strip(".")


def _short(name: str) -> str:
    return name.rstrip(";").replace("/", ".").rpartition(".")[2]
