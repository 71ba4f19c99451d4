"""``witnessmark export``: another form of a case's report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from witnessmark.cli.arguments import ExistingCase
from witnessmark.report.forms import Form


def export(
    case: ExistingCase,
    form: Annotated[Form, typer.Option("--as", help="Form to make.", show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="File to write; in the case itself when left out.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write another form of the report.

    A form that is put into the case is noted in its log; nothing else of the case changes.
    """
    from witnessmark import pipeline

    typer.echo(f"Written: {pipeline.export(case, form, out)}")
