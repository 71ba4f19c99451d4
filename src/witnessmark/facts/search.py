"""Find string constants by their bytes, without decoding all of them."""

from __future__ import annotations

import re

import numpy as np

from witnessmark.facts.tables.code import STRINGS
from witnessmark.facts.view import Facts


def strings_matching(facts: Facts, pattern: re.Pattern[bytes]) -> list[int]:
    """Rows of ``strings`` in which ``pattern`` occurs, ascending.

    The pattern sees MUTF-8 bytes of whole files, so it must not depend on ``^`` or ``$`` and
    must not match a zero byte; a match that crosses the end of its string is dropped.
    Cost: one regular-expression pass over each file that holds strings.
    """
    table = facts.table(STRINGS)
    found: list[int] = []
    for artifact in np.unique(table["artifact"]).tolist():
        rows = np.flatnonzero(table["artifact"] == artifact)
        starts = table["offset"][rows]
        order = np.argsort(starts, kind="stable")
        rows, starts = rows[order], starts[order]
        ends = starts + table["length"][rows]
        if not len(rows):
            continue
        blob = facts.blob(int(artifact))
        low, high = int(starts[0]), int(ends.max())
        for match in pattern.finditer(blob[low:high]):
            at = int(np.searchsorted(starts, low + match.start(), side="right")) - 1
            if at >= 0 and low + match.end() <= int(ends[at]):
                found.append(int(rows[at]))
    return sorted(set(found))
