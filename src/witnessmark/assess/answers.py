"""What forms say of the columns and keys that their answers go to.

A column ``question_13`` or ``sub`` says nothing by its name; the field whose answer goes there
does. Only what fields agree on counts: an answer that goes into several columns of one table, and
a column that fields of different meaning go to, stay open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from witnessmark.knowledge.people import Classification
from witnessmark.model.finding import Finding

SAID_BY_FIELDS = (
    "Some names say nothing by themselves; what they hold is told by the fields whose answers go "
    "there."
)
"""Limit of a finding whose names were told by fields."""

FEWEST_SHARED = 2
"""So many names of a record must be names that answers of one screen go under."""

_SENT = ("json", "xml", "parameter", "map", "column")


class Answers:
    """Fields by where their answers go."""

    def __init__(self, fields: Iterable[Finding]) -> None:
        self._placed: dict[tuple[str, str], list[Finding]] = {}
        self._named: dict[str, list[Finding]] = {}
        self._of_screen: dict[str, set[str]] = {}
        for field in fields:
            self._add(field)

    def _add(self, field: Finding) -> None:
        screen = str(field.subject.get("screen", ""))
        going = [
            (str(one.get("kind", "")), str(one.get("in", "")), str(one.get("name", "")))
            for one in field.subject.get("goes_to", ())
        ] or [("", "", str(field.subject.get("bound_to", "")))]
        places = [(kind, _plain(where)) for kind, where, _ in going]
        for kind, where, name in going:
            if not name:
                continue
            if kind in ("column", "field") and where and places.count((kind, _plain(where))) == 1:
                self._placed.setdefault((_plain(where), _plain(name)), []).append(field)
            if kind in ("", *_SENT):
                self._named.setdefault(_plain(name), []).append(field)
                self._of_screen.setdefault(screen, set()).add(_plain(name))

    def of(self, finding: Finding, names: Sequence[str]) -> list[Classification]:
        """What fields say of each name of a table, record, request or message."""
        place = _place(finding)
        if place:
            return [_agreed(self._placed.get((place, _plain(name)), ())) for name in names]
        ours = {_plain(name) for name in names}
        screens = {s for s, told in self._of_screen.items() if len(ours & told) >= FEWEST_SHARED}
        return [
            _agreed(
                one
                for one in self._named.get(_plain(name), ())
                if str(one.subject.get("screen", "")) in screens
            )
            for name in names
        ]


def _place(finding: Finding) -> str:
    """The table, or the class of an object; empty where only names can tell."""
    name = str(finding.subject.get("name", ""))
    if finding.kind == "keeps.table":
        return _plain(name)
    if finding.kind == "keeps.record" and finding.subject.get("format") == "object":
        return _plain(name.rpartition(".")[2])
    return ""


def _agreed(fields: Iterable[Finding]) -> Classification:
    """What all fields that say anything say alike; nothing when most say nothing."""
    listed = list(fields)
    telling = [one for one in listed if one.categories]
    if not telling or len(telling) * 2 < len(listed):
        return Classification("")
    if len({one.categories[0] for one in telling}) != 1:
        return Classification("")
    first = telling[0]
    shared = tuple(
        term for term in first.categories if all(term in one.categories for one in telling)
    )
    about = {one.about for one in telling}
    return Classification(
        "", categories=shared, about=about.pop() if len(about) == 1 else "unknown"
    )


def _plain(name: str) -> str:
    return name.casefold()
