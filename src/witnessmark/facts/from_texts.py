"""Programs of which texts are read, not what they do: Unity, Dart, Lua, Python, shell."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from witnessmark.facts.script_rows import HIDES, ScriptRows, Words
from witnessmark.model.errors import FormatError
from witnessmark.model.gap import Gap

if TYPE_CHECKING:
    from witnessmark.package.app import App

LUA = {"lua": "compiled Lua", "luajit": "compiled Lua (LuaJIT)"}
DART = "libapp.so"
"""Name of the library in which Flutter apps keep what Dart was compiled to."""

NOT_READ = ("high_entropy", "unknown")
"""Types of members of which nobody knows what they hold."""

MOST_TEXTS = 50_000
"""Texts of one program, and commands of one of a shell, that have rows."""

MOST_OF_DART = 100_000
CUT = "of this program not all was read: it is longer, or holds more, than is read"

BUILDS = ("arm64", "x86_64", "armeabi")
"""Folders of builds for processors, the one that is read first."""


def read_texts(app: App, rows: ScriptRows) -> None:
    """Add rows for every such program; a gap says of each kind that what it does is not read."""
    _games(app, rows)
    _dart(app, rows)
    _sources(app, rows)
    _compiled(app, rows)
    _concealed(app, rows)


def _games(app: App, rows: ScriptRows) -> None:
    artifacts = app.of_type("unity_metadata")
    if not artifacts:
        return
    from witnessmark.formats.il2cpp import read_game_metadata

    for artifact in artifacts:
        path, size = app.path(artifact), app.artifacts[artifact].size
        try:
            found = read_game_metadata(app.blob(artifact))
        except FormatError as error:
            rows.gaps.append(
                Gap(path, f"metadata of a Unity game cannot be read: {error.what}", HIDES)
            )
            rows.count(artifact, path, "code (Unity)", "bytes", size, 0, error.what)
            continue
        words = [Words(text, span) for text, span in found.texts]
        words += [Words(text, span, "utf-8", 0) for text, span in found.names]
        _add(app, rows, artifact, "il2cpp", str(found.version), words)
        if found.cut:
            rows.gaps.append(Gap(path, CUT, HIDES))
        why = "names and texts are read; what the game does is in native code, which is not"
        rows.count(artifact, path, "code (Unity)", "strings", len(words), len(words), "")
        rows.gaps.append(Gap(path, why, HIDES))


def _dart(app: App, rows: ScriptRows) -> None:
    """One build of the program is read, whatever processors it is built for."""
    builds = [one for one in app.of_type("elf") if app.path(one).rpartition("/")[2] == DART]
    if not builds:
        return
    from witnessmark.formats.dart import LARGEST, dart_texts

    builds.sort(key=lambda one: _preferred(app.path(one)))
    for number, artifact in enumerate(builds):
        path, size = app.path(artifact), app.artifacts[artifact].size
        if number:
            why = "another build of the Dart program for another processor; one is read"
            rows.count(artifact, path, "code (Dart)", "bytes", size, 0, why)
            continue
        words = [Words(one.text, one.span, one.reads_as) for one in dart_texts(app.blob(artifact))]
        if size > LARGEST or len(words) > MOST_OF_DART:
            rows.gaps.append(Gap(path, CUT, HIDES))
            words = words[:MOST_OF_DART]
        _add(app, rows, artifact, "dart", "", words)
        why = f"{len(words)} texts are read; what the program does with them is not"
        rows.count(artifact, path, "code (Dart)", "bytes", size, 0, why)
        why = (
            f"a Flutter app: of its compiled Dart ({size} bytes) {len(words)} texts are read, "
            "names of channels among them; its screens, what it keeps and sends are not"
        )
        rows.gaps.append(Gap(path, why, HIDES))


def _preferred(path: str) -> int:
    return next((number for number, one in enumerate(BUILDS) if one in path), len(BUILDS))


def _sources(app: App, rows: ScriptRows) -> None:
    from witnessmark.formats.texts import LARGEST, commands, lines, quoted_texts

    for kind, language in (("lua_source", "lua"), ("python", "python"), ("shell", "shell")):
        for artifact in app.of_type(kind):
            data = bytes(app.blob(artifact))
            if language == "shell":
                words = [Words(text, span) for text, span in lines(data)]
            else:
                words = [Words(text, span) for text, span in quoted_texts(data, language)]
            script = _add(app, rows, artifact, language, "", words[:MOST_TEXTS])
            given = list(commands(data)) if language == "shell" else []
            rows.calls += [
                (script, -1, name, False, json.dumps(told, ensure_ascii=False), artifact,
                 span.offset, span.length)
                for name, told, span in given[:MOST_TEXTS]
            ]  # fmt: skip
            cut = len(data) > LARGEST
            if cut or max(len(words), len(given)) > MOST_TEXTS:
                rows.gaps.append(Gap(app.path(artifact), CUT, HIDES))
            why = "the rest is longer than is read" if cut else ""
            read = min(len(data), LARGEST)
            rows.count(
                artifact, app.path(artifact), f"code ({language})", "bytes", len(data), read, why
            )


def _compiled(app: App, rows: ScriptRows) -> None:
    from witnessmark.formats.texts import LARGEST, runs

    for kind, says in LUA.items():
        for artifact in app.of_type(kind):
            path, data = app.path(artifact), bytes(app.blob(artifact))
            version = f"{data[4] >> 4}.{data[4] & 15}" if kind == "lua" and len(data) > 4 else ""
            words = [Words(text, span) for text, span in runs(data)]
            _add(app, rows, artifact, "lua", version, words[:MOST_TEXTS])
            cut = len(data) > LARGEST
            if cut or len(words) > MOST_TEXTS:
                rows.gaps.append(Gap(path, CUT, HIDES))
            why = f"{says} is searched for texts; what it does is not read"
            rows.gaps.append(Gap(path, why, HIDES))
            read = min(len(data), LARGEST)
            why = "the rest is longer than is read" if cut else ""
            rows.count(artifact, path, "code (lua)", "bytes", len(data), read, why)


def _concealed(app: App, rows: ScriptRows) -> None:
    """Members that are named as programs and hold what no reader can make out."""
    found: dict[str, list[int]] = defaultdict(list)
    for one in app.members:
        ending = PurePosixPath(one.name).suffix.lower()
        language = _program_names().get(ending)
        if language is None or one.type not in NOT_READ or not one.size:
            continue
        found[language].append(one.size)
        why = "its bytes are neither text nor a compiled form that is known"
        if one.content >= 0:
            rows.count(one.content, one.name, f"code ({language})", "bytes", one.size, 0, why)
    for language, sizes in sorted(found.items()):
        total = sum(sizes)
        why = (
            f"{len(sizes)} files are named as programs ({language}), {total} bytes in all, and "
            "hold neither text nor a compiled form that is known; they may be encrypted, and what "
            "they do is not read"
        )
        rows.gaps.append(Gap(f"code ({language})", why, HIDES))


@cache
def _program_names() -> Mapping[str, str]:
    text = Path(__file__).with_name("data").joinpath("program_names.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["ending"]: row["language"] for row in rows}


def _add(
    app: App, rows: ScriptRows, artifact: int, kind: str, version: str, words: Iterable[Words]
) -> int:
    size = app.artifacts[artifact].size
    name = "!".join(app.artifacts[artifact].member) or app.path(artifact)
    return rows.add((name, kind, version, 0, "texts", artifact, 0, size), words)
