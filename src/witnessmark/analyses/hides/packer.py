"""Packers, protectors and obfuscators: what keeps an app from being read.

What it finds
    Tools that hide or alter an app's code (``hides.packer``), named by their marks; code that is
    elsewhere although no tool could be named; how many classes have names that say nothing; texts
    that stand in the app in encoded form only; code that was put together again after it was built
    (by the order of its parts, which differs between tools). For whatever is hidden, a gap that
    says how much.

Why it matters
    From a packed app we read the wrapping. That nothing was found in it means nothing, and must
    never be told as "collects nothing".

How it decides
    Each tool is known by names of files and classes that it alone adds; names that others use,
    too, count only in twos, and only where no other packer is named surely. Without a name, an
    app counts as packed when at least half of its declared components, and what the launcher
    starts, have no class. Blobs whose bytes are spread evenly are measured for their size.
    Renaming is measured: a quarter of all classes when R8 left its note, half when not. Texts
    count as encoded where code computes them and at least half of their words stand nowhere in
    the app's constants and names; so does whatever else the same method decodes.

What it misses
    Tools nobody has entered, or whose marks were removed; protectors that leave classes in place
    and only empty their methods; texts whose decoding could not be followed. Code that comes
    in splits that were not handed in looks as if it were packed.

Example
    ``lib/armeabi/libsecexe.so`` beside ``com.secapk.wrapper.ApplicationWrapper``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.hides._encoded import encoded_findings
from witnessmark.analyses.hides._packed import Blob, Packed, look_for_hidden_code
from witnessmark.analyses.hides._packer_marks import Marks, find_marks
from witnessmark.analyses.hides._rebuilt import rebuilt_findings
from witnessmark.analyses.hides._renamed import Marker, Renamed, measure_names, r8_marker
from witnessmark.analyses.manifest import quote_attribute
from witnessmark.analyses.quotes import quote_class, quote_member
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.artifacts import ARTIFACTS, MEMBERS
from witnessmark.facts.tables.code import CLASSES, DEX_FILES, METHODS, STRINGS, TYPES
from witnessmark.facts.tables.manifest import COMPONENTS, INTENT_FILTERS, XML_ATTRIBUTES
from witnessmark.facts.tables.native import NATIVE_LIBRARIES
from witnessmark.facts.view import Facts
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.packers import Packer
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import CHAPTERS, Finding
from witnessmark.model.gap import Gap

PACKER = Analysis(
    id="hides/packer",
    version=2,
    reads=(
        ARTIFACTS, MEMBERS, CLASSES, METHODS, TYPES, STRINGS, DEX_FILES, COMPONENTS,
        INTENT_FILTERS, XML_ATTRIBUTES, NATIVE_LIBRARIES, SDK_CLASSES, DERIVED_TEXTS, REACH,
    ),
    knows=("packers",),
)  # fmt: skip

MOST_QUOTED = 3
_ELSEWHERE = (
    "The code may be packed, be loaded later, or lie in a split of the app that was not handed in."
)
FEWEST_CLASSES = 20
"""Classes from which a share of short names says something without R8's note."""

_HIDES: dict[str, tuple[str, ...]] = {
    "packer": CHAPTERS,
    "protector": CHAPTERS,
    "obfuscator": ("keeps", "marks", "sends", "embeds"),
    "repackager": (),
}


@PACKER.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding | Gap]:
    """Yield a finding a tool, one for code hidden by none we know, one for renaming; gaps."""
    packed = look_for_hidden_code(app)
    marks = find_marks(app, know.entries("packers", Packer))
    named = tuple(_named(marks, packed))
    for one in named:
        yield _tool(app, one, packed)
        yield from _gap(one.packer.name, one.packer.kind, packed)
    if packed.is_plain and not any(one.packer.kind == "packer" for one in named):
        yield _unnamed(app, packed)
        yield from _gap("code outside the dex files", "packer", packed, unnamed=True)
    yield from _renaming(app, measure_names(app), r8_marker(app))
    yield from encoded_findings(app)
    yield from rebuilt_findings(app)


def _named(marks: Sequence[Marks], packed: Packed) -> Iterator[Marks]:
    """Tools that their marks name; common names decide only where nothing surer does."""
    sure = any(one.sure and one.packer.kind == "packer" for one in marks)
    for one in marks:
        if one.sure or (not sure and (one.decides or packed.is_plain)):
            yield one


def _tool(app: Facts, marks: Marks, packed: Packed) -> Finding:
    packer = marks.packer
    evidence = [*marks.sure, *marks.common]
    if packer.kind == "packer":
        evidence += _structure(app, packed)
    return Finding(
        kind="hides.packer",
        subject={
            "id": packer.id,
            "name": packer.name,
            "vendor": packer.vendor,
            "kind": packer.kind,
            "missing_components": len(packed.missing),
            "declared_components": packed.declared,
            "hidden_bytes": packed.hidden_bytes,
        },
        says=f"{packer.name}: {packer.says[:1].lower()}{packer.says[1:]}{_size(packer, packed)}",
        evidence=tuple(replace(one, by=f"packers/{packer.id}") for one in evidence),
        strength="read" if marks.sure else "indicated",
        limits=_limits(packer, packed),
        identity=packer.id,
    )


def _size(packer: Packer, packed: Packed) -> str:
    if packer.kind != "packer" or not packed.missing:
        return ""
    return (
        f" {len(packed.missing)} of {packed.declared} declared components have no class that can "
        "be read."
    )


def _limits(packer: Packer, packed: Packed) -> tuple[str, ...]:
    limits = ["Many harmless apps use such tools; that one is there is no sign of bad intent."]
    if packer.kind == "packer" and not packed.missing:
        limits.append(
            "All declared components have a class here: the wrapping may have been removed "
            "already, or only the contents of methods may be hidden."
        )
    return tuple(limits)


def _unnamed(app: Facts, packed: Packed) -> Finding:
    count = len(packed.missing)
    return Finding(
        kind="hides.packer",
        subject={
            "id": "",
            "name": "",
            "vendor": "",
            "kind": "packer",
            "missing_components": count,
            "declared_components": packed.declared,
            "hidden_bytes": packed.hidden_bytes,
        },
        says=f"{count} of {packed.declared} declared components, and what the launcher starts, "
        "have no class that can be read: the app's code is elsewhere.",
        evidence=tuple(_structure(app, packed)),
        strength="indicated",
        limits=(_ELSEWHERE,),
        identity="unnamed",
    )


def _structure(app: Facts, packed: Packed) -> Iterator[Evidence]:
    components = app.table(COMPONENTS)
    for row in packed.missing[:MOST_QUOTED]:
        name = str(components["class_name"][row])
        says = f"the manifest declares {name}, no class of that name is in the code"
        quoted = quote_attribute(app, int(components["node"][row]), "name", says)
        if quoted:
            yield quoted
    largest = sorted(packed.blobs, key=lambda blob: (-blob.length, blob.where))
    for blob in largest[:MOST_QUOTED] if packed.missing else ():
        yield _quote_blob(app, blob)


def _quote_blob(app: Facts, blob: Blob) -> Evidence:
    says = f"{blob.length} bytes that look encrypted or compressed: {blob.where}"
    if blob.member >= 0:
        return quote_member(app, blob.member, says)
    return app.quote(says, blob.artifact, blob.offset, blob.length)


def _gap(name: str, kind: str, packed: Packed, *, unnamed: bool = False) -> Iterator[Gap]:
    hides = _HIDES[kind]
    if kind == "packer":
        state = "packed" if packed.hidden_bytes or not unnamed else "not where it should be"
        seen = f"and {packed.hidden_bytes} bytes look encrypted" if packed.hidden_bytes else (
            "and where the code lies was not seen"
        )  # fmt: skip
        why = (
            f"the code is {state}: {len(packed.missing)} of {packed.declared} declared components "
            f"have no class that can be read, {seen}; "
            "that something was not found says nothing about what the app does"
        )
    elif kind == "protector":
        why = "parts of the code may be encrypted or emptied; what stands in them was not read"
    else:
        why = "texts and code are entangled or encoded; what they say was read only in part"
    if hides:
        yield Gap(name, why, hides)


def _renaming(app: Facts, names: Renamed, marker: Marker | None) -> Iterator[Finding | Gap]:
    renamed = names.short + names.unspeakable
    told = marker is not None and len(renamed) >= 2 and 4 * len(renamed) >= names.counted
    plain = names.counted >= FEWEST_CLASSES and 2 * len(renamed) >= names.counted
    confusing = names.counted >= FEWEST_CLASSES and 4 * len(names.unspeakable) >= names.counted
    if not (told or plain or confusing):
        return
    yield _renaming_finding(app, names, marker, confusing=confusing)
    yield Gap(
        "renamed classes",
        f"{len(renamed)} of {names.counted} classes outside known libraries have names that say "
        "nothing; libraries among them may not have been recognised, and whose code the rest is "
        "was not told",
        ("embeds/sdk",),
    )


def _renaming_finding(
    app: Facts, names: Renamed, marker: Marker | None, *, confusing: bool
) -> Finding:
    renamed = names.unspeakable if confusing else names.short + names.unspeakable
    tool = "R8" if marker else ""
    by = f"R8 {marker.version}".rstrip() if marker else "a tool that could not be named"
    evidence = [quote_class(app, row) for row in sorted(renamed)[:MOST_QUOTED]]
    if marker:
        evidence.append(app.quote_string("R8 left its note", marker.string))
    manner = "made of signs that no one can read" if confusing else "shortened to a letter or two"
    return Finding(
        kind="hides.packer",
        subject={
            "id": "renamed-unreadably" if confusing else "renamed",
            "name": tool,
            "vendor": "Google" if marker else "",
            "kind": "obfuscator",
            "version": marker.version if marker else "",
            "renamed_classes": len(renamed),
            "classes": names.counted,
        },
        says=f"{len(renamed)} of {names.counted} class names outside known libraries were "
        f"{manner} by {by}.{_in_one_package(app, renamed)}",
        evidence=tuple(evidence),
        strength="derived",
        limits=("Shortened names are usual in released apps; they hide meaning, not code.",),
        identity="renamed",
    )


def _in_one_package(app: Facts, renamed: Sequence[int]) -> str:
    """DexGuard, unless told otherwise, gathers what it renames in a package ``o``."""
    inside = sum(app.class_name(row).startswith("o.") for row in renamed)
    if len(renamed) < FEWEST_CLASSES or 10 * inside < 9 * len(renamed):
        return ""
    return " They lie in a package called o, which is what DexGuard does by default."
