"""Texts that the pack ``apis`` knows: constants, where code loads them; others, where it computes
them.
"""

from __future__ import annotations

import bisect
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.manifest import app_value
from witnessmark.analyses.takes._folders import app_folder
from witnessmark.facts.pieces import places_of
from witnessmark.facts.search import used_strings
from witnessmark.facts.tables.code import FIELD_USES, STATIC_VALUES, STRING_USES
from witnessmark.facts.view import Facts
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.packs.apis import TEXT_KINDS, Api
from witnessmark.model.distinct import among

READS = (*range(0x52, 0x59), *range(0x60, 0x67))
WRITES = tuple(range(0x67, 0x6E))
HOLDERS = (":Landroid/net/Uri;", ":Ljava/lang/String;", ":Ljava/io/File;")

NEAR = 8
"""Code units from a constant to the write that stores it: one call, its result, the write."""


class TextPlace(Struct, frozen=True):
    """A place that loads a known string constant, itself or out of a constant field; or that uses
    a text in row ``derived`` of ``derived_texts`` (-1 for none, as ``string`` then).
    """

    api: Api
    method: int
    pc: int
    string: int
    derived: int = -1


def text_places(app: Facts, apis: Sequence[Api]) -> Iterator[TextPlace]:
    """Places in the order of ``string_uses``, then those that read constant fields, then those
    that use computed texts.
    """
    wanted = [api for api in apis if api.kind in TEXT_KINDS]
    uses, values = app.table(STRING_USES), app.table(STATIC_VALUES)
    held = {
        field: string
        for field, kind, string in values.rows("field", "kind", "ref")
        if kind == "string" and string >= 0
    }
    meant = _meant(app, wanted)
    used = np.flatnonzero(among(uses["string"], np.asarray(sorted(meant)))).tolist()
    for row in used:
        string = int(uses["string"][row])
        for api in meant[string]:
            yield TextPlace(api, int(uses["method"][row]), int(uses["pc"][row]), string)
    places = [tuple(int(uses[name][row]) for name in ("method", "pc", "string")) for row in used]
    stored = _stored(app, places)
    yield from _from_fields(app, stored | {f: s for f, s in held.items() if s in meant}, meant)
    yield from _computed(app, wanted)


COMPUTED_KINDS = ("uri", "file", "action")


def _computed(app: Facts, apis: Sequence[Api]) -> Iterator[TextPlace]:
    """Addresses, files and actions that no constant spells; files in the app's own folder in shared
    storage, for which no app needs to ask, are none.
    """
    package = app_value(app, "package")
    table = app.table(DERIVED_TEXTS)
    wanted = [api for api in apis if api.kind in COMPUTED_KINDS]
    for row, (method, pc, text, steps) in enumerate(table.rows("method", "pc", "text", "steps")):
        meant = [api for api in wanted if api.recognises(text)]
        if meant and package and app_folder(text)[0] == package:
            meant = [api for api in meant if api.kind != "file"]
        strings = {step["string"] for step in json.loads(steps)} if meant else set()
        for api in meant:
            if not any(string >= 0 and api.recognises(app.string(string)) for string in strings):
                yield TextPlace(api, method, pc, -1, row)


def _stored(app: Facts, places: Sequence[tuple[int, ...]]) -> dict[int, int]:
    """String by static field, where code makes the field's value from the constant.

    That is: the first write of a static field at most `NEAR` units behind, of a type that holds
    an address, as ``static final Uri INBOX = Uri.parse("content://sms/inbox")`` compiles.
    """
    uses = app.table(FIELD_USES)
    methods = np.asarray(sorted({place[0] for place in places}), dtype=np.int64)
    rows = np.flatnonzero(among(uses["method"], methods) & among(uses["opcode"], WRITES))
    writes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in rows.tolist():
        writes[int(uses["method"][row])].append((int(uses["pc"][row]), int(uses["field"][row])))
    found: dict[int, int] = {}
    for method, pc, string in places:
        behind = sorted(one for one in writes[method] if pc < one[0] <= pc + NEAR)
        if behind and app.field_signature(behind[0][1]).endswith(HOLDERS):
            found.setdefault(behind[0][1], string)
    return found


def _from_fields(
    app: Facts, held: Mapping[int, int], meant: Mapping[int, Sequence[Api]]
) -> Iterator[TextPlace]:
    uses = app.table(FIELD_USES)
    reads = among(uses["field"], np.asarray(sorted(held))) & among(uses["opcode"], READS)
    for row in np.flatnonzero(reads).tolist():
        string = held[int(uses["field"][row])]
        for api in meant[string]:
            yield TextPlace(api, int(uses["method"][row]), int(uses["pc"][row]), string)


def _meant(app: Facts, apis: Sequence[Api]) -> Mapping[int, Sequence[Api]]:
    """Entries by string row. One search of all used strings for all wanted texts finds candidates;
    the entry itself decides.
    """
    used = used_strings(app)
    rows, texts, starts = used.rows, used.texts, used.starts.tolist()
    joined = b"\0" + used.joined
    needles = [_needles_of(api) for api in apis]
    listed = list(dict.fromkeys(one for several in needles for one in several))
    places = {listed[number]: at for number, at in places_of(joined, listed).by_number()}
    found: dict[int, list[Api]] = defaultdict(list)
    for api, several in zip(apis, needles, strict=True):
        hits: set[int] = set()
        inside = api.form in ("word", "words")
        for needle in several:
            for at in places.get(needle, ()):
                hits.add(bisect.bisect_right(starts, max(at - inside, 0)) - 1)
        for hit in sorted(hits):
            if api.recognises(texts[hit].decode("utf-8", "replace")):
                found[int(rows[hit])].append(api)
    return {row: _surest(listed) for row, listed in found.items()}


def _surest(listed: list[Api]) -> list[Api]:
    """Without what only words tell, where another entry knows the text itself."""
    sure = [one for one in listed if one.form != "words"]
    return sure or listed


def _needles_of(api: Api) -> list[bytes]:
    """What to look for to find the texts of an entry."""
    return list(dict.fromkeys(one for text in api.text for one in _needles(text, api.form)))


def _needles(text: str, form: str) -> tuple[bytes, ...]:
    """What to look for: all of a text, or the longest of several words in any of its spellings."""
    if form == "words":
        word = max(text.split(), key=len)
        return word.encode(), word.upper().encode(), word.capitalize().encode()
    data = text.encode()
    return ({"exact": b"\0" + data + b"\0", "prefix": b"\0" + data}.get(form, data),)
