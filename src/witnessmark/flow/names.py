"""Names as numbers: method names that are equal get one id across all dex files of an app.

Strings keep one row a dex file, so equal names stand in several rows; comparing them as ids
needs one pass over the distinct rows that name methods.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.facts.search import string_bytes
from witnessmark.facts.tables.code import METHODS, PROTO_PARAMETERS, PROTOS, TYPES
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.flow.graph import Ints, ints
from witnessmark.model.distinct import distinct_and_places

__all__ = [
    "Names", "descriptors", "internal_name", "method_names", "parameter_shorties", "string_bytes",
]  # fmt: skip


class Names(Struct, frozen=True):
    """``of_method[m]`` is the name id of method ``m``; ``texts[i]`` the bytes of name ``i``."""

    of_method: Ints
    texts: Sequence[bytes]
    ids: Mapping[bytes, int]


@once_an_app
def method_names(facts: Facts) -> Names:
    """Name ids in order of first appearance among the rows of ``methods``; made once an app."""
    rows, inverse = distinct_and_places(ints(facts.table(METHODS)["name"]))
    ids: dict[bytes, int] = {}
    canonical = np.fromiter(
        (ids.setdefault(text, len(ids)) for text in string_bytes(facts, rows)),
        dtype=np.int64,
        count=len(rows),
    )
    return Names(canonical[inverse], tuple(ids), ids)


@once_an_app
def descriptors(facts: Facts) -> Sequence[bytes]:
    """Descriptor of every row of ``types``, as bytes; made once an app."""
    return tuple(string_bytes(facts, ints(facts.table(TYPES)["descriptor"])))


def internal_name(descriptor: bytes) -> str:
    """``Lpkg/Class;`` as ``pkg/Class``; empty for anything but a class."""
    if descriptor[:1] != b"L" or descriptor[-1:] != b";":
        return ""
    return descriptor[1:-1].decode("utf-8", "replace")


def parameter_shorties(facts: Facts, types: Sequence[bytes]) -> list[str]:
    """Parameters of every prototype, one letter each, ``L`` for classes and arrays."""
    letters = ["L" if text[:1] in (b"L", b"[") else text[:1].decode("latin-1") for text in types]
    protos = facts.table(PROTOS)
    parameters = facts.table(PROTO_PARAMETERS)["type"].tolist()
    return [
        "".join([letters[kind] for kind in parameters[first : first + count]])
        for first, count in protos.rows("first_parameter", "parameters")
    ]
