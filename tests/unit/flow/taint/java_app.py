"""Apps written as Java source, in which a remark marks each line where data leaves.

``// leaks`` at the end of a line: some flow must end there; ``// leaks IMEI, Location`` names the
categories that must, and no others. Where a line has no such remark, none may end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from textwrap import dedent

from witnessmark.facts.build import build_facts
from witnessmark.facts.view import Facts
from witnessmark.flow.build import build_flow
from witnessmark.flow.taint.find import Flows, find_flows
from witnessmark.flow.taint.follow import platform_packages
from witnessmark.flow.taint.results import FoundFlow
from witnessmark.knowledge.flows import flow_knowledge
from witnessmark.package.open import open_input

REMARK = re.compile(r"//\s*leaks\b\s*(.*)$")
PACKAGE = "org.example"
IMPORTS = """
    package org.example;
    import android.app.*; import android.content.*; import android.os.*; import android.view.*;
    import android.widget.*; import android.telephony.*; import android.util.*; import java.util.*;
    import java.io.*; import android.location.*; import android.net.*; import java.net.*;
"""

Lines = dict[int, frozenset[str]]


def read_app(folder: Path, files: Mapping[str, str], manifest: str) -> Facts:
    """Facts of an app whose source files, by name, stand in one package."""
    place = folder / "app" / "src" / "org" / "example"
    place.mkdir(parents=True)
    opening = " ".join(dedent(IMPORTS).split("\n"))
    for name, source in files.items():
        (place / name).write_text(opening + dedent(source), encoding="utf-8")
    head = '<manifest xmlns:android="http://schemas.android.com/apk/res/android"'
    (folder / "app" / "AndroidManifest.xml").write_text(
        f'{head} package="{PACKAGE}"><application>{manifest}</application></manifest>',
        encoding="utf-8",
    )
    return build_facts(open_input([folder / "app"]))


def activity(name: str, inner: str = "") -> str:
    """The manifest element of an activity that other apps may start."""
    return f'<activity android:name=".{name}" android:exported="true">{inner}</activity>'


def follow(facts: Facts, *, implicit: bool = False) -> tuple[Facts, Flows]:
    """The facts with the tables of flow, and the flows."""
    flow = build_flow(facts)
    facts = facts.with_tables(flow.tables)
    know = flow_knowledge()
    return facts, find_flows(facts, flow.program, know, platform_packages(), implicit=implicit)


def leaking(facts: Facts, found: Iterable[FoundFlow]) -> dict[str, Lines]:
    """Lines in which flows end, with the categories of the data, by file."""
    lines: dict[str, dict[int, set[str]]] = {}
    for flow in found:
        at = facts.quote_instruction("", flow.sink.method, flow.sink.pc).at
        assert at is not None
        name, line = at.member[-1].rpartition("/")[2], int(at.place["line"])
        terms = {term.partition(":")[2] for term in flow.source.categories}
        lines.setdefault(name, {}).setdefault(line, set()).update(terms)
    return {
        name: {line: frozenset(terms) for line, terms in listed.items()}
        for name, listed in lines.items()
    }


def remarked(source: str) -> Lines:
    """Lines that carry the remark, with the categories it names."""
    found: Lines = {}
    for number, line in enumerate(source.splitlines(), 1):
        remark = REMARK.search(line)
        if remark is not None:
            found[number] = frozenset(remark[1].replace(",", " ").split())
    return found


def check(
    folder: Path, files: Mapping[str, str] | str, manifest: str = "", *, implicit: bool = False
) -> Flows:
    """Follow data in an app and hold where it leaves against the remarks."""
    if isinstance(files, str):
        files = {"Main.java": files}
    facts = read_app(folder, files, manifest or activity("Main"))
    facts, flows = follow(facts, implicit=implicit)
    seen = leaking(facts, flows.found)
    for name, source in files.items():
        wanted, found = remarked(source), seen.get(name, {})
        assert sorted(found) == sorted(wanted), f"{name}: lines with flows, and lines remarked"
        for line, terms in wanted.items():
            assert not terms or found[line] == terms, f"{name}:{line}"
    return flows
