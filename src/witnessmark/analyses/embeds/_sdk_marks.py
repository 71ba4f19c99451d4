"""Marks of libraries outside their classes: manifest, native libraries, members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
from msgspec import Struct, field

from witnessmark.analyses.embeds._ownership import Owners
from witnessmark.analyses.manifest import quote_attribute
from witnessmark.analyses.quotes import quote_member
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.manifest import (
    COMPONENTS,
    INTENT_FILTERS,
    META_DATA,
    PERMISSIONS,
)
from witnessmark.facts.tables.resources import RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.sdks import Sdk, any_matches
from witnessmark.model.evidence import Evidence

Kind = Literal["component", "manifest", "permission", "native", "member", "resource", "action"]


class Mark(Struct, frozen=True):
    """One trace: ``row`` goes into the table of its ``kind``."""

    kind: Kind
    name: str
    row: int


class _Names(Struct):
    """Rows by name, so that each name is tried once."""

    rows: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, row: int) -> None:
        self.rows.setdefault(name, row)


def find_marks(facts: Facts, sdks: Sequence[Sdk], owners: Owners) -> Mapping[str, list[Mark]]:
    """Marks by library id, in the order of `Kind`."""
    found: dict[str, list[Mark]] = defaultdict(list)
    for row, name in enumerate(facts.table(COMPONENTS)["class_name"].tolist()):
        owner = owners.of(name)
        if owner.startswith("sdk:"):
            found[owner[4:]].append(Mark("component", name, row))
    for kind, names in _named(facts):
        for sdk in sdks:
            patterns = _patterns(sdk, kind)
            if patterns:
                found[sdk.id] += _matching(kind, patterns, names)
    return found


def _patterns(sdk: Sdk, kind: Kind) -> tuple[str, ...]:
    return {
        "manifest": sdk.manifest,
        "permission": sdk.permissions,
        "native": sdk.native,
        "member": sdk.assets,
        "resource": sdk.resources,
        "action": sdk.actions,
    }.get(kind, ())


def _matching(kind: Kind, patterns: Sequence[str], names: Mapping[str, int]) -> Iterator[Mark]:
    for pattern in patterns:
        if "*" not in pattern:
            if pattern in names:
                yield Mark(kind, pattern, names[pattern])
            continue
        for name in names:
            if any_matches((pattern,), name):
                yield Mark(kind, name, names[name])


def _named(facts: Facts) -> Iterator[tuple[Kind, Mapping[str, int]]]:
    manifest, permissions, native, members = _Names(), _Names(), _Names(), _Names()
    for row, name in enumerate(facts.table(META_DATA)["name"].tolist()):
        manifest.add(name, row)
    for row, name in enumerate(facts.table(PERMISSIONS)["name"].tolist()):
        permissions.add(name, row)
    for row, name in enumerate(facts.table(MEMBERS)["name"].tolist()):
        if name.endswith(".so"):
            native.add(name.rpartition("/")[2], row)
        elif name.startswith(("assets/", "META-INF/")):
            members.add(name, row)
    resources, actions = _Names(), _Names()
    valued = set(facts.table(RESOURCE_VALUES)["resource"].tolist())
    for row, (name, number) in enumerate(facts.table(RESOURCES).rows("name", "resource")):
        if number in valued:
            resources.add(name, row)
    for row, (part, value) in enumerate(facts.table(INTENT_FILTERS).rows("part", "value")):
        if part == "action":
            actions.add(value, row)
    yield "manifest", manifest.rows
    yield "permission", permissions.rows
    yield "native", native.rows
    yield "member", members.rows
    yield "resource", resources.rows
    yield "action", actions.rows


def quote_mark(facts: Facts, mark: Mark) -> Evidence:
    """Evidence for a mark: the name as the file spells it."""
    if mark.kind in ("native", "member"):
        return quote_member(facts, mark.row, f"the package holds {mark.name}")
    if mark.kind == "resource":
        return _quote_resource(facts, mark)
    if mark.kind == "action":
        filters = facts.table(INTENT_FILTERS)
        return facts.quote(
            f"a component waits for {mark.name}", int(filters["artifact"][mark.row]),
            int(filters["offset"][mark.row]), int(filters["length"][mark.row]),
        )  # fmt: skip
    schema, says = {
        "component": (COMPONENTS, f"the manifest declares the component {mark.name}"),
        "manifest": (META_DATA, f"the manifest sets {mark.name}"),
        "permission": (PERMISSIONS, f"the manifest names the permission {mark.name}"),
    }[mark.kind]
    table = facts.table(schema)
    return quote_attribute(facts, int(table["node"][mark.row]), "name", says) or facts.quote(
        says,
        int(table["artifact"][mark.row]),
        int(table["offset"][mark.row]),
        int(table["length"][mark.row]),
    )


def _quote_resource(facts: Facts, mark: Mark) -> Evidence:
    """The first value of a resource (`_named` holds those with values only)."""
    resource = int(facts.table(RESOURCES)["resource"][mark.row])
    values = facts.table(RESOURCE_VALUES)
    rows = np.flatnonzero(values["resource"] == resource).tolist()
    says = f"the resource {mark.name} is defined"
    row = rows[0]
    return facts.quote(
        says, int(values["artifact"][row]), int(values["offset"][row]),
        int(values["length"][row]), values["reads_as"][row],
    )  # fmt: skip
