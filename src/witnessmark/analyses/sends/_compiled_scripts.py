"""Compiled scripts (table ``script_calls``) in the form in which source is read."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from witnessmark.facts.tables.scripts import SCRIPT_CALLS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.formats.script import Call, Expression, Items, Other, Record, Script, Text
from witnessmark.model.location import Span

COMPILED = "hermes"
RESULT = "()"
"""Only member of what stands for the answer of a call: its name, then what it is given."""


def compiled_scripts(app: Facts) -> Iterator[tuple[str, int, Script]]:
    """Name, artifact and calls of each compiled script."""
    calls: dict[int, list[Call]] = defaultdict(list)
    columns = ("script", "name", "made", "arguments", "offset", "length")
    scripts = app.table(SCRIPTS)
    kinds = scripts["kind"].tolist()
    if COMPILED not in kinds:
        return
    for script, name, made, arguments, offset, length in app.table(SCRIPT_CALLS).rows(*columns):
        if kinds[script] == COMPILED:
            span = Span(offset, length)
            given = tuple(_expression(one, span) for one in json.loads(arguments))
            calls[script].append(Call(name, given, span, made))
    for row, (name, artifact) in enumerate(scripts.rows("name", "artifact")):
        if calls.get(row):
            yield name, artifact, Script(calls=calls[row])


def is_compiled(app: Facts, artifact: int) -> bool:
    """Whether scripts of this artifact are compiled, so that a call is no text."""
    rows = app.table(SCRIPTS).rows("kind", "artifact")
    return any(kind == COMPILED and one == artifact for kind, one in rows)


def _expression(told: Any, span: Span) -> Expression:
    if isinstance(told, str) and not told.startswith("="):
        return Text(told, span)
    if isinstance(told, list):
        return Items(tuple(_expression(one, span) for one in told), span)
    if isinstance(told, dict):
        if list(told) == [RESULT]:
            name, *given = told[RESULT]
            return Call(name, tuple(_expression(one, span) for one in given), span)
        return Record({key: _expression(one, span) for key, one in told.items()}, span, False)
    return Other(span)
