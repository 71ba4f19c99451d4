"""The Dart program of a Flutter app, and the channels over which it and other code speak.

A channel has a name that both sides give: what Dart calls is looked up by it. The class of channels
is known by the names that Flutter itself uses (``flutter/…``), also when it was renamed.

Source: docs.flutter.dev/platform-integration/platform-channels; flutter/engine,
shell/platform/android/io/flutter/embedding/engine/systemchannels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.deeds import Argument, arguments_of, quote_argument
from witnessmark.analyses.embeds._native_files import NativeFile
from witnessmark.analyses.quotes import quote_member
from witnessmark.facts.search import strings_matching
from witnessmark.facts.tables.code import CALLS, STRING_USES
from witnessmark.facts.tables.native import NATIVE_LIBRARIES, NATIVE_SYMBOLS
from witnessmark.facts.tables.scripts import SCRIPT_TEXTS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.distinct import among, distinct
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Reach
from witnessmark.model.table import Table

DART_SYMBOL = "_kDartIsolateSnapshotData"
OF_FLUTTER = "flutter/"
FLUTTER_NAME = kept_regex(rb"flutter/\w+")
MOST_QUOTED = 12
SHOWN = 4


class _Channel(Struct, frozen=True):
    """A channel that other code makes: its name, and the calls that give it."""

    name: str
    calls: tuple[tuple[int, Argument], ...]
    """Methods with what they give."""


def is_dart_program(app: Facts, file: NativeFile) -> bool:
    """Whether a library is what a Dart program was compiled to."""
    if file.kind != "library":
        return False
    symbols = app.table(NATIVE_SYMBOLS)
    rows = among(symbols["library"], np.asarray(file.libraries, dtype=np.int64))
    return bool((rows & (symbols["name"] == DART_SYMBOL)).any())


def dart_program(app: Facts, file: NativeFile) -> Finding:
    """One finding for the program, with the channels of both sides."""
    texts = _texts(app)
    channels = [one for one in _channels(app) if not one.name.startswith(OF_FLUTTER)]
    spoken = [one for one in channels if one.name in texts]
    silent = sorted(one.name for one in channels if one.name not in texts) if texts else []
    methods = sorted({method for one in spoken for method, _ in one.calls})
    machines = app.table(NATIVE_LIBRARIES)["machine"]
    return Finding(
        kind="embeds.native",
        subject={
            "name": file.name, "kind": "library", "paths": list(file.paths),
            "machines": sorted({str(machines[row]) for row in file.libraries}),
            "known": [{"name": "Dart program", "version": ""}],
            "channels": [
                {"name": one.name,
                 "made_in": sorted({app.method_signature(method) for method, _ in one.calls})}
                for one in spoken
            ],
            "channels_dart_does_not_name": silent,
            "texts": len(texts),
        },
        says=_says(file, [one.name for one in spoken], silent),
        evidence=tuple(_evidence(app, file, spoken, texts)),
        strength="read",
        reach=best_reach(app, methods) if methods else Reach("unknown"),
        limits=(
            "Of the Dart program the texts were read, not what it does.",
            "That a channel is named does not show that it is used.",
        ),
        identity=f"library {file.name}",
    )  # fmt: skip


def _says(file: NativeFile, spoken: Sequence[str], silent: Sequence[str]) -> str:
    says = f"The native library {file.name} is the app's Dart program, which Flutter runs."
    if spoken:
        more = f" and {len(spoken) - SHOWN} more" if len(spoken) > SHOWN else ""
        says += f" It can call other code over the channels {', '.join(spoken[:SHOWN])}{more}."
    if silent:
        more = f" and {len(silent) - SHOWN} more" if len(silent) > SHOWN else ""
        says += f" It does not name these channels: {', '.join(silent[:SHOWN])}{more}."
    return says


def _evidence(
    app: Facts, file: NativeFile, spoken: Sequence[_Channel], texts: Mapping[str, int]
) -> Iterator[Evidence]:
    if file.member >= 0:
        yield quote_member(app, file.member, f"the package holds {file.paths[0]}")
    symbols = app.table(NATIVE_SYMBOLS)
    rows = symbols["name"] == DART_SYMBOL
    for row in np.flatnonzero(rows & (symbols["library"] == file.libraries[0])).tolist()[:1]:
        yield app.quote(f"it exports {DART_SYMBOL}", *_span(symbols, row), "utf-8")
    table = app.table(SCRIPT_TEXTS)
    for one in spoken[:MOST_QUOTED]:
        row = texts[one.name]
        says, reads_as = "a text of the Dart program", table["reads_as"][row]
        because = [app.quote(says, *_span(table, row), reads_as)]
        method, argument = one.calls[0]
        quoted = quote_argument(app, method, argument)
        if quoted is not None:
            because.append(quoted)
        yield Evidence(f"both sides name the channel {one.name}", because=tuple(because))


def _span(table: Table, row: int) -> tuple[int, int, int]:
    return int(table["artifact"][row]), int(table["offset"][row]), int(table["length"][row])


def _texts(app: Facts) -> Mapping[str, int]:
    """Texts of Dart programs, with the row of each."""
    dart = np.flatnonzero(app.table(SCRIPTS)["kind"] == "dart")
    table = app.table(SCRIPT_TEXTS)
    rows = np.flatnonzero(among(table["script"], dart))
    return {str(table["text"][row]): row for row in reversed(rows.tolist())}


def _channels(app: Facts) -> Iterator[_Channel]:
    """Channels that code makes, by name."""
    made: dict[str, list[tuple[int, Argument]]] = defaultdict(list)
    calls = app.table(CALLS)
    makers = _makers(app)
    rows = np.flatnonzero(among(calls["callee"], np.asarray(makers, dtype=np.int64))).tolist()
    for call, given in sorted(arguments_of(app, rows).items()):
        for arguments in given.values():
            for one in arguments:
                if one.kind in ("string", "derived") and one.text and "?" not in one.text:
                    made[one.text].append((int(calls["method"][call]), one))
    for name in sorted(made):
        yield _Channel(name, tuple(made[name]))


def _makers(app: Facts) -> list[int]:
    """Constructors that are given the name of a channel of Flutter's own."""
    uses, calls = app.table(STRING_USES), app.table(CALLS)
    own = strings_matching(app, FLUTTER_NAME, holding=b"flutter/")
    inside = distinct(uses["method"][among(uses["string"], np.asarray(own, dtype=np.int64))])
    rows = [
        row
        for row in np.flatnonzero(among(calls["method"], inside)).tolist()
        if app.method_name(int(calls["callee"][row])) == "<init>"
    ]
    found: dict[int, None] = {}
    for call, given in sorted(arguments_of(app, rows).items()):
        texts = [one.text for arguments in given.values() for one in arguments]
        if any(text.startswith(OF_FLUTTER) for text in texts):
            found[int(calls["callee"][call])] = None
    return list(found)
