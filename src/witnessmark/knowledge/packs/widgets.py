"""View classes through which people enter something.

Source: developer.android.com/reference, package ``android.widget`` and the libraries named.
"""

from typing import Literal

from witnessmark.knowledge.schema import Rule

WidgetKind = Literal["text", "choice", "check", "radio", "date", "number", "capture", "web"]


class Widget(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A class whose simple name ends with ``ending`` at the start of a word.

    Makers derive their own widgets and keep the ending (``ClearEditText``, ``AppCompatSpinner``),
    so the ending is what counts; look-alikes are listed in ``not_endings``.
    """

    ending: str
    kind: WidgetKind
    not_endings: tuple[str, ...] = ()

    def recognises(self, text: str) -> bool:
        """Whether the element or class name ``text`` is such a widget."""
        simple = text.rpartition(".")[2].rpartition("$")[2]
        if any(simple.endswith(other) for other in self.not_endings):
            return False
        return simple.endswith(self.ending)


ENTRY = Widget
