"""What scripts save in a store in the cloud: the place in the store, and what is saved there.

Calls of pack ``script_clouds`` count in apps whose scripts name the store's maker. Functions that a
compiler gave other names are known by texts that their own code hands on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from witnessmark.analyses.sends._scripts import Scope, Scripts, Source, Spelled, holds
from witnessmark.formats.patterns import kept_regex
from witnessmark.formats.script import Call, Expression, Joined, Name, Text
from witnessmark.knowledge.packs.script_clouds import ScriptCloud

DEEPEST = 6
CONSTANT = kept_regex(r"[A-Za-z\u0080-\uffff]")
HOLE = kept_regex(r"\{[^{}]*\}")
VERBS = {"save": "SAVE", "store": "STORE"}


class Saved(Struct, frozen=True):
    """What one call saves: ``data`` None where nothing of it is told."""

    verb: str
    place: Spelled
    call: Call
    data: tuple[Expression, Scope] | None


class ScriptClouds:
    """Reads the scripts of one app."""

    def __init__(self, scripts: Scripts, known: Sequence[ScriptCloud]) -> None:
        self._scripts = scripts
        self._known = known
        self._named: dict[tuple[str, ...], bool] = {}

    def saved(self) -> Iterator[tuple[Saved, Source]]:
        """Each call that saves, in the order of scripts."""
        sources = [one for one in self._scripts.all if one.kind == "script"]
        known = [one for one in self._known if self._names(one, sources)]
        if not known:
            return
        for source in sources:
            reader = _OneScript(self._scripts, known, source)
            for call in source.script.calls:
                found = reader.saved(call)
                if found is not None:
                    yield found, source

    def _names(self, entry: ScriptCloud, sources: Sequence[Source]) -> bool:
        """Whether scripts name the maker of a store."""
        if entry.maker not in self._named:
            texts = (text.text.lower() for one in sources for text in one.script.texts)
            self._named[entry.maker] = any(word in text for text in texts for word in entry.maker)
        return self._named[entry.maker]


class _OneScript:
    def __init__(self, scripts: Scripts, known: Sequence[ScriptCloud], source: Source) -> None:
        self._scripts = scripts
        self._known = known
        self._source = source
        self._aliases = dict(self._renamed())
        self._by_start: dict[int, list[Call]] = {}
        for call in source.script.calls:
            self._by_start.setdefault(call.span.offset, []).append(call)

    def saved(self, call: Call) -> Saved | None:
        """What a call saves, None for any other call."""
        for entry in self._meant(call):
            verb, _, inside = entry.role.partition(" ")
            if verb not in VERBS or len(call.arguments) <= entry.at:
                continue
            scope, _ = self._scripts.scope(call, self._source)
            place = (
                self._of_receiver(call, scope, 0)
                if inside
                else self._place(call.arguments[0], scope, 0)
            )
            if place is not None and CONSTANT.search(HOLE.sub("", place.text)):
                data = (call.arguments[entry.at], scope) if verb == "save" else None
                return Saved(VERBS[verb], place, call, data)
        return None

    def _meant(self, call: Call) -> Iterator[ScriptCloud]:
        alias = self._aliases.get(call.name)
        if alias is not None:
            yield alias
        yield from (one for one in self._known if one.recognises(call.name))

    def _place(self, value: Expression, scope: Scope, depth: int) -> Spelled | None:
        """The place in the store that a value is, None for none."""
        if isinstance(value, Name):
            return self._named(value, scope, depth)
        if not isinstance(value, Call) or depth > DEEPEST:
            return None
        for entry in self._meant(value):
            path = self._path(value.arguments[entry.at :], scope)
            if entry.role == "place" and len(value.arguments) > entry.at:
                outer = self._place(value.arguments[0], scope, depth + 1)
                return _joined(outer, path)
            if entry.role == "whole":
                return Spelled("", ())
            if entry.role == "inside" and (value.arguments or "()" in value.name):
                outer = self._of_receiver(value, scope, depth + 1)
                return None if outer is None else _joined(outer, path)
        return None

    def _named(self, value: Name, scope: Scope, depth: int) -> Spelled | None:
        """The place that the one call which gives a name its value is."""
        root, *members = value.name.split(".")
        if depth > DEEPEST or root in scope.parameters:
            return None
        held = self._source.script.members if members else self._source.script.values
        bare = members[-1] if members else root
        given = [one for one in held.get(bare, ()) if isinstance(one, Call)]
        around = [one for one in self._source.script.functions if holds(one.span, value.span)]
        for function in reversed(around):
            inside = [one for one in given if holds(function.span, one.span)]
            if inside:
                given = inside
                break
        return self._place(given[0], scope, depth + 1) if len(given) == 1 else None

    def _of_receiver(self, call: Call, scope: Scope, depth: int) -> Spelled | None:
        """The place that the receiver of a call is."""
        receiver = call.name.rpartition(".")[0]
        if receiver.endswith("()"):
            for inner in self._by_start.get(call.span.offset, ()):
                if inner.name == receiver[:-2] and inner.span.end < call.span.end:
                    return self._place(inner, scope, depth + 1)
            return None
        return self._named(Name(receiver, call.span), scope, depth + 1) if receiver else None

    def _path(self, given: Sequence[Expression], scope: Scope) -> Spelled:
        told = [
            self._scripts.spelled(one, scope)
            for one in given
            if isinstance(one, Text | Joined | Name | Call)
        ]
        origins = dict.fromkeys(origin for one in told for origin in one.origins)
        return Spelled("/".join(one.text.strip("/") for one in told), tuple(origins))

    def _renamed(self) -> Iterator[tuple[str, ScriptCloud]]:
        """Functions of the store by the names that a compiler gave them, where that is certain."""
        found: dict[str, dict[str, ScriptCloud]] = {}
        for call in self._source.script.calls:
            texts = {one.text for one in call.arguments if isinstance(one, Text)}
            for entry in self._known:
                if not entry.texts or not texts.issuperset(entry.texts):
                    continue
                around = [
                    one.name
                    for one in self._source.script.functions
                    if one.name and holds(one.span, call.span)
                ]
                if around:
                    found.setdefault(around[-1], {})[entry.id] = entry
        names = [one.name for one in self._source.script.functions]
        for name, entries in found.items():
            if len(entries) == 1 and names.count(name) == 1:
                yield name, next(iter(entries.values()))


def _joined(outer: Spelled | None, path: Spelled) -> Spelled:
    if outer is None or not outer.text:
        return path
    text = f"{outer.text}/{path.text}" if path.text else outer.text
    return Spelled(text, tuple(dict.fromkeys((*outer.origins, *path.origins))))
