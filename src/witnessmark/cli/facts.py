"""``witnessmark facts``: an app as tables, without analyses."""

from __future__ import annotations

import typer

from witnessmark.cli.arguments import CaseOption, Force, Inputs, Quiet, case_folder


def facts(
    inputs: Inputs, case: CaseOption = None, force: Force = False, quiet: Quiet = False
) -> None:
    """Read an app into tables, and stop there."""
    from witnessmark import pipeline
    from witnessmark.cli.progress import progress

    target = case_folder(case, inputs)
    with progress(quiet=quiet) as step:
        database = pipeline.write_facts(inputs, target, force=force, progress=step)
    typer.echo(f"Tables: {database}")
