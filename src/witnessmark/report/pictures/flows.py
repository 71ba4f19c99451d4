"""Map of flows: who gives, through what, to whom.

Lines are paths that were followed: flows of data, and values whose origin a request names. Where
none was followed, both sides stand unconnected, so that nobody takes neighbours for a path.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from witnessmark.report.document import Document, FrozenFinding
from witnessmark.report.names import category_name
from witnessmark.report.pictures.svg import Drawing, Palette
from witnessmark.report.words import Words
from witnessmark.report.words import words as speak

WIDTH, COLUMN, ROW, TOP = 860.0, 230.0, 34.0, 40.0
MOST = 14
"""Rows of a column; the rest is counted in its last row."""

GIVING = ("asks.field", "takes.device_data", "keeps.record", "keeps.table")
GETTING = ("sends.endpoint", "sends.request")

Rows = list[tuple[str, str]]
"""Label and finding of each row."""

Path = tuple[str, str, str, str]
"""Who gives, through what, to whom; the finding that says so."""


def has_paths(document: Document) -> bool:
    """Whether any path of data was followed."""
    return bool(_all_paths(document, speak()))


def draw(document: Document, words: Words, palette: Palette) -> str:
    """The map; empty when nothing is given and nobody gets anything."""
    paths = _all_paths(document, words)
    if paths:
        return _paths(paths, words, palette)
    giving = _giving(document.findings, words)
    getting = _getting(document.findings)
    if not (giving and getting):
        return ""
    return _sides(giving, getting, words, palette)


def _all_paths(document: Document, words: Words) -> list[Path]:
    """Paths of flows and of requests, those that nothing reaches left out."""
    paths: list[Path] = []
    for one in document.findings:
        if one.reach.state == "unreached":
            continue
        if one.kind == "sends.flow":
            paths.append((_source(one, words), _way(one), _sink(one), one.id))
        elif one.kind == "sends.request":
            paths += _of_request(one, words)
    return paths


def _of_request(one: FrozenFinding, words: Words) -> Iterable[Path]:
    """One path for each value of a request whose origin is known."""
    host, elsewhere = _host(one.subject), words("set-at-run-time")
    for value in one.subject.get("parameters") or ():
        origins = value.get("from") if isinstance(value, Mapping) else None
        if isinstance(origins, list) and origins:
            named = value.get("categories") or ()
            label = (
                category_name(named[0], words.lang)
                if named
                else str(value.get("name") or origins[0])
            )
            way = str(one.subject.get("operation") or one.subject.get("path") or "")
            way = way or str(one.subject.get("channel") or "")
            yield label, way, host if host.strip("?") else elsewhere, one.id


def _paths(paths: Iterable[Path], words: Words, palette: Palette) -> str:
    counts: Counter[tuple[str, str, str]] = Counter()
    first: dict[str, str] = {}
    for giver, way, getter, finding in paths:
        key = giver, way, getter
        counts[key] += 1
        for name in key:
            first.setdefault(name, finding)
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
    _lines(picture, counts, places, lefts)
    heads = ("picture-gives", "picture-through", "picture-gets")
    for left, head, column in zip(lefts, heads, columns, strict=True):
        _column(picture, left, words(head), column)
    height = TOP + ROW * max(map(len, columns)) + 8
    return picture.done(height, words("picture-flows"))


def _lines(
    picture: Drawing,
    counts: Mapping[tuple[str, str, str], int],
    places: Sequence[Mapping[str, float]],
    lefts: Sequence[float],
) -> None:
    """One line for each pair of neighbours, as wide as paths run along it."""
    rest = TOP + ROW * MOST + ROW / 2
    for at in (0, 1):
        pairs: Counter[tuple[str, str]] = Counter()
        for key, count in counts.items():
            pairs[key[at], key[at + 1]] += count
        for (one, other), count in sorted(pairs.items()):
            y1, y2 = places[at].get(one, rest), places[at + 1].get(other, rest)
            picture.curve(lefts[at] + COLUMN, y1, lefts[at + 1], y2, min(1.2 + count / 2, 8))


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


def _giving(findings: Iterable[FrozenFinding], words: Words) -> Rows:
    """Kinds of personal data that are asked for, read or kept, the most frequent first."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for one in findings:
        if one.kind in GIVING and one.reach.state != "unreached":
            for category in one.categories:
                counts[category] += 1
                first.setdefault(category, one.id)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return [(category_name(name, words.lang), first[name]) for name in ranked]


def _getting(findings: Iterable[FrozenFinding]) -> Rows:
    """Hosts that the app's own code names."""
    found: dict[str, list[FrozenFinding]] = defaultdict(list)
    for one in findings:
        own = str(one.subject.get("owner", "own")) == "own"
        if one.kind in GETTING and own and one.reach.state != "unreached":
            found[_host(one.subject)].append(one)
    ranked = sorted(found, key=lambda name: (-len(found[name]), name))
    return [(name, found[name][0].id) for name in ranked if name]


def _source(flow: FrozenFinding, words: Words) -> str:
    if flow.categories:
        return category_name(flow.categories[0], words.lang)
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
