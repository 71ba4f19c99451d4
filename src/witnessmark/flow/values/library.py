"""All stand-ins for library methods.

They have no effect but on objects that the interpreted code made itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from witnessmark.flow.values.library_bytes import BYTE_FUNCTIONS, clone, new_text_of_bytes
from witnessmark.flow.values.library_call import Call, Function
from witnessmark.flow.values.library_json import JSON_FUNCTIONS
from witnessmark.flow.values.library_text import TEXT_FUNCTIONS
from witnessmark.flow.values.library_things import THING_FUNCTIONS
from witnessmark.flow.values.library_walks import WALK_FUNCTIONS

HARMLESS = (
    "Lkotlin/jvm/internal/Intrinsics;", "Landroid/util/Log;", "Landroid/text/TextUtils;",
    "Ljava/io/PrintStream;", "Ljava/lang/Object;", "Ljava/util/Iterator;",
)  # fmt: skip
"""Owners of methods that do not change what they are given."""

_ALL: Mapping[str, Function] = {
    **TEXT_FUNCTIONS,
    **BYTE_FUNCTIONS,
    **THING_FUNCTIONS,
    **JSON_FUNCTIONS,
    **WALK_FUNCTIONS,
}
TEXT_MAKERS = frozenset(_ALL)
"""``Lowner;->name`` of all methods that have a stand-in."""

_NEW_TEXT = "Ljava/lang/String;-><init>"


def stand_in(key: str, kinds: tuple[str, ...]) -> Function | None:
    """The stand-in for ``Lowner;->name`` with arguments of types ``kinds``; None for none."""
    if key[:1] == "[" and key.endswith("->clone"):
        return clone
    if key == _NEW_TEXT and len(kinds) > 1 and kinds[1] == "[B":
        return new_text_of_bytes
    return _ALL.get(key)


def makes_text(key: str) -> bool:
    """Whether a method of that name is about texts: worth looking into what calls it."""
    return key in _ALL


__all__ = ["HARMLESS", "TEXT_MAKERS", "Call", "Function", "makes_text", "stand_in"]
