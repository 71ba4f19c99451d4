"""Names that the classes of one dex file use, numbered as they come, ordered at the end.

Source: Dalvik executable format, the orders that string_ids, type_ids, proto_ids, field_ids and
method_ids must have, source.android.com/docs/core/runtime/dex-format.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

MOST_NAMES = 0xFFFF
"""Names of one kind that 16 bits can number."""

STRING, TYPE, PROTO, FIELD, METHOD, CALL_SITE, HANDLE = range(7)
KINDS = {
    "string": STRING, "type": TYPE, "proto": PROTO, "field": FIELD, "method": METHOD,
    "call_site": CALL_SITE, "method_handle": HANDLE,
}  # fmt: skip

HANDLE_KINDS = {
    name: number
    for number, name in enumerate(
        ("static-put", "static-get", "instance-put", "instance-get", "invoke-static",
         "invoke-instance", "invoke-constructor", "invoke-direct", "invoke-interface")
    )
}  # fmt: skip
FIRST_INVOKING = 4

_TYPE = re.compile(r"\[{0,255}(?:[ZBSCIJFD]|L[^;\[()]+;)")
_PARAMETERS = re.compile(r"(?:\[{0,255}(?:[ZBSCIJFD]|L[^;\[()]+;))*")

Mention = tuple[int, int, int]
"""A text by its number, and offset and length of a span in it."""

Proto = tuple[str, tuple[str, ...]]
Member = tuple[str, object, str]


@cache
def parameters(listed: str) -> tuple[str, ...]:
    """Types in the parentheses of a prototype."""
    if not _PARAMETERS.fullmatch(listed):
        raise FormatError(f"({listed}) is no list of types")
    return tuple(_TYPE.findall(listed))


@cache
def proto_parts(proto: str) -> Proto:
    """``(IJ)V`` as ``("V", ("I", "J"))``; `FormatError` for what is no prototype."""
    listed, closed, returned = proto.removeprefix("(").rpartition(")")
    if not closed or not proto.startswith("("):
        raise FormatError(f"{proto!r} is no prototype")
    if returned != "V" and not _TYPE.fullmatch(returned):
        raise FormatError(f"{returned!r} is no type")
    return returned, parameters(listed)


def method_parts(spelled: str) -> Member:
    """``Lp/C;->m(I)V`` as owner, prototype, name."""
    owner, arrow, rest = spelled.partition("->")
    name, opened, proto = rest.partition("(")
    if not (arrow and opened and name):
        raise FormatError(f"{spelled!r} names no method")
    return owner, proto_parts(f"({proto}"), name


def field_parts(spelled: str) -> Member:
    """``Lp/C;->f:I`` as owner, type, name."""
    owner, arrow, rest = spelled.partition("->")
    name, colon, kind = rest.rpartition(":")
    if not (arrow and colon and name):
        raise FormatError(f"{spelled!r} names no field")
    return owner, kind, name


def shorty(proto: Proto) -> str:
    """Short form of a prototype."""
    returned, listed = proto
    return "".join("L" if kind[0] in "L[" else kind for kind in (returned, *listed))


class Order(Struct, frozen=True):
    """Final numbers by kind, and the names in that order."""

    number: tuple[list[int], ...]
    strings: list[str]
    types: list[str]
    protos: list[Proto]
    fields: list[Member]
    methods: list[Member]
    call_sites: list[object]
    handles: list[object]


class Pool:
    """Names by kind, numbered in the order in which they were first asked for.

    ``mentions`` has, by kind and number, the first span of text that names it; `define`
    replaces that with the span of the definition.
    """

    def __init__(self) -> None:
        self._numbers: tuple[dict[object, int], ...] = tuple({} for _ in KINDS)
        self.mentions: tuple[list[Mention], ...] = tuple([] for _ in KINDS)
        self.text = 0
        self._at: Mention = (0, 0, 0)
        self._spelled: dict[tuple[int, str], int] = {}

    def at(self, span: Span) -> None:
        """What is asked for next stands at ``span`` of the present text."""
        self._at = (self.text, span.offset, span.length)

    def size(self) -> tuple[int, ...]:
        """How many names of each kind there are."""
        return tuple(len(numbers) for numbers in self._numbers)

    def is_full(self) -> bool:
        """Whether there are more names of a kind than 16 bits can number."""
        return max(self.size()) > MOST_NAMES

    def shrink(self, size: tuple[int, ...]) -> None:
        """Forget the names that were added since `size` said so."""
        for numbers, mentions, kept in zip(self._numbers, self.mentions, size, strict=True):
            while len(numbers) > kept:
                numbers.popitem()
            del mentions[kept:]
        self._spelled.clear()

    def spelled(self, kind: int, text: str) -> int:
        """Number of a string, type, prototype, field or method as smali spells it."""
        found = self._spelled.get((kind, text))
        if found is None:
            found = self._spelled[kind, text] = self._add_spelled(kind, text)
        return found

    def _add_spelled(self, kind: int, text: str) -> int:
        if kind == STRING:
            return self.number(STRING, text)
        if kind == TYPE:
            return self.type(text)
        if kind == PROTO:
            return self.proto(proto_parts(text))
        return self.field(field_parts(text)) if kind == FIELD else self.method(method_parts(text))

    def number(self, kind: int, key: object) -> int:
        """Number of a name whose parts are known already."""
        numbers = self._numbers[kind]
        found = numbers.get(key)
        if found is None:
            found = numbers[key] = len(numbers)
            self.mentions[kind].append(self._at)
        return found

    def define(self, kind: int, number: int, span: Span) -> None:
        """The definition of a field or method stands at ``span``."""
        self.mentions[kind][number] = (self.text, span.offset, span.length)

    def type(self, descriptor: str) -> int:
        """Number of a type."""
        if descriptor != "V" and not _TYPE.fullmatch(descriptor):
            raise FormatError(f"{descriptor!r} is no type")
        self.number(STRING, descriptor)
        return self.number(TYPE, descriptor)

    def proto(self, proto: Proto) -> int:
        """Number of a prototype."""
        for kind in (proto[0], *proto[1]):
            self.type(kind)
        self.number(STRING, shorty(proto))
        return self.number(PROTO, proto)

    def field(self, parts: Member) -> int:
        """Number of a field, by owner, type and name."""
        owner, kind, name = parts
        self.type(owner)
        self.type(str(kind))
        self.number(STRING, name)
        return self.number(FIELD, parts)

    def method(self, parts: Member) -> int:
        """Number of a method, by owner, prototype and name."""
        owner, proto, name = parts
        self.type(owner)
        self.proto(proto)  # type: ignore[arg-type]
        self.number(STRING, name)
        return self.number(METHOD, parts)

    def handle(self, spelled: str) -> int:
        """Number of a method handle, ``invoke-static@Lp/C;->m()V``."""
        word, _, named = spelled.partition("@")
        kind = HANDLE_KINDS.get(word)
        if kind is None:
            raise FormatError(f"{word!r} is no kind of method handle")
        target = METHOD if kind >= FIRST_INVOKING else FIELD
        return self.number(HANDLE, (kind, target, self.spelled(target, named)))

    def ordered(self) -> Order:
        """All names in the order that the format asks for."""
        texts, types, protos, fields, methods, sites, handles = map(list, self._numbers)
        strings = sorted(texts, key=lambda text: str(text).encode("utf-16-be", "surrogatepass"))
        place = {text: number for number, text in enumerate(strings)}
        types.sort(key=place.__getitem__)
        kind = {name: number for number, name in enumerate(types)}
        protos.sort(key=lambda p: (kind[p[0]], [kind[one] for one in p[1]]))  # type: ignore[index]
        proto = {name: number for number, name in enumerate(protos)}
        fields.sort(key=lambda f: (kind[f[0]], place[f[2]], kind[f[1]]))  # type: ignore[index]
        methods.sort(key=lambda m: (kind[m[0]], place[m[2]], proto[m[1]]))  # type: ignore[index]
        named = (strings, types, protos, fields, methods, sites, handles)
        numbers = tuple(
            self._final(before, after) for before, after in zip(self._numbers, named, strict=True)
        )
        return Order(numbers, *named)  # type: ignore[arg-type]

    @staticmethod
    def _final(before: dict[object, int], after: list[object]) -> list[int]:
        final = [0] * len(after)
        for number, key in enumerate(after):
            final[before[key]] = number
        return final
