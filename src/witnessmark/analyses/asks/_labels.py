"""Which words belong to an input: its own hint, its wrapper's hint, or the text beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from witnessmark.analyses.asks._layouts import View

IsInput = Callable[[View], bool]
OWN_TEXT = ("check", "radio")
WRAPPERS = ("TextInputLayout",)


def label_attribute(view: View, kind: str, is_input: IsInput) -> tuple[View, str] | None:
    """The view and attribute that label an input, best first; None when nothing does.

    Order: a text that names the input by ``labelFor``; its own text for boxes and buttons; the
    text right before it in the same row; the hint of a wrapper; its content description.
    """
    named = _label_for(view)
    if named is not None:
        return named, "text"
    if kind in OWN_TEXT and view.get("text"):
        return view, "text"
    beside = _text_before(view, is_input)
    if beside is not None:
        return beside, "text"
    wrapper = _wrapper(view)
    if wrapper is not None and wrapper.get("hint"):
        return wrapper, "hint"
    return (view, "contentDescription") if view.get("contentDescription") else None


def _label_for(view: View) -> View | None:
    own = _id_name(view.get("id"))
    if not own:
        return None
    for other in _root(view).walk():
        if _id_name(other.get("labelFor")) == own and other.get("text"):
            return other
    return None


def _text_before(view: View, is_input: IsInput) -> View | None:
    """The nearest text before ``view`` among its siblings, then among those of its row."""
    at = view
    for _ in range(3):
        parent = at.parent
        if parent is None:
            return None
        place = next(index for index, child in enumerate(parent.children) if child is at)
        for sibling in reversed(parent.children[:place]):
            texts = [one for one in sibling.walk() if _is_text(one)]
            if any(is_input(one) for one in sibling.walk()):
                return None
            if texts:
                return texts[-1]
        if sum(1 for one in _below(parent) if is_input(one)) > 1:
            return None
        at = parent
    return None


def _below(view: View) -> Iterator[View]:
    walk = view.walk()
    next(walk)
    return walk


def _is_text(view: View) -> bool:
    return view.class_name.endswith("TextView") and bool(view.get("text"))


def _wrapper(view: View) -> View | None:
    at = view.parent
    for _ in range(2):
        if at is None:
            return None
        if at.class_name.endswith(WRAPPERS):
            return at
        at = at.parent
    return None


def _root(view: View) -> View:
    while view.parent is not None:
        view = view.parent
    return view


def _id_name(value: str) -> str:
    return value.rpartition("/")[2]
