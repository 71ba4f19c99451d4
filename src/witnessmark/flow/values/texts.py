"""Texts of an app as its code computes them: put together, decoded, passed on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from witnessmark.facts.tables.code import CALLS, FIELD_USES
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import distinct
from witnessmark.flow.values.cells import known_cells
from witnessmark.flow.values.chosen import Chosen, chosen_methods, known_users
from witnessmark.flow.values.code import Callee
from witnessmark.flow.values.folders import FILE, STEP
from witnessmark.flow.values.library import makes_text
from witnessmark.flow.values.machine import LIMITS, Machine
from witnessmark.flow.values.objects import (
    HOLE,
    Array,
    Builder,
    Step,
    Text,
    Thing,
    Value,
    steps_of,
)
from witnessmark.flow.values.paths import Chain, FuelError
from witnessmark.flow.values.tables import DERIVED_TEXTS, KEPT_TEXTS
from witnessmark.flow.values.used_whole import whole_text
from witnessmark.flow.values.world import world_of
from witnessmark.model.attempt import Attempt, plainly, stopped
from witnessmark.model.distinct import among
from witnessmark.model.gap import Gap
from witnessmark.model.table import Table

MOST_INSTRUCTIONS = 2_000_000
"""Instructions that all methods of an app together may take."""

MOST_ROWS = 50_000
MOST_AT_A_CALL = 12
SHORTEST = 2
SHOWN = 3
GETTERS = 2
"""Methods that give a field's text on, one calling the other."""

ROUNDS = 2
"""Times that what was stored is read: a text read may be stored anew, decoded."""
CHAPTERS = ("sends", "takes", "keeps", "hides")

FILES = f"{FILE}->"
JSON = frozenset({"Lorg/json/JSONObject;", "Lorg/json/JSONArray;"})
HOLDING = frozenset({Text, Builder, Array, Thing})
"""Types of values that are or hold texts."""

UNVEILS = frozenset({"decodes", "decrypt", "unpacks"})


class Values(Struct, frozen=True):
    """`DERIVED_TEXTS` and `KEPT_TEXTS`, what could not be computed, and how many instructions
    were interpreted.
    """

    table: Table
    kept: Table
    gaps: tuple[Gap, ...]
    instructions: int


Row = tuple[int, int, int, int, str]


class Listener(Struct):
    """Collects the texts that calls are given."""

    facts: Facts
    wanted: Chosen
    known: frozenset[str]
    rows: dict[Row, tuple[Step, ...]] = {}
    at_call: dict[tuple[int, int], int] = {}
    users: Sequence[bool] = ()
    told: Sequence[bool] = ()
    passing: Sequence[bool] = ()

    def __post_init__(self) -> None:
        self.users = self.wanted.users.tolist()
        self.told = self.wanted.told.tolist()
        self.passing = self.wanted.wants.tolist()

    def called(
        self,
        chain: Chain,
        place: tuple[int, int],
        call: int,
        callee: Callee,
        given: Sequence[Value],
        /,
    ) -> None:
        """Keep the texts among ``given`` that are not plain constants of that method."""
        uses = self.users[callee.row]
        if HOLDING.isdisjoint(map(type, given)) or not self.told[place[0]]:
            return
        if not uses and makes_text(callee.key):
            return
        for position, value in enumerate(given, len(callee.kinds) - len(given)):
            kind = value.__class__
            if kind not in HOLDING or (kind is Text and not uses and not _stands_out(value)):
                continue
            whole = whole_text(callee.key, value)
            always = whole is not None or _is_file(callee, position)
            for text in _texts(value) if whole is None else (whole,):
                if (uses or _stands_out(text)) and self._tells(text, place[0], always=always):
                    self._keep((*place, call, position, text.text), text, chain)

    def wants(self, method: int) -> bool:
        """Whether a method does something with the texts it is given."""
        return self.passing[method]

    def starts(self, method: int) -> bool:
        """Whether a method that outside code runs uses texts."""
        return bool(self.wanted.ends[method])

    def opaque(self, callee: Callee) -> bool:
        """Methods of libraries that the packs know, bundled or not."""
        return callee.key in self.known

    def _tells(self, text: Text, method: int, *, always: bool) -> bool:
        """Whether a text is more than a constant of the method that uses it, or always counts."""
        if len(text.text.replace(HOLE, "")) < SHORTEST or "\0" in text.text:
            return False
        if always or len(text.steps) != 1:
            return True
        (step,) = text.steps
        plain = step.string >= 0 and self.facts.string(step.string) == text.text
        return not plain or step.method != method

    def _keep(self, row: Row, text: Text, chain: Chain) -> None:
        place = row[2], row[3]
        if row in self.rows or len(self.rows) >= MOST_ROWS:
            return
        if self.at_call.get(place, 0) >= MOST_AT_A_CALL:
            return
        self.at_call[place] = self.at_call.get(place, 0) + 1
        passed = tuple(Step("passes it on", *where) for where in chain if where[1] >= 0)
        self.rows[row] = (*text.steps, *passed)


def _is_file(callee: Callee, position: int) -> bool:
    """Whether an argument, or with -1 the receiver, is a file."""
    return callee.key.startswith(FILES) if position < 0 else callee.kinds[position] == FILE


def _stands_out(text: Text) -> bool:
    """Texts worth telling even where the app hands them to its own code."""
    return "://" in text.text or any(step.says[:7] in UNVEILS for step in text.steps)


def _texts(value: Value) -> Iterator[Text]:
    """Texts that an argument is or holds."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Builder):
        yield Text(value.text, value.steps)
    elif isinstance(value, Array):
        yield from (item for item in value.items[:MOST_AT_A_CALL] if isinstance(item, Text))
    elif isinstance(value, Thing):
        base = value.known.get("base")
        if isinstance(base, Text):
            yield Text(base.text, value.steps)
        elif value.kind in JSON and isinstance(value.known.get("spelled"), Text):
            yield value.known["spelled"]


def derived_texts(facts: Facts, attempt: Attempt = plainly) -> Values:
    """Interpret the methods that make texts; ``facts`` with the tables of flow.

    Bounded by `MOST_INSTRUCTIONS`; the same app gives the same rows. ``attempt`` guards each run.
    """
    chosen = chosen_methods(facts)
    listener = Listener(facts, chosen, known_users())
    machine = Machine(world_of(facts), listener, LIMITS, again=False)
    short: list[int] = []
    runs = _Runs(machine, attempt)
    left = runs.run(chosen.roots, short)
    done: set[int] = set()
    for _ in range(ROUNDS):
        known = set(machine.stored)
        again = _readers(facts, chosen, machine, done)
        machine.read_stored()
        runs.run(again, [])
        done = known
    table = Table.from_rows(DERIVED_TEXTS, _rows(facts, listener))
    kept = Table.from_rows(KEPT_TEXTS, _kept_rows(machine))
    return Values(table, kept, (*_gaps(facts, short, left), *sorted(runs.crashes)), machine.used)


class _Runs:
    """Runs methods one after another; ``crashes`` are the gaps of those that an error stopped."""

    def __init__(self, machine: Machine, attempt: Attempt) -> None:
        self._machine = machine
        self._attempt = attempt
        self.crashes: set[Gap] = set()

    def run(self, roots: Sequence[int], short: list[int]) -> int:
        """Run each method; how many were left when the instructions of the app were used up."""
        for number, method in enumerate(roots):
            if self._machine.used >= MOST_INSTRUCTIONS:
                return len(roots) - number
            _, error = self._attempt(partial(self._one, method, short))
            if error:
                short.append(method)
                self.crashes.add(stopped("values/error", error, CHAPTERS))
        return 0

    def _one(self, method: int, short: list[int]) -> None:
        try:
            self._machine.run(method)
        except FuelError:
            short.append(method)


def _readers(facts: Facts, chosen: Chosen, machine: Machine, done: set[int]) -> list[int]:
    """Methods that read a field in which code stores a text that it made, but for the fields
    ``done``; the first time also those that read what is kept under a key.
    """
    made = {
        field
        for field, texts in machine.stored.items()
        if field not in done and any(len(steps_of(text)) > 1 for text in texts.values())
    }
    uses = facts.table(FIELD_USES)
    fields = distinct(uses["field"]).tolist()
    held = [field for field in fields if machine.world.field(field) in made]
    methods = set(uses["method"][among(uses["field"], held)].tolist())
    for _ in range(GETTERS):
        methods |= _callers(facts, [one for one in sorted(methods) if chosen.gives[one]])
    if not done:
        methods |= _asks_for_keys(facts)
    return sorted(method for method in methods if chosen.readers[method])


def _callers(facts: Facts, methods: Sequence[int]) -> set[int]:
    calls = facts.table(CALLS)
    found: set[int] = set(calls["method"][among(calls["callee"], methods)].tolist())
    return found


def _asks_for_keys(facts: Facts) -> set[int]:
    """Methods that get what is kept under a key."""
    gets = [
        method
        for key, cell in known_cells().items()
        if cell.access == "get"
        for method in facts.methods_named(*_parts(key))
    ]
    return _callers(facts, gets)


def _parts(key: str) -> tuple[str, str]:
    """Class with dots and method of ``Lowner;->name``."""
    owner, _, name = key.partition("->")
    return owner[1:-1].replace("/", "."), name


def _rows(facts: Facts, listener: Listener) -> Iterator[tuple[object, ...]]:
    for (method, pc, call, position, text), steps in sorted(listener.rows.items()):
        yield (
            method, pc, call, position, _told(text), HOLE not in text,
            _decoded(facts, text, steps), _steps(steps),
        )  # fmt: skip


def _kept_rows(machine: Machine) -> Iterator[tuple[object, ...]]:
    for field_row, texts in sorted(machine.stored.items()):
        for text in sorted(texts):
            yield (
                field_row,
                "",
                "",
                _told(text),
                HOLE not in text,
                False,
                _steps(steps_of(texts[text])),
            )
    cells = machine.cells
    for store, key in sorted({*cells.kept, *cells.open}):
        found = cells.kept.get((store, key), {})
        is_open = (store, key) in cells.open
        for text in sorted(found):
            yield -1, store, key, _told(text), HOLE not in text, is_open, _steps(found[text].steps)
        if not found:
            yield -1, store, key, "", False, True, "[]"


def _told(text: str) -> str:
    """A text as tables hold it: ? for each piece that is not known, no lone surrogates."""
    return text.replace(HOLE, "?").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _steps(steps: Sequence[Step]) -> str:
    return json.dumps([_as_json(step) for step in steps], ensure_ascii=False)


def _as_json(step: Step) -> dict[str, object]:
    return {"says": step.says, "method": step.method, "pc": step.pc, "string": step.string,
            "resource": step.resource}  # fmt: skip


def _decoded(facts: Facts, text: str, steps: Sequence[Step]) -> bool:
    """Whether letters of a text stand in none of the constants it was made of."""
    rest = text
    pieces = {facts.string(step.string) for step in steps if step.string >= 0}
    for piece in sorted(pieces - {""}, key=lambda piece: (-len(piece), piece)):
        rest = rest.replace(piece, HOLE)
    given = any(step.resource >= 0 or step.says.startswith(STEP) for step in steps)
    return not given and sum(letter.isalpha() for letter in rest) > SHORTEST


def _gaps(facts: Facts, short: Sequence[int], left: int) -> Iterator[Gap]:
    if short:
        names = ", ".join(facts.method_signature(method) for method in short[:SHOWN])
        more = f" and {len(short) - SHOWN} more" if len(short) > SHOWN else ""
        why = f"texts that these methods compute were not followed to the end: {names}{more}"
        yield Gap("values/fuel", why, CHAPTERS)
    if left:
        why = f"{left} methods that make texts were not interpreted, the app has too many"
        yield Gap("values/limit", why, CHAPTERS)
