"""The bytes themselves as tables: inputs, artifacts, members, anomalies, gaps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from witnessmark.facts.tables.artifacts import (
    ANOMALIES,
    ARTIFACTS,
    INPUTS,
    MEMBERS,
    READING_GAPS,
)
from witnessmark.model.gap import Gap
from witnessmark.model.table import Table
from witnessmark.package.app import App, Artifact, Oddity


def package_facts(app: App, made: Sequence[Artifact] = ()) -> Mapping[str, Table]:
    """Tables of inputs, artifacts and members; ``made`` are artifacts that are no files."""
    splits = {part.container: part.split for part in app.parts}
    inputs = [
        (one.name, one.size, one.sha256, one.sha1, one.md5, one.type, splits.get(row, ""))
        for row, one in enumerate(app.inputs)
    ]
    artifacts = [
        (one.input, app.inputs[one.input].sha256, json.dumps(one.member, ensure_ascii=False),
         one.type, one.size, one.sha256)
        for one in (*app.artifacts, *made)
    ]  # fmt: skip
    members = [
        (one.container, _storable(one.name), one.member, one.method, one.flags, one.packed,
         one.size, one.type, one.content, one.container, one.record.offset, one.record.length)
        for one in app.members
    ]  # fmt: skip
    return {
        INPUTS.name: Table.from_rows(INPUTS, inputs),
        ARTIFACTS.name: Table.from_rows(ARTIFACTS, artifacts),
        MEMBERS.name: Table.from_rows(MEMBERS, members),
    }


def anomaly_table(oddities: Iterable[Oddity]) -> Table:
    """Oddities in the order of artifacts and offsets."""
    ordered = sorted(
        set(oddities),
        key=lambda one: (
            one.artifact,
            one.span.offset,
            one.span.length,
            one.format,
            one.code,
            one.says,
        ),
    )
    rows = [
        (one.format, one.code, one.says, one.artifact, one.span.offset, one.span.length)
        for one in ordered
    ]
    return Table.from_rows(ANOMALIES, rows)


def gap_table(gaps: Iterable[Gap]) -> Table:
    """Gaps, each once, sorted."""
    rows = [(one.at, one.why, json.dumps(one.hides)) for one in sorted(set(gaps))]
    return Table.from_rows(READING_GAPS, rows)


def _storable(name: str) -> str:
    """A name without lone surrogates, which no database takes."""
    return name.encode("utf-8", "replace").decode("utf-8")
