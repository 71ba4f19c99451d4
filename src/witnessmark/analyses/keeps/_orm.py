"""Tables that libraries make of classes: names by annotations, else by the library's rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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


def tables_of_classes(
    app: Facts, marks: Sequence[RecordMark], naming: Sequence[TableNaming]
) -> Iterator[Statement]:
    """A statement for each class that a library of ``marks`` stores as rows."""
    rules = {rule.library: rule for rule in naming}
    access = app.table(CLASSES)["access"]
    wanted = [one for one in marks if one.format == FORMAT or one.role == "leave_out"]
    for row, record in class_records(app, wanted, plain=False).items():
        libraries = [name for name in record.libraries(FORMAT) if name in rules]
        if libraries and not is_foreign(app, row) and not int(access[row]) & ABSTRACT:
            statement = _table(app, row, record, rules[libraries[0]])
            if statement is not None:
                yield statement


def _table(app: Facts, row: int, record: ClassRecord, rule: TableNaming) -> Statement | None:
    record.whole = record.whole and rule.fields == "all"
    fields = [one for one in all_fields(app, row, record) if one.name != "serialVersionUID"]
    if not fields:
        return None
    name = record.name or styled(app.class_name(row), rule.table)
    columns = {_column(one, rule.column): one for one in fields}
    listed = [SqlColumn(column, _short(one.type)) for column, one in columns.items()]
    if rule.identity and not any(one.name.casefold() in IDENTITIES for one in listed):
        listed.insert(0, SqlColumn(rule.identity, ""))
    quoted = tuple(one.evidence for one in fields[:MOST_QUOTED])
    says = f"{rule.library} keeps objects of the class as rows of the table {name}"
    evidence = Evidence(says, because=(quote_class(app, row), *quoted))
    table = SqlTable(name, tuple(listed), FORMAT, complete=True)
    return Statement(table, tuple(class_methods(app, row)), evidence, "derived")


def _column(one: RecordField, style: Style) -> str:
    return one.name if one.stated else styled(one.name, style)


def _short(kind: str) -> str:
    """``java.lang.String`` as ``String``."""
    return kind.rpartition(".")[2]
