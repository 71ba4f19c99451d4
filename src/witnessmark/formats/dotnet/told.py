"""Values as a table tells them: parameters by what callers pass, fields by what they are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from witnessmark.formats.dotnet.members import Members
from witnessmark.formats.dotnet.steps import Call, Follower
from witnessmark.formats.dotnet.values import (
    Held,
    Items,
    Joined,
    Made,
    Number,
    Parameter,
    Text,
    Value,
)
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.errors import FormatError

DEEPEST = 14
MOST_MEMBERS = 64
MOST_WAYS = 60
"""Callers by which one call is told."""

ROUNDS = 3
"""Callers of callers that are followed where several pass different things."""

LONGEST = 1_000
SETTERS = "{value}"
"""What the parameter of a setter is called, when no call of it tells more."""

OF_COMPILER = kept_regex(r"^<(\w*)>.*$")
"""Names that the compiler gives: ``<Url>k__BackingField``, ``<url>5__1``."""

ANONYMOUS = kept_regex(r"^(?:.*\.)?<>.*Anon")
"""Names of types that compilers make for ``new { Name = value }``: csc and mcs."""

GETTERS = frozenset({"Get", "GetAsync", "GetString", "GetProperty", "GetValue", "get_Item"})
"""Methods that give what stands under a key, so that the key tells more than their name."""

KEY = kept_regex(r"[A-Za-z_]\w{0,39}")

One = TypeVar("One")

Env = Mapping[int, Sequence[Value]]
"""What methods are taken to be given, by their rows; the object first."""


class Teller:
    """Tells values of one assembly whose methods were followed.

    ``cut`` is set once a value or a way was left out for its size or number.
    """

    def __init__(self, members: Members, followed: Follower, wire: Mapping[str, str]) -> None:
        self._members = members
        self._stored = followed.stored
        self._answers = followed.answers
        self._wire = wire
        self.cut = False
        self._sites: dict[int, list[Call]] = defaultdict(list)
        for call in followed.calls:
            for row in (call.callee.row, *members.implementers(call.callee.row)):
                if row:
                    self._sites[row].append(call)

    def ways(self, call: Call) -> Iterator[list[Any]]:
        """What a call is given, once for each way through callers that pass something else."""
        shape = call.callee.shape
        on_object = call.made or (shape is not None and shape.on_object)
        values = call.given[1:] if on_object else call.given
        answer = call.answer
        envs: Sequence[dict[int, Sequence[Value]]] = [{}]
        for _ in range(ROUNDS if not call.callee.row else 0):
            wider: list[dict[int, Sequence[Value]]] = []
            for env in envs:
                method = next((found for one in values if (found := self._open(one, env, 0))), 0)
                sites = self._first(self._sites[method], MOST_WAYS) if method else []
                wider += [{**env, method: site.given} for site in sites] or [env]
            envs = self._first(wider, MOST_WAYS)
        seen: list[list[Any]] = []
        for env in envs:
            told = [self._told(one, env, 0) for one in values]
            if isinstance(answer, Made) and answer.members and not _is_among(answer, call.given):
                told.append(self._record(answer, env, 0))
            if told not in seen:
                seen.append(told)
        yield from seen

    def _open(self, value: Value, env: Env, depth: int) -> int:
        """A method whose several callers decide about a value; 0 for none."""
        if depth > DEEPEST:
            return 0
        inner: list[Value] = []
        if isinstance(value, Parameter):
            if value.method in env:
                inner = [_passed(env[value.method], value.place)]
            elif not self._is_own(value):
                sites = self._sites.get(value.method, ())
                if len(sites) > 1:
                    return value.method
                inner = [_passed(one.given, value.place) for one in sites]
        elif isinstance(value, Held):
            stored = self._stored.get(value, ())
            inner = list(stored) if len(stored) == 1 else []
        elif isinstance(value, Joined):
            inner = list(value.pieces)
        elif isinstance(value, Made):
            inner = [*value.arguments, *value.members.values()]
        elif isinstance(value, Items):
            inner = list(value.items.values())
        return next((one for v in inner if (one := self._open(v, env, depth + 1))), 0)

    def _is_own(self, value: Parameter) -> bool:
        """Whether a parameter is the object on which its method is called."""
        shape = self._members.shape(value.method)
        return value.place == 0 and shape is not None and shape.on_object

    def _told(self, value: Value, env: Env, depth: int) -> Any:
        if isinstance(value, Text):
            return self._text(value.text)
        if isinstance(value, Number):
            return f"={value.number}"
        if depth > DEEPEST:
            return None
        if isinstance(value, Joined):
            return self._text("".join(self._piece(one, env, depth + 1) for one in value.pieces))
        if isinstance(value, Parameter):
            return self._parameter(value, env, depth)
        if isinstance(value, Held):
            return self._held(value, env, depth)
        if isinstance(value, Items):
            places = self._first(range(max(value.items, default=-1) + 1), MOST_MEMBERS)
            return [self._told(value.items.get(at), env, depth + 1) for at in places]
        return self._object(value, env, depth) if isinstance(value, Made) else None

    def _held(self, value: Held, env: Env, depth: int) -> Any:
        """What a field holds; its name where that is not known, or what a setter is given."""
        stored = self._stored.get(value, ())
        known = self._told(stored[0], env, depth + 1) if len(stored) == 1 else None
        unknown = known is None or known == SETTERS
        return _hole(value.name) or known if unknown else known

    def _parameter(self, value: Parameter, env: Env, depth: int) -> Any:
        given = env.get(value.method)
        if given is None and not self._is_own(value):
            sites = self._sites.get(value.method, ())
            given = sites[0].given if len(sites) == 1 else None
        known = self._told(_passed(given, value.place), env, depth + 1) if given else None
        return known if known is not None else _hole(self._name(value))

    def _name(self, value: Parameter) -> str:
        shape = self._members.shape(value.method)
        number = value.place + (shape is not None and not shape.on_object)
        try:
            return self._members.parameters(value.method).get(number, "")
        except FormatError:
            return ""

    def _object(self, value: Made, env: Env, depth: int) -> Any:
        answers = self._answers.get(value.row, ()) if value.row and not value.made else ()
        if len(answers) == 1:
            known = self._told(answers[0], {**env, value.row: self._as_called(value)}, depth + 1)
            if known is not None:
                return known
        if value.members and not value.arguments:
            return self._record(value, env, depth)
        if value.made and value.row and ANONYMOUS.match(value.name):
            return self._unnamed(value, env, depth)
        given = [
            self._told(one, env, depth + 1) for one in self._first(value.arguments, MOST_MEMBERS)
        ]
        more = [self._record(value, env, depth)] if value.members else []
        return {"()": [value.name, *given, *more]}

    def _unnamed(self, value: Made, env: Env, depth: int) -> dict[str, Any]:
        """An object of a type without a name: its constructor is given its members by name."""
        try:
            names = self._members.parameters(value.row)
        except FormatError:
            names = {}
        return {
            names.get(number, str(number)): self._told(one, env, depth + 1)
            for number, one in enumerate(self._first(value.arguments, MOST_MEMBERS), 1)
        }

    def _as_called(self, value: Made) -> list[Value]:
        """What the method is given, of which a value is the answer; the object first."""
        shape = self._members.shape(value.row)
        owner: list[Value] = [None] if shape is not None and shape.on_object else []
        return owner + value.arguments

    def _record(self, value: Made, env: Env, depth: int) -> dict[str, Any]:
        members = self._first(list(value.members.items()), MOST_MEMBERS)
        return {
            self._wire.get(f"{value.name}.{name}", name): self._told(one, env, depth + 1)
            for name, one in members
        }

    def _first(self, listed: Sequence[One], most: int) -> Sequence[One]:
        """The first ``most``; that there are more is remembered."""
        self.cut |= len(listed) > most
        return listed[:most]

    def _text(self, text: str) -> str:
        """Its first signs; that there are more is remembered."""
        self.cut |= len(text) > LONGEST
        return text[:LONGEST]

    def _piece(self, value: Value, env: Env, depth: int) -> str:
        """A value inside a text."""
        told = self._told(value, env, depth)
        if isinstance(told, str):
            return told.removeprefix("=") if isinstance(value, Number) else told
        if isinstance(told, dict) and list(told) == ["()"]:
            bare = str(told["()"][0]).rpartition(".")[2]
            key = next((one for one in told["()"][1:] if isinstance(one, str)), "")
            if bare in GETTERS and KEY.fullmatch(key):
                return _hole(key) or "{}"
            return _hole(bare.removeprefix("get_")) or "{}"
        return "{}"


def _is_among(value: Value, values: Sequence[Value]) -> bool:
    return any(one is value for one in values)


def _passed(given: Sequence[Value], place: int) -> Value:
    return given[place] if place < len(given) else None


def _hole(name: str) -> str | None:
    """A name for what is not known, as it stands in texts."""
    match = OF_COMPILER.match(name)
    bare = match[1] if match else name.lstrip("_")
    return f"{{{bare}}}" if bare else None
