"""``witnessmark examine``: from an app to a report."""

from __future__ import annotations

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
from witnessmark.cli.plain import EXAMINE, Wish, examined


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
    wish = Wish(tuple(inputs), case, force, quiet, EXAMINE)
    examined(wish, packs=packs or (), law=law or (), lang=lang, claims=claims or ())
