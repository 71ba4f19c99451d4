"""Whose code each class is, by its name.

The longest beginning of the name decides, among: the packages of known libraries, the platform's
own, those of packers, and the app's own namespaces (`own_namespaces`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from witnessmark.analyses.manifest import app_value, launcher_components
from witnessmark.facts.tables.code import CLASSES
from witnessmark.facts.tables.manifest import COMPONENTS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.namespaces import Namespace
from witnessmark.knowledge.packs.packers import Packer
from witnessmark.knowledge.packs.sdks import Sdk, longest_prefix, within

Ownership = Literal["own", "sdk", "platform", "other"]

VENDOR_LABELS = 2
"""Labels of a package that names a maker (``com.maker``) and not yet one of its products."""

FEWEST_COMPONENTS = 3
"""Components that a namespace must declare to count as the app's own by their number alone."""

MARKER_CLASSES = frozenset({"R", "BuildConfig", "Manifest", "package-info"})
"""Classes that builds generate for a library even where all of its code was left out."""


class Owners(Struct, frozen=True):
    """Owners by package and by class.

    ``prefixes`` maps a package to ``own``, ``platform``, ``other`` or ``sdk:<id>``; ``names`` and
    ``owners`` go by class row.
    """

    prefixes: Mapping[str, str]
    names: Sequence[str]
    owners: Sequence[str]

    def of(self, class_name: str) -> str:
        """Owner of any class name, ``other`` where nothing tells it."""
        return self.prefixes.get(longest_prefix(class_name, self.prefixes), "other")

    def classes_of(self) -> Mapping[str, tuple[int, ...]]:
        """Class rows by the id of their library."""
        found: dict[str, list[int]] = {}
        for row, owner in enumerate(self.owners):
            if owner.startswith("sdk:"):
                found.setdefault(owner[4:], []).append(row)
        return {name: tuple(rows) for name, rows in found.items()}


def split_owner(owner: str) -> tuple[Ownership, str]:
    """Ownership and library id out of an owner of `Owners`."""
    if owner.startswith("sdk:"):
        return "sdk", owner[4:]
    return ("own" if owner == "own" else "platform" if owner == "platform" else "other"), ""


def is_marker(class_name: str) -> bool:
    """Whether a class is generated for a library rather than part of its code."""
    return class_name.rpartition(".")[2].partition("$")[0] in MARKER_CLASSES


def find_owners(facts: Facts, know: Knowledge) -> Owners:
    """Owner of every class. Linear in the labels of all class names."""
    sdks = know.entries("sdks", Sdk)
    spaces = know.entries("namespaces", Namespace)
    package = app_value(facts, "package")
    prefixes = {space.prefix: "platform" for space in spaces if space.kind == "platform"}
    for packer in know.entries("packers", Packer):
        prefixes.update(dict.fromkeys(packer.code, "other"))
    for sdk in sdks:
        prefixes.update(
            (prefix, f"sdk:{sdk.id}") for prefix in sdk.code if not _is_maker_of(prefix, package)
        )
    shared = frozenset(space.prefix for space in spaces if space.kind != "platform")
    for namespace in own_namespaces(facts, prefixes, shared):
        prefixes[namespace] = "own"
    names = tuple(facts.class_name(row) for row in range(len(facts.table(CLASSES))))
    first = Owners(prefixes, names, _assign(names, prefixes))
    beside = _beside(sdks, first)
    if not beside:
        return first
    prefixes = {**beside, **prefixes}
    return Owners(prefixes, names, _assign(names, prefixes))


def _assign(names: Sequence[str], prefixes: Mapping[str, str]) -> tuple[str, ...]:
    by_package: dict[str, str] = {}
    return tuple(_owner_of(name, prefixes, by_package) for name in names)


def _owner_of(name: str, prefixes: Mapping[str, str], by_package: dict[str, str]) -> str:
    """Owner of a class; that of each package is looked up once."""
    outermost = name.partition("$")[0]
    if outermost in prefixes and outermost:
        return prefixes[outermost]
    package = outermost.rpartition(".")[0]
    owner = by_package.get(package)
    if owner is None:
        owner = by_package[package] = prefixes.get(longest_prefix(package, prefixes), "other")
    return owner


def _is_maker_of(prefix: str, package: str) -> bool:
    """Whether the app itself is what ``prefix`` names: then its code is no foreign library."""
    if not package or not within(prefix, package):
        return False
    return prefix == package or prefix.count(".") < VENDOR_LABELS


def _beside(sdks: Sequence[Sdk], owners: Owners) -> dict[str, str]:
    """Common package names of the libraries whose telling names were found."""
    found = {
        sdk_id
        for sdk_id, rows in owners.classes_of().items()
        if any(not is_marker(owners.names[row]) for row in rows)
    }
    return {prefix: f"sdk:{sdk.id}" for sdk in sdks if sdk.id in found for prefix in sdk.beside}


def own_namespaces(
    facts: Facts, known: Mapping[str, str], shared: frozenset[str]
) -> tuple[str, ...]:
    """Beginnings of package names under which the app's makers have their code.

    Without a manifest, the organisation that most classes outside ``known`` bear. With one, the
    manifest's package whole, and the organisation (`organisation`) of: that package, the
    application class, every activity that the launcher starts; further organisations when they
    declare at least three components and at least a quarter of all that no entry of ``known``
    covers. Names that ``known`` covers never count.
    """
    package = app_value(facts, "package")
    if not package and not len(facts.table(COMPONENTS)):
        return _most_common(facts, known, shared)
    named = [package] if package else []
    launchers = launcher_components(facts)
    unknown: Counter[str] = Counter()
    for row, (kind, name) in enumerate(facts.table(COMPONENTS).rows("kind", "class_name")):
        if longest_prefix(name, known) or "." not in name:
            continue
        home = name.rpartition(".")[0]
        unknown[organisation(home, shared)] += 1
        if kind == "application" or row in launchers:
            named.append(home)
    many = [
        space
        for space, count in unknown.items()
        if count >= FEWEST_COMPONENTS and 4 * count >= sum(unknown.values())
    ]
    found = {organisation(name, shared) for name in named} | set(many) | ({package} - {""})
    return tuple(sorted(space for space in found if _tells(space) and space not in known))


def _most_common(facts: Facts, known: Mapping[str, str], shared: frozenset[str]) -> tuple[str, ...]:
    """Organisations of at least a third of all classes that nobody knows, in code alone."""
    counted: Counter[str] = Counter()
    for row in range(len(facts.table(CLASSES))):
        name = facts.class_name(row)
        if "." in name and not longest_prefix(name, known):
            counted[organisation(name.rpartition(".")[0], shared)] += 1
    total = sum(counted.values())
    found = (space for space, count in counted.items() if 3 * count >= total and _tells(space))
    return tuple(sorted(found))


def _tells(namespace: str) -> bool:
    return any(len(label) > 1 for label in namespace.split("."))


def organisation(package: str, shared: Iterable[str]) -> str:
    """The labels of a package that name its maker: two, one more below a ``shared`` beginning."""
    labels = package.split(".")
    count = VENDOR_LABELS
    while ".".join(labels[:count]) in shared and count < len(labels):
        count += 1
    return ".".join(labels[:count])
