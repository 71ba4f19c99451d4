"""Tables of programs that are no dex: SQL among their texts, and classes of .NET programs whose
attributes say that they are rows.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from witnessmark.analyses.keeps._sql import SqlColumn, SqlTable, read_tables
from witnessmark.analyses.keeps._statements import SQL, Statement, verb
from witnessmark.facts.tables.scripts import SCRIPT_MARKS, SCRIPT_TEXTS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.script_marks import ScriptMark
from witnessmark.model.evidence import Evidence
from witnessmark.model.location import ReadsAs

COMPILED = frozenset({"hermes", "dotnet", "il2cpp", "dart", "lua"})
"""Programs whose texts stand in no text file, which is read for itself."""

MAKES = frozenset({"table", "column", "kept"})
FORMAT = "table"
MOST_QUOTED = 60


class _Class(Struct):
    """What is known of one class: its name as a table, columns by property, evidence."""

    name: str = ""
    is_table: bool = False
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    quoted: list[Evidence] = field(default_factory=list)


def statements_in_programs(app: Facts) -> Iterator[Statement]:
    """Statements among the texts of compiled programs."""
    kinds, names = app.table(SCRIPTS)["kind"], app.table(SCRIPTS)["name"]
    columns = ("script", "text", "reads_as", "artifact", "offset", "length")
    for script, text, reads_as, artifact, offset, length in app.table(SCRIPT_TEXTS).rows(*columns):
        if kinds[script] not in COMPILED or not SQL.search(text.encode("utf-8", "replace")):
            continue
        for table in read_tables(text):
            says = f"SQL text that {verb(table)} the table {table.name}"
            place = {"file": str(names[script])}
            evidence = app.quote(says, artifact, offset, length, reads_as, place)
            yield Statement(table, (), evidence, "read")


def tables_of_attributes(app: Facts, marks: Sequence[ScriptMark]) -> Iterator[Statement]:
    """A statement for each class of a .NET program that its attributes make a table."""
    for owner, found in _classes(app, marks).items():
        columns = tuple(
            SqlColumn(name, kind)
            for member, (name, kind) in found.columns.items()
            if member not in found.left_out
        )
        if found.is_table and columns:
            name = found.name or owner.rpartition(".")[2]
            says = f"attributes of the class {owner} make its objects rows of the table {name}"
            evidence = Evidence(says, because=tuple(found.quoted[:MOST_QUOTED]))
            table = SqlTable(name, columns, FORMAT, complete=True)
            yield Statement(table, (), evidence, "derived")


def _classes(app: Facts, marks: Sequence[ScriptMark]) -> dict[str, _Class]:
    known = {one.name: one for one in marks}
    found: dict[str, _Class] = defaultdict(_Class)
    scripts = app.table(SCRIPTS)
    packed = {(a, o, n) for a, o, n in scripts.rows("artifact", "offset", "length")}
    columns = ("target", "owner", "member", "kind", "name", "texts", "artifact", "offset",
               "length")  # fmt: skip
    for target, owner, member, kind, name, told, *span in app.table(SCRIPT_MARKS).rows(*columns):
        if target not in ("type", "property"):
            continue
        one, mark = found[owner], known.get(name)
        texts = [text for text in json.loads(told) if text]
        if target == "property":
            one.columns.setdefault(member, (member, _short(kind)))
        if mark is None or mark.role not in {*MAKES, "leave_out"}:
            continue
        one.is_table |= mark.role in MAKES
        if mark.role == "leave_out":
            one.left_out.add(member)
        elif mark.role == "table" and texts:
            one.name = texts[0].removeprefix("Name=")
        elif mark.role == "column" and texts:
            one.columns[member] = (texts[0].removeprefix("Name="), _short(kind))
        artifact, offset, length = span
        reads_as: ReadsAs = "sha256" if (artifact, offset, length) in packed else "hex"
        says = f"the attribute {name} of {member or owner}"
        one.quoted.append(app.quote(says, artifact, offset, length, reads_as))
    return found


def _short(kind: str) -> str:
    """``enum System.DateTime`` as ``DateTime``."""
    return kind.removeprefix("enum ").rpartition(".")[2]
