"""Stores that keep a value under a key and give it back elsewhere: preferences, extras."""

from typing import Literal

from witnessmark.knowledge.packs._members import MemberRule


class Cell(MemberRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A call that puts a value under a key, or gets it.

    ``store``    keys of one store are the same whichever call names them.
    ``access``   what is done.
    ``key``      position of the key, from 0 without the receiver.
    ``value``    position of what is put; of what a get gives when there is none, -1 for neither.
    ``returns``  the call gives its receiver, as calls that are chained do.
    """

    store: Literal["preferences", "extras"]
    access: Literal["put", "get"]
    key: int
    value: int = -1
    returns: bool = False


ENTRY = Cell
