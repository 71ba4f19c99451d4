"""Hermes bytecode as rows: texts that the code uses, functions, calls with what they are given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from witnessmark.facts.script_rows import HIDES, ScriptRows, Words
from witnessmark.model.errors import FormatError
from witnessmark.model.gap import Gap

if TYPE_CHECKING:
    from witnessmark.formats.hermes import Program
    from witnessmark.formats.hermes.values import Value
    from witnessmark.package.app import App

DEEPEST = 6
MOST_MEMBERS = 64
LONGEST_NAME = 200
LARGEST = 64 << 20
NOT_READ = (
    "the app has a program in compiled JavaScript, of which texts, calls and what they are given "
    "are read; its screens, its records and what functions hand each other are not"
)


def read_hermes_files(app: App, rows: ScriptRows) -> None:
    """Add rows for every file of Hermes bytecode; what cannot be read becomes a gap."""
    artifacts = app.of_type("hermes")
    if not artifacts:
        return
    from witnessmark.formats.hermes import read_hermes, read_program

    for artifact in artifacts:
        path, size = app.path(artifact), app.artifacts[artifact].size
        try:
            if size > LARGEST:
                raise FormatError("the file is larger than is read", 0)
            program = read_program(read_hermes(app.blob(artifact)))
            _add(app, artifact, program, rows)
        except FormatError as error:
            rows.gaps.append(Gap(path, f"compiled JavaScript cannot be read: {error.what}", HIDES))
            rows.count(artifact, path, "code (Hermes)", "bytes", size, 0, error.what)


def _add(app: App, artifact: int, program: Program, rows: ScriptRows) -> None:
    file, path = program.file, app.path(artifact)
    name = "!".join(app.artifacts[artifact].member) or path
    functions = file.functions
    texts = [
        Words(file.text(one), file.span(one), file.reads_as(one), program.uses[one])
        for one in range(file.text_count)
        if program.uses[one] or not program.named[one]
    ]
    script = rows.add(
        (name, "hermes", str(file.version), len(functions), "code", artifact, 0, len(file.data)),
        texts,
    )
    rows.functions += [
        (script, one.number, file.text(one.name)[:LONGEST_NAME], artifact, one.span.offset,
         one.span.length)
        for one in functions
    ]  # fmt: skip
    rows.calls += _calls(artifact, script, program)
    rows.gaps.append(Gap(path, NOT_READ, HIDES))
    why = ""
    if program.read < len(functions):
        why = "there is more code than is followed" if program.full else "some code is broken"
        rows.gaps.append(Gap(path, f"of compiled JavaScript not all was read: {why}", HIDES))
    rows.count(artifact, path, "code (Hermes)", "methods", len(functions), program.read, why)


def _calls(artifact: int, script: int, program: Program) -> Iterator[tuple[Any, ...]]:
    for call in program.calls:
        name = program.name(call.callee)
        if name.strip("?.()"):
            given = [_told(program, one, 0) for one in call.arguments]
            yield (
                script, call.function, name[-LONGEST_NAME:], call.made,
                json.dumps(given, ensure_ascii=False), artifact, call.span.offset, call.span.length,
            )  # fmt: skip


def _told(program: Program, value: Value, depth: int) -> Any:
    """A value as the table of calls tells it."""
    from witnessmark.formats.hermes.values import (
        Constant,
        Items,
        Joined,
        Number,
        Record,
        Result,
    )

    known = program.known(value)
    if isinstance(known, Constant | Joined):
        return program.text(known)
    if isinstance(known, Number):
        return "=" + known.spelled
    if depth < DEEPEST and isinstance(known, Record):
        members = list(known.members.items())[:MOST_MEMBERS]
        return {
            program.file.text(key) if isinstance(key, int) else key: _told(program, one, depth + 1)
            for key, one in members
        }
    if depth < DEEPEST and isinstance(known, Result):
        given = [_told(program, one, depth + 1) for one in known.arguments]
        return {"()": [program.name(known.function)[-LONGEST_NAME:], *given]}
    if depth < DEEPEST and isinstance(known, Items):
        return [_told(program, one, depth + 1) for one in known.items[:MOST_MEMBERS]]
    return None
