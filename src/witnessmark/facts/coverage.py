"""The coverage ledger: what was present, what was read, why the rest was not."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from functools import cache
from pathlib import Path

from witnessmark.facts.from_listing import AssembledCode
from witnessmark.facts.from_xml import READ_FOLDERS, XmlFacts
from witnessmark.facts.script_rows import ScriptRows
from witnessmark.facts.tables.artifacts import COVERAGE
from witnessmark.facts.tables.native import NATIVE_LIBRARIES
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.formats.dex.header import code_end
from witnessmark.model.table import Table
from witnessmark.package.app import App

READ_ELSEWHERE = frozenset({"dex", "axml", "arsc", "elf", "folder", "smali", "java"})
"""Types that have rows of their own, by what was read of them."""

NO_RULE = {"kind": "unknown", "read": "none", "why": "no reader fits"}
Row = tuple[str, str, str, int, int, str]


def coverage_table(
    app: App,
    tables: Mapping[str, Table],
    xml: XmlFacts,
    code: Mapping[int, tuple[int, int]],
    assembled: AssembledCode,
    scripts: ScriptRows | None = None,
) -> Table:
    """The ledger of one app; ``code`` gives methods present and read by dex artifact, ``scripts``
    what was read of programs of other kinds.
    """
    scripts = scripts or ScriptRows()
    rows = [
        *_code(app, code),
        *_texts(app, code, assembled),
        *_resources(app, tables),
        *_xml(app, xml),
        *_native(app, tables, scripts.counted),
        *_others(app, scripts.counted),
        *scripts.coverage,
    ]
    return Table.from_rows(COVERAGE, rows)


def _code(app: App, code: Mapping[int, tuple[int, int]]) -> Iterator[Row]:
    for artifact in app.of_type("dex"):
        loaded = artifact in app.dex
        why = "" if loaded else "Android does not load this file by itself"
        size = app.artifacts[artifact].size
        present, read = code.get(artifact, (0, 0))
        path = app.path(artifact)
        if loaded and artifact not in code:
            why = "the file cannot be read"
        done = min(size, code_end(app.blob(artifact))) if artifact in code else 0
        if done < size and artifact in code:
            why = "bytes behind the last record of the file are none of its code"
        yield path, "code", "bytes", size, done, why
        if artifact in code:
            why = "" if read == present else "the code of some methods cannot be read"
            yield path, "code", "methods", present, read, why
    for one in app.members:
        if one.type == "dex" and one.content < 0:
            path = app.path(one.container) + "!" + one.member
            why = "it lies in an archive inside the app, or could not be unpacked"
            yield path, "code", "bytes", one.size, 0, why


def _texts(
    app: App, code: Mapping[int, tuple[int, int]], assembled: AssembledCode
) -> Iterator[Row]:
    """Source code by kind: files, and the methods with code in them."""
    lost = Counter(app.artifacts[text].type for text, _ in assembled.unread_methods)
    for kind, name in (("smali", "smali"), ("java", "Java source")):
        rows = [row for row in app.texts if app.artifacts[row].type == kind]
        if rows:
            unread = sum(row in assembled.refused for row in rows)
            why = "some files cannot be read" if unread else ""
            at = app.inputs[app.artifacts[rows[0]].input].name
            yield at, f"code ({name})", "files", len(rows), len(rows) - unread, why
    read = sum(code[row][1] for row in assembled.rows if row in code)
    present = read + sum(lost.values())
    if assembled.rows and app.texts:
        why = "the text of some methods cannot be read" if present > read else ""
        at = app.inputs[app.artifacts[app.texts[0]].input].name
        yield at, "code (text)", "methods", present, read, why


def _resources(app: App, tables: Mapping[str, Table]) -> Iterator[Row]:
    values = tables[RESOURCE_VALUES.name]["artifact"]
    for part in app.parts:
        if part.resources >= 0:
            count = int((values == part.resources).sum())
            size = app.artifacts[part.resources].size
            path = app.path(part.resources)
            if count:
                yield path, "resources", "values", count, count, ""
            else:
                why = "the resource table cannot be read or is empty"
                yield path, "resources", "bytes", size, 0, why


def _xml(app: App, xml: XmlFacts) -> Iterator[Row]:
    name = app.inputs[0].name if app.inputs else ""
    for folder in sorted(xml.read):
        yield name, f"xml/{folder}", "files", xml.read[folder], xml.read[folder], ""
    for folder in sorted(xml.unread):
        why = (
            "the file cannot be read"
            if folder in READ_FOLDERS
            else "drawings, colours and motion hold no words; they are not examined"
        )
        yield name, f"xml/{folder}", "files", xml.unread[folder], 0, why


def _native(app: App, tables: Mapping[str, Table], counted: Set[int]) -> Iterator[Row]:
    read = set(tables[NATIVE_LIBRARIES.name]["artifact"].tolist())
    for artifact in app.of_type("elf"):
        if artifact in counted:
            continue
        path, size = app.path(artifact), app.artifacts[artifact].size
        why = "names and strings are read, machine code is not"
        if artifact not in read:
            why = "the file cannot be read"
        yield path, "native", "bytes", size, 0, why


def _others(app: App, counted: Set[int]) -> Iterator[Row]:
    """Everything else by container, kind and reason, counted in files."""
    present: Counter[tuple[int, str, str]] = Counter()
    read: Counter[tuple[int, str, str]] = Counter()
    containers_read = {part.container for part in app.parts}
    for one in app.members:
        if one.type in READ_ELSEWHERE or one.content in counted:
            continue
        rule = _rules().get(one.type, NO_RULE)
        why = rule["why"]
        if one.container not in containers_read:
            why = "it lies in an archive inside the app"
        elif rule["read"] == "all" and one.content < 0:
            why = "it could not be unpacked"
        key = (one.container, rule["kind"], why)
        present[key] += 1
        read[key] += not why
    for key in sorted(present):
        container, kind, why = key
        yield app.path(container), kind, "files", present[key], read[key], why


@cache
def _rules() -> Mapping[str, Mapping[str, str]]:
    text = Path(__file__).with_name("data").joinpath("coverage.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["type"]: row for row in rows}
