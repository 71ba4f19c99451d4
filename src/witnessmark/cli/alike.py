"""``witnessmark alike``: what several apps share that may tell a common maker."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from witnessmark.cli.arguments import Quiet


def alike(
    cases: Annotated[
        list[Path], typer.Argument(metavar="CASE...", help="Cases or apps.", show_default=False)
    ],
    json_: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    quiet: Quiet = False,
) -> None:
    """List what several cases, or apps, have in common.

    Each common trace is told with its grade and with what speaks against a common maker.
    """
    from witnessmark import pipeline
    from witnessmark.cli.progress import progress
    from witnessmark.report.alike import as_json

    with progress(quiet=quiet) as step:
        found = pipeline.alike(cases, progress=step)
    if json_:
        typer.echo(as_json(found).decode(), nl=False)
        return
    for one in found:
        where = ", ".join(cases[case].name for case in one.cases)
        typer.echo(f"{one.grade:<10} {one.says}")
        typer.echo(f"{'':<10} in {where}. Against it: {one.against}")
    if not found:
        typer.echo("Nothing in common was found that may tell a common maker.")
