"""Screens of a document with their pictures and the tables of their fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from witnessmark.report.document import Document, FrozenFinding
from witnessmark.report.wireframe.draw import wireframe

SCREEN, FIELD = "asks.screen", "asks.field"


class FieldRow(Struct, frozen=True):
    """A field as the table beside a picture shows it; ``gloss`` is English for ``label``."""

    number: int
    label: str
    gloss: str
    kind: str
    bound_to: str
    finding: FrozenFinding


class Screens:
    """Pictures of the screens of one document."""

    def __init__(self, document: Document) -> None:
        self._fields: dict[str, list[FrozenFinding]] = defaultdict(list)
        for finding in document.findings:
            if finding.kind == FIELD:
                self._fields[str(finding.subject.get("screen", ""))].append(finding)

    def rows(self, screen: FrozenFinding) -> Sequence[FieldRow]:
        """Fields of a screen in the order of their numbers."""
        name = str(screen.subject.get("name", ""))
        rows = [_row(one) for one in self._fields.get(name, ()) if _number(one)]
        return sorted(rows, key=lambda row: row.number)

    def picture(self, screen: FrozenFinding) -> Markup:
        """The screen as SVG, empty for a finding without a drawing."""
        if screen.kind != SCREEN:
            return Markup("")
        rows = self.rows(screen)
        special = {row.number for row in rows if row.finding.special}
        label = f"Sketch of the screen {screen.subject.get('name', '')}"
        return Markup(wireframe(screen.subject.get("drawing"), special, label))


def _number(finding: FrozenFinding) -> int:
    number = finding.subject.get("number", 0)
    return number if isinstance(number, int) else 0


def _row(finding: FrozenFinding) -> FieldRow:
    subject = finding.subject
    label = str(subject.get("label") or subject.get("hint") or subject.get("name") or "")
    gloss = next((one.gloss for one in finding.original if one.text == label and one.gloss), "")
    kind = str(subject.get("widget", "")).rpartition(".")[2]
    return FieldRow(_number(finding), label, gloss, kind, str(subject.get("bound_to", "")), finding)
