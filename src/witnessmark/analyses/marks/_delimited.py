"""Text files of rows and cells: comma, semicolon, tabulator or bar between the cells.

Source: RFC 4180 for quoting; the separator is the one that splits most lines alike.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

SEPARATORS = ",\t;|"
SAMPLE = 200


def rows_of(text: str) -> Sequence[Sequence[str]]:
    """Rows of a text, cells stripped, empty lines and lines of remarks left out."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    separator = separator_of(lines[:SAMPLE])
    if not separator:
        return [[line.strip()] for line in lines]
    try:
        rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=separator))
    except csv.Error:
        rows = [line.split(separator) for line in lines]
    return [[cell.strip() for cell in row] for row in rows if row]


def separator_of(lines: Sequence[str]) -> str:
    """The separator with the same number in nine of ten lines, empty for none."""
    for separator in SEPARATORS:
        counts = [line.count(separator) for line in lines]
        common = max(set(counts), key=counts.count, default=0)
        if common and counts.count(common) * 10 >= 9 * len(counts):
            return separator
    return ""
