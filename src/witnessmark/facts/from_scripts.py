"""Programs that are not dex as tables, whatever language they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from witnessmark.facts.from_dotnet import read_dotnet
from witnessmark.facts.from_hermes import read_hermes_files
from witnessmark.facts.from_texts import read_texts
from witnessmark.facts.script_rows import ScriptRows

if TYPE_CHECKING:
    from witnessmark.package.app import App


def script_facts(app: App) -> ScriptRows:
    """Rows about every such program of the app; what cannot be read is among its gaps."""
    rows = ScriptRows()
    read_hermes_files(app, rows)
    read_dotnet(app, rows)
    read_texts(app, rows)
    return rows
