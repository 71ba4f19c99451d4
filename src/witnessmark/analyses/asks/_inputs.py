"""Inputs of a screen with the words that belong to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from witnessmark.analyses.asks._labels import label_attribute
from witnessmark.analyses.asks._layouts import View, Wording, wordings
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.widgets import Widget


@dataclass(frozen=True, slots=True)
class Words:
    """A label or hint: texts by locale, and where they stand.

    ``texts`` pairs each wording with its row in ``resource_values`` (-1: written in the layout);
    ``attribute`` is the row in ``xml_attributes`` that uses them.
    """

    texts: tuple[tuple[Wording, int], ...]
    attribute: int

    @property
    def default(self) -> str:
        """The text of the default locale, or of the first there is."""
        return self.texts[0][0].text if self.texts else ""


NO_WORDS = Words((), -1)


@dataclass(frozen=True, slots=True)
class Input:
    """One thing a screen lets people enter."""

    view: View
    widget: Widget
    label: Words
    hint: Words
    name: str

    @property
    def title(self) -> str:
        """What a reader calls it: label, hint, else the name its maker gave it."""
        return self.label.default or self.hint.default or self.name


def inputs_of(facts: Facts, root: View, widgets: Sequence[Widget]) -> Iterator[Input]:
    """Inputs below ``root`` in document order."""

    def is_input(view: View) -> bool:
        return widget_of(view, widgets) is not None

    for view in root.walk():
        widget = widget_of(view, widgets)
        if widget is None or (view.get("visibility") == "gone" and not view.get("id")):
            continue
        found = label_attribute(view, widget.kind, is_input)
        label = NO_WORDS if found is None else words(facts, found[0], found[1])
        yield Input(
            view, widget, label, words(facts, view, "hint"), view.get("id").rpartition("/")[2]
        )


def widget_of(view: View, widgets: Sequence[Widget]) -> Widget | None:
    """The widget a view is, None for what people cannot fill in."""
    return next((widget for widget in widgets if widget.recognises(view.class_name)), None)


def words(facts: Facts, view: View, attribute: str) -> Words:
    """The words an attribute holds."""
    value = view.get(attribute)
    texts = wordings(facts, value)
    return Words(texts, view.attribute_row(attribute)) if texts else NO_WORDS
