"""What code does with native files: loads them, starts them, names them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.deeds import Argument, arguments_of, quote_argument
from witnessmark.analyses.file_uses import uses_of_member
from witnessmark.facts.tables.code import METHODS
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.evidence import Evidence

How = Literal["loads", "starts", "names", "makes executable"]

SHELL_FEEDS = frozenset({"writeBytes", "write"})
RIGHTS = kept_regex(r"\bchmod\b")
SHORTEST_NAME = 3
COMMAND = kept_regex(
    r"^\s*(?:/\S*/)?(?:su|sh|chmod|chown|mount|rm|cp|mv|cat|ls|dd|ps|kill|killall|pm|am|settings|"
    r"setprop|getprop|logcat|dumpsys|service|iptables|netstat|ifconfig|ping|screencap|"
    r"screenrecord|input|tar|find|mkdir|ln|reboot|echo|busybox|export|LD_LIBRARY_PATH=\S*|content|"
    r"id|which|insmod|sync|ip|df|top|sleep|cmd|svc|wm|monkey|app_process|/\S+)(?:\s|$)"
)
"""What is written to a stream counts as a command when it begins like one."""


class Use(Struct, frozen=True):
    """One place in code: ``text`` the command, library or path; ``evidence`` for it."""

    how: How
    method: int
    pc: int
    text: str
    evidence: Evidence
    sure: bool = True


class Command(Struct, frozen=True):
    """A command line that code gives to the system."""

    method: int
    pc: int
    text: str
    argument: Argument
    callee: int


def commands(app: Facts, names: CodeNames, roles: CallRoles) -> tuple[Command, ...]:
    """Command lines that code starts or writes to a shell, pieces that are not known as ``?``."""
    meant = names.methods(roles.members("program_start"), below=False)
    calls = sorted(names.calls(meant), key=lambda one: one.row)
    given = arguments_of(app, [call.row for call in calls])
    found: dict[tuple[int, int, str], Command] = {}  # a list may be read and computed alike
    shells = {call.method for call in calls if app.method_name(call.callee) not in SHELL_FEEDS}
    for call in calls:
        feeds = app.method_name(call.callee) in SHELL_FEEDS
        for argument in given.get(call.row, {}).get(0, ()):
            text = spelled(argument)
            fits = COMMAND.match(text) if feeds else text.strip("? ")
            if fits and not (feeds and not _near_shell(app, call.method, shells)):
                one = Command(call.method, call.pc, text, argument, call.callee)
                found.setdefault((call.method, call.pc, text), one)
    return tuple(found.values())


def _near_shell(app: Facts, method: int, shells: set[int]) -> bool:
    """Whether the class of a method starts programs."""
    owners = app.table(METHODS)["class"]
    wanted = int(owners[method])
    return any(int(owners[one]) == wanted for one in shells)


def spelled(argument: Argument) -> str:
    """An argument as a command line: the words of a list one after the other."""
    if argument.kind == "list":
        words = json.loads(argument.text)
        return " ".join("?" if word is None else str(word) for word in words)
    return argument.text if argument.kind in ("string", "derived") else ""


def quote_command(app: Facts, command: Command) -> Evidence:
    """Evidence for a command line."""
    called = app.quote_instruction(
        f"calls {app.method_signature(command.callee)}", command.method, command.pc
    )
    quoted = quote_argument(app, command.method, command.argument)
    because = (called,) if quoted is None else (called, quoted)
    where = app.method_signature(command.method)
    return Evidence(f"in the method {where}", because=because)


def library_loads(app: Facts, names: CodeNames, roles: CallRoles) -> dict[str, list[Use]]:
    """Places that load a native library, by its file name."""
    calls = list(names.calls(names.methods(roles.members("library_load"), below=False)))
    given = arguments_of(app, [call.row for call in calls])
    found: dict[str, list[Use]] = {}
    for call in calls:
        for arguments in given.get(call.row, {}).values():
            for argument in arguments:
                text = argument.text if argument.kind in ("string", "derived") else ""
                name = text.rpartition("/")[2]
                file = name if name.endswith(".so") else f"lib{name}.so"
                quoted = quote_argument(app, call.method, argument)
                if name and quoted is not None:
                    says = f"{app.method_signature(call.method)} loads it"
                    called = app.quote_instruction("the call", call.method, call.pc)
                    evidence = Evidence(says, because=(called, quoted))
                    found.setdefault(file, []).append(
                        Use("loads", call.method, call.pc, text, evidence)
                    )
    return found


def program_uses(app: Facts, path: str, name: str, listed: Sequence[Command]) -> Iterator[Use]:
    """How code starts, readies or names a program inside the app."""
    word = re.compile(rf"(?<![\w.]){re.escape(name)}(?![\w])")
    for command in listed if len(name) >= SHORTEST_NAME else ():
        if word.search(command.text):
            how: How = "makes executable" if RIGHTS.search(command.text) else "starts"
            yield Use(how, command.method, command.pc, command.text, quote_command(app, command))
    for use in uses_of_member(app, path):
        where = app.method_signature(use.method)
        if use.string >= 0:
            place: dict[str, str | int] = {"method": where, "pc": use.pc}
            evidence = app.quote_string(f"{where} names it", use.string, place)
        else:
            evidence = app.quote_instruction(f"{where} names its resource", use.method, use.pc)
        yield Use("names", use.method, use.pc, path, evidence)
