"""``witnessmark export``: another form of a case's report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from witnessmark.cli.arguments import ExistingCase, Lang
from witnessmark.report.forms import ENGLISH, Form

WithApp = Annotated[
    list[Path] | None,
    typer.Option(
        "--with-app",
        metavar="FILE",
        exists=True,
        help="Put the examined file into a bundle; may be given again.",
        show_default=False,
    ),
]
Key = Annotated[
    Path | None,
    typer.Option(
        "--sign",
        metavar="KEY",
        exists=True,
        dir_okay=False,
        help="Sign a bundle with this private Ed25519 key (OpenSSH or PEM).",
        show_default=False,
    ),
]


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
    lang: Lang = ENGLISH,
    audience: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="WHOM",
            help="publication, partners or court: masks names, numbers, addresses, samples of "
            "lists and keys accordingly; nothing when left out.",
            show_default=False,
        ),
    ] = "",
    with_app: WithApp = None,
    sign: Key = None,
) -> None:
    """Write another form of the report.

    A form that is put into the case is noted in its log; nothing else of the case changes.
    """
    from witnessmark import pipeline
    from witnessmark.case.export import Wish

    wish = Wish(form, lang, audience, out, tuple(with_app or ()), sign)
    typer.echo(f"Written: {pipeline.export(case, wish)}")
