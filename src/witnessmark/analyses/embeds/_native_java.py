"""Which Java methods a native library implements: bound by name, or registered when it is loaded.

Source: Java Native Interface specification, chapters 2 (names) and 4 (RegisterNatives): a table of
``{name, signature, function}`` pointers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import METHODS, PROTOS
from witnessmark.facts.tables.native import NATIVE_SYMBOLS
from witnessmark.facts.view import Facts
from witnessmark.formats.elf.image import Image
from witnessmark.formats.elf.pointers import addresses_of, read_pointers
from witnessmark.model.evidence import Evidence

How = Literal["name", "registered", "texts"]
NATIVE = 0x100
SHORTEST_NAME = 2


class Bound(Struct, frozen=True):
    """A native method of the app and how a library implements it.

    ``how``   ``name`` of an export, ``registered`` in a table of pointers, or ``texts`` where name
              and signature stand in the library and no table that joins them was found.
    ``symbol``  row of ``native_symbols``, -1 for none; ``places`` offsets and lengths of name and
              signature in the file.
    """

    method: int
    how: How
    symbol: int = -1
    places: tuple[tuple[int, int], ...] = ()


def native_methods(facts: Facts) -> tuple[int, ...]:
    """Methods that the app declares as native, ascending."""
    methods = facts.table(METHODS)
    rows = np.flatnonzero((methods["class"] >= 0) & ((methods["access"] & NATIVE) != 0))
    return tuple(rows.tolist())


def signature_of(facts: Facts, method: int) -> str:
    """The descriptor of a method, ``(args)ret``."""
    proto = int(facts.table(METHODS)["proto"][method])
    returned = facts.descriptor(int(facts.table(PROTOS)["return_type"][proto]))
    return f"({''.join(facts.parameter_types(method))}){returned}"


def bound_by_name(facts: Facts, library: int, natives: Sequence[int]) -> Iterator[Bound]:
    """Methods that exports of a library are named after."""
    by_name: Mapping[tuple[str, str], list[int]] = defaultdict(list)
    for method in natives:
        by_name[facts.method_class(method), facts.method_name(method)].append(method)
    symbols = facts.table(NATIVE_SYMBOLS)
    for row in np.flatnonzero(symbols["library"] == library).tolist():
        key = (str(symbols["java_class"][row]), str(symbols["java_method"][row]))
        for method in by_name.get(key, ()):
            yield Bound(method, "name", row)


def bound_by_table(
    facts: Facts, image: Image, natives: Sequence[int], *, loads: bool
) -> Iterator[Bound]:
    """Methods that a table of the library registers; ``loads`` whether it has ``JNI_OnLoad``."""
    if not loads or not natives:
        return
    pointers, size = read_pointers(image), image.layout.bits // 8
    for method in natives:
        name = facts.method_name(method).encode("utf-8", "surrogatepass")
        signature = signature_of(facts, method).encode("utf-8", "surrogatepass")
        if len(name) < SHORTEST_NAME:
            continue
        names, signatures = addresses_of(image, name), addresses_of(image, signature)
        if not names or not signatures:
            continue
        slots = [s for s in pointers.to(names) if pointers.at(s + size) in signatures]
        places = _places(image, names, name) + _places(image, signatures, signature)
        if slots:
            yield Bound(method, "registered", -1, places)
        elif len(name) > 4:
            yield Bound(method, "texts", -1, places)


def _places(image: Image, addresses: frozenset[int], text: bytes) -> tuple[tuple[int, int], ...]:
    offset = image.file_offset(min(addresses))
    return ((offset, len(text)),) if offset >= 0 else ()


def quote_bound(facts: Facts, bound: Bound, artifact: int) -> Evidence:
    """Evidence that a library implements a method."""
    signature = facts.method_signature(bound.method)
    if bound.symbol >= 0:
        table = facts.table(NATIVE_SYMBOLS)
        return facts.quote(
            f"an export is named after {signature}",
            int(table["artifact"][bound.symbol]),
            int(table["offset"][bound.symbol]),
            int(table["length"][bound.symbol]),
            "utf-8",
        )
    words = ("its name", "its signature")
    says = (
        f"a table of the library registers {signature}"
        if bound.how == "registered"
        else f"the library holds name and signature of {signature}"
    )
    quoted = tuple(
        facts.quote(word, artifact, offset, length, "utf-8")
        for word, (offset, length) in zip(words, bound.places, strict=False)
    )
    return Evidence(says, because=quoted)
