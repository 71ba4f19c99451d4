"""Marks of libraries outside their classes: manifest, native libraries, members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from witnessmark.analyses.embeds._ownership import Owners
from witnessmark.analyses.manifest import quote_attribute
from witnessmark.analyses.quotes import quote_member
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.manifest import (
    COMPONENTS,
    META_DATA,
    PERMISSIONS,
)
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.sdks import Sdk, any_matches
from witnessmark.model.evidence import Evidence

Kind = Literal["component", "manifest", "permission", "native", "member"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One trace: ``row`` goes into the table of its ``kind``."""

    kind: Kind
    name: str
    row: int


@dataclass(slots=True)
class _Names:
    """Rows by name, so that each name is tried once."""

    rows: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, row: int) -> None:
        self.rows.setdefault(name, row)


def find_marks(facts: Facts, sdks: Sequence[Sdk], owners: Owners) -> Mapping[str, list[Mark]]:
    """Marks by library id, in the order component, manifest, permission, native, member."""
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
    yield "manifest", manifest.rows
    yield "permission", permissions.rows
    yield "native", native.rows
    yield "member", members.rows


def quote_mark(facts: Facts, mark: Mark) -> Evidence:
    """Evidence for a mark: the name as the file spells it."""
    if mark.kind in ("native", "member"):
        return quote_member(facts, mark.row, f"the package holds {mark.name}")
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
