"""What an element is: an input, a layout class, a view of the app's own."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.analyses.asks._boxes import Look
from witnessmark.analyses.asks._layouts import View
from witnessmark.analyses.asks._leaves import look_of_class
from witnessmark.flow.forms.program import Program
from witnessmark.knowledge.packs.widgets import Widget

HOLDERS = (
    "LinearLayout", "RelativeLayout", "FrameLayout", "TableLayout", "TableRow", "GridLayout",
    "ConstraintLayout", "RadioGroup", "TextInputLayout", "AppBarLayout", "LinearLayoutCompat",
)  # fmt: skip
BASES = (
    ("RadioGroup", "android.widget.RadioGroup"),
    ("TableLayout", "android.widget.TableLayout"),
    ("TableRow", "android.widget.TableRow"),
    ("LinearLayout", "android.widget.LinearLayout"),
    ("RelativeLayout", "android.widget.RelativeLayout"),
    ("GridLayout", "android.widget.GridLayout"),
    ("ConstraintLayout", "androidx.constraintlayout.widget.ConstraintLayout"),
    ("ConstraintLayout", "android.support.constraint.ConstraintLayout"),
)  # fmt: skip
"""Layout classes that views of the app's own extend."""

PACKAGES = ("android.widget.", "android.view.", "android.webkit.")


class Kinds:
    """Kinds of elements in one app."""

    def __init__(self, program: Program, widgets: Sequence[Widget]) -> None:
        self._program = program
        self._widgets = widgets
        self._known: dict[str, Widget | None] = {}

    def widget(self, view: View) -> Widget | None:
        """The widget that an element is, None for what people cannot fill in."""
        return self.of_class(view.class_name)

    def of_class(self, name: str) -> Widget | None:
        """The widget that a class is, by its own name or that of one above it."""
        if name not in self._known:
            self._known[name] = self._of_class(name)
        return self._known[name]

    def _of_class(self, name: str) -> Widget | None:
        for one in self._names(name):
            for widget in self._widgets:
                if widget.recognises(one):
                    return widget
        return None

    def _names(self, name: str) -> list[str]:
        """A class and, when the app defines it, those above it, nearest first."""
        names, at = [name], descriptor(name)
        for _ in range(12):
            above = self._program.defined.get(at)
            if not above:
                break
            at = above[0]
            names.append(at[1:-1].replace("/", "."))
        return names

    def look(self, view: View) -> Look | None:
        """How an element is drawn: by its class, else by the nearest class above it that tells."""
        names = self._names(view.class_name)
        return next((found for one in names if (found := look_of_class(one)) is not None), None)

    def holder(self, view: View) -> str:
        """The layout class that an element is or extends, by simple name; empty for others."""
        simple = view.class_name.rpartition(".")[2]
        for one in HOLDERS:
            if simple == one or (simple.endswith(one) and view.class_name != "GridLayout"):
                return one
        own = descriptor(view.class_name)
        if own in self._program.defined:
            for name, base in BASES:
                if self._program.is_below(own, (base,)):
                    return name
        return ""

    def is_own(self, view: View) -> bool:
        """Whether the app defines the class of an element, below View."""
        own = descriptor(view.class_name)
        return own in self._program.defined and self._program.is_below(own, ("android.view.View",))


def descriptor(name: str) -> str:
    """The type descriptor of a class by its name with dots."""
    return f"L{name.replace('.', '/')};"
