"""The network security configuration of an app: for which servers what holds.

Source: developer.android.com/privacy-and-security/security-config. Values that a part does not
state are those of the part around it, for the outermost domains those of the base; the most
precise domain decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from witnessmark.analyses.manifest import app_value
from witnessmark.facts.tables.manifest import (
    XML_ATTRIBUTES,
    XML_FILES,
    XML_NODES,
    XML_TEXTS,
)  # fmt: skip
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.model.evidence import Evidence

PARTS = ("base-config", "domain-config", "debug-overrides")


class Domain(Struct, frozen=True):
    """A host, whether those below it are meant, too, and the row of its text."""

    name: str
    below: bool
    text: int

    def covers(self, host: str) -> bool:
        """Whether a host is meant."""
        return host == self.name or (self.below and host.endswith(f".{self.name}"))


class Part(Struct, frozen=True):
    """One part of the configuration, with what the parts around it and the base say.

    ``domains`` is empty for the base; rows are those of ``xml_attributes``, -1 for what nobody
    states; ``pins`` are rows of ``xml_texts``.
    """

    kind: str
    domains: tuple[Domain, ...]
    cleartext: str
    cleartext_row: int
    user_rows: tuple[int, ...]
    overriding_rows: tuple[int, ...]
    pins: tuple[int, ...]
    expires: str
    expires_row: int


class NetworkConfig(Struct, frozen=True):
    """All parts, in the order of the file."""

    parts: tuple[Part, ...]

    def of(self, host: str) -> Part | None:
        """The part that decides for a host: the longest domain that covers it, else the base."""
        covering = [
            (len(domain.name), part)
            for part in self.parts
            if part.kind == "domain-config"
            for domain in part.domains
            if domain.covers(host)
        ]
        if covering:
            return max(covering, key=lambda one: one[0])[1]
        return next((part for part in self.parts if part.kind == "base-config"), None)


class _File(Struct, frozen=True):
    """Elements of the configuration by row, and what stands in them."""

    names: Mapping[int, str]
    parent: Mapping[int, int]
    children: Mapping[int, Sequence[int]]
    attributes: Mapping[int, Mapping[str, tuple[str, int]]]
    texts: Mapping[int, tuple[str, int]]

    def inside(self, node: int, *names: str) -> list[int]:
        """Children of that name, and theirs of the next."""
        found = [node]
        for name in names:
            found = [
                c for one in found for c in self.children.get(one, ()) if self.names[c] == name
            ]
        return found

    def value(self, node: int, name: str) -> tuple[str, int]:
        """An attribute and its row, empty and -1 where it is not stated."""
        return self.attributes.get(node, {}).get(name, ("", -1))


@once_an_app
def network_config(app: Facts) -> NetworkConfig:
    """The configuration that the manifest names; without parts where none can be read."""
    named = app_value(app, "network_security_config").rpartition("/")[2]
    file = _read(app, named) if named else None
    if file is None:
        return NetworkConfig(())
    parts: list[Part] = []
    top = [node for node, name in file.names.items() if name in PARTS and _is_top(file, node)]
    first = next((node for node in top if file.names[node] == "base-config"), None)
    base = None if first is None else _part(file, first, None)
    waiting: list[tuple[int, Part | None]] = [
        (node, base if file.names[node] == "domain-config" else None) for node in top
    ]
    waiting.reverse()
    while waiting:
        node, around = waiting.pop()
        part = _part(file, node, around)
        parts.append(part)
        nested = file.inside(node, "domain-config")
        waiting += [(one, part) for one in reversed(nested)]
    return NetworkConfig(tuple(parts))


def _is_top(file: _File, node: int) -> bool:
    """Whether no other part stands around one."""
    return file.names.get(file.parent[node]) not in PARTS


def _read(app: Facts, named: str) -> _File | None:
    files, nodes = app.table(XML_FILES), app.table(XML_NODES)
    chosen = [row for row, (folder, name) in enumerate(files.rows("folder", "name"))
              if folder == "xml" and name == named]  # fmt: skip
    if not chosen:
        return None
    rows = (nodes["file"] == chosen[0]).nonzero()[0].tolist()
    parent = {row: int(nodes["parent"][row]) for row in rows}
    children: dict[int, list[int]] = defaultdict(list)
    for row, around in parent.items():
        children[around].append(row)
    names = {row: str(nodes["name"][row]) for row in rows}
    attributes: dict[int, dict[str, tuple[str, int]]] = defaultdict(dict)
    table = app.table(XML_ATTRIBUTES)
    for row, (node, name, value) in enumerate(table.rows("node", "name", "value")):
        if node in names:
            attributes[node].setdefault(name, (value, row))
    texts = {
        node: (text, row)
        for row, (node, text) in enumerate(app.table(XML_TEXTS).rows("node", "text"))
        if node in names
    }
    return _File(names, parent, children, attributes, texts)


def _part(file: _File, node: int, around: Part | None) -> Part:
    cleartext, row = file.value(node, "cleartextTrafficPermitted")
    if row < 0 and around is not None:
        cleartext, row = around.cleartext, around.cleartext_row
    anchors = file.inside(node, "trust-anchors")
    users, overriding = _anchors(file, file.inside(node, "trust-anchors", "certificates"))
    if not anchors and around is not None:
        users, overriding = around.user_rows, around.overriding_rows
    sets = file.inside(node, "pin-set")
    pins = tuple(file.texts[pin][1] for pin in file.inside(node, "pin-set", "pin")
                 if pin in file.texts)  # fmt: skip
    expires, expires_row = file.value(sets[0], "expiration") if sets else ("", -1)
    if not sets and around is not None:
        pins, expires, expires_row = around.pins, around.expires, around.expires_row
    domains = tuple(_domains(file, node))
    return Part(file.names[node], domains, cleartext, row, users, overriding, pins, expires,
                expires_row)  # fmt: skip


def _anchors(file: _File, anchors: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Rows that trust what users install, and of these the ones that pins do not bind."""
    users, overriding = [], []
    for one in anchors:
        source, row = file.value(one, "src")
        if source == "user":
            users.append(row)
            if file.value(one, "overridePins")[0] == "true":
                overriding.append(row)
    return tuple(users), tuple(overriding)


def _domains(file: _File, node: int) -> Iterator[Domain]:
    for one in file.inside(node, "domain"):
        if one in file.texts:
            name, text = file.texts[one]
            below = file.value(one, "includeSubdomains")[0] == "true"
            yield Domain(name.casefold(), below, text)


def quote_config(app: Facts, says: str, attribute: int = -1, text: int = -1) -> Evidence:
    """Evidence for an attribute or a text of the configuration."""
    table, row = (
        (app.table(XML_TEXTS), text) if text >= 0 else (app.table(XML_ATTRIBUTES), attribute)
    )
    place = {} if text >= 0 else {"attribute": str(table["name"][row])}
    return app.quote(
        says, int(table["artifact"][row]), int(table["offset"][row]), int(table["length"][row]),
        table["reads_as"][row], place,
    )  # fmt: skip
