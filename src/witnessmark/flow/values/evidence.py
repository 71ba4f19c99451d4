"""Evidence for texts that were computed: the steps, each with its bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.view import Facts
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.model.evidence import Evidence

MOST_STEPS = 12


def derived_evidence(app: Facts, row: int) -> Evidence:
    """How the text in row ``row`` of `DERIVED_TEXTS` came to be.

    Constants and resources are quoted as texts, other steps by their instruction.
    """
    table = app.table(DERIVED_TEXTS)
    text, method, pc = str(table["text"][row]), int(table["method"][row]), int(table["pc"][row])
    how = "decodes to" if table["decoded"][row] else "makes of pieces"
    steps = tuple(_quoted(app, json.loads(table["steps"][row])))[: MOST_STEPS - 1]
    used = app.quote_instruction("the text is used here", method, pc)
    return Evidence(f"the code {how} {text}", because=(*steps, used))


def _quoted(app: Facts, steps: list[dict[str, Any]]) -> Iterator[Evidence]:
    for step in steps:
        says, method, pc = step["says"], step["method"], step["pc"]
        place: dict[str, str | int] = {}
        if method >= 0:
            place = {"method": app.method_signature(method), "pc": pc}
        if step["string"] >= 0:
            yield app.quote_string(says, step["string"], place)
        elif step["resource"] >= 0:
            values, row = app.table(RESOURCE_VALUES), step["resource"]
            artifact, offset, length = (
                int(values[name][row]) for name in ("artifact", "offset", "length")
            )
            yield app.quote(says, artifact, offset, length, values["reads_as"][row], place)
        elif method >= 0 and pc >= 0:
            yield app.quote_instruction(says, method, pc)
