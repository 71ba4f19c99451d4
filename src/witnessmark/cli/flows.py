"""``witnessmark flows``: where data goes, one file for each app."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from witnessmark.cli.arguments import Packs, Quiet

UNREADABLE = 3


def flows(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            help="Apps: files, folders that a decoder wrote, or folders with apps inside, each "
            "of which is an app of its own.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option("--out", metavar="DIR", help="Folder for one JSON file an app."),
    ],
    implicit: Annotated[
        bool,
        typer.Option("--implicit", help="Also data that only decides whether something is sent."),
    ] = False,
    packs: Packs = None,
    quiet: Quiet = False,
) -> None:
    """Follow data from where it comes in to where it leaves.

    Writes one JSON file for each app. Apps that cannot be read are told, and the rest is done.
    """
    from witnessmark import pipeline
    from witnessmark.cli.progress import progress

    with progress(quiet=quiet) as step:
        outcome = pipeline.write_flows(
            paths, out, implicit=implicit, packs=packs or (), progress=step
        )
    for path, why in outcome.unreadable:
        typer.echo(f"not read: {path}: {why}", err=True)
    typer.echo(f"{_counted(outcome.flows, 'flow')} in {_counted(outcome.apps, 'app')}: {out}")
    if outcome.unreadable:
        raise typer.Exit(UNREADABLE)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
