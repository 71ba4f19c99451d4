"""Passwords of archives, stores and documents that are no constant: where they come from.

What a call is given is followed back: through what the method computes, the fields that it reads,
the methods that it asks, and its callers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.fixed_secrets import fixed_secrets
from witnessmark.analyses.tables import API_SITES
from witnessmark.facts.tables.code import CALLS, FIELD_USES, FIELDS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader
from witnessmark.flow.origins import (
    Call,
    CallResult,
    Computed,
    Event,
    FieldRead,
    Made,
    Origin,
    Origins,
    Parameter,
    Store,
)
from witnessmark.flow.straight import static_constants
from witnessmark.knowledge.packs.apis import Api
from witnessmark.knowledge.packs.secrets import Secret
from witnessmark.knowledge.packs.value_origins import ValueOrigin

DEEPEST, MOST_CALLERS, MOST_WRITERS = 5, 6, 6
MOST_TOLD = 6
NATIVE = 0x100


class Leaf(Struct, frozen=True):
    """One origin: what it is in words, and the place (pc -1 for none)."""

    says: str
    method: int
    pc: int


class MovingPassword(Struct, frozen=True):
    """A call that is given a password which is no constant; no leaves where none was seen."""

    entry: Secret
    method: int
    pc: int
    leaves: tuple[Leaf, ...]


def moving_passwords(
    app: Facts,
    names: CodeNames,
    entries: Sequence[Secret],
    apis: Mapping[str, Api],
    known: Sequence[ValueOrigin],
) -> Iterator[MovingPassword]:
    """In the order of calls; those that `fixed_secrets` tells are left out."""
    chosen = [one for one in entries if one.protects]
    fixed = {(one.method, one.pc) for one in fixed_secrets(app, names, chosen)}
    follower = _Follower(app, apis, known)
    meant: dict[int, list[Secret]] = defaultdict(list)
    wanted: dict[Member, list[Secret]] = defaultdict(list)
    for entry in chosen:
        for name in entry.members:
            wanted[Member(entry.owner, name)].append(entry)
    for row, members in names.methods(wanted, below=False).items():
        meant[row] += [entry for member in members for entry in wanted[member]]
    for call in sorted(names.calls(meant), key=lambda one: one.row):
        kinds = app.parameter_types(call.callee)
        for entry in meant[call.callee]:
            if entry.value < len(kinds) and (call.method, call.pc) not in fixed:
                leaves = follower.given(call.method, call.row, entry.value)
                if leaves is not None:
                    yield MovingPassword(entry, call.method, call.pc, leaves)


class _Follower:
    def __init__(self, app: Facts, apis: Mapping[str, Api], known: Sequence[ValueOrigin]) -> None:
        self._app = app
        self._reader = CodeReader(app)
        self._constants = static_constants(app)
        self._events: dict[int, tuple[Event, ...]] = {}
        self._apis = {
            (method, pc): apis[name]
            for name, method, pc in app.table(API_SITES).rows("api", "method", "pc")
            if name in apis and pc >= 0
        }
        self._known = {(one.owner, member): one for one in known for member in one.members}
        self._seen: set[tuple[int, Origin]] = set()

    def given(self, method: int, call: int, position: int) -> tuple[Leaf, ...] | None:
        """Origins of an argument, receiver not counted; None where it is a constant or nothing."""
        self._seen.clear()
        event = next((one for one in self._of(method)
                      if isinstance(one, Call) and one.row == call), None)  # fmt: skip
        if event is None:
            return ()
        origin = event.arguments[position + event.receiver]
        found = dict.fromkeys(self._leaves(method, origin, 0))
        return tuple(found)[:MOST_TOLD]

    def _of(self, method: int) -> tuple[Event, ...]:
        if method not in self._events:
            code = self._reader.read(method)
            told = () if code is None else tuple(Origins(self._app, code, self._constants).events())
            self._events[method] = told
        return self._events[method]

    def _leaves(self, method: int, origin: Origin, depth: int) -> Iterator[Leaf]:
        if depth > DEEPEST or (method, origin) in self._seen:
            return
        self._seen.add((method, origin))
        if isinstance(origin, CallResult):
            yield from self._result(method, origin, depth)
        elif isinstance(origin, FieldRead):
            yield from self._field(method, origin, depth)
        elif isinstance(origin, Parameter):
            yield from self._parameter(method, origin, depth)
        elif isinstance(origin, Computed):
            for one in origin.operands:
                yield from self._leaves(method, one, depth + 1)
        elif isinstance(origin, Made):
            yield from self._put_in(method, origin, depth)

    def _put_in(self, method: int, made: Made, depth: int) -> Iterator[Leaf]:
        """What is put into an object that the method makes, such as a text in the making."""
        for event in self._of(method):
            if isinstance(event, Call) and event.receiver and event.arguments[0] == made:
                for one in event.arguments[1:]:
                    yield from self._leaves(method, one, depth + 1)

    def _result(self, method: int, origin: CallResult, depth: int) -> Iterator[Leaf]:
        api = self._apis.get((method, origin.pc))
        if api is not None:
            yield Leaf(api.what, method, origin.pc)
            return
        app, callee = self._app, origin.callee
        known = self._known.get((app.method_class(callee), app.method_name(callee)))
        if known is not None:
            yield Leaf(known.says + self._key(origin, known), method, origin.pc)
            return
        methods = app.table(METHODS)
        if int(methods["access"][callee]) & NATIVE and int(methods["class"][callee]) >= 0:
            yield Leaf("what native code gives", method, origin.pc)
            return
        inside = list(self._answers(callee, depth))
        for one in origin.arguments:
            inside += self._leaves(method, one, depth + 1)
        yield from inside

    def _key(self, origin: CallResult, known: ValueOrigin) -> str:
        if not known.key:
            return ""
        skipped = len(origin.arguments) - len(self._app.parameter_types(origin.callee))
        at = int(known.key) + skipped
        key = origin.arguments[at] if at < len(origin.arguments) else None
        text = getattr(key, "text", "") if getattr(key, "kind", "") == "string" else ""
        return f" ({text})" if text else ""

    def _answers(self, callee: int, depth: int) -> Iterator[Leaf]:
        """What a method of the app gives back."""
        for event in self._of(callee):
            if isinstance(event, Store) and event.field < 0 and not isinstance(
                event.value, Parameter
            ):  # fmt: skip
                yield from self._leaves(callee, event.value, depth + 1)

    def _field(self, method: int, origin: FieldRead, depth: int) -> Iterator[Leaf]:
        api = self._apis.get((method, origin.pc))
        if api is not None:
            yield Leaf(api.what, method, origin.pc)
            return
        found: list[Leaf] = []
        for writer in self._writers(origin.row):
            for event in self._of(writer):
                if isinstance(event, Store) and event.field == origin.row:
                    found += self._leaves(writer, event.value, depth + 1)
        owner, _, name = self._app.field_signature(origin.row).partition(":")[0].partition("->")
        simple = owner.rpartition("/")[2].rstrip(";").rpartition("$")[2]
        yield from found or [Leaf(f"the field {simple}.{name}", method, origin.pc)]

    def _writers(self, field: int) -> list[int]:
        uses = self._app.table(FIELD_USES)
        if int(self._app.table(FIELDS)["class"][field]) < 0:
            return []
        writes = ((uses["opcode"] >= 0x59) & (uses["opcode"] <= 0x5F)) | (
            (uses["opcode"] >= 0x67) & (uses["opcode"] <= 0x6D)
        )
        rows = ((uses["field"] == field) & writes).nonzero()[0]
        return sorted({int(one) for one in uses["method"][rows]})[:MOST_WRITERS]

    def _parameter(self, method: int, origin: Parameter, depth: int) -> Iterator[Leaf]:
        if origin.position < 0:
            return
        found: list[Leaf] = []
        calls = self._app.table(CALLS)
        for call in self._app.calls_of(method)[:MOST_CALLERS]:
            caller = int(calls["method"][call])
            for event in self._of(caller):
                if isinstance(event, Call) and event.row == call:
                    value = event.arguments[origin.position + event.receiver]
                    found += self._leaves(caller, value, depth + 1)
        yield from found
