"""Flows that belong together: the same data on the same way to the same recipient."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from witnessmark.analyses.ownership import owner_of
from witnessmark.analyses.picked_files import STORES, PickedFiles
from witnessmark.analyses.picture_loaders import opens_what_is_given
from witnessmark.analyses.sends._ways import WAYS, Way, is_known, recipients
from witnessmark.analyses.tables import FIELD_ANSWERS, REQUESTS
from witnessmark.facts.tables.manifest import COMPONENTS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import reach_of
from witnessmark.flow.taint.tables import FLOWS
from witnessmark.knowledge.packs.not_flows import NotFlow
from witnessmark.knowledge.packs.picture_loaders import PictureLoader

FORM = "form"
NOT_OWN = ("own", "other", "unknown")


class Field(Struct, frozen=True):
    """A field of a screen that data was entered into."""

    screen: str
    number: int
    name: str
    label: str
    lang: str

    def told(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "screen": self.screen, "number": self.number, "name": self.name, "label": self.label,
        }  # fmt: skip


class Bundle(Struct):
    """Rows of the table `FLOWS` that are told as one: the same data, way, recipient and maker.

    ``owner`` as `ownership.owner_of`; ``fields`` that the data was entered into, none for others.
    """

    owner: str
    fields: tuple[Field, ...]
    to: tuple[str, ...]
    rows: list[Mapping[str, Any]] = field(default_factory=list)

    def add(self, row: Mapping[str, Any]) -> None:
        """One more way between two places, unless there is one already."""
        ends = "source_method", "source_pc", "sink_method", "sink_pc"
        if not any(all(one[end] == row[end] for end in ends) for one in self.rows):
            self.rows.append(row)

    @property
    def way(self) -> Way:
        """The way out."""
        return WAYS[self.rows[0]["channel"]]

    @property
    def shortest(self) -> Mapping[str, Any]:
        """The row with the fewest steps, of those that running code comes to where there are any;
        it stands for all.
        """
        return min(self.rows, key=lambda row: (row["reach"], len(row["steps"])))


STATES = ("reached", "unknown", "unreached")


class Followed:
    """Reads the tables once."""

    def __init__(
        self, app: Facts, loaders: Sequence[PictureLoader], harmless: Sequence[NotFlow]
    ) -> None:
        self._app = app
        self._harmless = harmless
        self._open = {
            str(name)
            for name, exported in app.table(COMPONENTS).rows("class_name", "exported")
            if exported
        }
        self._declared = {str(name) for name in app.table(COMPONENTS)["class_name"]}
        self._loaders = loaders
        self._fields: dict[tuple[int, int], list[Field]] = {}
        names = ("screen", "number", "name", "label", "lang", "method", "pc")
        for *said, method, pc in app.table(FIELD_ANSWERS).rows(*names):
            self._fields.setdefault((method, pc), []).append(Field(*said))
        self._addresses: dict[int, dict[str, None]] = {}
        self._runs: dict[str, list[frozenset[int]]] = {}
        for method, url, trace in app.table(REQUESTS).rows("method", "url", "trace"):
            if is_known(url):
                self._addresses.setdefault(method, {})[url] = None
                self._runs.setdefault(url, []).extend(_frames(json.loads(trace)))

    def bundles(self) -> list[Bundle]:
        """All that is told, in the order of the first row of each."""
        found: dict[tuple[Any, ...], Bundle] = {}
        for row in filter(self._matters, self._rows()):
            at = row["source_method"], row["source_pc"]
            fields = tuple(self._fields.get(at, ())) if row["source_kind"] == FORM else ()
            owner = owner_of(self._app, (row["source_method"], row["sink_method"]))
            to = self._recipients(row)
            data = tuple((one.screen, one.number) for one in fields) or what_of(row)
            key = data, row["channel"], owner, to
            found.setdefault(key, Bundle(owner, fields, to)).add(row)
        return list(found.values())

    def _matters(self, row: Mapping[str, Any]) -> bool:
        """Data about people on any way, and what people entered when it leaves the app; the one
        file that somebody picked is not what the store of all files holds, and what a library
        opens is what it was told to.
        """
        way = WAYS.get(row["channel"])
        if way is None or row["implicit"] or self._is_picked(row) or self._is_given(row):
            return False
        if any(self._goes(one, row) for one in self._harmless):
            return False
        return bool(row["categories"]) or (row["source_kind"] == FORM and way.leaves)

    def _goes(self, way: NotFlow, row: Mapping[str, Any]) -> bool:
        """Whether a flow goes a way on which nothing is handed to anybody."""
        if not way.fits(row["source"], row["sink"], row["channel"]):
            return False
        screen = self._app.method_class(row["sink_method"]).partition("$")[0]
        return not way.closed or screen in self._declared - self._open

    def _is_given(self, row: Mapping[str, Any]) -> bool:
        place = row["source_method"], row["categories"]
        return opens_what_is_given(self._app, self._loaders, *place)

    def _is_picked(self, row: Mapping[str, Any]) -> bool:
        of_store = row["categories"] and STORES.issuperset(row["categories"])
        return bool(of_store) and row["source_method"] in self._app.once(PickedFiles).methods

    def _recipients(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """Whom data goes to as far as it is known: from the flow itself, else from its request."""
        way = WAYS[row["channel"]]
        told = led_to(recipients(way, row["recipients"]), row, self._runs)
        if told or way.nobody or way.form is not None:
            return told
        urls = tuple(self._addresses.get(row["sink_method"], ()))
        return urls if len(urls) == 1 else ()

    def _rows(self) -> Iterator[Mapping[str, Any]]:
        table = self._app.table(FLOWS)
        names = [column.name for column in FLOWS.columns]
        for values in table.rows(*names):
            row = dict(zip(names, values, strict=True))
            for name in ("categories", "recipients", "steps", "chain"):
                row[name] = json.loads(row[name])
            row["reach"] = self._rank(row)
            yield row

    def _rank(self, row: Mapping[str, Any]) -> int:
        """How surely both ends run, best first: what comes in, and what begins the way out."""
        ends = row["source_method"], (row["chain"] or [row["sink_method"]])[0]
        return max(STATES.index(reach_of(self._app, method).state) for method in ends)


def led_to(
    told: tuple[str, ...], row: Mapping[str, Any], runs: Mapping[str, Sequence[frozenset[int]]]
) -> tuple[str, ...]:
    """Of several addresses that one piece of code sends to, those to which it is led by the
    methods in which the data is; all of them where the data waits somewhere in between.

    ``runs`` tells by address the methods on each way to what sends there.
    """
    moved = {step["method"] for step in row["steps"]}
    if len(told) < 2 or not all(runs.get(url) for url in told):
        return told
    if not any(moved <= run for url in told for run in runs[url]):
        return told
    return tuple(url for url in told if any(row["source_method"] in run for run in runs[url]))


def _frames(trace: Mapping[str, Any]) -> Iterator[frozenset[int]]:
    """Methods on the way from where a run of a request began to what sends, a set a run."""
    for root, chain in trace["roots"]:
        yield frozenset((root, *(method for method, _ in chain)))


def what_of(row: Mapping[str, Any]) -> str:
    """Which data it is; one place may be known to several entries as a form."""
    return FORM if row["source_kind"] == FORM else str(row["source"])


def steps_of(row: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    """What moves, and where (method, pc); each place once."""
    told: dict[tuple[int, int], str] = {}
    for step in row["steps"]:
        told.setdefault((step["method"], step["pc"]), step["moves"])
    for (method, pc), moves in told.items():
        yield moves, method, pc
