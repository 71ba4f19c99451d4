"""Words of a view by locale, from its layout or from code that sets them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from witnessmark.analyses.asks._code import Code, constants
from witnessmark.analyses.asks._layouts import View, Wording, wordings, wordings_by_name
from witnessmark.facts.view import Facts
from witnessmark.flow.forms.values import Place, Resource

SET_BY_CODE = {"text": "text", "hint": "hint", "contentDescription": "description",
               "prompt": "prompt"}  # fmt: skip
"""What code sets, by the attribute that it stands for."""


class Words(Struct, frozen=True):
    """A label or hint: texts by locale, and where they stand.

    ``texts`` pairs each wording with its row in ``resource_values`` (-1: written in the layout or
    in code); ``attribute`` is the row in ``xml_attributes`` that uses them, -1 for none; ``string``
    the row of the constant in code, ``place`` where code sets them.
    """

    texts: tuple[tuple[Wording, int], ...] = ()
    attribute: int = -1
    string: int = -1
    place: Place | None = None

    @property
    def default(self) -> str:
        """The text of the default locale, or of the first there is."""
        return self.texts[0][0].text.strip() if self.texts else ""


NO_WORDS = Words()


class Speaker:
    """Tells what the views of one layout say."""

    def __init__(self, facts: Facts, code: Code, layout: str) -> None:
        self._facts = facts
        self._code = code
        self._layout = layout

    def words(self, view: View, attribute: str) -> Words:
        """The words of an attribute, else those that code sets in its place."""
        texts = wordings(self._facts, view.get(attribute))
        if texts and any(wording.text.strip() for wording, _ in texts):
            return Words(texts, view.attribute_row(attribute))
        return self._by_code(view, attribute)

    def says(self, view: View, attribute: str) -> str:
        """The default wording of the same."""
        return self.words(view, attribute).default

    def _by_code(self, view: View, attribute: str) -> Words:
        what, name = SET_BY_CODE.get(attribute, ""), view.get("id").rpartition("/")[2]
        if not what or not name:
            return NO_WORDS
        for shown in self._code.said(self._layout, name).shown:
            if shown.what != what or shown.callback == "getView":
                continue
            for value in constants(shown.values):
                if isinstance(value, Resource):
                    texts = wordings_by_name(self._facts).get(f"string/{value.name}", ())
                    if texts:
                        return Words(texts, place=shown.place)
                else:
                    wording = Wording("", value.text)
                    return Words(((wording, -1),), -1, value.string, shown.place)
        return NO_WORDS


def together(several: Sequence[Words]) -> Words:
    """Words that belong together, as heads of row and column do; the first says where."""
    if len(several) == 1:
        return several[0]
    locales = [{wording.locale for wording, _ in one.texts} for one in several]
    shared = sorted(set.intersection(*locales)) if locales else []
    texts = []
    for locale in shared or [several[0].texts[0][0].locale]:
        parts = [
            next((w.text for w, _ in one.texts if w.locale == locale), one.default)
            for one in several
        ]
        row = next((row for w, row in several[0].texts if w.locale == locale), -1)
        texts.append((Wording(locale, " / ".join(part.strip() for part in parts)), row))
    return replace(several[0], texts=tuple(texts))
