"""Readers spoken to byte by byte: commands by which chips of papers and cards are read.

What it finds
    Constants of the app that are commands to a reader: those by which the chip of an identity
    card, a passport, a bank card or a travel card is read, or a sensor takes fingerprints. With
    them the port by which the app can send them: radio, serial port, USB, Bluetooth.

Why it matters
    Readers at checkpoints, counters and terminals are often driven without any library. Then only
    these bytes tell that the app reads the papers of the person in front of it.

How it decides
    Pack ``card_commands`` knows byte sequences that standards and makers lay down. An array in
    code, or a constant text that spells one in hexadecimal, counts outside known libraries. Which
    port is used is what ``takes/device_data`` found of the ports that the entry names.

What it misses
    Commands put together from single bytes, in machine code, or of readers that the pack does not
    know. That a card was read is not shown.

Example
    ``byte[] find = {-86, -86, -86, -106, 0x69, 0, 3, 0x20, 1, 0x22};`` (AA AA AA 96 69 ...)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.analyses.tables import API_SITES, SDK_CLASSES
from witnessmark.facts.search import used_strings
from witnessmark.facts.tables.code import ARRAY_PAYLOADS, METHODS, STRING_USES, STRINGS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.apis import Api
from witnessmark.knowledge.packs.card_commands import SHORTEST, CardCommand
from witnessmark.knowledge.packs.people import Category, any_special, by_term
from witnessmark.model.distinct import among
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding

CARD_COMMAND = Analysis(
    id="takes/card_command",
    version=1,
    reads=(API_SITES, ARRAY_PAYLOADS, METHODS, REACH, SDK_CLASSES, STRING_USES, STRINGS),
    knows=("apis", "card_commands", "people"),
)

LONGEST = 512
"""Bytes or characters of what can be one command; longer constants are data."""

SPELLED = kept_regex(r"[0-9A-Fa-fx, ]+")
"""Texts that may spell a command byte by byte."""

MOST_BYTES = 32
MOST_QUOTED = 8
NOT_SHOWN = "It does not show that anything was read, nor what becomes of it."
NO_PORT = "No port by which the commands could go was found in the code."


class _Place(Struct, frozen=True):
    """One constant that is a command."""

    method: int
    evidence: Evidence


@CARD_COMMAND.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding for each thing that commands read."""
    known = know.entries("card_commands", CardCommand)
    own = not_of_libraries(app)
    found: dict[str, list[tuple[CardCommand, _Place]]] = defaultdict(list)
    for one, place in (*_arrays(app, known), *_texts(app, known)):
        if own[place.method]:
            found[one.what].append((one, place))
    apis = {api.id: api for api in know.entries("apis", Api)}
    categories = by_term(know.entries("people", Category))
    for what in sorted(found):
        yield _finding(app, found[what], apis, categories)


def _arrays(app: Facts, known: Sequence[CardCommand]) -> Iterator[tuple[CardCommand, _Place]]:
    """Arrays of bytes in code."""
    columns = ("method", "width", "count", "artifact", "offset", "length")
    for method, width, count, artifact, offset, length in app.table(ARRAY_PAYLOADS).rows(*columns):
        if width != 1 or not SHORTEST <= count <= LONGEST:
            continue
        data = bytes(app.blob(artifact)[offset : offset + length])[:count]
        for one in known:
            start = one.place(data)
            if start >= 0:
                says = f"the array holds a command, in {app.method_signature(method)}"
                size = min(count - start, MOST_BYTES)
                yield one, _Place(method, app.quote(says, artifact, offset + start, size, "hex"))


def _texts(app: Facts, known: Sequence[CardCommand]) -> Iterator[tuple[CardCommand, _Place]]:
    """Constant texts in code."""
    uses, used = app.table(STRING_USES), used_strings(app)
    names = {name for one in known for name in one.spelled}
    meant: dict[int, CardCommand] = {}
    for row, data in zip(used.rows.tolist(), used.texts, strict=True):
        if not 2 * SHORTEST <= len(data) <= LONGEST or not data.isascii():
            continue
        text = data.decode()
        if text in names or SPELLED.fullmatch(text):
            meant.update((row, one) for one in known if one.is_spelled(text))
    chosen = np.flatnonzero(among(uses["string"], np.asarray(sorted(meant), "i4"))).tolist()
    for use in chosen:
        method, row = int(uses["method"][use]), int(uses["string"][use])
        place: dict[str, str | int] = {
            "method": app.method_signature(method), "pc": int(uses["pc"][use]),
        }  # fmt: skip
        yield meant[row], _Place(method, app.quote_string("the text spells a command", row, place))


def _finding(
    app: Facts,
    places: Sequence[tuple[CardCommand, _Place]],
    apis: Mapping[str, Api],
    categories: Mapping[str, Category],
) -> Finding:
    first = places[0][0]
    wanted = {port for one, _ in places for port in one.ports}
    used = set(app.table(API_SITES)["api"].tolist())
    ports = [apis[port] for port in sorted(wanted & used & apis.keys())]
    terms = tuple(dict.fromkeys(term for one, _ in places for term in one.categories))
    methods = sorted({place.method for _, place in places})
    reach = best_reach(app, methods)
    by = f", and {ports[0].doing(ports[0].action)}" if ports else ""
    return Finding(
        kind="takes.device_data",
        subject={
            "what": first.what, "api": f"command {first.id}", "action": "read", "permission": [],
            "permission_held": False, "sites": len(places),
            "ports": [port.what for port in ports],
        },
        says=f"The app holds commands that read {first.what}{by}.",
        evidence=tuple(place.evidence for _, place in places[:MOST_QUOTED]),
        strength="indicated",
        reach=reach,
        categories=terms,
        special=any_special(terms, categories),
        about="third_person",
        limits=(NOT_SHOWN, *(() if ports else (NO_PORT,))),
        identity=f"command {first.what}",
    )  # fmt: skip
