"""Fields described in files: XForms, XML and JSON form definitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from witnessmark.formats.jsontext import Leaf, Listed, Node, Record
from witnessmark.formats.textxml import TextXml
from witnessmark.knowledge.packs.form_formats import FormFormat

MOST_FIELDS = 2000
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
FEWEST = 2
"""Fields that a file without a format of its own must describe to count as a form."""

XFORM_INPUTS: Mapping[str, str] = {
    "input": "text", "select": "choice", "select1": "choice", "upload": "capture",
    "range": "number", "rank": "choice", "secret": "text", "textarea": "text",
}  # fmt: skip
"""Controls of XForms 1.1 (w3.org/TR/xforms11, chapter 8) by the kind of their answer."""

BIND_KINDS: Mapping[str, str] = {
    "date": "date", "dateTime": "date", "time": "date", "int": "number", "integer": "number",
    "decimal": "number", "geopoint": "capture", "barcode": "capture", "binary": "capture",
}  # fmt: skip


class Span(Struct, frozen=True):
    """Bytes of the file."""

    offset: int
    length: int


class Described(Struct):
    """One field as a file describes it; spans say where its parts stand."""

    name: str
    label: str
    hint: str
    kind: str
    at: Span
    label_at: Span | None = None
    options: list[tuple[str, str, Span | None]] = field(default_factory=list)
    required: bool = False
    pattern: str = ""
    condition: str = ""
    words: list[tuple[str, str]] = field(default_factory=list)


def in_xml(xml: TextXml, data: bytes, formats: Sequence[FormFormat]) -> list[Described]:
    """Fields of an XML file; none when it describes none."""
    names = [element.name for element in xml.tree.elements]
    if "bind" in names and any(name in XFORM_INPUTS for name in names):
        return list(_XForm(xml, data).fields())
    for one in formats:
        if one.syntax == "xml":
            found = list(_by_attributes(xml, one))
            if len(found) >= FEWEST:
                return found
    return []


class _XForm:
    """An XForm of the ODK dialect. Source: getodk.github.io/xforms-spec."""

    def __init__(self, xml: TextXml, data: bytes) -> None:
        self._xml = xml
        self._data = data
        self._elements = xml.tree.elements
        self._children: dict[int, list[int]] = {}
        for row, element in enumerate(self._elements):
            self._children.setdefault(element.parent, []).append(row)
        self._binds = {self._given(row).get("nodeset", ""): self._given(row)
                       for row, e in enumerate(self._elements) if e.name == "bind"}  # fmt: skip
        self._texts = self._translations()

    def _given(self, row: int) -> dict[str, str]:
        return {one.name: str(one.value) for one in self._elements[row].attributes}

    def _inner(self, row: int) -> str:
        """Text between the tags of an element, tags inside it left out."""
        span = self._xml.inside[row]
        raw = self._data[span.offset : span.offset + span.length].decode("utf-8", "replace")
        return " ".join(_without_tags(raw).split())

    def _translations(self) -> Mapping[str, list[tuple[str, str, Span]]]:
        found: dict[str, list[tuple[str, str, Span]]] = {}
        for row, element in enumerate(self._elements):
            if element.name != "translation":
                continue
            lang = self._given(row).get("lang", "")
            for text in self._children.get(row, ()):
                key = self._given(text).get("id", "")
                for value in self._children.get(text, ()):
                    if self._elements[value].name == "value" and not self._given(value).get("form"):
                        span = self._xml.inside[value]
                        told = (lang, self._inner(value), Span(span.offset, span.length))
                        found.setdefault(key, []).append(told)
        return found

    def fields(self) -> Iterator[Described]:
        """Controls in the order of the body."""
        for row, element in enumerate(self._elements):
            kind = XFORM_INPUTS.get(element.name)
            given = self._given(row)
            if kind is None or "ref" not in given:
                continue
            bind = self._binds.get(given["ref"], {})
            kind = BIND_KINDS.get(bind.get("type", "").rpartition(":")[2], kind)
            name = given["ref"].rpartition("/")[2]
            at = Span(element.span.offset, element.span.length)
            one = Described(name, "", "", kind, at)
            self._say(one, row)
            one.required = bind.get("required", "").replace(" ", "") == "true()"
            one.pattern, one.condition = bind.get("constraint", ""), bind.get("relevant", "")
            yield one

    def _say(self, one: Described, row: int) -> None:
        for child in self._children.get(row, ()):
            name = self._elements[child].name
            text, span, words = self._words(child)
            if name == "label":
                one.label, one.label_at = text, span
                one.words += words
            elif name == "hint":
                one.hint = text
                one.words += words
            elif name == "item":
                one.options.append(self._item(child))

    def _item(self, row: int) -> tuple[str, str, Span | None]:
        code, label, at = "", "", None
        for child in self._children.get(row, ()):
            if self._elements[child].name == "label":
                label, at, _ = self._words(child)
            elif self._elements[child].name == "value":
                code = self._inner(child)
        return code, label or code, at

    def _words(self, row: int) -> tuple[str, Span | None, list[tuple[str, str]]]:
        ref = self._given(row).get("ref", "")
        if "itext(" in ref:
            key = ref.partition("(")[2].strip("')\" ")
            told = self._texts.get(key, [])
            if told:
                return told[0][1], told[0][2], [(lang, text) for lang, text, _ in told]
        span = self._xml.inside[row]
        text = self._inner(row)
        return text, Span(span.offset, span.length), [("", text)] if text else []


def _without_tags(raw: str) -> str:
    found, depth = [], 0
    for letter in raw:
        if letter == "<":
            depth += 1
        elif letter == ">":
            depth = max(depth - 1, 0)
        elif not depth:
            found.append(letter)
    text = "".join(found)
    for sign, plain in (
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", '"'),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ):
        text = text.replace(sign, plain)
    return text


def _by_attributes(xml: TextXml, one: FormFormat) -> Iterator[Described]:
    tables = _tables(xml)
    for element in xml.tree.elements[:200_000]:
        if one.element and element.name != one.element:
            continue
        given = {attribute.name: str(attribute.value) for attribute in element.attributes}
        if not one.describes(given):
            continue
        spans = {a.name: Span(a.value_span.offset, a.value_span.length) for a in element.attributes}
        label_key = next(name for name in one.labels if given.get(name))
        label = given[label_key].strip()
        told = Described(
            one.first(given, one.names), label, one.first(given, one.hints),
            one.first(given, one.types), Span(element.span.offset, element.span.length),
            spans.get(label_key), words=[("", label)],
        )  # fmt: skip
        told.required = one.first(given, one.required).lower() in ("true", "1", "yes")
        table = next((v for v in given.values() if v in tables), "")
        if table:
            told.options = [(text, text, at) for text, at in tables[table]]
        elif one.options:
            listed = one.first(given, one.options).partition("||")[0]
            told.options = [(text, text, None) for text in listed.split(",") if text.strip()]
        yield told


def _tables(xml: TextXml) -> Mapping[str, list[tuple[str, Span]]]:
    """Lists inside the file: elements named by an attribute, whose children have one value each."""
    children: dict[int, list[int]] = {}
    for row, element in enumerate(xml.tree.elements):
        children.setdefault(element.parent, []).append(row)
    found: dict[str, list[tuple[str, Span]]] = {}
    for row, element in enumerate(xml.tree.elements):
        if len(element.attributes) != 1 or row not in children:
            continue
        below = [xml.tree.elements[child] for child in children[row]]
        if all(len(one.attributes) == 1 and one.name == below[0].name for one in below):
            found[str(element.attributes[0].value)] = [
                (str(a.value), Span(a.value_span.offset, a.value_span.length))
                for one in below
                for a in one.attributes
            ]
    return found


def in_json(root: Node, formats: Sequence[FormFormat]) -> list[Described]:
    """Fields of a JSON file; none when it describes fewer than `FEWEST`."""
    chosen = [one for one in formats if one.syntax == "json"]
    found: list[Described] = []
    for name, record in _records(root):
        members = {key: _text_of(node) for key, node in record.members.items()}
        members["$name"] = name
        for one in chosen:
            if one.describes(members):
                found.append(_of_record(record, members, one))
                break
        if len(found) >= MOST_FIELDS:
            break
    return found if len(found) >= FEWEST else []


def _records(root: Node) -> Iterator[tuple[str, Record]]:
    """Objects in order; with its name one that is a member of ``properties``."""
    waiting: list[tuple[str, Node]] = [("", root)]
    while waiting:
        name, node = waiting.pop()
        if isinstance(node, Listed):
            waiting.extend(("", item) for item in reversed(node.items))
        elif isinstance(node, Record):
            yield name, node
            for key, inner in reversed(node.members.items()):
                if key == "properties" and isinstance(inner, Record):
                    waiting.extend(reversed([*inner.members.items()]))
                elif isinstance(inner, Record | Listed):
                    waiting.append(("", inner))


def _text_of(node: Node) -> str:
    """What a member says: a text, the default of texts by language, the value of an object."""
    if isinstance(node, Leaf):
        return node.text
    if isinstance(node, Record):
        for key in ("value", "default", "en", "zh", "zh-CN"):
            inner = node.members.get(key)
            if isinstance(inner, Leaf):
                return inner.text
    return ""


def _of_record(record: Record, members: dict[str, str], one: FormFormat) -> Described:
    label_key = next(key for key in one.labels if members.get(key))
    node = record.members[label_key]
    label_at = Span(node.offset, node.length) if isinstance(node, Leaf) else None
    hint = next((members[k] for k in one.hints if members.get(k) and k != label_key), "")
    name_key = next(key for key in one.names if members.get(key))
    told = Described(
        members[name_key], members[label_key].strip(), hint, one.first(members, one.types),
        label_at or Span(record.offset, 1), label_at, words=_languages(node, members[label_key]),
    )  # fmt: skip
    told.required = one.first(members, one.required).lower() in ("true", "1", "yes")
    for key in one.options:
        inner = record.members.get(key)
        if inner is not None:
            told.options = list(_options(inner, one))
            if told.options:
                break
    return told


def _languages(node: Node, default: str) -> list[tuple[str, str]]:
    if not isinstance(node, Record):
        return [("", default)]
    return [(lang, one.text) for lang, one in node.members.items() if isinstance(one, Leaf)]


def _options(node: Node, one: FormFormat) -> Iterator[tuple[str, str, Span | None]]:
    if isinstance(node, Record):
        values = node.members.get("values")
        items = values.items if isinstance(values, Listed) else []
    else:
        items = node.items if isinstance(node, Listed) else []
    for number, item in enumerate(items[:400]):
        if isinstance(item, Leaf):
            yield item.text, item.text, Span(item.offset, item.length)
        elif isinstance(item, Record):
            members = {key: _text_of(inner) for key, inner in item.members.items()}
            label_key = next((key for key in one.option_labels if members.get(key)), "")
            if label_key:
                node_ = item.members[label_key]
                at = Span(node_.offset, node_.length) if isinstance(node_, Leaf) else None
                code = one.first(members, one.option_codes) or str(number)
                yield code, members[label_key], at
