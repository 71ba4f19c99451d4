"""Where code names a file of the app."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
from msgspec import Struct

from witnessmark.facts.search import used_strings
from witnessmark.facts.tables.code import STRING_USES
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.flow.resource_uses import resource_uses
from witnessmark.formats.dex.mutf8 import encode_mutf8
from witnessmark.model.distinct import among


class Use(Struct, frozen=True):
    """A place in code: method, pc, and the string that names the list (-1 for a resource id)."""

    method: int
    pc: int
    string: int


def uses_of_member(app: Facts, member: str) -> tuple[Use, ...]:
    """Where code names the file ``member``: by its path, a tail of it, or its resource id."""
    tails = _tails(member)
    used = _rows_by_text(app)
    rows = {row for tail in tails for row in used.get(encode_mutf8(tail), ())}
    strings = app.table(STRING_USES)
    found = np.flatnonzero(among(strings["string"], np.asarray(sorted(rows), dtype=np.int64)))
    named = [
        Use(int(strings["method"][row]), int(strings["pc"][row]), int(strings["string"][row]))
        for row in found
    ]
    return (*named, *_resource_uses(app, member))


@once_an_app
def _rows_by_text(app: Facts) -> Mapping[bytes, list[int]]:
    """Rows of the strings that code uses, by their bytes."""
    used = used_strings(app)
    found: dict[bytes, list[int]] = defaultdict(list)
    for row, text in zip(used.rows.tolist(), used.texts, strict=True):
        found[text].append(row)
    return found


IN_ASSETS = "file:///android_asset/"
"""How a web view names a file of the app (reference/android/webkit/WebSettings)."""


def _tails(member: str) -> tuple[str, ...]:
    """``assets/a/b.txt`` as ``assets/a/b.txt``, ``a/b.txt`` and ``b.txt``, with and without /."""
    parts = member.split("/")
    joined = ("/".join(parts[start:]) for start in range(len(parts)))
    told = tuple(text for tail in joined for text in (tail, f"/{tail}") if len(tail) >= 4)
    inside = member.partition("assets/")[2] if parts[0] == "assets" else ""
    return (*told, f"{IN_ASSETS}{inside}") if inside else told


def _resource_uses(app: Facts, member: str) -> Iterator[Use]:
    if not member.startswith("res/"):
        return
    table = app.table(RESOURCE_VALUES)
    wanted = {int(r) for r, text in table.rows("resource", "text") if text == member}
    for method, pc, resource in resource_uses(app).rows("method", "pc", "resource"):
        if resource in wanted:
            yield Use(method, pc, -1)
