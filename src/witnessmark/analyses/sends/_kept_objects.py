"""Fields that keep one object for as long as the object around them lasts.

Source: JVMS 2.9.1 (instance initialisation), JLS 8.3.2 (field initialisers run in constructors).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from witnessmark.facts.tables.code import FIELD_USES, FIELDS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.model.distinct import among

INSTANCE_WRITES = tuple(range(0x59, 0x60))
CONSTRUCTOR = "<init>"


class KeptObjects:
    """Which method makes what a field keeps."""

    def __init__(self, app: Facts) -> None:
        self._app = app

    def maker(self, field: int) -> int:
        """The method that writes a field of its own class, -1 where several do.

        Constructors count as one: each of them runs the initialisers of fields.
        """
        writers = self._writers.get(field, ())
        makers = [row for row in writers if self._app.method_name(row) == CONSTRUCTOR]
        if not makers and len(writers) == 1:
            makers = list(writers)
        if not makers or len(writers) > len(makers):
            return -1
        own = self._app.table(METHODS)["class"][makers[0]]
        return makers[0] if own == self._app.table(FIELDS)["class"][field] else -1

    @cached_property
    def _writers(self) -> Mapping[int, tuple[int, ...]]:
        uses = self._app.table(FIELD_USES)
        found: dict[int, dict[int, None]] = {}
        rows = among(uses["opcode"], INSTANCE_WRITES)
        for method, field in zip(
            uses["method"][rows].tolist(), uses["field"][rows].tolist(), strict=True
        ):
            found.setdefault(field, {}).setdefault(method)
        return {field: tuple(methods) for field, methods in found.items()}
