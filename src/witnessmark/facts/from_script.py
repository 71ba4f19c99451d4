"""Pages that scripts hold: templates in texts, and elements that compiled templates make by calls.

Templates of Angular, Vue and their like are compiled into calls such as
``_c("input", {attrs: {placeholder: "Name"}, model: {expression: "form.name"}})``; React makes
elements by ``createElement`` and ``jsx``. Both become rows of the same tables as elements of pages.
The script is parsed, never run.

Sources: vuejs.org/guide/extras/render-function, react.dev/reference/react/createElement.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from witnessmark.formats.patterns import kept_regex

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

LARGEST_SCRIPT = 4 << 20
MOST_CALLS = 60_000
DEEPEST = 400
LONGEST_TEXT = 400
WORTH = kept_regex(
    rb"placeholder|v-model|ng-model|<input|<select|<textarea|TextInput|[a-z]-field|[a-z]-input"
)
TEMPLATE = kept_regex(
    rb"<(?:input|select|textarea|ion-input|van-field|el-input|uni-input|label)[\s/>]"
)
BARE = re.compile(rb"\s*[^<\s]")
WITH_ATTRIBUTE = re.compile(
    rb"<(?:input|select|textarea|ion-input|van-field|el-input|uni-input|label)\s+[^<>=\s]+\s*="
)
"""A tag of a template; a sentence that speaks of a tag gives it no attribute."""

HANDLERS = frozenset({"onIonChange", "onIonInput", "onChangeText"})
"""Members by which a component hands over what is entered; others serve other things, too."""

SHORT = 3
"""Letters of a name that a compiler gave."""

ENTERED = frozenset({"onChange", "value"})
ASKING = ("placeholder", "label")
MAKERS = frozenset({
    "_c", "h", "createElement", "_createVNode", "_createElementVNode", "createVNode",
    "createElementVNode", "_createBlock", "_createElementBlock", "createBlock",
    "createElementBlock", "jsx", "jsxs", "_jsx", "_jsxs", "jsxDEV",
})  # fmt: skip
"""Functions that make an element of a tag and its attributes."""

ALIAS = kept_regex(
    rb"\b([A-Za-z_$][\w$]{0,2})=[A-Za-z_$][\w$]{0,2}\.(?:_self\._c|\$createElement|_c)\b"
)
"""A short name that minified scripts of Vue 2 give the function that makes elements."""

ALIASED_TAG = kept_regex(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
TEXTS = frozenset({"_v", "_createTextVNode", "createTextVNode", "_toDisplayString", "_s"})
NESTED = ("attrs", "props", "domProps", "staticProps")
PLAIN = frozenset({"string", "number", "true", "false"})
CAMEL = kept_regex(r"(?<=[a-z0-9])(?=[A-Z])")
COMPONENT = kept_regex(r"^_?component_")
ESCAPE = kept_regex(r"\\(u\{?[0-9a-fA-F]{2,6}\}?|x[0-9a-fA-F]{2}|.)", re.DOTALL)
SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "0": ""}

Rows = list[tuple[Any, ...]]


@cache
def _parser() -> Parser:
    import tree_sitter_javascript
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_javascript.language()))


def is_worth_reading(data: bytes) -> bool:
    """Whether a script may hold a form."""
    return WORTH.search(data) is not None


class Script:
    """Elements and templates of one script."""

    def __init__(self, data: bytes, artifact: int, elements: Rows, texts: Rows) -> None:
        self._data = data
        self._artifact = artifact
        self._elements = elements
        self._texts = texts
        self._left = MOST_CALLS
        self._aliases = {match[1].decode("ascii") for match in ALIAS.finditer(data)}

    @property
    def full(self) -> bool:
        """Whether the script makes more elements than are read."""
        return self._left <= 0

    def read(self) -> Iterator[tuple[int, bytes]]:
        """Add rows for elements made by calls; yield templates with the place where they begin.

        A template's bytes are as long as in the script: signs that spell others became blanks.
        """
        root = _parser().parse(self._data).root_node
        waiting: list[tuple[Node, int, int]] = [(root, -1, 0)]
        while waiting and self._left > 0:
            node, parent, depth = waiting.pop()
            if node.type in ("string", "template_string"):
                inner = self._data[node.start_byte + 1 : node.end_byte - 1]
                spoken_of = BARE.match(inner) and not WITH_ATTRIBUTE.search(inner)
                if TEMPLATE.search(inner) and not spoken_of:
                    yield node.start_byte + 1, _blanked(inner)
                continue
            if node.type == "call_expression":
                made = self._element(node, parent)
                parent = made if made >= 0 else parent
                self._say(node, parent)
            if depth < DEEPEST:
                children = [(child, parent, depth + 1) for child in node.named_children]
                waiting.extend(reversed(children))

    def _element(self, call: Node, parent: int) -> int:
        """Row of the element that a call makes, -1 for any other call."""
        function = _name(call.child_by_field_name("function"))
        arguments = call.child_by_field_name("arguments")
        if arguments is None or not arguments.named_children:
            return -1
        given = arguments.named_children
        aliased = function in self._aliases and len(given) > 1
        if function not in MAKERS and not aliased:
            return -1
        short = given[0].type != "string" and len(_name(given[0])) <= SHORT
        tag = (short and self._by_members(given[1:2])) or self._tag(given[0])
        if not tag or (aliased and not ALIASED_TAG.fullmatch(tag)):
            return -1
        self._left -= 1
        attributes: dict[str, str] = {}
        if len(given) > 1 and given[1].type == "object":
            self._attributes(given[1], attributes, 0)
        encoded = json.dumps(attributes, ensure_ascii=False, sort_keys=True)
        length = (given[1] if len(given) > 1 else given[0]).end_byte - call.start_byte
        self._elements.append(
            (parent, tag, encoded, self._artifact, call.start_byte, min(length, LONGEST_TEXT))
        )
        return len(self._elements) - 1

    def _tag(self, node: Node) -> str:
        """The tag: a text, or the name of a component as a tag would spell it."""
        if node.type == "string":
            return self._text(node).lower()
        name = COMPONENT.sub("", _name(node))
        if not name or not (name[0].isupper() or "_" in name):
            return ""
        return CAMEL.sub("-", name).replace("_", "-").lower().strip("-")

    def _by_members(self, given: Sequence[Node]) -> str:
        """``x-input`` for a component to which a compiler gave a short name, where its members hand
        over what is entered and say what is asked; empty for others.
        """
        words: set[str] = set()
        asks = False
        for pair in given[0].named_children if given and given[0].type == "object" else ():
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if pair.type == "pair" and key is not None and value is not None:
                words.add(_source(key))
                asks = asks or (_source(key) in ASKING and value.type == "string")
        return "x-input" if asks and (HANDLERS & words or words >= ENTERED) else ""

    def _attributes(self, node: Node, found: dict[str, str], depth: int) -> None:
        for pair in node.named_children:
            if pair.type != "pair":
                continue
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is None or value is None:
                continue
            name = self._text(key) if key.type == "string" else _source(key)
            if name in NESTED and value.type == "object" and depth < 2:
                self._attributes(value, found, depth + 1)
            elif name in ("model", "directives"):
                bound = self._expression(value)
                if bound:
                    found.setdefault("v-model", bound)
            elif value.type == "string":
                found.setdefault(name.lower(), self._text(value))
            elif value.type in PLAIN:
                found.setdefault(name.lower(), _source(value))
            elif name in ("modelValue", "value") and value.type == "member_expression":
                found.setdefault("v-model", _source(value).partition(".")[2] or _source(value))

    def _expression(self, node: Node) -> str:
        """``expression`` of a model, or of a directive called ``model``."""
        objects = [node] if node.type == "object" else list(node.named_children)
        for one in objects:
            parts = {}
            for pair in one.named_children if one.type == "object" else ():
                key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
                if key is not None and value is not None and value.type == "string":
                    parts[_source(key).strip("'\"")] = self._text(value)
            if parts.get("expression") and parts.get("name", "model") == "model":
                return parts["expression"]
        return ""

    def _say(self, call: Node, parent: int) -> None:
        """Texts among the arguments and children of a call that makes an element or a text; what
        other calls are handed, such as names of styles, nobody reads.
        """
        function = _name(call.child_by_field_name("function"))
        is_text = function in TEXTS
        if parent < 0 or not (is_text or function in MAKERS or function in self._aliases):
            return
        arguments = call.child_by_field_name("arguments")
        if arguments is None:
            return
        for number, one in enumerate(arguments.named_children):
            if one.type == "string" and (is_text or number > 1):
                self._add_text(one, parent)
            elif one.type == "array" and not is_text:
                for child in one.named_children:
                    if child.type == "string":
                        self._add_text(child, parent)
            elif one.type == "object" and not is_text:
                for pair in one.named_children:
                    key = pair.child_by_field_name("key")
                    value = pair.child_by_field_name("value")
                    named = key is not None and _source(key) == "children"
                    if named and value is not None and value.type == "string":
                        self._add_text(value, parent)

    def _add_text(self, node: Node, parent: int) -> None:
        text = " ".join(self._text(node).split())[:LONGEST_TEXT]
        if text:
            start, length = node.start_byte + 1, node.end_byte - node.start_byte - 2
            self._texts.append(
                (
                    parent,
                    len(self._elements),
                    text,
                    self._artifact,
                    start,
                    min(length, LONGEST_TEXT),
                )
            )

    def _text(self, node: Node) -> str:
        raw = self._data[node.start_byte + 1 : node.end_byte - 1].decode("utf-8", "replace")
        return unescaped(raw)


def unescaped(raw: str) -> str:
    """A JavaScript text as it reads."""
    if "\\" not in raw:
        return raw
    return ESCAPE.sub(_sign, raw).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _sign(match: re.Match[str]) -> str:
    sign = match[1]
    if len(sign) > 1 and sign[0] in "ux":
        number = int(sign[1:].strip("{}"), 16)
        return chr(number) if number < 0x110000 else "\N{REPLACEMENT CHARACTER}"
    return SIGNS.get(sign, sign)


def _blanked(raw: bytes) -> bytes:
    """A text in which each backslash, and signs for blanks, became blanks of the same length."""
    spaced = re.sub(rb"\\[ntr]", b"  ", raw)
    return re.sub(rb"\\(?!u[0-9a-fA-F]{4})", b" ", spaced)


def _source(node: Node) -> str:
    text = node.text
    return "" if text is None else text.decode("utf-8", "replace")[:200]


def _name(node: Node | None) -> str:
    """The last name of a function or component: ``o`` of ``x.o``, also behind ``(0, x.o)``."""
    if node is None:
        return ""
    if node.type == "parenthesized_expression" and node.named_children:
        inner = node.named_children[-1]
        if inner.type == "sequence_expression" and inner.named_children:
            inner = inner.named_children[-1]
        return _name(inner)
    if node.type == "member_expression":
        last = node.child_by_field_name("property")
        return "" if last is None else _source(last)
    return _source(node) if node.type == "identifier" else ""
