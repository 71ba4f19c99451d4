"""How large things are: dimensions of layouts, and room that words take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts, once_an_app
from witnessmark.formats.axml.attribute_names import public_attribute_names
from witnessmark.formats.patterns import kept_regex

NUMBER = kept_regex(r"\s*(-?\d+(?:\.\d+)?)\s*(dp|dip|sp|px|pt|in|mm)?\s*")
PER_UNIT: Mapping[str, float] = {
    "dp": 1.0, "dip": 1.0, "sp": 1.0, "px": 0.5, "pt": 2.2, "in": 160.0, "mm": 6.3, "": 1.0,
}  # fmt: skip
FILL, WRAP = -1, -2
SMALLEST_FONT, LARGEST_FONT = 11, 17
GLOSS_FONT = 10
DEEPEST_REFERENCE = 8


def wide_letters(text: str) -> float:
    """Width of a line in letters of the size of a Chinese one."""
    return sum(_letter(letter) for letter in text)


def _letter(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in "iljtfrI.,:;'|! ()[]":
        return 0.34
    return 0.66 if letter.isupper() or letter in "mwMW@%" else 0.56


def text_width(text: str, font: int) -> int:
    """Width of a line of text."""
    return int(wide_letters(text) * font + 0.99)


def wrapped(text: str, font: int, room: int) -> list[str]:
    """A text in lines that fit; words stay whole where they can."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and text_width(line + piece, font) > room:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
            while text_width(line, font) > room and len(line) > 1:
                keep = max(1, _fitting(line, font, room))
                lines.append(line[:keep])
                line = line[keep:]
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> list[str]:
    """Words with the blank before them; Chinese letters one by one."""
    return re.findall(
        r"\s*[\u2e80-\u9fff\uff00-\uffef]|\s*[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+", text
    )


def _fitting(line: str, font: int, room: int) -> int:
    width = 0.0
    for index, letter in enumerate(line):
        width += _letter(letter) * font
        if width > room:
            return index
    return len(line)


class Sizes:
    """Dimensions by reference, and what styles give a view."""

    def __init__(self, facts: Facts) -> None:
        self._dimensions = _dimensions(facts)
        self._styles = _styles(facts)

    def size(self, value: str) -> int | None:
        """A dimension in dp; `FILL`, `WRAP`, or None where it says nothing."""
        if value in ("match_parent", "fill_parent", "-1"):
            return FILL
        if value in ("wrap_content", "-2"):
            return WRAP
        if value.startswith("@"):
            value = self._dimensions.get(value.rpartition("/")[2], "")
        found = NUMBER.fullmatch(value)
        if found is None:
            return None
        size = int(float(found[1]) * PER_UNIT[found[2] or ""] + 0.5)
        return size if size not in (FILL, WRAP) else 0

    def style(self, name: str) -> Mapping[str, str]:
        """Attributes that a style gives, those of its parents included."""
        return self._styles.get(name.removeprefix("@").rpartition("/")[2], {})


def _dimensions(facts: Facts) -> Mapping[str, str]:
    names = {
        resource: name
        for resource, kind, name in facts.table(RESOURCES).rows("resource", "type", "name")
        if kind in ("dimen", "integer")
    }
    found: dict[str, str] = {}
    rows = facts.table(RESOURCE_VALUES).rows("resource", "configuration", "text")
    for resource, configuration, text in rows:
        name = names.get(resource)
        if name is not None and (not configuration or name not in found):
            found[name] = text
    for _ in range(DEEPEST_REFERENCE):
        linked = {n: t for n, t in found.items() if t.startswith("@")}
        if not linked:
            break
        for name, text in linked.items():
            found[name] = found.get(text.rpartition("/")[2], "")
    return found


def _styles(facts: Facts) -> Mapping[str, Mapping[str, str]]:
    """Attributes of styles by name, those of the styles above included."""
    values = facts.table(RESOURCE_VALUES)
    types = {
        resource: (kind, name)
        for resource, kind, name in facts.table(RESOURCES).rows("resource", "type", "name")
        if kind in ("style", "attr")
    }
    bags: dict[int, str] = {}
    above: dict[str, str] = {}
    rows = values.rows("resource", "configuration", "target")
    for row, (resource, configuration, target) in enumerate(rows):
        kind, name = types.get(resource, ("", ""))
        if kind == "style" and not configuration:
            bags[row] = name
            above[name] = types.get(target, ("", name.rpartition(".")[0]))[1]
    own: dict[str, dict[str, str]] = {name: {} for name in bags.values()}
    public = public_attribute_names()
    for bag, key, text in facts.table(RESOURCE_ITEMS).rows("value", "key", "text"):
        if bag in bags:
            attribute = public.get(key) or types.get(key, ("", ""))[1]
            if attribute:
                own[bags[bag]].setdefault(attribute, text)
    return {name: _inherited(own, above, name) for name in own}


def _inherited(
    own: Mapping[str, Mapping[str, str]], above: Mapping[str, str], name: str
) -> Mapping[str, str]:
    found: dict[str, str] = {}
    at = name
    for _ in range(DEEPEST_REFERENCE):
        for attribute, text in own.get(at, {}).items():
            found.setdefault(attribute, text)
        at = above.get(at, "")
        if not at:
            break
    return found


@once_an_app
def sizes_of(facts: Facts) -> Sizes:
    """Dimensions and styles of an app."""
    return Sizes(facts)


Gloss = Callable[[str], str]
"""English for a text, empty where none is known or needed."""
