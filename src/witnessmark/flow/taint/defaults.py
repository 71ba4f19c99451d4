"""What is assumed of outside code that no model describes.

Data given to a call is taken to be in what it returns, unless that is a number; a number of an
object counts when it is got from it, but for how many parts it has and where they are. Data given
to a constructor, or to a method named like one that takes things in, is taken to be in the object;
windows and views of the app are left aside, as they are given to everything.
"""

from __future__ import annotations

from witnessmark.flow.taint.members import Method
from witnessmark.flow.taint.world import World

TAKES_IN = ("set", "add", "put", "append", "write", "insert", "push", "offer", "with", "init")
COUNTS = ("Count", "Size", "Length", "Index", "Position")
"""Ends of the names of methods that tell how many parts there are, not what is in them."""

NAMES = ("getColumnName", "getColumnNames")
"""Methods that tell how the parts of rows are called."""

TOO_WIDE = (
    "android/content/Context", "android/app/Fragment", "android/app/Dialog", "android/view/View",
    "android/view/Window", "androidx/fragment/app/Fragment", "android/support/v4/app/Fragment",
)  # fmt: skip


def takes_in(world: World, method: Method) -> bool:
    """Whether a call puts its arguments into its receiver."""
    found = world.inward.get(method.row)
    if found is None:
        found = world.inward[method.row] = _takes_in(world, method)
    return found


def _takes_in(world: World, method: Method) -> bool:
    if method.static:
        return False
    if any(world.is_a(method.owner, name) for name in TOO_WIDE):
        return False
    return method.name == "<init>" or method.name.startswith(TAKES_IN)


def moves_back(method: Method, *, receiver: bool, others: bool) -> bool:
    """Whether data of the receiver or of arguments is in what a call returns."""
    if method.returns == "V" or method.name in NAMES:
        return False
    if method.returns[:1] not in ("L", "["):
        return receiver and method.name.startswith("get") and not method.name.endswith(COUNTS)
    return receiver or others
