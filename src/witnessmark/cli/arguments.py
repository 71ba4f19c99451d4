"""Arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Inputs = Annotated[
    list[Path],
    typer.Argument(
        metavar="INPUT",
        help="What to read of one app: APK, split APKs, .xapk, .aab, .dex, or a folder of them; "
        "or the folder that apktool or a decompiler wrote.",
        show_default=False,
    ),
]
CaseOption = Annotated[
    Path | None,
    typer.Option(
        "--case",
        metavar="DIR",
        help="Folder to write; NAME.case in the current folder when left out.",
        show_default=False,
    ),
]
ExistingCase = Annotated[
    Path,
    typer.Argument(
        metavar="CASE", help="A case folder that examine or facts wrote.", show_default=False
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace a case that is already there.")]
Packs = Annotated[
    list[Path] | None,
    typer.Option(
        "--packs",
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="A folder of your own knowledge, PACK/*.yaml or PACK/*.csv; may be given again.",
        show_default=False,
    ),
]
Law = Annotated[
    list[str] | None,
    typer.Option(
        "--law",
        metavar="NAME",
        help="Law to hold against the findings: int, cn, eu, coe, us, an instrument such as gdpr, "
        "all or none; may be given again. International instruments only, when left out.",
        show_default=False,
    ),
]
Claims = Annotated[
    list[Path] | None,
    typer.Option(
        "--claims",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help="The app's privacy text or store label, as text or HTML, to compare claim by claim; "
        "may be given again.",
        show_default=False,
    ),
]
Lang = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="LANG",
        help="Language of the report: en, zh, ug, ar, fr, es or ru; all but English machine-made.",
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="Say nothing on standard error while working.")
]
