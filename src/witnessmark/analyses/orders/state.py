"""States of a matter: the codes that it goes through, what may be done in each, and who sets them.

What it finds
    Codes of a state with their words (waiting, signed for, handled, handed on), the steps that
    the app offers in each, the places where code sets the next one, and requests that send one
    (``orders.state``). The report draws them.

Why it matters
    The states of a case, a task or a person are the procedure behind the app: what its operator
    must do next, and when a matter counts as done.

How it decides
    A method compares one thing, a field, a getter or a value asked for by its name, with
    constants; what it shows for one of them alone is read, and so are the words of a list (array,
    map, enum) that code asks for that thing. Where two codes at least are shown by
    words of states (pack ``phrases``), that thing is a state. Words of steps there are what may be
    done. A constant put into the same thing for one code alone is a move from that code; elsewhere
    it is a move from any. A step whose word is the state's without "already" leads there.

What it misses
    States that the server names; both sides of a choice between
    one code and all others. Words in languages that the pack lacks.

Example
    ``case 0: text = "待签收"; button.setText("签收"); … case 1: text = "已签收";``
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from witnessmark.analyses.bounded import first
from witnessmark.analyses.call_roles import CallRoles, call_roles
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.orders._state_lists import StateLists
from witnessmark.analyses.orders._states import Chosen, Move, Property, Shown, StateReader
from witnessmark.analyses.orders._words import PACKS as WORD_PACKS
from witnessmark.analyses.orders._words import READS, Hit, hits_of, originals, quoted
from witnessmark.analyses.tables import REQUESTS
from witnessmark.facts.tables.code import (
    CALLS,
    FIELD_USES,
    FIELDS,
    INSTRUCTIONS,
)  # fmt: skip
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.resource_uses import resource_uses
from witnessmark.flow.tables import REACH
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.gloss import PACKS, Glossary
from witnessmark.knowledge.load import Knowledge
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding

STATE = Analysis(
    id="orders/state",
    version=1,
    reads=(*READS, CALLS, FIELDS, FIELD_USES, INSTRUCTIONS, REACH, REQUESTS),
    knows=(*WORD_PACKS, *PACKS, "call_roles"),
)  # fmt: skip

FEWEST = 2
HIDES = ("orders/state",)
MOST_STATES, MOST_QUOTED, MOST_MOVES, MOST_SENT = 24, 24, 24, 8
DONE = kept_regex(r"^(?:已经|已)|(?:完毕|完成|成功|了)$")
"""What makes a state of the word of a step, in Chinese."""

Word = tuple[Shown, str]
"""A text with its language."""


class _Machine(Struct, frozen=True):
    """One property with its states and steps by code, moves, and requests that send a code."""

    held_in: Property
    states: Mapping[str, Word]
    steps: Mapping[str, Sequence[Word]]
    moves: Sequence[Move]
    sent: Sequence[Mapping[str, str]]


@STATE.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding for each thing whose states code tells apart."""
    hits = list(hits_of(app, know, ("status", "step")))
    words = _words(hits)
    roles = call_roles(know)
    listed, asking = _listed(app, hits, words, roles)
    methods = _near_states(app, hits, asking)
    if not methods:
        return
    glossary = Glossary(know)
    for shown in listed.values():
        lang = next(words["status"][one.text] for one in shown if one.text in words["status"])
        words["status"].update((one.text, lang) for one in shown if one.text not in words["status"])
    reader = StateReader(app, _resources(app, set(methods)), roles)
    chosen = reader.chosen(methods, listed)
    for held_in in sorted(chosen):
        machine = _machine(app, held_in, chosen[held_in], words)
        if machine is not None:
            yield _finding(app, machine, glossary)


def _listed(
    app: Facts,
    hits: Sequence[Hit],
    words: Mapping[str, Mapping[str, str]],
    roles: CallRoles,
) -> tuple[Mapping[Property, Sequence[Shown]], set[int]]:
    """Words that a list has for a property, and the methods that ask for them."""
    states = set(words.get("status", {}))
    holding = {one for hit in hits if hit.phrase.kind == "status" for one in hit.label.methods}
    found: dict[Property, list[Shown]] = defaultdict(list)
    methods: set[int] = set()
    for one in StateLists(app, states, holding, roles).asked() if holding else ():
        found[one.tested] += one.words
        methods.add(one.method)
    return found, methods


def _near_states(app: Facts, hits: Sequence[Hit], asking: set[int]) -> list[int]:
    """Methods that hold words of states, and those of their classes, or of classes that ask for
    such, that hold words of steps.
    """
    found: dict[str, set[int]] = {"status": set(), "step": set()}
    for hit in hits:
        found[hit.phrase.kind].update(hit.label.methods)
    classes = {_outer(app, method) for method in found["status"] | asking}
    near = {method for method in found["step"] if _outer(app, method) in classes}
    return sorted(found["status"] | near)


def _outer(app: Facts, method: int) -> str:
    return app.method_class(method).partition("$")[0]


def _words(hits: Sequence[Hit]) -> dict[str, dict[str, str]]:
    """Languages of words, by kind (``status``, ``step``) and text."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for hit in hits:
        found[hit.phrase.kind].setdefault(hit.label.text, hit.phrase.lang)
    return found


def _resources(
    app: Facts, methods: set[int]
) -> Mapping[int, Mapping[int, Sequence[tuple[int, str]]]]:
    """Rows of ``resource_values`` with their texts, by method and place."""
    texts: dict[int, list[tuple[int, str]]] = defaultdict(list)
    values = app.table(RESOURCE_VALUES)
    for row, (resource, kind, text) in enumerate(values.rows("resource", "kind", "text")):
        if kind == "string":
            texts[resource].append((row, text))
    found: dict[int, dict[int, Sequence[tuple[int, str]]]] = defaultdict(dict)
    for method, pc, resource in resource_uses(app).rows("method", "pc", "resource"):
        if method in methods and resource in texts:
            found[method][pc] = texts[resource]
    return found


def _machine(
    app: Facts, held_in: Property, chosen: Chosen, words: Mapping[str, Mapping[str, str]]
) -> _Machine | None:
    """What is known of a property; None where its codes are shown by no words of states."""
    labels: dict[str, list[Word]] = defaultdict(list)
    steps: dict[str, dict[str, Word]] = defaultdict(dict)
    for shown in chosen.shown:
        if shown.text in words.get("status", {}):
            labels[shown.key].append((shown, words["status"][shown.text]))
        elif shown.text in words.get("step", {}):
            word = (shown, words["step"][shown.text])
            steps[shown.key].setdefault(shown.text, word)
    states = {key: _most_common(labels[key]) for key in sorted(labels, key=_order)}
    if len({shown.text for shown, _ in states.values()}) < FEWEST:
        return None
    moves = sorted(
        {one for one in chosen.moves if one.to in states or one.start in states},
        key=lambda one: (_order(one.start), _order(one.to), one.method, one.pc),
    )
    sent = list(_sent(app, held_in, states))
    at = f"{held_in.owner} {held_in.name}"
    return _Machine(
        held_in,
        dict(first(app, list(states.items()), MOST_STATES, "states of one thing", at, HIDES)),
        {key: list(steps[key].values()) for key in sorted(steps, key=_order)},
        first(app, moves, MOST_MOVES, "changes of state", at, HIDES),
        first(app, sent, MOST_SENT, "requests with a state", at, HIDES),
    )


def _most_common(words: Sequence[Word]) -> Word:
    counted = Counter(shown.text for shown, _ in words)
    return max(words, key=lambda one: counted[one[0].text])


def _order(code: str) -> tuple[int, str]:
    return (int(code), "") if re.fullmatch(r"-?\d{1,9}", code) else (1 << 40, code)


def _sent(app: Facts, held_in: Property, states: Mapping[str, Word]) -> Iterator[Mapping[str, str]]:
    """Requests with a value of the property's name that is one of its codes."""
    for text in app.table(REQUESTS)["subject"]:
        subject = json.loads(str(text))
        for one in subject["parameters"]:
            if one["name"].casefold() == held_in.name.casefold():
                for value in one.get("values", ()):
                    if value in states:
                        yield {"to": value, "request": f"{subject['method']} {subject['url']}"}


def _finding(app: Facts, machine: _Machine, glossary: Glossary) -> Finding:
    texts = list(machine.states.values())
    texts += [word for steps in machine.steps.values() for word in steps]
    methods = sorted({shown.method for shown, _ in texts} | {one.method for one in machine.moves})
    name = machine.held_in.spelled
    return Finding(
        kind="orders.state",
        subject={
            "name": name,
            "states": [
                {"code": key, "label": shown.text, "gloss": _english(glossary, shown.text, lang)}
                for key, (shown, lang) in machine.states.items()
            ],
            "steps": list(_steps(machine, glossary)),
            "moves": [
                {"from": one.start, "to": one.to, "where": app.method_signature(one.method)}
                for one in machine.moves
            ],
            "sent": [dict(one) for one in machine.sent],
        },
        says=_says(machine),
        original=originals((shown.text, lang) for shown, lang in texts),
        evidence=tuple(_evidence(app, machine))[:MOST_QUOTED],
        strength="derived",
        reach=best_reach(app, methods),
        limits=_limits(machine),
        identity=f"{machine.held_in.owner} {machine.held_in.name}",
    )


def _english(glossary: Glossary, text: str, lang: str) -> str:
    """English for a word; empty for English and for what is not known."""
    found = None if lang == "en" else glossary.gloss(text, lang)
    return found.text if found else ""


def _steps(machine: _Machine, glossary: Glossary) -> Iterator[dict[str, Any]]:
    for key, steps in machine.steps.items():
        for shown, lang in steps:
            yield {
                "in": key,
                "label": shown.text,
                "gloss": _english(glossary, shown.text, lang),
                "leads_to": _leads_to(shown.text, key, machine.states),
            }


def _leads_to(step: str, key: str, states: Mapping[str, Word]) -> str:
    """The state that is the done form of a step; empty where there is none."""
    for code, (shown, _) in states.items():
        label = shown.text.strip("（）()")
        if code != key and DONE.search(label) and DONE.sub("", label) == step.strip():
            return code
    return ""


def _says(machine: _Machine) -> str:
    states = ", ".join(f"{key} {quoted(shown.text)}" for key, (shown, _) in machine.states.items())
    offered = "; ".join(
        f"in state {key} it offers {', '.join(quoted(s.text) for s, _ in steps)}"
        for key, steps in machine.steps.items()
    )
    number = len(machine.states)
    says = f"The app tells {number} states of a matter apart by {machine.held_in.spelled}: {states}"
    return f"{says}; {offered}." if offered else f"{says}."


def _evidence(app: Facts, machine: _Machine) -> Iterator[Evidence]:
    for key, (shown, _) in machine.states.items():
        yield _shown(app, f"for the code {key} it shows “{shown.text}”", shown)
    for key, steps in machine.steps.items():
        for shown, _ in steps:
            yield _shown(app, f"for the code {key} it offers “{shown.text}”", shown)
    for one in machine.moves:
        says = f"sets the state {one.to} in {app.method_signature(one.method)}"
        yield app.quote_instruction(says, one.method, one.pc)


def _shown(app: Facts, says: str, shown: Shown) -> Evidence:
    place: dict[str, str | int] = {"method": app.method_signature(shown.method), "pc": shown.pc}
    if shown.string >= 0:
        text = app.quote_string("the word", shown.string, place)
    else:
        values = app.table(RESOURCE_VALUES)
        artifact, offset, length = (
            int(values[name][shown.resource]) for name in ("artifact", "offset", "length")
        )
        text = app.quote("the word", artifact, offset, length, values["reads_as"][shown.resource])
    if shown.compared_at == shown.pc:
        return Evidence(says, because=(text,))
    compared = app.quote_instruction("compares with the code", shown.method, shown.compared_at)
    return Evidence(says, because=(compared, text))


def _limits(machine: _Machine) -> tuple[str, ...]:
    limits = ["Which states there are beyond these, and who else sets them, is not shown."]
    if any(_leads_to(s.text, key, machine.states) for key, all_ in machine.steps.items()
           for s, _ in all_):  # fmt: skip
        limits.append("That a step leads to a state is taken from their words.")
    if machine.sent:
        limits.append("Requests are told by the name and the value that they send.")
    return tuple(limits)
