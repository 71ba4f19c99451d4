"""String constants that the pack ``apis`` knows, and where code loads them."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from witnessmark.facts.tables.code import FIELD_USES, STATIC_VALUES, STRING_USES
from witnessmark.facts.view import Facts
from witnessmark.flow.names import string_bytes
from witnessmark.knowledge.packs.apis import TEXT_KINDS, Api

READS = (*range(0x52, 0x59), *range(0x60, 0x67))


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A place that loads a known string constant, itself or out of a constant field."""

    api: Api
    method: int
    pc: int
    string: int


def text_places(app: Facts, apis: Sequence[Api]) -> Iterator[TextPlace]:
    """Places in the order of ``string_uses``, then those that read constant fields."""
    wanted = [api for api in apis if api.kind in TEXT_KINDS]
    uses, values = app.table(STRING_USES), app.table(STATIC_VALUES)
    held = {
        field: string
        for field, kind, string in values.rows("field", "kind", "ref")
        if kind == "string" and string >= 0
    }
    rows = np.unique(np.concatenate([uses["string"], np.asarray(sorted(held.values()), "i4")]))
    meant = _meant(app, rows.astype(np.int64), wanted)
    for row in np.flatnonzero(np.isin(uses["string"], np.asarray(sorted(meant)))).tolist():
        string = int(uses["string"][row])
        for api in meant[string]:
            yield TextPlace(api, int(uses["method"][row]), int(uses["pc"][row]), string)
    yield from _from_fields(app, {f: s for f, s in held.items() if s in meant}, meant)


def _from_fields(
    app: Facts, held: Mapping[int, int], meant: Mapping[int, Sequence[Api]]
) -> Iterator[TextPlace]:
    uses = app.table(FIELD_USES)
    reads = np.isin(uses["field"], np.asarray(sorted(held))) & np.isin(uses["opcode"], READS)
    for row in np.flatnonzero(reads).tolist():
        string = held[int(uses["field"][row])]
        for api in meant[string]:
            yield TextPlace(api, int(uses["method"][row]), int(uses["pc"][row]), string)


def _meant(
    app: Facts, rows: np.ndarray[tuple[int], np.dtype[np.int64]], apis: Sequence[Api]
) -> Mapping[int, Sequence[Api]]:
    """Entries by string row. One search of all strings for each wanted text finds candidates;
    the entry itself decides.
    """
    texts = string_bytes(app, rows)
    starts: list[int] = []
    place = 0
    for text in texts:
        starts.append(place)
        place += len(text) + 1
    joined = b"\0" + b"\0".join(texts) + b"\0"
    found: dict[int, list[Api]] = defaultdict(list)
    for api in apis:
        hits: set[int] = set()
        for wanted in api.text:
            for at in _occurrences(joined, _needle(wanted, api.form)):
                hits.add(bisect.bisect_right(starts, max(at - (api.form == "word"), 0)) - 1)
        for hit in sorted(hits):
            if api.recognises(texts[hit].decode("utf-8", "replace")):
                found[int(rows[hit])].append(api)
    return found


def _needle(text: str, form: str) -> bytes:
    data = text.encode()
    return {"exact": b"\0" + data + b"\0", "prefix": b"\0" + data}.get(form, data)


def _occurrences(joined: bytes, needle: bytes) -> Iterator[int]:
    at = joined.find(needle)
    while at >= 0:
        yield at
        at = joined.find(needle, at + 1)
