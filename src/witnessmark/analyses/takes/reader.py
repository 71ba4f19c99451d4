"""Readers: libraries and machine code that read people or their papers.

What it finds
    Calls of the app's own code into libraries that read fingerprints, irises, faces, voices,
    identity cards, passports, bank cards or number plates; and machine code whose names speak of
    such things, or of chip cards, for readers of makers that nobody lists; machine code that opens
    a device for streams of Java to read, as is done for readers on serial ports.

Why it matters
    A reader at a USB port, a camera or an antenna is bought with its library. The library's call
    is the moment at which a body or a paper becomes data.

How it decides
    ``sdk_classes`` tells which classes are a known library's; its description in pack ``sdks``
    says what it reads (pack ``readings``). Code outside all libraries must call one of its methods
    other than a constructor. Where pack ``apis`` knows the call itself, ``takes/device_data``
    tells it and this is silent. Of code that no library claims, methods without Java code count
    whose own name, or whose class's, has a word of pack ``readings``, when other code calls one;
    and those that give a ``FileDescriptor``.

What it misses
    What is read and whether anything was. Machine code whose names say nothing; readers that are
    spoken to byte by byte (``takes/card_command`` tells known commands, ``takes/device_data`` the
    ports).

Example
    ``new LAPI(this).GetImage(device, picture)`` beside ``native int IsPressFinger(int, byte[])``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.analyses.contract import Analysis, Yield
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.analyses.tables import API_SITES, SDK_CLASSES
from witnessmark.facts.tables.code import CALLS, CLASSES, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.apis import Api
from witnessmark.knowledge.packs.people import Category, any_special, by_term
from witnessmark.knowledge.packs.readings import Reading
from witnessmark.knowledge.packs.sdks import Sdk, within
from witnessmark.model.finding import Finding

READER = Analysis(
    id="takes/reader",
    version=1,
    reads=(API_SITES, CALLS, CLASSES, METHODS, REACH, SDK_CLASSES),
    knows=("apis", "people", "readings", "sdks"),
)

PURPOSES = ("biometrics", "face", "identity_reader", "ocr", "speech")
"""What libraries are for that can read people or their papers."""

NATIVE = 0x100
MOST_QUOTED = 8
MOST_SHOWN = 3
NOT_SHOWN = "It does not show that anything was read, nor what becomes of it."
BY_NAME = "Only names tell it; what the machine code does was not followed."
WHICH_DEVICE = "Which device that is, and whether it is a reader, is not shown."
OPENED = ")Ljava/io/FileDescriptor;"
"""What machine code returns that opens a device for streams of Java to read."""

UNREACHED = "No path from an entry point to any of these places was found."


class _Told(Struct, frozen=True):
    """The words of a finding: sentence, what is read, what tells it from others, limits."""

    says: str
    what: str
    identity: str
    limits: tuple[str, ...]


@READER.run
def find(app: Facts, know: Knowledge) -> Iterator[Yield]:
    """Yield one finding for each library, then for each thing that machine code is named for."""
    readings = know.entries("readings", Reading)
    categories = by_term(know.entries("people", Category))
    apis = know.entries("apis", Api)
    outside = not_of_libraries(app)
    for sdk, calls in _into_libraries(app, know.entries("sdks", Sdk), apis, outside):
        yield _of_library(app, sdk, calls, readings, categories)
    owners = {f"L{api.owner.replace('.', '/')};" for api in apis if api.owner}
    named: dict[str, list[int]] = defaultdict(list)
    for method in _native_methods(app, outside, owners):
        name = f"{app.method_class(method)}.{app.method_name(method)}"
        for reading in readings:
            if reading.is_named(name):
                named[reading.id].append(method)
    for reading in readings:
        calls = _calls_of(app, named[reading.id])
        if calls:
            yield _of_machine(app, reading, named[reading.id], calls, categories)
    opening = [
        method for method in _native_methods(app, outside, owners)
        if app.method_signature(method).endswith(OPENED)
    ]  # fmt: skip
    calls = _calls_of(app, opening)
    if calls:
        yield _finding(app, _opened(app, opening), calls, (), categories)


def _into_libraries(
    app: Facts, sdks: Sequence[Sdk], apis: Sequence[Api], outside: NDArray[np.bool_]
) -> Iterator[tuple[Sdk, list[int]]]:
    """Calls of code outside libraries into those that can read people, by library."""
    wanted = {one.id: one for one in sdks if one.purpose in PURPOSES}
    of_class = app.table(SDK_CLASSES)["sdk"].tolist()
    present = {name for name in of_class if name in wanted}
    if not present:
        return
    calls, methods = app.table(CALLS), app.table(METHODS)
    found: dict[str, list[int]] = defaultdict(list)
    classes = methods["class"].tolist()
    rows = np.flatnonzero(outside[calls["method"]])
    for row, callee in zip(rows.tolist(), calls["callee"][rows].tolist(), strict=True):
        owner = classes[callee]
        sdk = of_class[owner] if 0 <= owner < len(of_class) else ""
        if sdk in present and not app.method_name(callee).startswith("<"):
            found[sdk].append(row)
    used = set(app.table(API_SITES)["api"].tolist())
    for name in sorted(found):
        known = any(
            api.id in used and any(within(prefix, api.owner) for prefix in wanted[name].code)
            for api in apis
        )
        if not known:
            yield wanted[name], found[name]


def _native_methods(app: Facts, outside: NDArray[np.bool_], owners: set[str]) -> Iterator[int]:
    """Methods in machine code outside libraries, but those of classes that pack ``apis`` knows."""
    table = app.table(METHODS)
    native = (table["access"] & NATIVE).astype(bool) & (table["class"] >= 0) & outside
    for method in np.flatnonzero(native).tolist():
        if f"L{app.method_class(method).replace('.', '/')};" not in owners:
            yield method


def _calls_of(app: Facts, methods: Sequence[int]) -> list[int]:
    return [row for method in methods for row in app.calls_of(method)]


def _callers(app: Facts, calls: Sequence[int]) -> list[int]:
    return sorted({int(app.table(CALLS)["method"][row]) for row in calls})


def _of_library(
    app: Facts,
    sdk: Sdk,
    calls: Sequence[int],
    readings: Sequence[Reading],
    categories: Mapping[str, Category],
) -> Finding:
    meant = [one for one in readings if one.is_told(sdk.says)]
    does = sdk.says[:1].lower() + sdk.says[1:].rstrip(".")
    told = _Told(
        f"The app calls the library {sdk.name}, which {does}.",
        ", ".join(one.what for one in meant) or does, f"library {sdk.id}", (NOT_SHOWN,),
    )  # fmt: skip
    return _finding(app, told, calls, meant, categories)


def _of_machine(
    app: Facts,
    reading: Reading,
    methods: Sequence[int],
    calls: Sequence[int],
    categories: Mapping[str, Category],
) -> Finding:
    told = _Told(
        f"The app calls machine code that is named for reading {reading.what}: "
        f"{_named(app, methods)}.",
        reading.what, f"machine {reading.id}", (NOT_SHOWN, BY_NAME),
    )  # fmt: skip
    return _finding(app, told, calls, [reading], categories)


def _opened(app: Facts, methods: Sequence[int]) -> _Told:
    """Words for machine code that opens a device and hands out its stream."""
    return _Told(
        "The app has machine code open a device, as serial ports of readers are opened: "
        f"{_named(app, methods)}.",
        "a device that machine code opens", "machine device", (NOT_SHOWN, WHICH_DEVICE),
    )  # fmt: skip


def _named(app: Facts, methods: Sequence[int]) -> str:
    names = list(dict.fromkeys(
        f"{app.method_class(one).rpartition('.')[2]}.{app.method_name(one)}" for one in methods
    ))  # fmt: skip
    more = " and others" if len(names) > MOST_SHOWN else ""
    return f"{', '.join(names[:MOST_SHOWN])}{more}"


def _finding(
    app: Facts,
    told: _Told,
    calls: Sequence[int],
    readings: Sequence[Reading],
    categories: Mapping[str, Category],
) -> Finding:
    terms = tuple(dict.fromkeys(term for one in readings for term in one.categories))
    table = app.table(CALLS)
    reach = best_reach(app, _callers(app, calls))
    limits = [*told.limits, *([UNREACHED] if reach.state == "unreached" else [])]
    if len(calls) > MOST_QUOTED:
        limits.append(f"{MOST_QUOTED} of {len(calls)} places are quoted.")
    return Finding(
        kind="takes.device_data",
        subject={
            "what": told.what, "api": told.identity, "action": "read", "permission": [],
            "permission_held": False, "sites": len(calls),
        },
        says=told.says,
        evidence=tuple(
            app.quote_instruction(
                f"calls {app.method_signature(int(table['callee'][row]))}",
                int(table["method"][row]), int(table["pc"][row]),
            )
            for row in calls[:MOST_QUOTED]
        ),
        strength="indicated",
        reach=reach,
        categories=terms,
        special=any_special(terms, categories),
        about="third_person" if readings else "unknown",
        limits=tuple(limits),
        identity=told.identity,
    )  # fmt: skip
