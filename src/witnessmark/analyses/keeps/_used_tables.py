"""Tables that code only uses: it reads or writes rows of them, and names their columns there.

A database may be made elsewhere: downloaded, shipped encrypted, or kept by a library. What the
app puts into its tables and asks of them is then all that is known of them.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from witnessmark.analyses.bounded import first
from witnessmark.analyses.keeps._mark_calls import mark_calls
from witnessmark.analyses.keeps._queries import Use, read_uses
from witnessmark.analyses.keeps._record_keys import FEWEST_ELSE, key_records
from witnessmark.analyses.keeps._sql import SqlColumn, SqlTable
from witnessmark.analyses.keeps._statements import Statement
from witnessmark.facts.tables.code import CALLS
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import constant_arguments
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.packs.record_marks import RecordMark
from witnessmark.model.evidence import Evidence
from witnessmark.model.gap import Gap

USED = "used"
CONNECTED = "JDBC"
"""Library of the marks through which code asks a database that it is connected to."""

TEXT, TEXTS = "Ljava/lang/String;", "[Ljava/lang/String;"
MOST_STATEMENTS = 3000
MOST_TEXTS = 4
CALLS_OF_ROWS = "calls that read or write rows"
HIDES = ("keeps/table",)
VARIANTS = "a statement is put together in {} ways; the first {} were looked at"
"""Texts of one call that are read."""

SHARE = 0.8


def is_row_of(keys: frozenset[str], columns: frozenset[str]) -> bool:
    """Whether a run of keys (case folded) fills rows of a table with these columns."""
    return len(keys & columns) >= max(FEWEST_ELSE, SHARE * len(keys))


def unnamed_rows(app: Facts, marks: Sequence[RecordMark]) -> Iterator[Statement]:
    """Rows that code fills key by key and hands over without a constant name of the table."""
    wanted = [one for one in marks if one.format == "values"]
    for keyed in key_records(app, wanted):
        if not keyed.table and keyed.written:
            columns = tuple(SqlColumn(key.name, "") for key in keyed.keys)
            evidence = Evidence("code puts these columns into a row", because=keyed.evidence(app))
            yield _used("", columns, keyed.method, evidence)


def used_tables(app: Facts, marks: Sequence[RecordMark]) -> Iterator[Statement]:
    """A statement for each use of a table, in the order of methods."""
    yield from _rows(app, marks)
    yield from _sql(app, [one for one in marks if one.role == "runs"])
    yield from _selects(app, [one for one in marks if one.role == "selects"])


def _rows(app: Facts, marks: Sequence[RecordMark]) -> Iterator[Statement]:
    """Rows that code fills key by key and hands to a call that names the table."""
    wanted = [one for one in marks if one.format == "values"]
    for keyed in key_records(app, wanted, fewest=1):
        if keyed.table and keyed.written:
            columns = tuple(SqlColumn(key.name, "") for key in keyed.keys)
            says = f"code puts these columns into a row of the table {keyed.table}"
            evidence = Evidence(says, because=keyed.evidence(app))
            yield _used(keyed.table, columns, keyed.method, evidence)


def _used(name: str, columns: tuple[SqlColumn, ...], method: int, evidence: Evidence) -> Statement:
    return Statement(SqlTable(name, columns, USED, complete=False), (method,), evidence, "derived")


class _Argument(Struct, frozen=True):
    kind: str
    text: str
    row: int


def _arguments(
    app: Facts, marks: Sequence[RecordMark]
) -> Iterator[tuple[int, RecordMark, dict[int, _Argument]]]:
    """Calls of ``marks`` with what is known of their arguments, by call."""
    calls = mark_calls(app, marks)
    given: dict[int, dict[int, _Argument]] = defaultdict(dict)
    for call, position, kind, text, row in constant_arguments(app, sorted(calls)).rows(
        "call", "position", "kind", "text", "row"
    ):
        given[call][position] = _Argument(kind, text, row)
    for call in first(app, sorted(given), MOST_STATEMENTS, CALLS_OF_ROWS, "keeps/table", HIDES):
        yield call, calls[call], given[call]


def _sql(app: Facts, marks: Sequence[RecordMark]) -> Iterator[Statement]:
    """Statements that read or write rows."""
    calls = mark_calls(app, marks)
    told: set[int] = set()
    for call, mark, given in _arguments(app, marks):
        argument = given.get(mark.position)
        if argument is not None and argument.kind in ("string", "derived"):
            told.add(call)
            yield from _of_sql(app, call, mark, argument)
    for call, position, text in _computed(app, calls.keys() - told):
        if position == calls[call].position:
            yield from _of_sql(app, call, calls[call], _Argument("derived", text, -1))


def _of_sql(app: Facts, call: int, mark: RecordMark, argument: _Argument) -> Iterator[Statement]:
    for use in read_uses(argument.text):
        says = f"SQL that {use.how} the table {use.table}"
        statement = _of_use(app, call, use, argument, says)
        yield replace(statement, elsewhere=mark.library == CONNECTED)


def _computed(app: Facts, calls: Set[int]) -> Iterator[tuple[int, int, str]]:
    """Texts that reach these calls put together from pieces, ``?`` for those that are not known:
    what was entered stands inside such statements, and neither tables nor columns.
    """
    rows = app.table(DERIVED_TEXTS).rows("call", "position", "text")
    listed = sorted({row for row in rows if row[0] in calls})
    counts: Counter[int] = Counter()
    kept = first(
        app, sorted({call for call, _, _ in listed}), MOST_STATEMENTS, CALLS_OF_ROWS,
        "keeps/table", HIDES,
    )  # fmt: skip
    last = kept[-1] if kept else -1
    for call, position, text in listed:
        counts[call] += 1
        if call <= last and counts[call] <= MOST_TEXTS:
            yield call, position, text
    for call, count in counts.items():
        if call <= last and count > MOST_TEXTS:
            where = app.method_signature(int(app.table(CALLS)["method"][call]))
            app.leave_out(Gap(where, VARIANTS.format(count, MOST_TEXTS), HIDES))


def _selects(app: Facts, marks: Sequence[RecordMark]) -> Iterator[Statement]:
    """Calls that name a table and an array of its columns."""
    callees = app.table(CALLS)["callee"]
    for call, _, given in _arguments(app, marks):
        kinds = app.parameter_types(int(callees[call]))
        table = next((given.get(at) for at, kind in enumerate(kinds) if kind == TEXT), None)
        listed = next((given.get(at) for at, kind in enumerate(kinds) if kind == TEXTS), None)
        if table is None or table.kind not in ("string", "derived"):
            continue
        names = json.loads(listed.text) if listed is not None and listed.kind == "list" else []
        columns = tuple(str(name) for name in names if isinstance(name, str))
        for use in read_uses(f"SELECT {', '.join(columns) or '*'} FROM {table.text}"):
            yield _of_use(app, call, use, table, f"code asks for rows of the table {use.table}")


def _of_use(app: Facts, call: int, use: Use, argument: _Argument, says: str) -> Statement:
    table = app.table(CALLS)
    method, pc = int(table["method"][call]), int(table["pc"][call])
    place: dict[str, str | int] = {"method": app.method_signature(method), "pc": pc}
    if argument.kind == "string" and argument.row >= 0:
        evidence = app.quote_string(says, argument.row, place)
    else:
        evidence = app.quote_instruction(says, method, pc)
    columns = tuple(SqlColumn(name, "") for name in use.columns)
    return _used(use.table, columns, method, evidence)
