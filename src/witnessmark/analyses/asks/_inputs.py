"""Inputs of a screen with the words that belong to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from witnessmark.analyses.asks._boxes import Bands, Box
from witnessmark.analyses.asks._choices import Choice, ChoiceList, Lists, Spot
from witnessmark.analyses.asks._code import ROWS, Code, Said
from witnessmark.analyses.asks._kinds import Kinds, descriptor
from witnessmark.analyses.asks._labels import Acts, Labeller
from witnessmark.analyses.asks._layouts import View
from witnessmark.analyses.asks._leaves import attribute
from witnessmark.analyses.asks._measures import Sizes
from witnessmark.analyses.asks._words import NO_WORDS, Speaker, Words, together
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES
from witnessmark.flow.forms.values import Coded, Index, Item, Made, Resource, Word, uncoded
from witnessmark.knowledge.packs.widgets import WidgetKind

SENTENCE_ENDS = ("?", "？", "!", "！", "。", "؟")
LONGEST_CHOICE = 40
HANDED = ("TextView", "Button", "EditText")
PICKERS = ("TextView", "Button", "CheckedTextView", "ImageButton")
CHOOSE = ("请选择", "选择", "点击选择", "点此选择", "select", "choose", "pick", "tap to select",
          "tap to choose", "click to select")  # fmt: skip
NO_MARK = ("@null", "@empty", "@android:color/transparent", "@0x0")
LABELLING = ("title", "label", "text", "name", "lefttext", "left_text", "hint", "key", "desc",
             "leftname", "left_name", "itemname", "item_name", "caption")  # fmt: skip
"""Attributes by which views of an app's own are given their label."""

HINTING = ("hint", "hinttext", "placeholder")
"""Attributes by which they are given their hint."""


class Input(Struct, frozen=True):
    """One thing a screen lets people enter.

    ``name``     the id, empty for none; ``also`` ids of its parts, as those of radio buttons.
    ``widget``   its class; ``kind`` what it is by the pack `widgets`.
    ``said``     what code does with it and its parts.
    """

    view: View
    kind: WidgetKind
    widget: str
    label: Words
    hint: Words
    name: str
    said: tuple[Said, ...]
    choices: ChoiceList | None = None
    also: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What a reader calls it: label, hint, else the name its maker gave it."""
        return self.label.default or self.hint.default or self.name


class Form(Struct, frozen=True):
    """What is needed to find the inputs of one layout."""

    layout: str
    boxes: Sequence[Box]
    kinds: Kinds
    code: Code
    speaker: Speaker
    lists: Lists
    inner: dict[str, WidgetKind]
    """Kind of input that a view of the app's own holds, by class name; empty for none."""

    sizes: Sizes
    acts: Acts
    """Whether a text stands on buttons."""


class Inputs(Struct, frozen=True):
    """Inputs in the order in which they are read; ``tabs`` ids of what only switches parts."""

    listed: tuple[Input, ...]
    tabs: frozenset[str]


def inputs_of(form: Form) -> Inputs:
    """The inputs of a screen; a group of radio buttons is one."""
    labeller = Labeller(
        form.boxes, lambda view: _kind(form, view) is not None, form.speaker.says, form.acts
    )  # fmt: skip
    found: list[Input] = []
    tabs: set[str] = set()
    grouped: set[int] = set()
    for box in sorted(form.boxes, key=lambda box: (box.y, box.x)):
        view = box.view
        if id(view) in grouped:
            continue
        kind = _kind(form, view)
        if kind is None or (view.get("visibility") == "gone" and not _has_id(view)):
            continue
        radios = _radios(form, view) if kind == "radio" else []
        if len(radios) > 1 or (radios and _is_in_named_group(view)):
            grouped.update(id(one) for one in radios)
            group = _group(form, labeller, radios)
            if _are_tabs(form, group, radios):
                tabs.update((group.name, *group.also))
            else:
                found.append(group)
        else:
            found.append(_single(form, labeller, view, kind))
    return Inputs(tuple(_first_of_each(_ticked_lines(form, found))), frozenset(tabs) - {""})


def _first_of_each(found: Iterable[Input]) -> Iterator[Input]:
    """Of views with one id in a screen, code that looks the id up gets the first: what it does
    with the answer is not told of the others.
    """
    seen: set[str] = set()
    for one in found:
        if one.name and one.name in seen:
            own = [each for each in one.also if each not in seen]
            kept = one.said[-len(own) :] if own else ()
            rest = (replace(each, kept=[]) for each in one.said[: len(one.said) - len(kept)])
            one = replace(one, said=(*rest, *kept))
        seen.update((one.name, *one.also))
        yield one


def _ticked_lines(form: Form, found: Sequence[Input]) -> Iterator[Input]:
    """A field without a label right behind a box to tick has the label of that box."""
    boxes = {id(box.view): box for box in form.boxes}
    placed = [(one, boxes[id(one.view)]) for one in found if id(one.view) in boxes]
    standing = Bands(box for _, box in placed)
    for one in found:
        mine = boxes.get(id(one.view))
        if one.label is not NO_WORDS or one.kind not in ("text", "choice") or mine is None:
            yield one
            continue
        left = [
            (box.right, number, placed[number][0])
            for number in standing.beside(mine)
            if (box := standing[number]).right <= mine.x + 2
            and box.y < mine.bottom
            and mine.y < box.bottom
        ]
        nearest = max(left, key=lambda it: it[:2], default=(0, 0, one))[2]
        yield replace(one, label=nearest.label) if nearest.kind == "check" else one


def _has_id(view: View) -> bool:
    at: View | None = view
    while at is not None:
        if at.get("id"):
            return True
        at = at.parent
    return False


def _kind(form: Form, view: View) -> WidgetKind | None:
    widget = form.kinds.widget(view)
    if widget is not None and not _is_wrapped(form, view):
        return widget.kind
    if widget is not None:
        return None
    said = form.code.said(form.layout, _id(view))
    if view.class_name.endswith(PICKERS):
        if said.date:
            return "date"
        if _is_heading(form, said):
            return form.inner.get(view.class_name)
        if said.picked or said.chosen or _asks_to_choose(form, view):
            return "choice"
        if _coded_texts(said) and not _is_message(form, said):
            return "choice"
        if _handed_choices(form, said) is not None:
            return "choice"
        if said.recorded and _is_in_tapped_row(form, view) and not form.code.is_row(form.layout):
            return "choice"
    return form.inner.get(view.class_name)


def _is_heading(form: Form, said: Said) -> bool:
    """Whether code sets a text to several fixed words, as the head of a screen says where one is,
    among which no choice is.
    """
    fixed = {
        spelled[0].strip()
        for shown in said.shown
        if shown.what == "text"
        for value in shown.values
        if not isinstance(value, Coded | Item) and (spelled := form.lists.spelled(value))
    }
    offered = {
        label
        for source, _ in said.picked
        if (found := form.lists.of_value(source)) is not None
        for label in found.labels
    }
    named = {one for one in fixed if not one.lower().startswith(CHOOSE)}
    return len(named) >= FEWEST_HEADS and not named & offered


def _is_in_tapped_row(form: Form, view: View) -> bool:
    """Whether code listens to taps on a view or on the row around it."""
    at: View | None = view
    for _ in range(3):
        if at is None:
            return False
        if at.get("onClick") or (_id(at) and form.code.is_tapped(form.layout, _id(at))):
            return True
        at = at.parent
    return False


def _is_wrapped(form: Form, view: View) -> bool:
    """Whether a view stands inside another that is an input itself."""
    at = view.parent
    while at is not None:
        if form.kinds.widget(at) is not None and not at.class_name.endswith("RadioGroup"):
            return True
        at = at.parent
    return False


def _asks_to_choose(form: Form, view: View) -> bool:
    """A text with a hint that can be tapped takes an answer, though nothing can be typed."""
    if not view.class_name.endswith("TextView"):
        return False
    hint = form.speaker.says(view, "hint")
    text = form.speaker.says(view, "text")
    shown = hint or text
    asks = shown.lower().startswith(CHOOSE) and len(shown) <= 24
    tapped = (
        bool(view.get("onClick"))
        or view.get("clickable") == "true"
        or form.code.is_tapped(form.layout, _id(view))
    )
    return (tapped and (bool(hint) or asks)) or _stands_for_choice(form, view, text)


def _stands_for_choice(form: Form, view: View, text: str) -> bool:
    """A text that says no more than “choose” beside a label is a picker, whoever listens."""
    if not _id(view) or text.strip().lower() not in CHOOSE or view.parent is None:
        return False
    return any(
        one is not view and one.class_name.endswith("TextView") and form.speaker.says(one, "text")
        for one in view.parent.children
    )


def _is_in_named_group(view: View) -> bool:
    """Whether a button belongs to a group that code can look up, as the one beside a number does
    that says that there is no answer.
    """
    at = view.parent
    while at is not None and not at.class_name.endswith("RadioGroup"):
        at = at.parent
    return at is not None and bool(_id(at))


def _radios(form: Form, view: View) -> list[View]:
    """The buttons of which one excludes the others: those of the group, else of the row."""
    group = view.parent
    while group is not None and not group.class_name.endswith("RadioGroup"):
        group = group.parent
    around = group if group is not None else view.parent
    if around is None:
        return [view]
    walked = around.walk() if group is not None else around.children
    return [one for one in walked if _kind(form, one) == "radio"]


def _group(form: Form, labeller: Labeller, radios: list[View]) -> Input:
    group = radios[0].parent
    while group is not None and not group.class_name.endswith("RadioGroup"):
        group = group.parent
    holder = group if group is not None else radios[0].parent or radios[0]
    label = _words(form, labeller.labels(holder, "group"))
    if label is NO_WORDS:
        label = _words(form, labeller.labels(radios[0], "group"))
    own = {form.speaker.says(one, "text") for one in radios}
    if label.default in own:
        label = NO_WORDS
    ids = tuple(_id(one) for one in radios)
    name = _id(holder) if group is not None else ""
    said = tuple(form.code.said(form.layout, one) for one in (name, *ids) if one)
    choices = []
    for one in radios:
        words = form.speaker.words(one, "text")
        if words.default:
            code = _code_of(said, _id(one)) or _id(one)
            choices.append(Choice(code, words.default, _spot(words)))
    listed = ChoiceList("", tuple(choices)) if choices else None
    return Input(
        holder, "radio", group.class_name if group is not None else radios[0].class_name,
        label, NO_WORDS, name or ids[0], said, listed, ids,
    )  # fmt: skip


def _are_tabs(form: Form, group: Input, radios: Sequence[View]) -> bool:
    """Whether buttons without marks switch between parts of a screen, and answer nothing."""
    if any(attribute(one, "button", form.sizes) not in NO_MARK for one in radios):
        return False
    if any(attribute(one, "drawableTop", form.sizes) for one in radios):
        return True
    return not group.label.default and not any(one.kept for one in group.said)


def _spot(words: Words) -> Spot:
    row = words.texts[0][1] if words.texts else -1
    if row >= 0:
        return Spot("resource_values", row)
    if words.attribute >= 0:
        return Spot(XML_ATTRIBUTES.name, words.attribute)
    return Spot(string=words.string, place=words.place)


def _code_of(said: Sequence[Said], name: str) -> str:
    """The constant that stands for a button, where code says so."""
    for one in said:
        for kept in one.kept:
            given = kept.answer
            if not isinstance(given, Coded) or not isinstance(given.value, Word):
                continue
            other = given.when.test.other
            if isinstance(other, Resource) and other.name == name:
                return given.value.text
    return ""


def _single(form: Form, labeller: Labeller, view: View, kind: WidgetKind) -> Input:
    name = _id(view)
    said = form.code.said(form.layout, name)
    label = _words(form, labeller.labels(view, kind))
    if label is NO_WORDS and form.kinds.is_own(view):
        label = _attribute_words(form, view, LABELLING)
    hint = form.speaker.words(view, "hint")
    if not hint.texts and form.kinds.is_own(view):
        found = _attribute_words(form, view, HINTING)
        hint = found if found.default != label.default else NO_WORDS
    if not hint.texts:
        hint = form.speaker.words(view, "queryHint")
    if not hint.texts and kind == "choice":
        hint = form.speaker.words(view, "prompt")
    return Input(
        view, kind, view.class_name, label, hint, name, (said,), _choices(form, view, said)
    )  # fmt: skip


def _words(form: Form, labelled: Sequence[tuple[View, str]]) -> Words:
    several = [form.speaker.words(view, attribute) for view, attribute in labelled]
    return (
        together([one for one in several if one.texts])
        if any(one.texts for one in several)
        else NO_WORDS
    )


def _attribute_words(form: Form, view: View, names: Sequence[str]) -> Words:
    """The words that a view of the app's own is given by an attribute of its own."""
    for wanted in names:
        for name in view.attributes:
            if name.lower().replace("_", "").endswith(wanted.replace("_", "")):
                words = form.speaker.words(view, name)
                if words.default and not words.default.startswith(("@", "?", "#")):
                    return words
    return NO_WORDS


FEWEST_HEADS = 3
FEWEST_PICKED = 2
"""Items of a list from which a text was picked; fewer is what stands there until data comes."""


def _choices(form: Form, view: View, said: Said) -> ChoiceList | None:
    entries = view.get("entries").removeprefix("@").rpartition(":")[2]
    filled = [one.source for one in said.filled]
    best: ChoiceList | None = None
    for source in (*filled, *(source for source, _ in said.picked)):
        found = form.lists.of_value(source)
        if found is None or (len(found.choices) < FEWEST_PICKED and source not in filled):
            continue
        if best is None or len(found.choices) > len(best.choices):
            best = found
    if best is not None and len(best.choices) > 1:
        return best
    if entries and not (is_replaced(said) and form.lists.uses_of_array(entries) > 1):
        listed = form.lists.of_resource(entries)
        if listed is not None:
            return listed
    handed = _handed_choices(form, said) if view.class_name.endswith(HANDED) else None
    return handed or _coded_choices(form, said) or best


def is_replaced(said: Said) -> bool:
    """Whether code gives a view a list of its own making in place of that of the layout."""
    return any(isinstance(one.source, Made) for one in said.filled)


def _handed_choices(form: Form, said: Said) -> ChoiceList | None:
    """The list of a picker of the app's own that hands over the text that was chosen."""
    for source in said.handed:
        found = form.lists.of_value(source)
        if found is not None and len(set(found.labels)) == len(found.labels) > 1:
            return found
    return None


def _coded_texts(said: Said) -> list[Coded]:
    """Texts that stand for the choices of a dialog: each shown under its number."""
    found = [
        value
        for shown in said.shown
        if shown.what == "text" and shown.callback not in ROWS
        for value in shown.values
        if isinstance(value, Coded) and isinstance(value.when.test.of, Index)
    ]
    return sorted(found, key=lambda one: repr(one.when.test.other)) if len(found) > 1 else []


def _is_message(form: Form, said: Said) -> bool:
    """Whether what a text says by a number are captions that come back, questions, sentences,
    the words of a button, or signs without a letter, as dots for a secret are.
    """
    spelled = [form.lists.spelled(uncoded(one)) for one in _coded_texts(said)]
    texts = [one[0].strip() for one in spelled if one is not None]
    if texts and not any(letter.isalnum() for one in texts for letter in one):
        return True
    return len(set(texts)) < len(texts) or any(
        form.acts(one) or one.endswith(SENTENCE_ENDS) or len(one) > LONGEST_CHOICE for one in texts
    )


def _coded_choices(form: Form, said: Said) -> ChoiceList | None:
    """Texts shown by number as choices; one that comes back is what a result holds under a name."""
    choices = []
    for number, coded in enumerate(_coded_texts(said)):
        spelled = form.lists.spelled(uncoded(coded))
        if spelled is not None:
            choices.append(Choice(str(number), *spelled))
    differ = len({one.label for one in choices}) == len(choices) > 1
    return ChoiceList("", tuple(choices)) if differ else None


def _id(view: View) -> str:
    return view.get("id").rpartition("/")[2]


def own_views(root: View, kinds: Kinds) -> Iterator[str]:
    """Classes of the app's own among the elements of a layout."""
    for view in root.walk():
        if kinds.is_own(view) and not view.children:
            yield descriptor(view.class_name)
