"""``witnessmark verify``: hold a case against the app it speaks of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from witnessmark.cli.arguments import ExistingCase


def verify(
    case: ExistingCase,
    apps: Annotated[
        list[Path],
        typer.Argument(
            metavar="APP", help="The files examined, or a folder of them.", show_default=False
        ),
    ],
) -> None:
    """Re-read every quoted byte of a case.

    Exit 1 when something does not hold.
    """
    from witnessmark.verify.__main__ import main

    raise typer.Exit(main([str(case), *map(str, apps)]))
