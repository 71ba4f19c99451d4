"""Names of the public ``android:`` attributes by resource id."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

HEADER_MARK = "#"


@cache
def public_attribute_names() -> Mapping[int, str]:
    """Resource id to name, e.g. ``0x01010003`` to ``name``.

    From ``attributes.csv``, which ``tools/framework_attributes.py`` makes of a framework's
    resource table and whose first line names that framework. Ids are stable for ever once
    public; those of later platforms are absent and then go by their written name.
    """
    text = Path(__file__).with_name("attributes.csv").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith(HEADER_MARK))
    rows = csv.reader(lines)
    head = next(rows)
    number, name = head.index("id"), head.index("name")
    return MappingProxyType({int(row[number], 16): row[name] for row in rows})
