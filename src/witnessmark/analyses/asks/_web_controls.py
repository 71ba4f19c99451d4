"""Controls of web pages: which elements take an answer, and which words belong to them."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from witnessmark.analyses.asks._standing import describes
from witnessmark.facts.tables.web import WEB_ELEMENTS, WEB_TEXTS
from witnessmark.facts.view import Facts

NOT_ASKED = frozenset({"submit", "button", "reset", "image", "hidden"})
"""Input types that take no answer (HTML Living Standard, section 4.10.5.1)."""

GROUPED = frozenset({"radio", "checkbox"})
COMPONENTS = frozenset({
    "input", "textarea", "select", "picker", "datepicker", "field", "search", "searchbar", "toggle",
    "checkbox", "radio", "switch", "datetime", "range", "slider", "rate", "stepper", "uploader",
    "calendar", "cascader", "easyinput", "signature", "autocomplete",
})  # fmt: skip
"""Last words of the tags by which frameworks call their inputs: ``van-field``, ``ion-toggle``."""

OWN_WORDS = frozenset({"toggle", "checkbox", "radio", "switch"})
"""Inputs whose words stand inside them."""

TITLED = ("label", "title")
"""Attributes by which the item around an input is named."""

CONDITIONS = ("v-if", "v-show", "ng-if", "ng-show", "*ngif", "wx:if", "a:if", "x-show")
REQUIRED = ("required", ":required", "ng-required", "aria-required")
RULES = ("maxlength", "minlength", "min", "max", "pattern", "data-length", "ng-pattern")
BINDINGS = (
    "ng-model", "v-model", "v-model.trim", "v-model.number", "[(ngmodel)]", "formcontrolname",
    "data-bind", ":value", "wx:model", "model:value", "name", "id",
)  # fmt: skip
"""Attributes that say where the answer goes, best first."""

LABELLING = frozenset({"label", "span", "td", "th", "div", "p", "dt", "li", "b", "strong", "text",
                       "ion-label", "van-cell", "h3", "h4", "h5"})  # fmt: skip
HEADS = frozenset({"h1", "h2"})
"""Headings of parts of a page: a text above one belongs to another part."""

NEAR = 16
"""Texts that are looked through around a control."""

FARTHEST = 12
"""Elements between a text and the control to which it still counts as the label."""

OPTIONS = (
    "option",
    "ion-option",
    "ion-select-option",
    "mat-option",
    "el-option",
    "van-option",
    "a-select-option",
)
"""Elements that stand for one choice of a list."""


RANGES = ("range", ":range", "v-bind:range")
"""Attributes of a picker (mini programs, uni-app) that list what it offers; it gives the place."""

WORD = r"""(?:'[^']*'|"[^"]*")"""
LISTED = re.compile(rf"\[\s*{WORD}(?:\s*,\s*{WORD})*\s*(?:,\s*)?\]")
WORDS = re.compile(r"""'([^']*)'|"([^"]*)\"""")


class Said(Struct, frozen=True):
    """Words and the row that holds them: of ``web_texts``, or -1 - row of ``web_elements``."""

    text: str
    row: int


class Control(Struct, frozen=True):
    """An element that takes an answer.

    ``input`` its kind as HTML names it; ``choices`` code, label, and the row of the text.
    """

    row: int
    tag: str
    input: str
    attributes: Mapping[str, str]
    label: Said | None
    hint: Said | None
    choices: tuple[tuple[str, Said], ...]
    condition: str = ""

    @property
    def required(self) -> bool:
        """Whether the page demands an answer."""
        given = (self.attributes.get(key) for key in REQUIRED if key in self.attributes)
        return any(value not in ("false", "0") for value in given)

    @property
    def rules(self) -> dict[str, str]:
        """What else the page demands of an answer."""
        return {key: self.attributes[key] for key in RULES if self.attributes.get(key)}

    @property
    def bound_to(self) -> str:
        """Name under which the answer goes on."""
        return next((self.attributes[key] for key in BINDINGS if self.attributes.get(key)), "")


class Page(Struct):
    """The elements of one page; ``labels`` by the id that they name."""

    artifact: int
    rows: list[int] = field(default_factory=list)
    labels: dict[str, int] = field(default_factory=dict)
    title: str = ""


class WebPages:
    """All pages of an app with their controls."""

    def __init__(self, app: Facts) -> None:
        table = app.table(WEB_ELEMENTS)
        self._parents: list[int] = table["parent"].tolist()
        self._tags: list[str] = table["tag"].tolist()
        self._attributes: list[str] = table["attributes"].tolist()
        self._texts: dict[int, list[tuple[str, int]]] = defaultdict(list)
        self._before: dict[int, list[tuple[int, str, int, int]]] = defaultdict(list)
        texts = app.table(WEB_TEXTS)
        for row, (element, before, text, artifact) in enumerate(
            texts.rows("element", "before", "text", "artifact")
        ):
            self._texts[element].append((text, row))
            self._before[artifact].append((before, text, row, element))
        self.pages: dict[int, Page] = {}
        for row, artifact in enumerate(table["artifact"].tolist()):
            page = self.pages.setdefault(artifact, Page(artifact))
            page.rows.append(row)
            if self._tags[row] == "title" and not page.title:
                page.title = self._own_text(row)
            elif self._tags[row] == "label":
                page.labels.setdefault(self._given(row).get("for", ""), row)

    def controls(self, page: Page) -> Iterator[Control]:
        """Controls of a page in order; a group of radio buttons or boxes is one."""
        options = self._options(page)
        groups: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row in page.rows:
            kind = self._kind(row)
            if not kind:
                continue
            given = self._given(row)
            name = self._group_name(row, given) if kind in GROUPED else ""
            if name:
                groups[kind, name].append(row)
            else:
                yield self._control(page, row, kind, given, options.get(row, ()))
        for (kind, _), rows in groups.items():
            yield self._group(page, rows, kind)

    def _group_name(self, row: int, given: Mapping[str, str]) -> str:
        """What ties buttons or boxes together: a group around them, a name, a binding."""
        for around in self._around(row):
            if self._tags[around].endswith("-group"):
                return f"group {around}"
        return given.get("name") or given.get("ng-model") or given.get("v-model") or ""

    def _kind(self, row: int) -> str:
        """Kind of the control that an element is, empty for none."""
        tag = self._tags[row]
        if tag in ("select", "textarea"):
            return tag
        component = tag.rpartition("-")[2]
        if tag == "input" or ("-" in tag and component in COMPONENTS):
            if component in OWN_WORDS:
                return component
            kind = self._given(row).get("type", "text" if tag == "input" else component).lower()
            return "" if kind in NOT_ASKED else kind
        if tag != "picker":
            return ""
        mode = self._given(row).get("mode", "")
        return mode if mode in ("date", "time") else "picker"

    def _given(self, row: int) -> dict[str, str]:
        given: dict[str, str] = json.loads(self._attributes[row])
        return given

    def _options(self, page: Page) -> Mapping[int, tuple[tuple[str, Said], ...]]:
        found: dict[int, list[tuple[str, Said]]] = defaultdict(list)
        for row in page.rows:
            text = self._own(row) if self._tags[row] in OPTIONS else None
            if text is not None:
                around = self._around(row)
                select = next((one for one in around if self._tags[one].endswith("select")), -1)
                code = self._given(row).get("value", text.text)
                found[select].append((code, text))
        return {select: tuple(listed) for select, listed in found.items()}

    def _group(self, page: Page, rows: list[int], kind: str) -> Control:
        choices = []
        for row in rows:
            inside = self._within(page, row) if "-" in self._tags[row] else None
            said = inside or self._after(page, row) or self._label(page, row)
            if said is not None:
                given = self._given(row)
                code = given.get("value") or (given.get("name", "") if inside else "")
                choices.append((code or given.get("label", ""), said))
        first = rows[0]
        given = {**self._given(first), **self._of_group(first)}
        told = {said.row for _, said in choices}
        label = self._titled(first) or self._text_before(page, first)
        if label is not None and label.row in told:
            label = None
        condition = self._condition(first)
        if len(rows) == 1 and choices:
            return Control(first, "input", kind, given, choices[0][1], None, (), condition)
        return Control(first, "input", kind, given, label, None, tuple(choices), condition)

    def _of_group(self, row: int) -> dict[str, str]:
        """What the group around buttons or boxes is bound to."""
        for around in self._around(row):
            if self._tags[around].endswith("-group"):
                return self._given(around)
        return {}

    def _titled(self, row: int) -> Said | None:
        """The name of the form item around an input, where an attribute gives it."""
        for around in list(self._around(row))[:4]:
            if self._tags[around].endswith(("-item", "-cell")):
                given = self._given(around)
                for key in TITLED:
                    if given.get(key):
                        return Said(given[key], -1 - around)
        return None

    def _condition(self, row: int) -> str:
        """The expression on which it hangs whether an input is shown."""
        for around in (row, *self._around(row)):
            given = self._given(around)
            for key in CONDITIONS:
                if given.get(key):
                    return given[key]
        return ""

    def _control(
        self, page: Page, row: int, kind: str, given: Mapping[str, str],
        options: tuple[tuple[str, Said], ...],
    ) -> Control:  # fmt: skip
        listed = options or tuple(_ranged(row, given))
        hint = given.get("placeholder") or given.get("title") or given.get("aria-label")
        return Control(
            row, self._tags[row], kind, given, self._label(page, row),
            Said(hint, -1 - row) if hint else None, listed, self._condition(row),
        )  # fmt: skip

    def _label(self, page: Page, row: int) -> Said | None:
        """By ``for``, by the label around it, by an attribute, else by the text before it."""
        given = self._given(row)
        if given.get("label"):
            return Said(given["label"], -1 - row)
        if self._tags[row].rpartition("-")[2] in OWN_WORDS and "-" in self._tags[row]:
            inside = self._within(page, row)
            if inside is not None:
                return inside
        titled = self._titled(row)
        if titled is not None:
            return titled
        own = given.get("id")
        if own and own in page.labels:
            said = self._within(page, page.labels[own])
            if said is not None:
                return said
        for around in self._around(row):
            if self._tags[around] in ("label", "ion-item"):
                said = self._within(page, around)
                if said is not None:
                    return said
        return self._text_before(page, row)

    def _around(self, row: int) -> Iterator[int]:
        while row >= 0:
            row = self._parents[row]
            if row >= 0:
                yield row

    def _own(self, row: int) -> Said | None:
        listed = self._texts.get(row)
        return Said(*listed[0]) if listed else None

    def _own_text(self, row: int) -> str:
        said = self._own(row)
        return said.text if said is not None else ""

    def _within(self, page: Page, row: int) -> Said | None:
        """The first text inside an element."""
        texts = self._before[page.artifact]
        first = bisect_right(texts, row, key=lambda one: one[0])
        for _, text, at, element in texts[first : first + NEAR]:
            if element == row or row in self._around(element):
                return Said(text, at)
        return None

    def _text_before(self, page: Page, row: int) -> Said | None:
        """The last text before the control, unless another control stands between."""
        texts = self._before[page.artifact]
        last = bisect_right(texts, row, key=lambda one: one[0])
        for before, text, at, element in reversed(texts[max(0, last - NEAR) : last]):
            if row - before > FARTHEST:
                return None
            if not any(character.isalnum() for character in text):
                continue
            if element >= 0 and self._tags[element] in HEADS:
                return Said(text, at) if self._is_alone(page, element, row) else None
            if element < 0 or self._tags[element] in LABELLING:
                between = range(max(before, 0), row)
                if self._given(row).get("placeholder") and describes(text):
                    return None
                return None if any(self._kind(one) for one in between) else Said(text, at)
        return None

    def _is_alone(self, page: Page, head: int, row: int) -> bool:
        """Whether a control is the only one under a heading, which then says what it is for."""
        if self._given(row).get("placeholder"):
            return False
        last = self._before[page.artifact][-1][0]
        for one in range(head + 1, last + 1):
            if one > row and self._tags[one] in HEADS:
                break
            if one != row and self._kind(one):
                return False
        return True

    def _after(self, page: Page, row: int) -> Said | None:
        """The first text behind the control, before any other element of another row."""
        texts = self._before[page.artifact]
        place = bisect_right(texts, row, key=lambda one: one[0])
        if place == len(texts):
            return None
        before, text, at, _ = texts[place]
        return Said(text, at) if before - row <= 2 else None


def _ranged(row: int, given: Mapping[str, str]) -> Iterator[tuple[str, Said]]:
    """What a picker offers, where its attribute lists the words themselves."""
    spelled = next((given[key] for key in RANGES if given.get(key)), "").strip()
    spelled = spelled.removeprefix("{{").removesuffix("}}").strip()
    if LISTED.fullmatch(spelled):
        for place, match in enumerate(WORDS.finditer(spelled)):
            yield str(place), Said(match[1] or match[2] or "", -1 - row)
