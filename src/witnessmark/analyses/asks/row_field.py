"""Fields of rows: what code lists for rows of one shape that people fill in.

What it finds
    Forms that are lists: a method makes one object after another, each with the words of a field,
    and a class that shows a row with an input reads these words.

Why it matters
    The layout of such a form holds one row without words; what the form asks stands in code alone.

How it decides
    A layout holds an input without words of its own. The class that shows it, or one that makes
    objects of that class, reads a text from the fields of a class of the app's own. A method makes
    at least three objects of that class, each with another text that people read, written out or
    named among the strings of the app, in the same place.

What it misses
    Words that a server or a file decides; rows made by libraries; what can be chosen in a row, and
    which rows are only shown.

Example
    ``rows.add(new Row(getString(R.string.birthday), Row.DATE)); …`` and an adapter whose layout
    holds ``<TextView android:id="@+id/key"/><EditText android:id="@+id/value"/>``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.asks._bound import quote
from witnessmark.analyses.asks._code import outermost
from witnessmark.analyses.asks._layouts import Wording, wordings_by_name
from witnessmark.analyses.asks._listed import Row as Line
from witnessmark.analyses.asks._listed import listed
from witnessmark.analyses.asks._pages import PACKS, Pages, pages_of
from witnessmark.analyses.asks._told import NO_BINDING, originals, quote_words
from witnessmark.analyses.asks._words import NO_WORDS, Words
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.ownership import own_methods
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import CALLS, FIELD_USES, FIELDS, INSTRUCTIONS, METHODS
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_FILES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_ITEMS, RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.forms.values import Place
from witnessmark.flow.instructions import CodeReader
from witnessmark.flow.origins import Call, CallResult, Constant, Origin, Origins
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.widgets import WidgetKind
from witnessmark.model.distinct import among
from witnessmark.model.finding import Finding

ROW_FIELD = Analysis(
    id="asks/row_field",
    version=1,
    reads=(
        XML_FILES, XML_NODES, XML_ATTRIBUTES, RESOURCES, RESOURCE_VALUES, RESOURCE_ITEMS,
        INSTRUCTIONS, CALLS, FIELDS, FIELD_USES, METHODS, SDK_CLASSES, REACH,
    ),
    knows=PACKS,
)  # fmt: skip

FEWEST = 3
OFTEN = 6
"""How often a label may come again in one method, as for each state of a form."""

LONGEST_LABEL = 40
READS = range(0x52, 0x59)
TEXTS = ("Ljava/lang/String;", "Ljava/lang/CharSequence;")
READERS = ("getString", "getText")
"""Methods that look a text of the app up by its number."""

MADE = "code makes the row of the field here"
SHOWN = "Whether a row can be filled in or is only shown is decided while the app runs."


class RowField(Struct, frozen=True):
    """One field of a form that is a list, and the row in which it is shown."""

    screen: str
    label: Words
    kind: WidgetKind
    widget: str
    layout: str
    place: Place


@ROW_FIELD.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a class that lists such fields, and one a field."""
    pages = pages_of(app, know)
    screens: dict[str, dict[str, RowField]] = defaultdict(dict)
    for one in _fields(app, pages):
        screens[one.screen].setdefault(one.label.default, one)
    for name in sorted(screens):
        fields = list(screens[name].values())
        yield _screen(app, pages, name, fields)
        for number, one in enumerate(fields, 1):
            yield _finding(app, one, number)


class _Shape(Struct, frozen=True):
    """A row with an input that has no words of its own."""

    layout: str
    kind: WidgetKind
    widget: str


def _fields(app: Facts, pages: Pages) -> Iterator[RowField]:
    shapes = _rows_by_class(pages)
    described = _described(app, shapes)
    makers = _makers(app, described)
    reader = CodeReader(app)
    for method, made in sorted(makers.items()):
        code = reader.read(method)
        if code is None:
            continue
        events = [one for one in Origins(app, code).events() if isinstance(one, Call)]
        screen = outermost(app.descriptor(int(app.table(METHODS)["class_type"][method])))
        for kind, rows in sorted(made.items()):
            calls = [one for one in events if one.row in rows]
            shape = described[kind]
            for place, label in _labels(app, method, calls):
                yield RowField(
                    screen[1:-1].replace("/", "."), label, shape.kind, shape.widget,
                    shape.layout, place,
                )  # fmt: skip


def _rows_by_class(pages: Pages) -> Mapping[str, _Shape]:
    """Classes that show a layout with an input without words, by descriptor."""
    found: dict[str, _Shape] = {}
    for page in pages.pages:
        bare = [one for one in page.inputs if one.label is NO_WORDS and not one.hint.default]
        bare = [one for one in bare if one.kind != "web" and one.view.class_name]
        if not bare:
            continue
        first = min(bare, key=lambda one: one.kind != "text")
        shape = _Shape(page.screen.name, first.kind, first.widget)
        for opened in pages.code.openings(page.screen.name):
            owner = outermost(opened.owner)
            if opened.how in ("row", "view", "part of a view"):
                found[owner] = _better(found.get(owner), shape)
    return found


def _described(app: Facts, shapes: Mapping[str, _Shape]) -> Mapping[int, _Shape]:
    """Classes (rows of types) whose texts such a class reads, or one that makes its objects."""
    if not shapes:
        return {}
    methods, calls = app.table(METHODS), app.table(CALLS)
    holders = {row: outermost(app.descriptor(row)) for row in set(methods["class_type"].tolist())}
    owner = methods["class_type"].tolist()
    shown: dict[int, _Shape] = {}
    for method, callee in zip(calls["method"].tolist(), calls["callee"].tolist(), strict=True):
        shape = shapes.get(holders[owner[callee]])
        if shape is not None and app.method_name(callee) == "<init>":
            shown[owner[method]] = _better(shown.get(owner[method]), shape)
    for kind, holder in holders.items():
        if holder in shapes:
            shown[kind] = _better(shown.get(kind), shapes[holder])
    fields, uses, own = app.table(FIELDS), app.table(FIELD_USES), own_methods(app)
    found: dict[int, _Shape] = {}
    for method, opcode, field in uses.rows("method", "opcode", "field"):
        shape = shown.get(owner[method])
        if shape is None or opcode not in READS or not own[method]:
            continue
        if app.descriptor(int(fields["type"][field])) in TEXTS:
            kind = int(fields["class_type"][field])
            if holders.get(kind) not in shapes:
                found[kind] = _better(found.get(kind), shape)
    return found


def _better(known: _Shape | None, new: _Shape) -> _Shape:
    """Of two rows that may show an object the one in which something can be typed."""
    return new if known is None or (new.kind == "text" != known.kind) else known


def _makers(app: Facts, described: Mapping[int, _Shape]) -> dict[int, dict[int, set[int]]]:
    """Methods that make several objects of a described class: rows of calls by class."""
    found: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    if not described:
        return found
    methods, calls = app.table(METHODS), app.table(CALLS)
    wanted = among(methods["class_type"], np.asarray(sorted(described), dtype=np.int64))
    for row in np.flatnonzero(wanted[calls["callee"]]).tolist():
        callee = int(calls["callee"][row])
        if app.method_name(callee) == "<init>":
            found[int(calls["method"][row])][int(methods["class_type"][callee])].add(row)
    return {
        method: kept
        for method, made in found.items()
        if (kept := {kind: rows for kind, rows in made.items() if len(rows) >= FEWEST})
    }


def _labels(app: Facts, method: int, calls: Sequence[Call]) -> Iterator[tuple[Place, Words]]:
    """The words that tell objects apart: those of the first argument that has another text that
    people read for each.
    """
    by_place: dict[int, list[tuple[Call, Words]]] = defaultdict(list)
    for call in calls:
        for at, origin in enumerate(call.arguments[1:]):
            said = _said(app, method, origin)
            if said is not None and _is_label(said.default):
                by_place[at].append((call, said))
    for at in sorted(by_place):
        told = by_place[at]
        distinct = {said.default for _, said in told}
        if len(distinct) >= FEWEST and len(distinct) * OFTEN >= len(told):
            for call, said in told:
                yield Place(method, call.pc), said
            return


def _said(app: Facts, method: int, origin: Origin) -> Words | None:
    """The words of a constant, or of a string of the app that is looked up by its number."""
    if isinstance(origin, Constant) and origin.kind == "string":
        place = Place(method, origin.pc)
        return Words(((Wording("", origin.text), -1),), -1, origin.row, place)
    if isinstance(origin, CallResult) and app.method_name(origin.callee) in READERS:
        for given in origin.arguments:
            if isinstance(given, Constant) and given.kind == "int":
                texts = _of_resource(app, int(given.text))
                if texts:
                    return Words(texts, place=Place(method, origin.pc))
    return None


def _of_resource(app: Facts, number: int) -> tuple[tuple[Wording, int], ...]:
    name = _strings(app).get(number)
    return () if name is None else wordings_by_name(app).get(f"string/{name}", ())


def _strings(app: Facts) -> Mapping[int, str]:
    return app.once(_string_names)


def _string_names(app: Facts) -> Mapping[int, str]:
    rows = app.table(RESOURCES).rows("resource", "type", "name")
    return {resource: name for resource, kind, name in rows if kind == "string"}


def _is_label(text: str) -> bool:
    """Whether a text is made for people to read."""
    text = text.strip()
    if not 1 < len(text) <= LONGEST_LABEL or not any(map(str.isalpha, text)) or "\n" in text:
        return False
    return not text.isascii() or (text[0].isupper() and ("_" not in text) and "/" not in text)


def _screen(app: Facts, pages: Pages, name: str, fields: Sequence[RowField]) -> Finding:
    rows = [Line(one.label.default, "", one.kind, n) for n, one in enumerate(fields, 1)]
    count, short = len(fields), name.rpartition(".")[2]
    return Finding(
        kind="asks.screen",
        subject={
            "name": name,
            "opened_by": [name],
            "opens_as": ["rows made in code"],
            "inputs": count,
            "fields": [one.label.default for one in fields],
            "texts": count,
            "drawing": listed(rows, lambda text: pages.english(text, "")),
        },
        says=f"Code of {short} lists {count} fields for rows that people fill in.",
        evidence=tuple(quote(app, MADE, one.place) for one in fields[:FEWEST]),
        strength="derived",
        reach=best_reach(app, [one.place.method for one in fields]),
        limits=(SHOWN,),
        identity=f"rows\0{name}",
    )


def _finding(app: Facts, one: RowField, number: int) -> Finding:
    label, short = one.label.default, one.screen.rpartition(".")[2]
    return Finding(
        kind="asks.field",
        subject={
            "screen": one.screen,
            "label": label,
            "hint": "",
            "name": "",
            "widget": one.widget,
            "input": one.kind,
            "choices": [],
            "bound_to": "",
            "row_of": one.layout,
            "made_in_code": True,
            "number": number,
        },
        says=f"Code of {short} lists the field “{label}” for rows that people fill in.",
        evidence=(
            quote(app, MADE, one.place),
            *quote_words(app, "label", one.label),
        ),
        strength="derived",
        reach=best_reach(app, [one.place.method]),
        original=originals(one.label, NO_WORDS),
        limits=(NO_BINDING, SHOWN),
        identity=f"rows\0{one.screen}\0{label}",
    )
