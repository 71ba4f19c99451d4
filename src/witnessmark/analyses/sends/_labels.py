"""Where values come from that are not known: a label behind each hole of a text.

A text with holes is ``http://\ufdd0<label>/up``; the label is one character of a private range and
stands for one `Label`. Holes without a label come from nowhere that was noticed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct, field

from witnessmark.flow.values.objects import (
    FIRST_LABEL,
    HOLE,
    HOLES,
    LABELLED,
    LAST_LABEL,
    UNKNOWN,
    Array,
    Builder,
    Text,
    Value,
)

MOST_INNER = 6
MOST_TEXTS = 3
LONGEST_SOURCE = 4096


class Label(Struct, frozen=True):
    """One origin.

    ``kind``    ``result`` of a call, ``field`` that is read, ``parameter`` of the method in which
                the run began, ``key`` under which a value is kept.
    ``row``     method called, field, or position of the parameter.
    ``method``, ``pc``  the place; the method itself for a parameter.
    ``texts``   constant texts handed to the call, or the key.
    ``numbers``  constant whole numbers handed to the call.
    ``inner``   labels of what went in.
    ``source``  text that went in, when the call only gives it another form.
    """

    kind: Literal["result", "field", "parameter", "key"]
    row: int
    method: int
    pc: int
    texts: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    inner: tuple[int, ...] = ()
    source: str = ""


class Labels(Struct):
    """All labels of a run, each once."""

    listed: list[Label] = field(default_factory=list)
    numbers: dict[Label, int] = field(default_factory=dict)

    def text(self, label: Label) -> Value:
        """The text that stands for an unknown value of that origin; unknown beyond the limit."""
        number = self.numbers.get(label)
        if number is None:
            number = len(self.listed)
            if FIRST_LABEL + number > LAST_LABEL:
                return UNKNOWN
            self.listed.append(label)
            self.numbers[label] = number
        return Text(HOLE + chr(FIRST_LABEL + number))

    def of_text(self, text: str) -> Iterator[int]:
        """Numbers of the labels in a text, in order."""
        for match in HOLES.finditer(text):
            if match[1]:
                yield ord(match[1]) - FIRST_LABEL

    def of_values(self, values: Sequence[Value]) -> tuple[int, ...]:
        """Numbers of the labels in several values, each once."""
        found: dict[int, None] = {}
        for value in values:
            for text in _texts(value):
                found.update(dict.fromkeys(self.of_text(text)))
        return tuple(found)[:MOST_INNER]

    def everything(self, number: int) -> Iterator[Label]:
        """A label and all that went into it, outermost first, each once."""
        seen: set[int] = set()
        waiting = [number]
        while waiting:
            at = waiting.pop(0)
            if at in seen:
                continue
            seen.add(at)
            label = self.listed[at]
            yield label
            waiting.extend(label.inner)


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, Text | Builder):
        yield value.text
    elif isinstance(value, Array):
        for item in value.items[:MOST_INNER]:
            if isinstance(item, Text | Builder):
                yield item.text


def constant_texts(values: Sequence[Value]) -> tuple[str, ...]:
    """Whole short texts among values, without the receiver of a builder."""
    found = [v.text for v in values if isinstance(v, Text) and v.whole and 0 < len(v.text) <= 80]
    return tuple(found[:MOST_TEXTS])


def plain(text: str) -> str:
    """A text with ``?`` for each hole."""
    return HOLES.sub("?", text)


def lone_label(text: str) -> int:
    """The number of the label that is the whole text, -1 when there is more or none."""
    return ord(text[1]) - FIRST_LABEL if len(text) == 2 and LABELLED.fullmatch(text) else -1
