"""Scripts of an app, and what their expressions spell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct, field

from witnessmark.analyses.bounded import first
from witnessmark.analyses.script_calls import inline_scripts, parsed_script
from witnessmark.analyses.sends._compiled_scripts import compiled_scripts
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.formats.script import (
    Call,
    Choice,
    Expression,
    Function,
    Joined,
    Name,
    Record,
    Script,
    Text,
)  # fmt: skip
from witnessmark.knowledge.packs.web_files import WebFile
from witnessmark.model.location import Span

PAGES = (".html", ".htm", ".xhtml")
LARGEST = 4 << 20
DEEPEST = 6
LONGEST = 400
HINT = kept_regex(
    rb"ajax|fetch|axios|XMLHttpRequest|\$http|\.request|[uU]ploadFile|createUpload|sendBeacon"
    rb"|WebSocket|connectSocket|EventSource|\.post\s*\(|\.http\.|fire(?:base|store)"
)
SAME = frozenset({
    "encodeURIComponent", "encodeURI", "String", "trim", "toString", "escape", "toUpperCase",
    "toLowerCase", "parseInt", "Number", "decodeURIComponent",
})  # fmt: skip
"""Functions and methods that give what they are given, in another spelling."""

SETTINGS = kept_regex(rb"base_?url|server|host", re.IGNORECASE)
"""Words of scripts that hold the base of requests for others."""

SHARED = kept_regex(r"(?i:url|host|server|api|base|root|domain|addr|path)|^[A-Z][A-Z0-9_]+$|^ip$")
"""Names that scripts share: those of settings."""

BASES = ("baseURL", "BASE_URL", "baseUrl", "root")
MOST_CALLERS = 400
SHORTEST_NAME = 3
"""Letters from which the name of a function is that of one function, not a minifier's."""

MOST_WAYS = 4
"""Ways that conditions leave open, of which one address is told."""

KNOWN = (Text, Joined, Record, Choice)
STORES = ("getItem", "getStorageSync", "getStorage", "getPrefs", "getCookie")
ENTERED = ("val", "value")


class Source(Struct, frozen=True):
    """One script: where it stands, what is in it, ``script`` or what it is compiled to."""

    name: str
    artifact: int
    script: Script
    kind: str = "script"


class Spelled(Struct, frozen=True):
    """A value as text with ``{name}`` for pieces that are not known, and where those come from."""

    text: str
    origins: tuple[str, ...] = ()

    @property
    def is_constant(self) -> bool:
        """Whether every piece is known."""
        return "{" not in self.text


class Scope(Struct, frozen=True):
    """Where an expression stands: its script, and what the functions around it were given.

    ``parameters``  of the functions around it; a name that is one has no value of its own.
    ``given``       arguments of one call of these functions, each with the scope of that call.
    """

    source: Source
    parameters: frozenset[str] = frozenset()
    given: Mapping[str, tuple[Expression, Scope]] = field(default_factory=dict)


class Scripts:
    """The scripts of one app that may send; those of others (pack ``web_files``) are left out."""

    def __init__(self, app: Facts, kinds: Sequence[WebFile]) -> None:
        self._app = app
        self._kinds = kinds

    @cached_property
    def all(self) -> list[Source]:
        """Scripts in the order of files, then compiled ones."""
        compiled = (Source(*one) for one in compiled_scripts(self._app))
        return [*self._read(), *compiled]

    def _read(self) -> Iterator[Source]:
        for name, kind, artifact in self._app.table(MEMBERS).rows("name", "type", "content"):
            page = kind in ("html", "xhtml") or name.casefold().endswith(PAGES)
            if artifact < 0 or not (page or kind == "js"):
                continue
            if any(one.recognises(name) for one in self._kinds):
                continue
            blob = bytes(self._app.blob(artifact))
            if len(blob) > LARGEST or not (HINT.search(blob) or SETTINGS.search(blob)):
                continue
            for start, end in inline_scripts(blob) if page else [(0, len(blob))]:
                yield Source(name, artifact, self._app.once(parsed_script, artifact, start, end))

    @cached_property
    def _shared(self) -> Mapping[str, list[tuple[Expression, Source]]]:
        """What names of settings are given, over all scripts."""
        found: dict[str, list[tuple[Expression, Source]]] = defaultdict(list)
        for source in self.all:
            for held in (source.script.values, source.script.members):
                for name, values in held.items():
                    if SHARED.search(name):
                        found[name].extend((value, source) for value in values)
        return found

    @cached_property
    def _called(self) -> Mapping[str, list[tuple[Call, Source]]]:
        """Calls by the bare name of what they call."""
        found: dict[str, list[tuple[Call, Source]]] = defaultdict(list)
        for source in self.all:
            for call in source.script.calls:
                found[call.name.rpartition(".")[2]].append((call, source))
        return found

    def scope(self, call: Call, source: Source) -> tuple[Scope, Function | None]:
        """The scope of a call, and the innermost named function with parameters around it."""
        around = [one for one in source.script.functions if holds(one.span, call.span)]
        parameters = frozenset(name for one in around for name in one.parameters if name)
        named = [one for one in around if one.name and any(one.parameters)]
        return Scope(source, parameters), named[-1] if named else None

    def callers(self, function: Function, inner: Scope) -> Iterator[tuple[Scope, Call, Source]]:
        """``inner`` as each call of the function makes it.

        Names that a minifier gives are many functions' at once; their calls are not followed.
        """
        if len(function.name) < SHORTEST_NAME:
            return
        calls = self._called.get(function.name, [])
        what, hides = "calls of this function of scripts", ("sends/request",)
        for call, source in first(self._app, calls, MOST_CALLERS, what, function.name, hides):
            if call.arguments and not (source is inner.source and holds(function.span, call.span)):
                outer, _ = self.scope(call, source)
                pairs = zip(function.parameters, call.arguments, strict=False)
                given = {name: (value, outer) for name, value in pairs if name}
                yield Scope(inner.source, inner.parameters, given), call, source

    def resolved(self, value: Expression, scope: Scope, depth: int = 0) -> tuple[Expression, Scope]:
        """What a name stands for, as far as it has one value, with the scope of that value."""
        if not isinstance(value, Name) or depth > DEEPEST:
            return value, scope
        root, *members = value.name.split(".")
        if root in scope.given:
            found, outer = self.resolved(*scope.given[root], depth + 1)
            for member in members:
                inner = found.members.get(member) if isinstance(found, Record) else None
                if inner is None:
                    return value, Scope(scope.source)
                found, outer = self.resolved(inner, outer, depth + 1)
            return found, outer
        if root in scope.parameters:
            return value, scope
        known = self._value(value.name, scope.source)
        return (value, scope) if known is None else (known, Scope(scope.source))

    def depends(self, value: Expression | None, scope: Scope) -> bool:
        """Whether a value is made of what the functions around it are given."""
        if isinstance(value, Name):
            root = value.name.partition(".")[0]
            return root in scope.parameters and root not in scope.given
        if isinstance(value, Joined):
            return any(self.depends(one, scope) for one in value.pieces)
        if isinstance(value, Choice):
            return any(self.depends(one, scope) for one in value.options)
        if isinstance(value, Call):
            return any(self.depends(one, scope) for one in value.arguments)
        return False

    def _value(self, name: str, source: Source) -> Expression | None:
        """The value of a name: in its own script, else in all; of settings one of several.

        None for none, and for several of anything else.
        """
        bare = name.rpartition(".")[2]
        own = source.script.members if "." in name else source.script.values
        here = [(one, source) for one in own.get(bare, [])]
        for values in (here, self._shared.get(bare, [])):
            followed = [self._followed(*pair) for pair in values]
            known = {_key(one): one for one in followed if one is not None}
            if values and None not in followed:
                return _one_of(list(known.values()), is_setting=bool(SHARED.search(bare)))
            if values:
                return None
        return None

    def _followed(self, value: Expression, source: Source) -> Expression | None:
        """A value, or what the name that it is was given in the same function; None for others."""
        if isinstance(value, Name) and "." not in value.name:
            around = [one for one in source.script.functions if holds(one.span, value.span)]
            for function in reversed(around):
                if value.name in function.parameters:
                    return None
                given = [
                    one for one in source.script.values.get(value.name, ())
                    if holds(function.span, one.span)
                ]  # fmt: skip
                if given:
                    return given[0] if len(given) == 1 and isinstance(given[0], KNOWN) else None
            return None
        return value if isinstance(value, KNOWN) else None

    @cached_property
    def base(self) -> str:
        """The one base that requests are joined to, as axios is told; empty for none."""
        texts = {
            one.text
            for name in BASES
            for one in (self._followed(*pair) for pair in self._shared.get(name, []))
            if isinstance(one, Text) and "://" in one.text
        }
        return texts.pop() if len(texts) == 1 else ""

    def spelled(self, value: Expression, scope: Scope, depth: int = 0) -> Spelled:
        """A value as text."""
        if isinstance(value, Text):
            return Spelled(value.text[:LONGEST])
        if depth > DEEPEST:
            return Spelled("{}")
        if isinstance(value, Joined):
            pieces = [self.spelled(one, scope, depth + 1) for one in value.pieces]
            origins = dict.fromkeys(origin for piece in pieces for origin in piece.origins)
            text = "".join(piece.text for piece in pieces)
            return Spelled(text[:LONGEST], tuple(origins))
        if isinstance(value, Name):
            return self._named(value, scope, depth)
        if isinstance(value, Call):
            return self._result(value, scope, depth)
        if isinstance(value, Choice):
            return self._chosen(value, scope, depth)
        return Spelled("{}")

    def _chosen(self, value: Choice, scope: Scope, depth: int) -> Spelled:
        """One of several: the first that is known where they are asked in order, else none."""
        told = [self.spelled(one, scope, depth + 1) for one in value.options]
        if value.ordered:
            return next((one for one in told if one.is_constant), told[0])
        return told[0] if len({one.text for one in told}) == 1 else Spelled("{}")

    def ways(self, value: Expression, scope: Scope, depth: int = 0) -> list[Spelled]:
        """A value as text, once for each way that conditions leave open."""
        if depth <= DEEPEST and isinstance(value, Joined):
            found = [Spelled("")]
            for piece in value.pieces:
                read = self.ways(piece, scope, depth + 1)
                found = [_both(one, other) for one in found for other in read][:MOST_WAYS]
            return found
        known, inner = self.resolved(value, scope)
        if depth <= DEEPEST and isinstance(known, Choice) and not known.ordered:
            told = [way for one in known.options for way in self.ways(one, inner, depth + 1)]
            return list({one.text: one for one in told}.values())[:MOST_WAYS]
        if depth <= DEEPEST and isinstance(known, Joined) and known is not value:
            return self.ways(known, inner, depth + 1)
        return [self.spelled(value, scope, depth)]

    def _named(self, value: Name, scope: Scope, depth: int) -> Spelled:
        bare = value.name.rpartition(".")[2]
        if bare in ENTERED and "()" in value.name:
            return Spelled(f"{{{bare}}}", ("what is entered in a page",))
        known, inner = self.resolved(value, scope)
        if isinstance(known, Text | Joined | Call | Choice):
            return self.spelled(known, inner, depth + 1)
        name = known.name if isinstance(known, Name) else value.name
        bare = name.rpartition(".")[2]
        return Spelled(f"{{{bare}}}", (f"the value {name}",) if bare else ())

    def _result(self, value: Call, scope: Scope, depth: int) -> Spelled:
        bare = value.name.rpartition(".")[2]
        if bare in SAME and value.arguments:
            return self.spelled(value.arguments[0], scope, depth + 1)
        if bare in STORES and value.arguments:
            key = self.spelled(value.arguments[0], scope, depth + 1)
            if key.is_constant:
                says = f"what is kept under the key {key.text}"
                return Spelled(f"{{{key.text}}}", (says,))
        if bare in ENTERED:
            return Spelled(f"{{{bare}}}", ("what is entered in a page",))
        return Spelled(f"{{{bare}}}", (f"what {bare} gives",) if bare else ())


def _both(one: Spelled, other: Spelled) -> Spelled:
    origins = tuple(dict.fromkeys((*one.origins, *other.origins)))
    return Spelled((one.text + other.text)[:LONGEST], origins)


def _one_of(known: list[Expression], *, is_setting: bool) -> Expression | None:
    """The only value; of settings a choice of few."""
    if len(known) == 1:
        return known[0]
    few = is_setting and len(known) <= MOST_WAYS
    if few and all(isinstance(one, Text | Joined | Choice) for one in known):
        return Choice(tuple(known), known[0].span)
    return None


def holds(outer: Span, inner: Span) -> bool:
    """Whether one span is inside another."""
    return outer.offset <= inner.offset and inner.end <= outer.end


def _key(value: Expression) -> object:
    if isinstance(value, Text):
        return value.text
    if isinstance(value, Joined):
        return tuple(_key(one) for one in value.pieces)
    if isinstance(value, Choice):
        return ("one of", *(_key(one) for one in value.options))
    if isinstance(value, Name):
        return ("name", value.name)
    return ("at", value.span.offset)
