"""The ``witnessmark`` command; every subcommand lives in a file of its own and loads late."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from typing import NoReturn

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
from witnessmark.model.errors import CaseError, InputError, UsageError, WitnessmarkError

USAGE, UNREADABLE, INTERRUPTED = 2, 3, 4

COLLECTED_AFTER = 1_000_000
"""Objects made since the last search for cycles. Tables and findings hold hardly any, and Python's
own 700 makes it walk through all of them for a seventh of the time of `examine`.
"""

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


class Interrupted(BaseException):
    """The person, or the system, asked us to stop."""


def _interrupt(_signal: int, _frame: object) -> NoReturn:
    raise Interrupted


def main() -> NoReturn:
    """Run the command line; exit 0 done, 2 wrong use, 3 input unreadable, 4 interrupted."""
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    gc.set_threshold(COLLECTED_AFTER)
    try:
        app(standalone_mode=True)
    except SystemExit as done:
        _leave(done.code)
    except Interrupted:
        _stop("interrupted; nothing was written", INTERRUPTED)
    except InputError as error:
        _stop(str(error), UNREADABLE)
    except (UsageError, CaseError) as error:
        _stop(str(error), USAGE)
    except WitnessmarkError as error:
        _stop(f"{error} (this is a defect of witnessmark or of an added pack)", USAGE)
    _leave(0)


def _stop(message: str, status: int) -> NoReturn:
    typer.echo(f"witnessmark: {message}", err=True)
    _leave(status)


def _leave(status: str | int | None) -> NoReturn:
    """End at once: taking an app's tables apart piece by piece costs a tenth of reading them."""
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status if isinstance(status, int) else int(status is not None))
