"""``witnessmark export``: make a form of the report anew from a case's findings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from witnessmark.cli.arguments import ExistingCase
from witnessmark.report.forms import Form


def export(
    case: ExistingCase,
    form: Annotated[Form, typer.Argument(help="Form to make.", show_default=False)],
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="File to write.", show_default=False)
    ],
) -> None:
    """Write a form of the report to a file.

    The case itself stays as it is.
    """
    from witnessmark import pipeline

    pipeline.export(case, form.value, out)
    typer.echo(f"Written: {out}")
