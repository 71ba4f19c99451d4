"""Cells of the coarse pass: places where data lies between two methods that do not call each other.

Storage of each kind is one cell, so are messages between components, and what methods of one name
return to, or get from, code outside the app.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

STORES: Final[Mapping[str, str]] = {
    "file": "file", "stream": "file", "database": "database", "preferences": "preferences",
    "ipc": "ipc",
}  # fmt: skip
"""Kinds of sources that read what a channel stores."""

STATE: Final = "state"
"""What a screen keeps when the system stops it."""

BINDER: Final = "binder"
INVOKED: Final = "invoked"
"""Methods that are called by reflection."""

SAVES: Final = ("onSaveInstanceState", "saveState", "onSaveViewState")
RESTORES: Final = (
    "onCreate", "onRestoreInstanceState", "onCreateView", "onActivityCreated",
    "onViewStateRestored", "onPostCreate", "onViewCreated", "restoreState",
)  # fmt: skip
REFLECTED: Final = (("java/lang/reflect/Method", "invoke"),
                    ("java/lang/reflect/Constructor", "newInstance"))  # fmt: skip
SHOWN: Final = "toString"
"""Methods of the app that outside code runs on any object that it makes text of."""

AFTER: Final[Mapping[str, tuple[str, ...]]] = {
    "doInBackground": ("onPostExecute", "onCancelled"),
    "onBind": ("onServiceConnected",),
    "loadInBackground": ("onLoadFinished",),
}
"""Methods that get what another one returned."""


def returned(name: str) -> str:
    """The cell of what methods of a name return to outside code."""
    return f"returned by {name}"


def given(name: str) -> str:
    """The cell of what outside code gives to methods of a name."""
    return f"given to {name}"


class Cells:
    """Numbers of cells, in the order in which they were first asked for."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def of(self, name: str) -> int:
        """The cell's number."""
        return self.numbers.setdefault(name, len(self.numbers))
