"""``witnessmark query``: ask a case's tables in SQL."""

from __future__ import annotations

import csv
import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from witnessmark.cli.arguments import ExistingCase

if TYPE_CHECKING:
    from collections.abc import Sequence


class Form(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def query(
    case: ExistingCase,
    sql: Annotated[
        str,
        typer.Argument(
            help="A SELECT statement; `SHOW TABLES` lists what there is.", show_default=False
        ),
    ],
    form: Annotated[Form, typer.Option("--form", help="How to print the rows.")] = Form.TABLE,
) -> None:
    """Ask the tables of a case in SQL.

    Nothing is changed. docs/reference/tables.md names tables and columns.
    """
    names, rows = _ask(case, sql)
    if form is Form.CSV:
        writer = csv.writer(sys.stdout)
        writer.writerow(names)
        writer.writerows(rows)
    elif form is Form.JSON:
        for row in rows:
            typer.echo(
                json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str)
            )
    else:
        _print_table(names, rows)


def _ask(case: Any, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    import duckdb

    from witnessmark.case.reader import case_file
    from witnessmark.model.errors import UsageError

    database = case_file(case, "facts.duckdb")
    with duckdb.connect(
        str(database), read_only=True, config={"enable_external_access": False}
    ) as link:
        try:
            answer = link.execute(sql)
            names = [column[0] for column in answer.description or ()]
            return names, answer.fetchall()
        except duckdb.Error as error:
            raise UsageError(f"the query failed: {str(error).splitlines()[0]}") from error


def _print_table(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*names, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(Text(_printable(value)) for value in row))
    console = Console(soft_wrap=not sys.stdout.isatty())
    console.print(table)
    plural = "" if len(rows) == 1 else "s"
    typer.echo(f"{len(rows)} row{plural}", err=True)


def _printable(value: object) -> str:
    """Text without control characters, which an app could use to deceive a terminal."""
    text = "" if value is None else str(value)
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
