"""What other apps may start or query, by the manifest.

Source: developer.android.com/guide/topics/manifest (activity, service, receiver, provider:
``exported``, ``permission``, ``readPermission``, ``writePermission``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from witnessmark.facts.tables.manifest import COMPONENTS, PERMISSIONS, XML_ATTRIBUTES
from witnessmark.facts.view import Facts
from witnessmark.flow.tables import EXPORTED
from witnessmark.model.table import Table

ACCESS = (("read", "readPermission"), ("write", "writePermission"))


def exported_table(facts: Facts) -> Table:
    """One row a component that is open to other apps; two rows for a provider."""
    return Table.from_rows(EXPORTED, _rows(facts))


def _rows(facts: Facts) -> Iterator[tuple[Any, ...]]:
    components = facts.table(COMPONENTS)
    protection = {
        name: level
        for kind, name, level in facts.table(PERMISSIONS).rows("kind", "name", "protection")
        if kind == "defines"
    }
    stated = _stated(facts)
    columns = ("kind", "exported", "exported_because", "enabled", "permission", "node",
               "artifact", "offset", "length")  # fmt: skip
    for row, found in enumerate(components.rows(*columns)):
        kind, exported, because, enabled, permission, node, *span = found
        if not exported or kind == "application":
            continue
        ways = ACCESS if kind == "provider" else (("start", ""),)
        for access, attribute in ways:
            general = stated.get((node, "permission"), "") if attribute else permission
            needed = stated.get((node, attribute), general)
            yield row, access, needed, protection.get(needed, ""), enabled, because, *span


def _stated(facts: Facts) -> Mapping[tuple[int, str], str]:
    names = {"permission", *(attribute for _, attribute in ACCESS)}
    return {
        (node, name): value
        for node, name, value in facts.table(XML_ATTRIBUTES).rows("node", "name", "value")
        if name in names
    }
