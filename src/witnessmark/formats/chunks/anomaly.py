"""What a reader noticed that a well-formed file would not have."""

from __future__ import annotations

from msgspec import Struct

from witnessmark.model.location import Span

LISTED_AT_MOST = 256
"""Anomalies kept one by one; a file made to be odd everywhere is summed up beyond that."""


class Anomaly(Struct, frozen=True):
    """One departure from the format.

    ``kind``   a short stable word, e.g. ``unknown-chunk``.
    ``says``   one plain sentence.
    ``span``   the bytes in question.
    ``loses``  whether content may have gone unread because of it: such an anomaly is a Gap.
    """

    kind: str
    says: str
    span: Span
    loses: bool = False


class AnomalyLog:
    """Collects anomalies while one blob is read; bounded, in order of discovery."""

    __slots__ = ("_listed", "_lost", "_unlisted")

    def __init__(self) -> None:
        self._listed: list[Anomaly] = []
        self._unlisted = 0
        self._lost = False

    def note(self, kind: str, says: str, offset: int, length: int, *, loses: bool = False) -> None:
        """Record one anomaly over ``length`` bytes at ``offset``."""
        if len(self._listed) < LISTED_AT_MOST:
            self._listed.append(Anomaly(kind, says, Span(offset, length), loses))
            return
        self._unlisted += 1
        self._lost = self._lost or loses

    def listed(self, size: int) -> tuple[Anomaly, ...]:
        """All anomalies of a blob of ``size`` bytes; the last one counts those left out."""
        if not self._unlisted:
            return tuple(self._listed)
        says = f"{self._unlisted} further anomalies are not listed one by one"
        return (*self._listed, Anomaly("many-anomalies", says, Span(0, size), self._lost))
