"""Read what the manifest says of the app and its components, for analyses of any chapter."""

from __future__ import annotations

from witnessmark.facts.tables.manifest import APP, INTENT_FILTERS, XML_ATTRIBUTES
from witnessmark.facts.view import Facts
from witnessmark.model.evidence import Evidence
from witnessmark.model.location import ReadsAs

_LAUNCHED = {"android.intent.action.MAIN", "android.intent.category.LAUNCHER"}


def app_value(facts: Facts, key: str) -> str:
    """What table ``app`` holds under ``key``, empty for nothing."""
    rows = facts.table(APP).rows("key", "value")
    return next((str(value) for name, value in rows if name == key), "")


def launcher_components(facts: Facts) -> frozenset[int]:
    """Rows of components that the launcher shows and starts."""
    parts: dict[int, set[str]] = {}
    owner: dict[int, int] = {}
    for component, number, part, value in facts.table(INTENT_FILTERS).rows(
        "component", "filter", "part", "value"
    ):
        if part in ("action", "category"):
            parts.setdefault(number, set()).add(value)
            owner[number] = component
    return frozenset(owner[number] for number, values in parts.items() if values >= _LAUNCHED)


def quote_attribute(facts: Facts, node: int, name: str, says: str) -> Evidence | None:
    """Evidence that quotes the value of an element's attribute; None when it has none."""
    table = facts.table(XML_ATTRIBUTES)
    for row in (table["node"] == node).nonzero()[0].tolist():
        if table["name"][row] == name:
            reads_as: ReadsAs = table["reads_as"][row]
            return facts.quote(
                says,
                int(table["artifact"][row]),
                int(table["offset"][row]),
                int(table["length"][row]),
                reads_as,
                {"attribute": name},
            )
    return None
