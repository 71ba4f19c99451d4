"""Names of the public ``android:`` attributes by resource id."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType


@cache
def public_attribute_names() -> Mapping[int, str]:
    """Resource id to name, e.g. ``0x01010003`` to ``name``.

    From ``attributes.csv``, which ``tools/framework_attributes.py`` makes of a framework's
    resource table and whose first line names that framework. Ids are stable for ever once
    public; those of later platforms are absent and then go by their written name.
    """
    text = Path(__file__).with_name("attributes.csv").read_text("utf-8")
    rows = (line.partition(",") for line in text.splitlines() if line.startswith("0x"))
    return MappingProxyType({int(number, 16): name for number, _, name in rows})
