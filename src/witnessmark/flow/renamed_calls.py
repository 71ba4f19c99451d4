"""Methods of libraries that a shrinker gave other names, told by texts and by what they are handed.

A shrinker leaves alone which texts a method loads and, where it does not drop what nobody uses,
what a method is handed. Entries of the pack speak of classes that others told (``@request``), so
that each has to fit the ones before it. What fits in two classes is not told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from witnessmark.facts.tables.code import METHODS, PROTOS, STRING_USES, TYPES
from witnessmark.facts.view import Facts
from witnessmark.flow.names import method_names
from witnessmark.knowledge.packs.renamed_calls import RenamedCall
from witnessmark.model.distinct import among

NAMED = {"S": "Ljava/lang/String;", "M": "Ljava/util/Map;", "L": "Ljava/util/List;",
         "B": "[B", "F": "Ljava/io/File;"}  # fmt: skip
NEW = "<init>"


def renamed_calls(app: Facts, entries: Sequence[RenamedCall]) -> Mapping[int, RenamedCall]:
    """Rows of ``methods`` with the entry that tells what each is. Made once for an app."""
    return app.once(_renamed, tuple(entries))


def _renamed(app: Facts, entries: Sequence[RenamedCall]) -> Mapping[int, RenamedCall]:
    libraries: dict[str, list[RenamedCall]] = defaultdict(list)
    for entry in entries:
        libraries[entry.library].append(entry)
    found: dict[int, RenamedCall] = {}
    for _, listed in sorted(libraries.items()):
        if all(app.type_by_descriptor(entry.descriptor) < 0 for entry in listed):
            found.update(_Library(app).told(listed))
    return found


class _Library:
    def __init__(self, app: Facts) -> None:
        self._app = app
        self._types: dict[str, str] = {}
        """Descriptors of classes by the name under which entries speak of them."""
        self._classes: dict[str, int] = {}
        """Rows of ``types`` by the entry that told the class."""

    def told(self, entries: Sequence[RenamedCall]) -> Mapping[int, RenamedCall]:
        """Methods of one library, in the order of its entries."""
        found: dict[int, RenamedCall] = {}
        methods = self._app.table(METHODS)
        for entry in entries:
            fits = {row: one for row in self._likely(entry)
                    if (one := self._fits(entry, row)) is not None}  # fmt: skip
            owners = {int(methods["class_type"][row]) for row in fits}
            if len(owners) != 1 or (len(fits) > 1 and entry.found != "method"):
                continue
            self._classes[entry.id] = owners.pop()
            for row, types in fits.items():
                found.setdefault(row, entry)
                self._types.update(types)
        return found

    def _likely(self, entry: RenamedCall) -> Iterator[int]:
        """Methods with code that the entry may be about."""
        methods, making = self._app.table(METHODS), self._making
        if NEW not in entry.members:
            making = ~making
        if entry.found == "handed":
            as_many = self._app.table(PROTOS)["parameters"][methods["proto"]] == len(entry.handed)
            rows = np.flatnonzero((methods["class"] >= 0) & making & as_many).tolist()
        elif entry.found == "method":
            rows = sorted(self._loading(entry.texts))
        elif entry.found == "class":
            kinds = {int(methods["class"][row]) for row in self._loading(entry.texts)} - {-1}
            rows = [row for kind in sorted(kinds) for row in self._app.methods_of(kind)]
        else:
            kind = self._classes.get(entry.found.partition(" ")[2], -1)
            row = int(self._app.table(TYPES)["class"][kind]) if kind >= 0 else -1
            rows = self._app.methods_of(row) if row >= 0 else []
            loading = self._loading(entry.texts) if entry.texts else set(rows)
            rows = [row for row in rows if row in loading]
        return (row for row in rows if making[row])

    @cached_property
    def _making(self) -> NDArray[np.bool_]:
        """Methods that make objects, constructors."""
        names = method_names(self._app)
        made: NDArray[np.bool_] = names.of_method == names.ids.get(NEW.encode(), -1)
        return made

    def _loading(self, texts: Sequence[str]) -> set[int]:
        """Methods that load all of the texts."""
        uses = self._app.table(STRING_USES)
        found: set[int] | None = None
        for text in texts:
            strings = [row for one in (text, f" {text}") for row in self._app.string_rows(one)]
            here = set(uses["method"][among(uses["string"], strings)].tolist())
            found = here if found is None else found & here
        return found or set()

    def _fits(self, entry: RenamedCall, method: int) -> Mapping[str, str] | None:
        """Classes that the entry gives names to, where the method is handed what it says."""
        kinds = self._app.parameter_types(method)
        if len(kinds) != len(entry.handed):
            return None
        types: dict[str, str] = {}
        for kind, told in zip(kinds, entry.handed, strict=True):
            if told[0] == "@":
                if self._types.get(told[1:]) != kind:
                    return None
            elif told[0] == "X":
                if not self._is_defined(kind):
                    return None
                if told[1:]:
                    types[told[2:]] = kind
            elif kind != NAMED.get(told, told):
                return None
        if NEW in entry.members:
            owner = int(self._app.table(METHODS)["class_type"][method])
            types[entry.id.partition(".")[0].lower()] = self._app.descriptor(owner)
        return types

    def _is_defined(self, kind: str) -> bool:
        row = self._app.type_by_descriptor(kind)
        return kind[0] == "L" and row >= 0 and int(self._app.table(TYPES)["class"][row]) >= 0
