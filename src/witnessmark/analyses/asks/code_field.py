"""Fields made in code: inputs that no layout holds, because code makes the views itself.

What it finds
    Text fields, boxes, choices, dates and the like that code of the app makes and shows, with
    label, hint, choices and where the answer goes, as far as code says them in constants. A helper
    that makes a field for each label it is given makes as many fields as it is called.

Why it matters
    Forms whose questions differ from case to case are built in code; their layouts are empty.

How it decides
    Code makes an object of an input widget's class. Its words are those that code sets on it, its
    label the text that code puts before it into the same parent. Radio buttons put into a group
    are one field. Where a class makes many fields of which code says nothing, because their words
    come from data, they are counted by kind in one finding.

What it misses
    Words that a server or a file decides; views made by libraries; the order of views that are
    put at a position.

Example
    ``EditText e = new EditText(this); e.setHint("Faith"); form.addView(e);``
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from witnessmark.analyses.asks._bound import Bound, bounds, evidence_of, quote, requirements
from witnessmark.analyses.asks._choices import Choice, ChoiceList, Spot, quote_spot
from witnessmark.analyses.asks._code import MadeView, Said, constants, outermost
from witnessmark.analyses.asks._layouts import Wording, wordings_by_name
from witnessmark.analyses.asks._listed import Row, listed
from witnessmark.analyses.asks._pages import PACKS, Pages, pages_of
from witnessmark.analyses.asks._told import BINDING, KINDS, NO_BINDING, originals, quote_words
from witnessmark.analyses.asks._words import NO_WORDS, Words
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.ownership import surely_own
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import FIELD_USES, INSTRUCTIONS, METHODS
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_FILES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.forms.values import Item, Made, Resource, View
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.widgets import WidgetKind
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding

CODE_FIELD = Analysis(
    id="asks/code_field",
    version=1,
    reads=(
        XML_FILES, XML_NODES, XML_ATTRIBUTES, RESOURCES, RESOURCE_VALUES, RESOURCE_ITEMS,
        INSTRUCTIONS, FIELD_USES, METHODS, SDK_CLASSES, REACH,
    ),
    knows=PACKS,
)  # fmt: skip

GROUP = "RadioGroup"
FEW = 2
"""Fields without words up to which a class that makes them is told to ask each of them."""

MOST_QUOTED = 40
FROM_DATA = "Words that come from data while the app runs are not known."


class MadeField(Struct, frozen=True):
    """One input that code makes, with its words."""

    view: View
    made: Made
    kind: WidgetKind
    screen: str
    label: Words
    hint: Words
    said: Said
    choices: ChoiceList | None


class Told(Struct, frozen=True):
    """A field with the names under which its answer goes."""

    field: MadeField
    goes: tuple[Bound, ...]

    @property
    def is_known(self) -> bool:
        """Whether code says what the field asks, or where the answer goes."""
        one = self.field
        return bool(one.label.default or one.hint.default or one.choices or self.goes)

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it the same as another."""
        one = self.field
        labels = one.choices.labels if one.choices else ()
        same = (one.screen, one.made.descriptor, one.label.default, one.hint.default, labels)
        return same if any(same[2:]) else (*same, one.made.place)

    @property
    def title(self) -> str:
        """Its words, else the name under which the answer goes."""
        goes = self.goes[0].name if self.goes else ""
        return self.field.label.default or self.field.hint.default or goes


@CODE_FIELD.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a field, and one a class that makes fields."""
    pages = pages_of(app, know)
    seen: set[tuple[object, ...]] = set()
    sure = surely_own(app)
    screens: dict[str, list[Told]] = defaultdict(list)
    for one in _Maker(app, pages).fields():
        told = Told(one, tuple(bounds((one.said,), "", pages.code)))
        if told.key not in seen and (told.is_known or sure[one.made.place.method]):
            seen.add(told.key)
            screens[one.screen].append(told)
    for name, made in screens.items():
        silent = sum(not one.is_known for one in made)
        shown = [one for one in made if one.is_known or silent <= FEW]
        yield _screen(app, pages, name, (made, shown))
        for number, told in enumerate(shown, 1):
            yield _finding(app, pages, told, number)


class _Maker:
    def __init__(self, app: Facts, pages: Pages) -> None:
        self._app = app
        self._pages = pages
        self._made = {one.view: one for one in pages.code.made()}
        self._children: dict[View, list[View]] = defaultdict(list)
        self._parents: dict[View, View] = {}
        self._groups: dict[View, View] = {}
        for placed in pages.uses.uses.placed.values():
            self._children[placed.parent].append(placed.child)
            self._parents.setdefault(placed.child, placed.parent)
            if placed.parent.name.endswith(f"{GROUP};"):
                self._groups.setdefault(placed.child, placed.parent)

    def fields(self) -> Iterator[MadeField]:
        """Inputs that code makes, in the order in which they were first seen."""
        for one in self._made.values():
            made = one.view.made
            kind = self._kind(one.view)
            if made is None or kind is None or kind == "web":
                continue
            if kind == "radio" and self._group_of(one.view) is not None:
                continue
            yield MadeField(
                one.view, made, kind, self._screen(made), self._label(one, kind),
                self._words(one.said, "hint"), one.said, self._choices(one),
            )  # fmt: skip

    def _kind(self, view: View) -> WidgetKind | None:
        if view.name.endswith(f"{GROUP};"):
            radios = [c for c in self._children[view] if self._kind(c) == "radio"]
            return "radio" if radios else None
        widget = self._pages.kinds.of_class(view.name[1:-1].replace("/", "."))
        return None if widget is None else widget.kind

    def _group_of(self, view: View) -> View | None:
        return self._groups.get(view)

    def _screen(self, made: Made) -> str:
        """The class in which the field is made, by its name."""
        owner = self._pages.uses.program.world.callee(made.place.method).owner
        return outermost(owner)[1:-1].replace("/", ".")

    def _words(self, said: Said, what: str) -> Words:
        for shown in said.shown:
            if shown.what != what:
                continue
            for value in constants(shown.values):
                if isinstance(value, Resource):
                    texts = wordings_by_name(self._app).get(f"string/{value.name}", ())
                    if texts:
                        return Words(texts, place=shown.place)
                else:
                    return Words(((Wording("", value.text), -1),), -1, value.string, shown.place)
        return NO_WORDS

    def _label(self, one: MadeView, kind: WidgetKind) -> Words:
        """Its own text for boxes, else the text put before it, here or around its row."""
        if kind in ("check", "radio"):
            own = self._words(one.said, "text")
            if own.texts:
                return own
        at = one.view
        for _ in range(2):
            parent = self._parents.get(at)
            if parent is None:
                break
            before = self._before(parent, at)
            if before is not None:
                return before
            at = parent
        return self._words(one.said, "description")

    def _before(self, parent: View, child: View) -> Words | None:
        siblings = self._children[parent]
        for sibling in reversed(siblings[: siblings.index(child)]):
            if self._kind(sibling) is not None:
                return None
            made = self._made.get(sibling)
            if made is not None and sibling.name.endswith("TextView;"):
                words = self._words(made.said, "text")
                return words if words.texts else None
        return None

    def _choices(self, one: MadeView) -> ChoiceList | None:
        if one.view.name.endswith(f"{GROUP};"):
            return self._of_group(one.view)
        for filled in one.said.filled:
            found = self._pages.lists.of_value(filled.source)
            if found is not None and len(found.choices) > 1:
                return found
        return None

    def _of_group(self, group: View) -> ChoiceList | None:
        """Buttons of a group, by number where the words of all are known, else without one."""
        choices: list[Choice] = []
        unsaid = 0
        for child in self._children[group]:
            made = self._made.get(child)
            if made is None or self._kind(child) != "radio":
                continue
            listed = self._of_loop(made.said)
            if listed is not None:
                return listed
            words = self._words(made.said, "text")
            if words.default:
                row = words.texts[0][1]
                spot = Spot(RESOURCE_VALUES.name, row) if row >= 0 else Spot(string=words.string)
                choices.append(Choice(str(len(choices)), words.default, spot))
            unsaid += not words.default
        if unsaid:
            choices = [replace(one, code="") for one in choices]
        return ChoiceList("", tuple(choices)) if choices else None

    def _of_loop(self, said: Said) -> ChoiceList | None:
        """Buttons made in a loop over a list have its elements as their texts."""
        for shown in said.shown:
            for value in sorted(shown.values, key=repr):
                if shown.what == "text" and isinstance(value, Item):
                    return self._pages.lists.of_value(value.source)
        return None


def _screen(
    app: Facts, pages: Pages, name: str, told: tuple[Sequence[Told], Sequence[Told]]
) -> Finding:
    """A class that makes fields, with all of them, and with those told one by one."""
    made, known = told
    rows = [
        Row(one.field.label.default or one.title, "", one.field.kind, number,
            hint=one.field.hint.default if one.field.label.default else "")
        for number, one in enumerate(known, 1)
    ]  # fmt: skip
    kinds = Counter(one.field.kind for one in made if one not in known)
    counted = ", ".join(f"{KINDS[kind]} ({count})" for kind, count in sorted(kinds.items()))
    what = f"{len(known)} field{'s'[: len(known) != 1]}" if known else "fields"
    says = f"Code of {name.rpartition('.')[2]} makes {what} for people to fill in"
    if kinds:
        whose = "the words of further ones" if known else "their words"
        says += f"; {whose} come from data: {counted}"
    places = [one.field.made.place for one in made]
    return Finding(
        kind="asks.screen",
        subject={
            "name": name,
            "opened_by": [name],
            "opens_as": ["made in code"],
            "inputs": len(made),
            "fields": [one.title for one in known],
            "texts": sum(bool(one.field.label.default) for one in known),
            "from_data": dict(sorted(kinds.items())),
            "drawing": listed(rows, lambda text: pages.english(text, "")),
        },
        says=f"{says}.",
        evidence=tuple(quote(app, "code makes a field here", at) for at in places[:MOST_QUOTED]),
        strength="read",
        reach=best_reach(app, [place.method for place in places]),
        limits=(FROM_DATA,),
        identity=f"made\0{name}",
    )


def _finding(app: Facts, pages: Pages, told: Told, number: int) -> Finding:
    one, goes = told.field, told.goes
    label, hint = one.label.default, one.hint.default
    listed_ = one.choices.choices if one.choices is not None else ()
    rules = requirements((one.said,), pages.code)
    subject: dict[str, Any] = {
        "screen": one.screen,
        "label": label,
        "hint": hint,
        "name": "",
        "widget": one.made.descriptor[1:-1].replace("/", "."),
        "input": one.kind,
        "choices": [{"code": choice.code, "label": choice.label} for choice in listed_],
        "bound_to": goes[0].name if goes else "",
        "made_in_code": True,
        "number": number,
    }
    if len(goes) > 1 or (goes and goes[0].where):
        subject["goes_to"] = [bound.told() for bound in goes]
    if rules.pop("required", False):
        subject["required"] = True
    if rules:
        subject["validation"] = dict(sorted(rules.items()))
    untold = "; its heading is not told" if listed_ else ", of whose words code says nothing"
    title = f" “{label or hint}”" if label or hint else untold
    goes_on = f"; the answer goes under the name “{goes[0].name}”" if goes else ""
    return Finding(
        kind="asks.field",
        subject=subject,
        says=f"Code of {one.screen.rpartition('.')[2]} makes {KINDS[one.kind]}{title}{goes_on}.",
        evidence=tuple(_evidence(app, one, [e for b in goes for e in evidence_of(app, b)])),
        strength="read",
        reach=best_reach(app, [one.made.place.method]),
        original=originals(one.label, one.hint),
        limits=(BINDING if goes else NO_BINDING, FROM_DATA),
        identity=f"{one.screen}\0{number}\0{label}\0{hint}",
    )


def _evidence(app: Facts, one: MadeField, goes: Sequence[Evidence]) -> Iterator[Evidence]:
    yield quote(app, "code makes the view here", one.made.place)
    yield from quote_words(app, "label", one.label)
    yield from quote_words(app, "hint", one.hint)
    if one.choices is not None:
        for choice in one.choices.choices[:MOST_QUOTED]:
            quoted = quote_spot(app, choice.at, f"one of its choices: {choice.label}")
            if quoted is not None:
                yield quoted
    yield from goes
