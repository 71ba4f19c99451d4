"""Libraries and services of other makers, told from the app's own code.

What it finds
    Every known library (``embeds.sdk``) with name, version where the app tells it, maker and
    purpose; whether its code runs, lies idle, or is declared and missing. Beside that, whose
    code each class is, for all other analyses (table ``sdk_classes``).

Why it matters
    Much of what an app sends goes to makers of libraries whom nobody who uses the app has
    chosen. And a line of library code says nothing about the intentions of the app's makers,
    so the two must be told apart before anything else is said.

How it decides
    By names that the makers publish: packages of classes that the app defines, declared
    components, names in the manifest, native libraries, members, resources, intents. The longest
    package name wins. Where classes were renamed, by constants that stay: names of interfaces to
    services, threads, files and settings, in classes that nobody else's name covers; and by the
    shapes of classes (`_class_shapes`): texts, calls of the platform and types that no other
    library of the pack ``sdk_shapes`` has, at least four a class and sixteen in three classes.
    Classes make a finding ``read``, constants and shapes make it ``derived``, other names alone
    ``indicated``. The state is
    ``live`` when a method of it is reached from outside, ``dormant`` when none is, ``missing``
    when the manifest names it and no class of it is there, ``parts`` when only its native
    libraries or members are. Code below the app's own package is never a foreign library.
    A class is the app's ``own`` when its package begins with the manifest's package, or with the
    organisation of that, of the application class, of a launched activity, or of many declared
    components; the organisation is the first two labels, more where unrelated makers share them.

What it misses
    Renamed libraries that hold no text of their own and of which less than three telling classes
    are left; libraries nobody has entered; code that is loaded later. Renamed classes are
    ``other``, or a library's whose shape they have, never ``own``, even where the app's makers
    wrote them. A library that lies idle by our reading may be started by reflection or native code.

Example
    ``cn.jpush.android.service.PushService`` is defined, and ``JPUSH_APPKEY`` set in the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from witnessmark.analyses.contract import Analysis, Row
from witnessmark.analyses.embeds._ownership import Owners, find_owners, is_marker, split_owner
from witnessmark.analyses.embeds._purposes import PURPOSES
from witnessmark.analyses.embeds._sdk_marks import Mark, find_marks, quote_mark
from witnessmark.analyses.embeds._sdk_shapes import (
    Likeness,
    find_alike,
    quote_alike,
    renamed_classes,
)
from witnessmark.analyses.embeds._sdk_texts import Said, find_said, quote_said
from witnessmark.analyses.embeds._sdk_version import Version, find_versions
from witnessmark.analyses.quotes import quote_class
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import (
    CLASSES,
    FIELDS,
    METHODS,
    STATIC_VALUES,
    STRING_USES,
    STRINGS,
)  # fmt: skip
from witnessmark.facts.tables.manifest import (
    APP,
    COMPONENTS,
    INTENT_FILTERS,
    META_DATA,
    PERMISSIONS,
    XML_ATTRIBUTES,
)  # fmt: skip
from witnessmark.facts.tables.resources import RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import Lists, ints, lists_of
from witnessmark.flow.names import method_names
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.sdk_shapes import SdkShapes
from witnessmark.knowledge.packs.sdks import Sdk
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Reach, Strength
from witnessmark.model.gap import Gap

SDK = Analysis(
    id="embeds/sdk",
    version=3,
    reads=(
        CLASSES, METHODS, FIELDS, STATIC_VALUES, STRINGS, STRING_USES, MEMBERS, APP, COMPONENTS,
        INTENT_FILTERS, META_DATA, PERMISSIONS, XML_ATTRIBUTES, RESOURCES, RESOURCE_VALUES, REACH,
    ),
    writes=(SDK_CLASSES,),
    knows=("sdks", "sdk_shapes", "namespaces", "packers"),
)  # fmt: skip

MOST_CLASSES, MOST_MARKS = 3, 6
"""How many classes and other marks a finding quotes."""

NETWORK = "network"
SENT_UNSEEN = (
    "its classes bear other names here; requests that code makes through it may be missing"
)

EMPTY_CONSTRUCTOR = 6
"""Code units of a move, ``invoke-direct`` and ``return-void``: all of a default constructor."""

MOST_COPIED = 2
"""Declarations without code that may be copies made for another library."""


class _Found(Struct, frozen=True):
    """What is there of one library: class rows, the code among them, marks, version."""

    sdk: Sdk
    classes: tuple[int, ...]
    code: tuple[int, ...]
    methods: tuple[int, ...]
    marks: tuple[Mark, ...]
    said: tuple[Said, ...]
    version: Version | None
    alike: tuple[Likeness, ...] = ()
    alike_methods: tuple[int, ...] = ()

    @property
    def is_renamed(self) -> bool:
        """Whether only texts and shapes tell of it: its classes bear other names."""
        return bool(self.said or self.alike) and not self.methods


@SDK.run
def find(app: Facts, know: Knowledge) -> Iterator[Row | Finding | Gap]:
    """Yield a row a class, then a finding a library, with a gap for ways to send by other names."""
    owners = find_owners(app, know)
    shapes = know.entries("sdk_shapes", SdkShapes)
    alike = find_alike(app, shapes, renamed_classes(owners))
    renamed = {one.row: f"sdk:{sdk}" for sdk, some in alike.items() for one in some}
    for row, owner in enumerate(owners.owners):
        yield Row(SDK_CLASSES, (row, *split_owner(renamed.get(row, owner))))
    packs = {pack.id: pack for pack in shapes}
    for found in _libraries(app, know.entries("sdks", Sdk), owners, alike):
        if _is_there(found):
            yield _finding(app, found, owners, packs.get(found.sdk.id))
            if found.is_renamed and found.sdk.purpose == NETWORK:
                yield Gap(found.sdk.name, SENT_UNSEEN, ("sends",))


def _libraries(
    app: Facts, sdks: Sequence[Sdk], owners: Owners, alike: Mapping[str, tuple[Likeness, ...]]
) -> Iterator[_Found]:
    classes = owners.classes_of()
    marks = find_marks(app, sdks, owners)
    texts = find_said(app, sdks, owners)
    versions = find_versions(app, sdks, owners, texts)
    methods = _methods_by_class(app)
    for sdk in sdks:
        rows = classes.get(sdk.id, ())
        code = tuple(row for row in rows if not is_marker(owners.names[row]))
        with_code = tuple(method for row in code for method in methods.of(row).tolist())
        seen = tuple(marks.get(sdk.id, ()))
        said = tuple(texts.get(sdk.id, ()))
        same = alike.get(sdk.id, ())
        inside = tuple(method for one in same for method in methods.of(one.row).tolist())
        version = versions.get(sdk.id)
        yield _Found(sdk, rows, code, with_code, seen, said, version, same, inside)


def _methods_by_class(app: Facts) -> Lists:
    """Methods with work of their own: constructors that only call the next one do not count."""
    methods, names = app.table(METHODS), method_names(app)
    empty = (methods["code_units"] <= EMPTY_CONSTRUCTOR) & (
        names.of_method == names.ids.get(b"<init>", -1)
    )
    works = (methods["class"] >= 0) & (methods["code_offset"] >= 0) & ~empty
    rows = np.flatnonzero(works)
    return lists_of(ints(methods["class"])[rows], rows, len(app.table(CLASSES)))


def _is_there(found: _Found) -> bool:
    """Whether anything tells of the library itself.

    A permission alone may be any app's courtesy, and one or two interfaces without code are
    often copied into other libraries.
    """
    told = any(mark.kind != "permission" for mark in found.marks)
    return told or bool(found.methods or found.said or found.alike) or len(found.code) > MOST_COPIED


def _finding(app: Facts, found: _Found, owners: Owners, shapes: SdkShapes | None) -> Finding:
    sdk = found.sdk
    reach = _reach(app, found)
    state = _state(found, reach)
    strength: Strength = "read" if found.methods else "derived" if found.is_renamed else "indicated"
    return Finding(
        kind="embeds.sdk",
        subject={
            "id": sdk.id,
            "name": sdk.name,
            "version": found.version.text if found.version else "",
            "purpose": sdk.purpose,
            "vendor": sdk.vendor,
            "country": sdk.country,
            "state": state,
            "classes": len(found.code),
            "renamed": found.is_renamed,
        },
        says=_sentence(found, state),
        evidence=tuple(_evidence(app, found, owners, shapes)),
        strength=strength,
        reach=reach,
        limits=_limits(found, state),
        identity=sdk.id,
    )


def _reach(app: Facts, found: _Found) -> Reach:
    table = app.table(REACH)
    rows = found.methods or found.alike_methods
    rows = rows or tuple(method for said in found.said for method in said.methods)
    if not rows or not len(table):
        return Reach("unknown")
    methods = np.asarray(rows, dtype=np.int64)
    reached = methods[table["state"][methods] == "reached"]
    if len(reached):
        nearest = reached[np.argmin(table["steps"][reached])]
        return best_reach(app, [int(nearest)])
    return best_reach(app, list(rows))


def _state(found: _Found, reach: Reach) -> str:
    if found.methods or found.is_renamed:
        return {"reached": "live", "unreached": "dormant"}.get(reach.state, "unknown")
    if found.code:
        return "dormant"
    in_files = any(mark.kind in ("native", "member") for mark in found.marks)
    return "parts" if in_files else "missing"


_STATES = {
    "live": "Running code leads to its code.",
    "dormant": "Nothing that we can see starts its code.",
    "unknown": "Whether its code runs could not be told.",
    "parts": "Files of it are there, but no class under its published names.",
    "missing": "The manifest names it, but no class of it is there.",
}


def _sentence(found: _Found, state: str) -> str:
    sdk, version = found.sdk, f" {found.version.text}" if found.version else ""
    named = f"{sdk.name}{version} by {sdk.vendor}, for {PURPOSES[sdk.purpose]}"
    if found.is_renamed:
        by = "the shapes of its classes" if found.alike else "its texts"
        named += f", by {by}: its classes bear other names"
    return f"{named}. {sdk.says} {_STATES[state]}"


def _evidence(
    app: Facts, found: _Found, owners: Owners, shapes: SdkShapes | None
) -> Iterator[Evidence]:
    source = f"sdks/{found.sdk.id}"
    if found.code:
        chosen = _telling(found, owners)
        count = len(found.code)
        yield Evidence(
            f"{count} class{'es' if count > 1 else ''} under its published names",
            because=tuple(quote_class(app, row) for row in chosen),
            by=source,
        )
    if found.alike and shapes is not None:
        yield quote_alike(app, shapes, found.alike)
    if found.is_renamed:
        for said in found.said[:MOST_MARKS]:
            yield replace(quote_said(app, said, found.sdk.name), by=source)
    for mark in found.marks[:MOST_MARKS]:
        yield quote_mark(app, mark)
    if found.version:
        yield found.version.evidence


def _telling(found: _Found, owners: Owners) -> list[int]:
    """The classes to quote: those the entry names as examples, then the outermost."""
    examples = set(found.sdk.matches)
    names = owners.names

    def order(row: int) -> tuple[bool, int, int, str]:
        name = names[row]
        return (name not in examples, name.count("."), len(name), name)

    return sorted(found.code, key=order)[:MOST_CLASSES]


def _limits(found: _Found, state: str) -> tuple[str, ...]:
    limits = ["That a library is inside does not show what the app gives it or gets from it."]
    if found.is_renamed:
        limits.append("How much of it is inside cannot be told where its classes are renamed.")
    if found.alike and found.is_renamed:
        limits.append("Shapes tell which library it is, not which version exactly.")
    if state == "dormant":
        limits.append("Reflection, native code or code loaded later could still start it.")
    if state in ("missing", "parts"):
        limits.append(
            "Its classes may have been left out, renamed, packed, or be loaded later; names alone "
            "do not tell which."
        )
    if found.code and not found.methods:
        limits.append("Only declarations without code are there; they may serve another library.")
    return tuple(limits)
