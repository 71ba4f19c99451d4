"""Tables that libraries make of classes: names by annotations, else by the library's rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from witnessmark.analyses.keeps._record_fields import (
    ClassRecord,
    RecordField,
    all_fields,
    class_methods,
    class_records,
    is_foreign,
)
from witnessmark.analyses.keeps._sql import SqlColumn, SqlTable
from witnessmark.analyses.keeps._statements import Statement
from witnessmark.analyses.quotes import quote_class
from witnessmark.facts.tables.code import CLASSES
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.record_marks import RecordMark
from witnessmark.knowledge.packs.table_naming import Style, TableNaming, styled
from witnessmark.model.evidence import Evidence

MOST_QUOTED = 60
FORMAT = "table"
ABSTRACT = 0x400
IDENTITIES = frozenset({"id", "_id"})
PLAIN = frozenset({
    "boolean", "byte", "char", "double", "float", "int", "long", "short", "byte[]",
    "java.lang.Boolean", "java.lang.Byte", "java.lang.Character", "java.lang.Double",
    "java.lang.Float", "java.lang.Integer", "java.lang.Long", "java.lang.Short",
    "java.lang.String", "java.util.Date",
})  # fmt: skip
"""Types whose values SQLite keeps in one cell."""


def tables_of_classes(
    app: Facts, marks: Sequence[RecordMark], naming: Sequence[TableNaming]
) -> Iterator[Statement]:
    """A statement for each class that a library of ``marks`` stores as rows."""
    rules = {rule.library: rule for rule in naming}
    access = app.table(CLASSES)["access"]
    wanted = [one for one in marks if one.format == FORMAT or one.role == "leave_out"]
    records = class_records(app, wanted, plain=False)
    kept = frozenset(app.class_name(row) for row in records)
    for row, record in records.items():
        libraries = [name for name in record.libraries(FORMAT) if name in rules]
        if libraries and not is_foreign(app, row) and not int(access[row]) & ABSTRACT:
            statement = _table(app, row, record, rules[libraries[0]], kept)
            if statement is not None:
                yield statement


def _table(
    app: Facts, row: int, record: ClassRecord, rule: TableNaming, kept: Collection[str]
) -> Statement | None:
    record.whole = record.whole and rule.fields == "all"
    fields = [one for one in all_fields(app, row, record) if one.name != "serialVersionUID"]
    if not fields:
        return None
    name = record.name or styled(app.class_name(row), rule.table)
    columns = {column: one for one in fields if (column := _stored(one, rule, kept))}
    listed = [SqlColumn(column, _short(one.type)) for column, one in columns.items()]
    if rule.identity and not any(one.name.casefold() in IDENTITIES for one in listed):
        listed.insert(0, SqlColumn(rule.identity, ""))
    quoted = tuple(one.evidence for one in list(columns.values())[:MOST_QUOTED])
    says = f"{rule.library} keeps objects of the class as rows of the table {name}"
    evidence = Evidence(says, because=(quote_class(app, row), *quoted))
    table = SqlTable(name, tuple(listed), FORMAT, complete=True)
    return Statement(table, tuple(class_methods(app, row)), evidence, "derived")


def _stored(one: RecordField, rule: TableNaming, kept: Collection[str]) -> str:
    """The column of a field; empty where the library makes none of it."""
    if rule.values == "all" or one.type in PLAIN:
        return _column(one, rule.column)
    if not rule.reference or one.type not in kept:
        return ""
    return rule.reference.format(table=styled(one.type, rule.table))


def _column(one: RecordField, style: Style) -> str:
    return one.name if one.stated else styled(one.name, style)


def _short(kind: str) -> str:
    """``java.lang.String`` as ``String``."""
    return kind.rpartition(".")[2]
