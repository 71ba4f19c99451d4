"""Screens drawn, with their inputs: what several analyses of this chapter start from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec import Struct

from witnessmark.analyses.asks._absent import absent_layouts
from witnessmark.analyses.asks._boxes import Box, settled
from witnessmark.analyses.asks._choices import Lists
from witnessmark.analyses.asks._code import Code, Said, traced
from witnessmark.analyses.asks._inputs import Form, Input, inputs_of
from witnessmark.analyses.asks._kinds import Kinds, descriptor
from witnessmark.analyses.asks._layouts import Layouts, View
from witnessmark.analyses.asks._leaves import Words as Shown
from witnessmark.analyses.asks._measures import Sizes
from witnessmark.analyses.asks._placing import Placer, parts_of
from witnessmark.analyses.asks._screens import Screen, screens
from witnessmark.analyses.asks._words import Speaker
from witnessmark.facts.view import Facts
from witnessmark.flow.forms.trace import FormUses
from witnessmark.flow.forms.values import Made
from witnessmark.knowledge.gloss import PACKS as GLOSS_PACKS
from witnessmark.knowledge.gloss import Glossary
from witnessmark.knowledge.language import base_language
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.button_words import ButtonWords, plain, plain_words
from witnessmark.knowledge.packs.widgets import Widget, WidgetKind

PACKS = tuple(sorted({*GLOSS_PACKS, "button_words", "library_layouts", "widgets"}))
"""Packs that drawing and reading screens needs."""

MOST_SCREENS = 1500


class Page(Struct, frozen=True):
    """One screen as it is drawn.

    ``boxes`` in document order with places from its corner; ``inputs`` what can be entered;
    ``tabs`` ids of buttons and their groups that only switch between its parts. ``left_out`` counts
    views that are looked at but not among the boxes, ``unread`` those that were not looked at.
    """

    screen: Screen
    boxes: Sequence[Box]
    inputs: Sequence[Input]
    speaker: Speaker
    tabs: frozenset[str] = frozenset()
    left_out: int = 0
    unread: int = 0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of what is drawn."""
        drawn = [box for box in self.boxes if box.is_leaf or box.bordered]
        return (
            max((box.right for box in drawn), default=0),
            max((box.bottom for box in drawn), default=0),
        )


class Pages(Struct, frozen=True):
    """All screens of an app, and what code does with them."""

    pages: Sequence[Page]
    code: Code
    uses: FormUses
    kinds: Kinds
    lists: Lists
    english: Callable[[str, str], str]
    """English for a text in a locale, empty where none is needed or known."""
    absent: Mapping[str, frozenset[str]]
    """Layouts that code names and that are not here, with the ids that code looks up in them."""

    beyond: int = 0
    """Screens that were not drawn nor looked at, as there are too many."""


def pages_of(app: Facts, know: Knowledge) -> Pages:
    """The screens of an app, drawn once."""
    return app.once(_drawn, know)


def _drawn(app: Facts, know: Knowledge) -> Pages:
    uses = traced(app)
    layouts = Layouts(app)
    trees = {name: layouts.tree(name) for name in layouts.names()}
    ids = {name: _ids(tree) for name, tree in trees.items()}
    absent = absent_layouts(uses, ids)
    code = Code(uses, {**ids, **absent})
    kinds = Kinds(uses.program, know.entries("widgets", Widget))
    lists = Lists(app, uses)
    drawer = _Drawer(app, know, code, kinds, lists, trees)
    found = list(screens(app, know, layouts, code))
    inner = drawer.inner_kinds(found)
    parts = {
        layout
        for name in inner
        for layout in code.layouts_of(descriptor(name))
        if all(one.how == "part of a view" for s in found if s.name == layout for one in s.openings)
    }
    whole = [one for one in found if one.name not in parts]
    drawn = [drawer.page(one, inner) for one in whole[:MOST_SCREENS]]
    beyond = len(whole) - len(drawn)
    return Pages(drawn, code, uses, kinds, lists, drawer.gloss, absent, beyond)


def _left_out(parts: Sequence[Sequence[Box]]) -> int:
    """How many views are seen in later parts of a screen and not in the first."""
    first, *later = ({id(box.view) for box in boxes if box.is_seen} for boxes in parts)
    return len(set().union(*later) - first)


def _ids(tree: View | None) -> frozenset[str]:
    if tree is None:
        return frozenset()
    return frozenset(view.get("id").rpartition("/")[2] for view in tree.walk()) - {""}


class _Drawer:
    def __init__(
        self, app: Facts, know: Knowledge, code: Code, kinds: Kinds, lists: Lists,
        trees: Mapping[str, View | None],
    ) -> None:  # fmt: skip
        self._app = app
        self._code = code
        self._kinds = kinds
        self._lists = lists
        self._trees = trees
        self._glossary = Glossary(know)
        self._sizes = app.once(Sizes)
        self._buttons = plain_words(know.entries("button_words", ButtonWords))

    def inner_kinds(self, found: Sequence[Screen]) -> dict[str, WidgetKind]:
        """Kinds of inputs that views of the app's own hold, by class name."""
        names = {
            view.class_name
            for screen in found
            for view in screen.root.walk()
            if not view.children and self._kinds.is_own(view) and self._kinds.widget(view) is None
        }
        inner: dict[str, WidgetKind] = {}
        for name in sorted(names):
            kinds = [
                widget.kind
                for layout in sorted(self._code.layouts_of(descriptor(name)))
                if (tree := self._trees.get(layout)) is not None
                for view in tree.walk()
                if (widget := self._kinds.widget(view)) is not None and widget.kind != "web"
            ]
            if len(kinds) == 1:
                inner[name] = kinds[0]
        return inner

    def page(self, screen: Screen, inner: dict[str, WidgetKind]) -> Page:
        """Draw one screen and find its inputs."""
        speaker = Speaker(self._app, self._code, screen.name)
        placer = Placer(
            self._sizes, partial(self._shown, speaker), self._kinds.holder,
            partial(self._row, screen), self._kinds.look,
        )  # fmt: skip
        own = {id(view) for view in screen.root.walk()}
        parts: list[Sequence[Box]] = []
        cut: dict[int, View] = {}
        listed: dict[int, Input] = {}
        tabs: frozenset[str] = frozenset()
        for part in range(parts_of(screen.root)):
            boxes = settled(placer.placed(screen.root, part=part))
            parts.append(boxes)
            cut |= placer.cut
            here = [box for box in boxes if id(box.view) in own]
            form = Form(
                screen.name, here, self._kinds, self._code, speaker, self._lists, inner,
                self._sizes, self._acts,
            )  # fmt: skip
            inputs = inputs_of(form)
            for one in inputs.listed:
                listed.setdefault(id(one.view), one)
            tabs |= inputs.tabs
        unread = sum(1 for key, view in cut.items() if key in own for _ in view.walk())
        found = tuple(listed.values())
        return Page(screen, parts[0], found, speaker, tabs, _left_out(parts), unread)

    def _shown(self, speaker: Speaker, view: View) -> Shown:
        for attribute, is_hint in (("text", False), ("hint", True), ("title", False)):
            words = speaker.words(view, attribute)
            if words.default:
                locale = words.texts[0][0].locale
                return Shown(words.default, self.gloss(words.default, locale), is_hint)
        return Shown("", "")

    def gloss(self, text: str, locale: str = "") -> str:
        """English for a text, empty where none is needed or known."""
        if text.isascii() or base_language(locale) == "en":
            return ""
        found = self._glossary.gloss(text, locale or "und")
        return found.text if found is not None else ""

    def _acts(self, text: str) -> bool:
        return plain(text) in self._buttons

    def _row(self, screen: Screen, view: View) -> View | None:
        """The layout of the rows of a list, where code gives it an adapter that makes them."""
        said: Said = self._code.said(screen.name, view.get("id").rpartition("/")[2])
        for filled in said.filled:
            if not isinstance(filled.source, Made):
                continue
            for layout in sorted(self._code.layouts_of(filled.source.descriptor)):
                tree = self._trees.get(layout)
                if tree is not None and layout != screen.name:
                    return tree
        return None
