"""``witnessmark examine``: from an app to a report."""

from __future__ import annotations

import typer

from witnessmark.cli.arguments import (
    CaseOption,
    Claims,
    Force,
    Inputs,
    Lang,
    Law,
    Packs,
    Quiet,
)
from witnessmark.cli.plain import case_folder


def examine(
    inputs: Inputs,
    case: CaseOption = None,
    force: Force = False,
    quiet: Quiet = False,
    packs: Packs = None,
    law: Law = None,
    lang: Lang = "en",
    claims: Claims = None,
) -> None:
    """Examine an app and write a report.

    A case folder with tables, findings and report is written. The app is never run.
    """
    from witnessmark import pipeline
    from witnessmark.cli.progress import progress

    target = case_folder(case, inputs)
    with progress(quiet=quiet) as step:
        outcome = pipeline.examine(
            inputs,
            target,
            force=force,
            progress=step,
            packs=packs or (),
            law=law or (),
            lang=lang,
            claims=claims or (),
        )
    for line in outcome.headlines:
        typer.echo(line)
    typer.echo(f"\nReport: {outcome.report}")
