"""A list of codes and labels, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from witnessmark.facts.tables.code import STRINGS
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.evidence import Evidence
from witnessmark.model.location import ReadsAs

CODE = kept_regex(r"[\w.+\-]{1,24}")
SHORT_CODE = kept_regex(r"[\w.+\-]{1,10}")
NUMBER = r"([0-9]{1,6}|[A-Z][0-9]{0,4})"
LED = kept_regex(rf"\s*{NUMBER}\s*(?:[-–—:：|=、．]|\.\s|\.(?=[^\d\s])|[)）])\s*(\S.*)")
ENDED = kept_regex(rf"\s*(\S.*?)\s*[-:：|=(（]\s*{NUMBER}\s*[)）]?")
CJK_LED = kept_regex(rf"\s*{NUMBER}\s*([\u3400-\u9fff].*)")

Span = tuple[int, int, int]
"""Artifact, offset, length."""


class BookEntry(Struct, frozen=True):
    """One value; the place is that of the label (of the code where there is no label).

    ``parent``  label of the value above it, where the list is a tree.
    """

    code: str
    label: str
    gloss: str
    span: Span
    reads_as: ReadsAs
    parent: str = ""

    def quote(self, app: Facts) -> Evidence:
        """The label where it stands."""
        says = self.label if self.code == self.label else f"{self.code}: {self.label}"
        return app.quote(f"value {says}", *self.span, self.reads_as)


class Book(Struct, frozen=True):
    """A list of values.

    ``kind``          array, enum, map, objects, choice, list, text, file, database.
    ``codes_stated``  codes are written beside the labels; else the position is shown.
    ``methods``       methods that make or use the list.
    ``offered``       the list is shown for one of its values to be chosen; ``setting`` among the
                      settings of the app.
    ``declared``      the resources hold it under a name of its own.
    ``read``          false when values were worked out rather than read.
    ``types``         types that stand for the list, as an enum does.
    """

    kind: str
    name: str
    entries: tuple[BookEntry, ...]
    codes_stated: bool
    methods: tuple[int, ...] = ()
    offered: bool = False
    setting: bool = False
    read: bool = True
    types: tuple[str, ...] = ()
    declared: bool = False


def string_span(app: Facts, string: int) -> Span:
    """Where a string constant stands."""
    strings = app.table(STRINGS)
    artifact, offset, length = (
        int(strings[column][string]) for column in ("artifact", "offset", "length")
    )
    return artifact, offset, length


def composed(labels: Sequence[str]) -> Sequence[tuple[str, str]]:
    """Code and label of entries that hold both (``01-Han``, ``汉族(01)``); empty when they do not.

    All must be of one form, their codes must differ, and most labels, too: in ``2013年`` and
    ``2014年`` stands a unit, and no label.
    """
    for pattern, code, label in ((LED, 1, 2), (CJK_LED, 1, 2), (ENDED, 2, 1)):
        found = [pattern.fullmatch(text) for text in labels]
        pairs = [(one[code], one[label]) for one in found if one is not None]
        codes, names = {code for code, _ in pairs}, {name for _, name in pairs}
        if len(pairs) == len(labels) > 1 and len(codes) == len(pairs) < 2 * len(names):
            return pairs
    return ()


def with_composed(
    entries: Iterable[BookEntry], *, stated: bool
) -> tuple[Sequence[BookEntry], bool]:
    """Entries without codes of their own, with those that their labels hold."""
    listed = list(entries)
    pairs = () if stated else composed([entry.label for entry in listed])
    if not pairs:
        return listed, stated
    return [
        BookEntry(code, label, entry.gloss, entry.span, entry.reads_as)
        for (code, label), entry in zip(pairs, listed, strict=True)
    ], True
