"""Texts of an app's own from code, resources, manifest and native libraries, with their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from msgspec import Struct, field

from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import FIELDS, METHODS, STATIC_VALUES, STRING_USES, STRINGS
from witnessmark.facts.tables.manifest import APP, XML_ATTRIBUTES
from witnessmark.facts.tables.native import NATIVE_LIBRARIES, NATIVE_STRINGS
from witnessmark.facts.tables.resources import RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.sdks import Sdk, any_matches
from witnessmark.model.distinct import among
from witnessmark.model.evidence import Evidence
from witnessmark.model.location import ReadsAs

Source = Literal["code", "resource", "native", "manifest"]

LONGEST_TEXT = 600
"""Characters beyond which a text is prose or data and names makers only by chance."""

OWN = frozenset({"own"})

LIBRARY_RESOURCES = ("abc_", "mtrl_", "common_google_", "com_facebook_", "umeng_", "androidx_")
"""Beginnings of resource names that libraries take for theirs."""


class Text(Struct, frozen=True):
    """One text, where it stands, and the methods that load it (code only)."""

    source: Source
    where: str
    text: str
    artifact: int
    offset: int
    length: int
    reads_as: ReadsAs
    methods: tuple[int, ...] = field(default=())

    def quote(self, facts: Facts, says: str, part: str) -> Evidence:
        """Evidence that quotes ``part`` of the text, the whole where that cannot be placed."""
        spelling = "utf-8" if self.reads_as == "mutf-8" else self.reads_as
        if spelling != "hex" and spelling != "sha256":
            wanted = part.encode(spelling, "surrogatepass")
            raw = bytes(facts.blob(self.artifact)[self.offset : self.offset + self.length])
            at = raw.find(wanted)
            if at >= 0:
                return facts.quote(
                    says, self.artifact, self.offset + at, len(wanted), self.reads_as
                )
        return facts.quote(says, self.artifact, self.offset, self.length, self.reads_as)


def app_texts(facts: Facts, sdks: Sequence[Sdk]) -> Iterator[Text]:
    """Texts of the app's own code, of its resources, manifest and unknown native libraries."""
    yield from code_texts(facts)
    yield from resource_texts(facts)
    yield from _of_native(facts, sdks)
    yield from _of_manifest(facts)


def _of_manifest(facts: Facts) -> Iterator[Text]:
    attributes = facts.table(XML_ATTRIBUTES)
    for key, value, row in facts.table(APP).rows("key", "value", "attribute"):
        if key in ("label", "description") and row >= 0 and value:
            yield Text(
                "manifest",
                f"the manifest's {key}",
                value,
                int(attributes["artifact"][row]),
                int(attributes["offset"][row]),
                int(attributes["length"][row]),
                attributes["reads_as"][row],
            )


def code_texts(facts: Facts, ownerships: frozenset[str] = OWN) -> Iterator[Text]:
    """String constants that code of classes of ``ownerships`` loads or keeps in static fields."""
    own = among(facts.table(SDK_CLASSES)["ownership"].astype(str), sorted(ownerships))
    if not own.any():
        return
    uses, methods = facts.table(STRING_USES), facts.table(METHODS)
    owner = methods["class"][uses["method"]]
    chosen = np.flatnonzero((owner >= 0) & own[owner])
    loads: dict[int, list[int]] = {}
    for place in chosen.tolist():
        loads.setdefault(int(uses["string"][place]), []).append(int(uses["method"][place]))
    fields = facts.table(FIELDS)
    for name, kind, ref in facts.table(STATIC_VALUES).rows("field", "kind", "ref"):
        row = int(fields["class"][name])
        if kind == "string" and ref >= 0 and row >= 0 and own[row]:
            loads.setdefault(ref, [])
    strings = facts.table(STRINGS)
    for row in sorted(loads):
        if int(strings["length"][row]) <= 4 * LONGEST_TEXT:
            yield Text(
                "code",
                "the app's own code",
                facts.string(row),
                int(strings["artifact"][row]),
                int(strings["offset"][row]),
                int(strings["length"][row]),
                "mutf-8",
                tuple(sorted(set(loads[row]))),
            )


def resource_texts(facts: Facts) -> Iterator[Text]:
    """Text resources in all languages that are not a library's, each text once."""
    names = dict(facts.table(RESOURCES).rows("resource", "name"))
    seen: set[str] = set()
    for resource, kind, text, reads_as, artifact, offset, length in facts.table(
        RESOURCE_VALUES
    ).rows("resource", "kind", "text", "reads_as", "artifact", "offset", "length"):
        if kind != "string" or not 4 < len(text) <= LONGEST_TEXT or text in seen:
            continue
        name = str(names.get(resource, ""))
        if name.startswith(LIBRARY_RESOURCES) or "hint" in name or text.startswith("res/"):
            continue
        seen.add(text)
        where = f"the text {name or hex(resource)} of the resources"
        yield Text("resource", where, text, artifact, offset, length, reads_as)


def _of_native(facts: Facts, sdks: Sequence[Sdk]) -> Iterator[Text]:
    patterns = tuple(pattern for sdk in sdks for pattern in sdk.native)
    unknown = {
        row: path
        for row, path in enumerate(facts.table(NATIVE_LIBRARIES)["path"].tolist())
        if not any_matches(patterns, path.rpartition("/")[2])
    }
    for library, text, artifact, offset, length in facts.table(NATIVE_STRINGS).rows(
        "library", "text", "artifact", "offset", "length"
    ):
        if library in unknown and len(text) <= LONGEST_TEXT:
            where = f"the native library {unknown[library]}"
            yield Text("native", where, text, artifact, offset, length, "latin-1")
