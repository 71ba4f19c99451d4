"""The commands of ``witnessmark``; every one lives in a file of its own and loads late."""

from __future__ import annotations

import typer

from witnessmark import __version__
from witnessmark.cli import (
    alike,
    classify,
    compare,
    examine,
    explain,
    export,
    facts,
    flows,
    query,
    verify,
)

app = typer.Typer(
    name="witnessmark",
    help="Works backward from an app to the system behind it: what it asks, takes, keeps, marks, "
    "sends, embeds, hides and orders, with evidence for every sentence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("examine")(examine.examine)
app.command("facts")(facts.facts)
app.command("flows")(flows.flows)
app.command("query")(query.query)
app.command("explain")(explain.explain)
app.command("export")(export.export)
app.command("verify")(verify.verify)
app.command("compare")(compare.compare)
app.command("alike")(alike.alike)
app.command("classify")(classify.classify)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"witnessmark {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False,
        "--version",
        callback=_show_version,
        is_eager=True,
        help="Print the version and stop.",
    ),
) -> None:
    """Options before a command."""
