"""``witnessmark facts``: an app as tables, without analyses."""

from __future__ import annotations

from witnessmark.cli.arguments import CaseOption, Force, Inputs, Quiet
from witnessmark.cli.plain import Wish, fulfil


def facts(
    inputs: Inputs, case: CaseOption = None, force: Force = False, quiet: Quiet = False
) -> None:
    """Read an app into tables, and stop there."""
    fulfil(Wish(tuple(inputs), case, force, quiet))
