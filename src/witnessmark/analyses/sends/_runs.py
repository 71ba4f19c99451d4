"""From calls that send to what they send: runs methods until nothing more is learnt from callers.

A method that sends what it is given is run for itself first; where the request then still depends
on what the method is given, its callers are run, and theirs, up to `MOST_LEVELS`. What a caller's
run tells of a call that sends takes the place of what the callee's own run told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from witnessmark.analyses.bounded import first
from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.sends._beans import Beans
from witnessmark.analyses.sends._callers import Callers
from witnessmark.analyses.sends._filled import filled_fields
from witnessmark.analyses.sends._interfaces import Declared, declared_requests
from witnessmark.analyses.sends._machine import Places, RequestMachine
from witnessmark.analyses.sends._meant import Unresolved, meant_calls
from witnessmark.analyses.sends._message import Sent
from witnessmark.analyses.tables import API_SITES, SDK_CLASSES
from witnessmark.facts.tables.code import CALLS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.names import method_names
from witnessmark.flow.renamed import untold_libraries
from witnessmark.flow.renamed_calls import renamed_calls
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.library import makes_text
from witnessmark.flow.values.objects import HOLE, HOLES, Step, Text
from witnessmark.flow.values.paths import FuelError
from witnessmark.flow.values.tables import KEPT_TEXTS
from witnessmark.knowledge.packs.annotation_order import OrderedAnnotation
from witnessmark.knowledge.packs.renamed_calls import RenamedCall
from witnessmark.knowledge.packs.request_marks import RequestMark
from witnessmark.knowledge.packs.requests import Part
from witnessmark.model.distinct import among
from witnessmark.model.gap import Gap

MOST_LEVELS = 6
MOST_INSTRUCTIONS = 1_500_000
MOST_ASKING = 8
MOST_CALLERS = 200
"""Callers of one method that are run; more hand the same kind of thing to it."""

MISSING = "unresolved-name.Unknown"
"""Class on which source calls methods of objects whose class it does not tell."""

SHOWN = 3
READING = ("call", "read")
"""Columns of table ``api_sites`` of a call that reads from the device."""

PLACE_WORDS = ("url", "host", "path", "operation")
FEWEST_OF_PLACE = 4
"""Characters of an address that must be known where a library sends for itself."""

RANKS = {"own": 0, "other": 1, "sdk": 2}
PUTS = ("put", "add", "append")


class Collected(Struct, frozen=True):
    """What left in all runs, the machine whose labels stand in it, the words for other forms of a
    value by method row, declared requests by method row, and what was not followed.
    """

    sent: tuple[Sent, ...]
    machine: RequestMachine
    forms: Mapping[int, str]
    declared: Mapping[int, Declared]
    gaps: tuple[Gap, ...]


def collect(
    app: Facts,
    names: CodeNames,
    parts: Sequence[Part],
    marks: Sequence[RequestMark],
    order: Sequence[OrderedAnnotation],
    renamed: Sequence[RenamedCall] = (),
    carriers: Collection[str] = (),
) -> Collected:
    """Run what can send, the app's own code first.

    ``carriers``  ids of libraries that send what they are given, where no entry of ``parts`` says
    how they are called: their callers are run as those of the app's own methods are.
    """
    callers = Callers(app)
    declared = declared_requests(app, marks, order)
    known = {**meant_calls(app, names, parts), **told_again(app, renamed)}
    places, senders = _places(app, callers, parts, known, declared)
    machine = RequestMachine(app, places, Beans(app))
    _read_kept(app, machine)
    work = _Work(app, machine, callers, carriers)
    left = work.all_levels(senders)
    sent = [*work.kept(), *_unasked(machine, declared)]
    resolving = {machine.world.callee(row).owner for row, one in declared.items() if one.resolves}
    told = tuple(_with_base(machine, one, resolving) for one in sent)
    gaps = (*_gaps(app, work.short, left), *_untold(app, order))
    return Collected(told, machine, places.forms, declared, gaps)


def told_again(app: Facts, renamed: Sequence[RenamedCall]) -> Mapping[int, tuple[Part, ...]]:
    """Entries of renamed methods by their rows."""
    return {row: (one,) for row, one in renamed_calls(app, renamed).items()}


def _best_reached(app: Facts, rows: NDArray[np.intp]) -> Sequence[int]:
    """`MOST_ASKING` calls, those of running code first."""
    method, states = app.table(CALLS)["method"], app.table(REACH)["state"]
    order = {"reached": 0, "unknown": 1}
    ranked = sorted(rows.tolist(), key=lambda row: (order.get(states[method[row]], 2), row))
    what, hides = "calls that ask for one request", ("sends/request",)
    return first(app, ranked, MOST_ASKING, what, "sends/request", hides)


def _untold(app: Facts, order: Sequence[OrderedAnnotation]) -> Iterator[Gap]:
    """Gaps for libraries whose renamed annotations were not made out."""
    for library in untold_libraries(app, order):
        why = (
            f"requests that annotations of {library} describe: the annotations have other names "
            "here, and which is which was not made out"
        )
        yield Gap("sends/request", why, ("sends",))


def _unasked(machine: RequestMachine, declared: Mapping[int, Declared]) -> Iterator[Sent]:
    """Declared requests that no run was seen to ask for, at the calls that ask where there are
    such: their code was not followed so far.
    """
    calls = machine.world.facts.table(CALLS)
    seen = {int(calls["callee"][one.place[2]]) for one in machine.sent if one.place[2] >= 0}
    for method, one in declared.items():
        if method in seen:
            continue
        sent = machine.declared_alone(method, one.part)
        if sent is None:
            continue
        asking = _best_reached(machine.world.facts, np.flatnonzero(calls["callee"] == method))
        for row in asking:
            caller, pc = int(calls["method"][row]), int(calls["pc"][row])
            yield replace(sent, place=(caller, pc, row), root=caller)
        if not asking:
            yield sent


def _with_base(machine: RequestMachine, sent: Sent, resolving: set[str]) -> Sent:
    """A declared request with the address that the object which sends it was made for."""
    owner = sent.word("interface")
    if not owner:
        return sent
    how = {"join": "resolve"} if owner in resolving else {}
    if sent.word("base"):
        return replace(sent, words={**sent.words, **how})
    bases = machine.bases.get(owner) or machine.bases.get("") or {}
    known = [base for base in bases if HOLES.sub("", base)]
    others = {base for found in machine.bases.values() for base in found if HOLES.sub("", base)}
    if not known and len(others) == 1 and owner not in machine.bases:
        known = sorted(others)
    base = known[0] if known else next(iter(bases), HOLE)
    return replace(sent, words={**sent.words, **how, "base": base})


def _places(
    app: Facts,
    callers: Callers,
    parts: Sequence[Part],
    known: Mapping[int, tuple[Part, ...]],
    declared: Mapping[int, Declared],
) -> tuple[Places, list[int]]:
    """Methods by what they do to requests, and those that hold a call which sends."""
    meant = {**known, **{row: (one.part,) for row, one in declared.items()}}
    forms = {
        row: step.split()[1]
        for row, entries in meant.items()
        for step in entries[0].effect
        if step.startswith("as ")
    }
    acts = {row: entries for row, entries in meant.items() if row not in forms}
    calls = app.table(CALLS)
    unresolved = Unresolved(parts)
    sending = [
        row for row, entries in acts.items() if any(one.sends or one.bases for one in entries)
    ]
    sending += [row for name in unresolved.sending for row in app.methods_named(MISSING, name)]
    senders = sorted(set(calls["method"][among(calls["callee"], sending)].tolist()))
    platform = _platform(app)
    leads = callers.leading_to(senders, MOST_LEVELS) - platform
    builders = _builders(app, callers, acts) - platform
    return Places(acts, forms, leads, builders, frozenset(declared), unresolved), senders


def _builders(app: Facts, callers: Callers, acts: Mapping[int, tuple[Part, ...]]) -> frozenset[int]:
    """Methods that put parts of requests, maps or JSON together, and those that call them."""
    calls = app.table(CALLS)
    wanted = np.asarray(sorted({*acts, *_puts(app)}), dtype=np.int64)
    first = set(calls["method"][among(calls["callee"], wanted)].tolist())
    return callers.leading_to(first, 1)


def _platform(app: Facts) -> frozenset[int]:
    """Methods of the platform's own libraries."""
    table, owner = app.table(SDK_CLASSES), app.table(METHODS)["class"]
    if not len(table):
        return frozenset()
    inside = (owner >= 0) & (owner < len(table))
    known = table["ownership"][np.where(inside, owner, 0)] == "platform"
    return frozenset(np.flatnonzero(inside & known).tolist())


def _puts(app: Facts) -> Iterator[int]:
    """Library methods that put something into a map, a list or JSON."""
    names, methods = method_names(app), app.table(METHODS)
    for name in PUTS:
        number = names.ids.get(name.encode())
        for row in np.flatnonzero(names.of_method == number).tolist() if number is not None else ():
            owner = app.descriptor(int(methods["class_type"][row]))
            if makes_text(f"{owner}->{name}") and not owner.startswith("Ljava/lang/"):
                yield row


def _read_kept(app: Facts, machine: RequestMachine) -> None:
    """What other code puts into fields and under keys is known from the start.

    A field that a reading of the device fills is not: its constant is what stands there before.
    """
    sites = app.table(API_SITES).rows("how", "action", "call")
    filled = filled_fields(app, [call for how, action, call in sites if (how, action) == READING])
    columns = ("field", "store", "key", "text", "whole", "open")
    for field, store, key, text, whole, is_open in app.table(KEPT_TEXTS).rows(*columns):
        if field in filled:
            continue
        if field >= 0 and whole:
            step = Step(f"kept in {app.field_signature(field)}")
            machine.stored.setdefault(field, {})[text] = Text(text, (step,))
        elif whole:
            step = Step(f"kept under the key {key}")
            machine.cells.kept.setdefault((store, key), {})[text] = Text(text, (step,))
        if is_open:
            machine.cells.unknown[(store, key), -1, -1] = 0
    machine.read_stored()


class _Work:
    """The levels of runs."""

    def __init__(
        self, app: Facts, machine: RequestMachine, callers: Callers, carriers: Collection[str]
    ) -> None:
        self._app = app
        self._machine = machine
        self._callers = callers
        self._ranks = _ranks(app, carriers)
        self._states = app.table(REACH)["state"].tolist()
        self.short: list[int] = []
        self._done: set[int] = set()

    def all_levels(self, senders: Sequence[int]) -> int:
        """Run senders, then callers; how many were left when the instructions were used up."""
        waiting, classes = self._ordered(senders), self._app.table(METHODS)["class"]
        for level in range(MOST_LEVELS + 1):
            raised: set[int] = set()
            for number, method in enumerate(waiting):
                if self._machine.used >= MOST_INSTRUCTIONS:
                    return len(waiting) - number
                before = len(self._machine.sent)
                self._run(method)
                fresh = self._machine.sent[before:]
                own = self._rank(int(classes[method])) < RANKS["sdk"]
                if own and level < MOST_LEVELS and self._depends(method, fresh):
                    raised.update(self._callers_of(method))
            waiting = self._ordered(sorted(raised - self._done))
        return 0

    def _callers_of(self, method: int) -> Sequence[int]:
        """Callers that are run, with a gap where there are more."""
        app, at = self._app, self._app.method_signature(method)
        what, hides = "callers of this method", ("sends/request",)
        return first(app, self._callers.of(method), MOST_CALLERS, what, at, hides)

    def _ordered(self, methods: Sequence[int]) -> list[int]:
        code = self._app.table(METHODS)["code_offset"]
        own = self._app.table(METHODS)["class"]
        usable = [
            method
            for method in methods
            if code[method] >= 0 and self._rank(int(own[method])) < len(RANKS)
        ]
        return sorted(usable, key=lambda m: (self._rank(int(own[m])), m))

    def _rank(self, class_row: int) -> int:
        return self._ranks[class_row] if 0 <= class_row < len(self._ranks) else RANKS["other"]

    def _run(self, method: int) -> None:
        self._done.add(method)
        try:
            self._machine.run_root(method)
        except FuelError:
            if self._rank(int(self._app.table(METHODS)["class"][method])) < RANKS["sdk"]:
                self.short.append(method)

    def _depends(self, method: int, sent: Sequence[Sent]) -> bool:
        """Whether callers can tell more: something is open, or what it is given decides."""
        chooses = len(sent) > 1 and bool(self._app.parameter_types(method))
        return bool(sent) and (chooses or any(self._is_open(one) for one in sent))

    def _is_open(self, sent: Sent) -> bool:
        """Whether the request depends on what the method was given, or its object holds."""
        labels = self._machine.labels
        for text in _texts(sent):
            for number in labels.of_text(text):
                for label in labels.everything(number):
                    if label.kind == "parameter" or (label.kind == "field" and not label.inner):
                        return True
        return False

    def kept(self) -> Iterator[Sent]:
        """What was sent, without what a caller's run tells better, and without what methods that
        hand anything on would send to anywhere if running code came to them.
        """
        best = list(self._best())
        used: dict[tuple[int, int, int], set[str]] = defaultdict(set)
        for one in best:
            if not self._idle(one):
                used[one.place].add(_where(one))
        for one in best:
            elsewhere = used[one.place] if self._idle(one) and not one.fields else ()
            if not (any(elsewhere) and _where(one) in ("", *elsewhere)):
                yield one

    def _best(self) -> Iterator[Sent]:
        """What was sent, as the outermost run that knows it best tells it; a run that nothing is
        seen to start takes no place of one that runs.
        """
        through: dict[tuple[int, int], list[Sent]] = defaultdict(list)
        told = [one for one in self._machine.sent if self._tells(one)]
        for one in told:
            for method in {one.place[0], *(place[0] for place in one.chain)} - {one.root}:
                through[method, one.place[1]].append(one)
        for one in told:
            better = through.get((one.root, one.place[1]), ())
            runs = self._states[one.root] == "reached"
            if not any(
                other.place == one.place
                and _known(other) >= _known(one)
                and not (runs and self._states[other.root] == "unreached")
                for other in better
            ):
                yield one

    def _idle(self, sent: Sent) -> bool:
        """Whether nothing was seen that comes to the method where a run began."""
        state, root = self._states[sent.root], sent.root
        if state == "unknown" and self._machine.world.is_static(root):
            return not self._callers.of(root)
        return bool(state == "unreached")

    def _tells(self, sent: Sent) -> bool:
        """Whether anything is known of a request, and in a library's code where it goes."""
        own = self._app.table(METHODS)["class"]
        where = {int(own[method]) for method in (sent.root, sent.place[0])}
        if any(self._rank(row) < RANKS["sdk"] for row in where):
            return bool(sent.words or sent.fields or sent.body)
        return len(_where(sent)) >= FEWEST_OF_PLACE


def _texts(sent: Sent) -> Iterator[str]:
    yield from sent.words.values()
    yield sent.body
    yield from sent.segments
    for field in sent.fields:
        yield field.name
        yield field.value


def _known(sent: Sent) -> int:
    """How much of the address and of the names is known."""
    names = sum(1 for field in sent.fields if not HOLES.search(field.name))
    return 100 * names + len(_where(sent)) + min(len(HOLES.sub("", sent.body)), 99)


def _where(sent: Sent) -> str:
    """What is known of the address."""
    return HOLES.sub("", "".join(sent.word(name) for name in PLACE_WORDS))


def _ranks(app: Facts, carriers: Collection[str]) -> list[int]:
    """Rank of each class; the code of a carrier counts like code of nobody known."""
    return [
        RANKS["other"] if sdk in carriers else RANKS.get(ownership, len(RANKS))
        for ownership, sdk in app.table(SDK_CLASSES).rows("ownership", "sdk")
    ]


def _gaps(app: Facts, short: Sequence[int], left: int) -> Iterator[Gap]:
    if short:
        shown = ", ".join(app.method_signature(method) for method in short[:SHOWN])
        more = f" and {len(short) - SHOWN} more" if len(short) > SHOWN else ""
        why = f"requests of these methods were not followed to the end: {shown}{more}"
        yield Gap("sends/request", why, ("sends",))
    if left:
        why = f"{left} methods that can send were not followed, the app has too many"
        yield Gap("sends/request", why, ("sends",))
