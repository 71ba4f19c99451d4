"""Commands: what somebody far away can make the app do, word by word or code by code.

What it finds
    Places where code compares what came in a text message, a push message, a server's answer,
    a connection or a chat with constants, and does something else for each; the commands with
    their words or codes, and what each does: takes, sends, deletes, restricts, loads
    (``orders.command``).

Why it matters
    They are the levers of whoever is at the other end. They show what the app is for, even where
    nothing happens while it is watched.

How it decides
    A method that compares one thing with at least two constants is a place of choice; constants are
    those of the method and those that static fields hold. Where that thing comes from is followed
    backwards, through callers, fields, tasks, arrays that are filled and values handed on under a
    name, to a way of the knowledge pack ``channels``. A comparison with a word that the app keeps
    among its settings is a command, and so is each word of a map of objects that is asked with what
    came; values of an enum are told by their names. What the number of a text message's sender is
    compared with, a constant or one that the app keeps, is told beside. What runs for one constant
    alone is looked at, with what it calls, for acts that the packs ``apis``, ``deeds`` and
    ``sinks`` know. At least one command must lead to such an act; what all commands do alike is not
    told of each.

What it misses
    Commands built by reflection, or in native code; words that are decrypted; acts that no pack
    knows. The way back from a comparison may be one of several.

Example
    ``if (body.startsWith("#loc")) sendLocation(sender);``
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec.structs import replace

from witnessmark.analyses.bounded import first
from witnessmark.analyses.call_roles import CallRoles, call_roles
from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.orders._choices import (
    EQUALS,
    SWITCHES,
    Case,
    find_cases,
)
from witnessmark.analyses.orders._commands import Choice, Command, Handlers, Kept
from witnessmark.analyses.orders._doing import Act, Doing
from witnessmark.analyses.orders._enums import names_in, switch_map
from witnessmark.analyses.orders._origins import Heard, Origins, writer
from witnessmark.analyses.orders._senders import Sender, Senders, quoted, told_of
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.analyses.tables import API_SITES, SDK_CLASSES
from witnessmark.facts.tables.code import (
    CALLS,
    CLASSES,
    FIELD_USES,
    FIELDS,
    INSTRUCTIONS,
    METHODS,
    STRING_USES,
    STRINGS,
    TRY_HANDLERS,
)  # fmt: skip
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import MethodCode
from witnessmark.flow.reach import reach_of
from witnessmark.flow.tables import CALL_EDGES, DISPATCHES, REACH
from witnessmark.flow.values.statics import StaticTexts
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.apis import Api
from witnessmark.knowledge.packs.channels import Channel
from witnessmark.knowledge.packs.deeds import Deed
from witnessmark.knowledge.packs.sinks import Sink
from witnessmark.model.distinct import among
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original

COMMAND = Analysis(
    id="orders/command",
    version=1,
    reads=(
        CALLS, CLASSES, FIELDS, FIELD_USES, INSTRUCTIONS, METHODS, STRINGS, STRING_USES,
        TRY_HANDLERS, CALL_EDGES, DISPATCHES, REACH, SDK_CLASSES, API_SITES, DERIVED_TEXTS,
    ),
    knows=("apis", "call_roles", "channels", "deeds", "sinks"),
)  # fmt: skip

SETTING, SENDER = "setting", "sender"
BESIDE = frozenset({SETTING, SENDER})
"""Kinds of channels that are none: what gives a word that the app keeps, and a sender's number."""

FEWEST = 2
FEWEST_NUMBERS = 3
FROM_PEOPLE = frozenset({"sms", "push", "chat", "socket"})
"""Channels whose messages are for commanding more often than answers of a server are."""

NO_COMMAND = kept_regex(
    r"^[a-z]+/[\w.+*-]+|^https?|^\.\w|^(?:android|com\.android|javax?)\.|^[\w-]+: ?|^\W+$|"
    r"^(?:true|false|null|ok|success|error|fail\w*|content-\w+|utf-8|gzip|get|post|yes|no)$",
    re.IGNORECASE,
)
"""Words of protocols, formats and answers."""

MOST_ACTS = 6
HIDES = ("orders/command",)
MOST_COMMANDS = 60
MOST_QUOTED = 16
_WAYS = {
    "sms": "text message", "push": "push message", "server": "server's answer",
    "socket": "connection of its own", "chat": "chat message", "mail": "e-mail",
    "database": "database on a server", "nearby": "device nearby",
}  # fmt: skip


@COMMAND.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield a finding for each place of choice that somebody far away decides."""
    names = CodeNames(app, framework_model())
    channels = know.entries("channels", Channel)
    roles = call_roles(know)
    origins = Origins(app, names, [one for one in channels if one.kind not in BESIDE], roles)
    if not origins.hears():
        return
    doing = Doing(
        app,
        names,
        know.entries("apis", Api),
        know.entries("deeds", Deed),
        know.entries("sinks", Sink),
        roles,
    )
    settings = Origins(app, names, [one for one in channels if one.kind == SETTING], roles)
    numbers = Origins(app, names, [one for one in channels if one.kind == SENDER], roles)
    senders = Senders(app, (numbers, settings), roles)
    own = _own(app, _comparing(app, roles), roles)
    for one in (
        *_compared(app, roles, (origins, settings), doing),
        *Kept(app, origins, settings, doing, roles).choices(own),
        *Handlers(app, names, origins, doing, roles).choices(),
    ):
        if sum(command.is_strong for command in one.commands) >= _fewest_strong(one):
            near = senders.near((one.method, one.heard.method)) if _is_sms(one.heard) else ()
            yield _finding(app, one, near)


def _is_sms(heard: Heard) -> bool:
    return heard.channel.kind == "sms"


def _compared(
    app: Facts, roles: CallRoles, both: tuple[Origins, Origins], doing: Doing
) -> Iterator[Choice]:
    """Methods that compare what came with constants; ``both`` follow channels, and settings."""
    statics = StaticTexts(app)
    origins, settings = both
    for method in _choosing(app, roles):
        code = origins.code(method)
        if code is None:
            continue
        cases = find_cases(app, code, statics.text, statics.number, roles=roles)
        for group in _groups(_by_name(app, code, cases)):
            commands = _commands(doing, method, group)
            strong = any(one.is_strong for one in commands)
            heard = _heard(origins, method, group) if strong else None
            if heard is None or not _differ(heard, commands):
                continue
            left = list(_not_of_settings(settings, commands))
            if left:
                yield Choice(method, _first(app, method, left), heard)


def _first(app: Facts, method: int, commands: Sequence[Command]) -> list[Command]:
    """The first commands of a method, with a gap where there are more."""
    at = app.method_signature(method)
    return list(first(app, commands, MOST_COMMANDS, "commands of this method", at, HIDES))


def _not_of_settings(settings: Origins, commands: Sequence[Command]) -> Iterator[Command]:
    """Commands but those that compare what the app keeps among its settings."""
    kept: dict[tuple[int, int], bool] = {}
    for one in commands:
        code = settings.code(one.method)
        written = writer(code, one.case.register, one.case.pc) if code is not None else None
        place = one.case.register, written.pc if written is not None else -1
        if place not in kept:
            found = settings.heard(one.method, one.case.register, one.case.pc)
            kept[place] = found is not None and found.method == one.method
        if not kept[place]:
            yield one


def _by_name(app: Facts, code: MethodCode, cases: Sequence[Case]) -> list[Case]:
    """Cases; those of a switch over an enum by the names of its values."""
    named: dict[int, Mapping[str, str]] = {}
    for case in cases:
        if case.kind == "number" and case.pc not in named:
            read = writer(code, case.register, case.pc)
            field = switch_map(app, code, read) if read is not None else -1
            named[case.pc] = names_in(app, field) if field >= 0 else {}
    return [replace(one, key=named.get(one.pc, {}).get(one.key, one.key)) for one in cases]


def _choosing(app: Facts, roles: CallRoles) -> list[int]:
    """Methods of no known library that compare texts or numbers, or switch over numbers."""
    instructions = app.table(INSTRUCTIONS)
    counted = Counter(_comparing(app, roles))
    switching = instructions["method"][among(instructions["opcode"], SWITCHES)]
    chosen = {method for method, count in counted.items() if count >= FEWEST}
    chosen |= set(switching.tolist())
    telling = instructions["method"][among(instructions["opcode"], EQUALS)]
    counts = np.bincount(telling, minlength=1)
    chosen |= set(np.flatnonzero(counts >= FEWEST_NUMBERS).tolist())
    return _own(app, chosen, roles)


def _own(app: Facts, methods: Iterable[int], roles: CallRoles) -> list[int]:
    """Methods of no known library and of no screen, each once."""
    own, screens = not_of_libraries(app), roles.names("screen")
    return sorted(
        method for method in {*methods} if own[method] and app.method_name(method) not in screens
    )


def _comparing(app: Facts, roles: CallRoles) -> list[int]:
    """The method of each comparison of texts."""
    calls = app.table(CALLS)
    equal = [
        row
        for one in roles.members("text_compare")
        for row in app.methods_named(one.owner, one.name)
    ]
    rows = among(calls["callee"], np.asarray(equal, dtype=np.int64))
    listed: list[int] = calls["method"][rows].tolist()
    return listed


def _fewest_strong(choice: Choice) -> int:
    """How many commands must tell of themselves: numbers and answers of servers say less."""
    numbers = choice.commands[0].case.kind == "number"
    if choice.heard.channel.kind in FROM_PEOPLE:
        return 2 if numbers else 1
    return 3 if numbers else 2


def _groups(cases: Sequence[Case]) -> Iterator[list[Case]]:
    """Cases about texts, and cases of each switch or chain over numbers."""
    texts = [case for case in cases if case.kind != "number" and not NO_COMMAND.search(case.key)]
    if len({case.key for case in texts}) >= FEWEST:
        yield texts
    numbers: dict[int, list[Case]] = defaultdict(list)
    for case in cases:
        if case.kind == "number":
            numbers[case.register].append(case)
    for register in sorted(numbers):
        if len({case.key for case in numbers[register]}) >= FEWEST_NUMBERS:
            yield numbers[register]


def _differ(heard: Heard, commands: Sequence[Command]) -> bool:
    """Whether commands do different things, which answers of servers and numbers must show."""
    kinds = {
        frozenset(act.says for act in one.acts if act.strong) for one in commands if one.is_strong
    }
    by_word = commands[0].case.kind != "number" and heard.channel.kind in FROM_PEOPLE
    return by_word or len(kinds) >= FEWEST


def _commands(doing: Doing, method: int, cases: Sequence[Case]) -> list[Command]:
    """Commands, each key once; acts that most of them share are left out of each."""
    by_key: dict[str, tuple[Case, dict[str, Act]]] = {}
    for case in cases:
        _, acts = by_key.setdefault(case.key, (case, {}))
        for act in doing.in_places(method, case.alone):
            acts.setdefault(act.says, act)
    counted = Counter(says for _, acts in by_key.values() for says in acts)
    many = max(3, (2 * len(by_key) + 2) // 3)
    return [
        Command(case, tuple(acts[says] for says in sorted(acts) if counted[says] < many), method)
        for case, acts in by_key.values()
    ]


def _heard(origins: Origins, method: int, cases: Sequence[Case]) -> Heard | None:
    """The channel of what is compared, of the first case that tells one."""
    tried: set[int] = set()
    for case in cases:
        if case.register not in tried or len(tried) < 8:
            tried.add(case.register)
            found = origins.heard(method, case.register, case.pc)
            if found is not None:
                return found
    return None


def _finding(app: Facts, choice: Choice, senders: Sequence[Sender]) -> Finding:
    method, commands, heard = choice.method, choice.commands, choice.heard
    handler = f"{app.method_class(method)}.{app.method_name(method)}"
    telling = [one for one in commands if one.acts]
    way = _WAYS[heard.channel.kind]
    words = [one.case.key for one in commands if one.case.kind != "number" and one.case.key]
    return Finding(
        kind="orders.command",
        subject={
            "channel": heard.channel.kind,
            "handler": handler,
            "commands": [_told(one) for one in commands],
            "heard_in": app.method_signature(heard.method),
            "senders": [{"number": one.number, "kept_as": one.kept} for one in senders],
        },
        says=f"What comes in a {way} decides what {handler} does, by {len(commands)} "
        f"{_units(commands)}: {_listed(telling)}.{told_of(senders)}",
        original=tuple(Original(word) for word in words[:MOST_QUOTED]),
        evidence=(*_evidence(app, commands, heard), *quoted(app, senders)),
        strength="derived",
        reach=reach_of(app, method),
        limits=_limits(heard, commands),
        identity=f"{app.method_signature(method)} {commands[0].case.key or commands[0].kept}",
    )


def _told(command: Command) -> dict[str, Any]:
    does = [act.says for act in command.acts[:MOST_ACTS]]
    if command.kept:
        return {"code": "", "kept_as": command.kept, "does": does}
    return {"code": command.case.key, "does": does}


def _units(commands: Sequence[Command]) -> str:
    numbers = all(one.case.kind == "number" for one in commands)
    return ("code" if numbers else "word") + ("s" if len(commands) > 1 else "")


def _listed(commands: Sequence[Command]) -> str:
    commands = sorted(commands, key=lambda one: not one.is_strong)
    shown = [f"{one.spelled} {', '.join(act.says for act in one.acts[:2])}" for one in commands[:6]]
    more = len(commands) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")


def _evidence(app: Facts, commands: Sequence[Command], heard: Heard) -> Iterator[Evidence]:
    if heard.pc >= 0:
        says = f"{heard.channel.says} in {app.method_signature(heard.method)}"
        yield app.quote_instruction(says, heard.method, heard.pc)
    else:
        methods = app.table(METHODS)
        yield app.quote(
            f"{heard.channel.says}: {app.method_signature(heard.method)}",
            int(methods["artifact"][heard.method]), int(methods["code_offset"][heard.method]),
            2 * min(int(methods["code_units"][heard.method]), 16), "hex",
            {"method": app.method_signature(heard.method), "pc": 0},
        )  # fmt: skip
    ordered = sorted(commands, key=lambda one: not one.acts)
    for one in ordered[:MOST_QUOTED]:
        yield _command_evidence(app, one)


def _command_evidence(app: Facts, command: Command) -> Evidence:
    case, method = command.case, command.method
    place: dict[str, str | int] = {"method": app.method_signature(method), "pc": case.pc}
    if case.string >= 0:
        compared = app.quote_string(f"compares with “{case.key}”", case.string, place)
    elif command.kept:
        compared = app.quote_instruction(f"compares with {command.spelled}", method, case.pc)
    elif case.kind == "field":
        says = f"compares with “{case.key}”, which a static field holds"
        compared = app.quote_instruction(says, method, case.pc)
    else:
        compared = app.quote_instruction(f"does something for the code {case.key}", method, case.pc)
    if not command.acts:
        return compared
    acts = tuple(_act(app, act) for act in command.acts[:MOST_ACTS])
    return Evidence(f"the command {case.key or command.spelled}", because=(compared, *acts))


def _act(app: Facts, act: Act) -> Evidence:
    says = f"{act.says}, in {app.method_signature(act.method)}"
    if act.pc >= 0:
        return app.quote_instruction(says, act.method, act.pc)
    methods = app.table(METHODS)
    return app.quote(
        says, int(methods["artifact"][act.method]), int(methods["code_offset"][act.method]),
        2 * min(int(methods["code_units"][act.method]), 16),
    )  # fmt: skip


def _limits(heard: Heard, commands: Sequence[Command]) -> tuple[str, ...]:
    limits = ["Who may send such a command, and whether anybody does, is not told here."]
    if not heard.direct:
        limits.append(
            "The way from what came in to the comparison was followed backwards through several "
            "methods; another way may lead there, too."
        )
    silent = sum(not one.acts for one in commands)
    if silent:
        limits.append(f"What {silent} of the commands do is not known to the packs.")
    return tuple(limits)
