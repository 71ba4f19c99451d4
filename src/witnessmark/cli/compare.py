"""``witnessmark compare``: what a newer app does differently."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from witnessmark.cli.arguments import Lang, Quiet
from witnessmark.report.forms import ENGLISH


def compare(
    older: Annotated[
        Path, typer.Argument(metavar="A", help="Older case or app.", show_default=False)
    ],
    newer: Annotated[
        Path, typer.Argument(metavar="B", help="Newer case or app.", show_default=False)
    ],
    json_: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write a page as well.", show_default=False),
    ] = None,
    lang: Lang = ENGLISH,
    quiet: Quiet = False,
) -> None:
    """Compare two cases, or two apps.

    What is new, different or gone is listed; what a mere rebuild changes is not.
    """
    from witnessmark import pipeline
    from witnessmark.cli.progress import progress
    from witnessmark.report.compare import as_json

    with progress(quiet=quiet) as step:
        changes = pipeline.compare(older, newer, html, lang, progress=step)
    if json_:
        typer.echo(as_json(changes).decode(), nl=False)
        return
    for one in changes:
        typer.echo(f"{one.state:<10} {one.finding.kind:<20} {one.finding.says}")
        for how in one.how:
            typer.echo(f"{'':<31} {how}")
    if not changes:
        typer.echo("Both do the same, as far as was seen.")
