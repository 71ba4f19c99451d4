"""Secrets that stand in an app, with the place that uses them; never quoted, only digested.

A secret counts when a call of the pack ``secrets`` is given one whole text that is a constant or
comes out of constants. Its evidence quotes digests of the constants instead of their letters.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.deeds import Argument, Given, arguments_of
from witnessmark.facts.tables.code import ARRAY_PAYLOADS, CALLS, STRINGS
from witnessmark.facts.view import Facts
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.packs.secrets import Secret
from witnessmark.model.evidence import Evidence

SHORTEST = 3
SHOWN_FROM = 10
"""Characters from which the first and last two are shown."""

NOT_SECRET = frozenset({"null", "true", "false", "utf-8", "basic", "bearer", "token", "0", "none"})
HEX = "0x"


class FixedSecret(Struct, frozen=True):
    """One secret at one place."""

    entry: Secret
    method: int
    pc: int
    call: int
    argument: Argument
    beside: str

    @property
    def masked(self) -> str:
        """The secret with all but its ends hidden."""
        return mask(self.argument.text)

    @property
    def size(self) -> int:
        """Characters, or bytes where it spells none."""
        text = self.argument.text
        return (len(text) - len(HEX)) // 2 if text.startswith(HEX) else len(text)


def mask(text: str) -> str:
    """``ab••••yz``; all dots for a short one."""
    body = text.removeprefix(HEX) if text.startswith(HEX) else text
    prefix = HEX if text.startswith(HEX) else ""
    if len(body) < SHOWN_FROM:
        return "•" * min(len(body), 8)
    return f"{prefix}{body[:2]}••••{body[-2:]}"


def fixed_secrets(app: Facts, names: CodeNames, entries: Sequence[Secret]) -> Iterator[FixedSecret]:
    """Secrets in the order of calls."""
    meant: dict[int, list[Secret]] = defaultdict(list)
    for below in (False, True):
        chosen = [entry for entry in entries if entry.subclasses == below]
        wanted: dict[Member, list[Secret]] = defaultdict(list)
        for entry in chosen:
            for name in entry.members:
                wanted[Member(entry.owner, name)].append(entry)
        for row, members in names.methods(wanted, below=below).items():
            meant[row] += [
                entry for member in members for entry in wanted[member]
                if not entry.parameters
                or entry.parameters == "".join(app.parameter_types(row))
            ]  # fmt: skip
    calls = sorted(names.calls(meant), key=lambda call: call.row)
    given = arguments_of(app, [call.row for call in calls])
    for call in calls:
        for entry in meant[call.callee]:
            arguments = given.get(call.row, {})
            if _holds(entry, arguments):
                for argument in arguments.get(entry.value, ()):
                    if _is_secret(app, argument):
                        beside = _beside(entry, arguments)
                        yield FixedSecret(
                            entry, call.method, call.pc, call.row, argument, beside
                        )  # fmt: skip


def _holds(entry: Secret, arguments: Given) -> bool:
    return all(
        any(condition.holds(one.text) for one in arguments.get(condition.position, ()))
        for condition in entry.conditions
    )


def _is_secret(app: Facts, argument: Argument) -> bool:
    """Whether an argument is a whole text that could be secret."""
    text = argument.text.strip()
    if argument.kind not in ("string", "derived") or len(text) < SHORTEST:
        return False
    if argument.derived >= 0 and not app.table(DERIVED_TEXTS)["whole"][argument.derived]:
        return False
    return text.lower() not in NOT_SECRET and len(set(text)) > 1


def _beside(entry: Secret, arguments: Given) -> str:
    if not entry.beside:
        return ""
    found = arguments.get(int(entry.beside), ())
    return next((one.text for one in found if one.kind in ("string", "derived")), "")


def quote_secret(app: Facts, secret: FixedSecret) -> Evidence:
    """Evidence for the use of a secret: the call, and digests of what the secret is made of."""
    callee = int(app.table(CALLS)["callee"][secret.call])
    called = app.quote_instruction(
        f"calls {app.method_signature(callee)}", secret.method, secret.pc
    )
    pieces = tuple(_pieces(app, secret))
    where = app.method_signature(secret.method)
    by = f"secrets/{secret.entry.id}"
    return Evidence(f"in the method {where}", because=(called, *pieces), by=by)


def _pieces(app: Facts, secret: FixedSecret) -> Iterator[Evidence]:
    argument = secret.argument
    if argument.string >= 0:
        yield _digest(app, argument.string)
        return
    steps = []
    if argument.derived >= 0:
        steps = json.loads(app.table(DERIVED_TEXTS)["steps"][argument.derived])
    for step in steps[:8]:
        if step["string"] >= 0:
            yield _digest(app, step["string"])
        elif step["method"] >= 0 and step["pc"] >= 0:
            yield app.quote_instruction(step["says"], step["method"], step["pc"])
    if not steps:
        yield from _arrays(app, secret.method)


def _digest(app: Facts, string: int) -> Evidence:
    strings = app.table(STRINGS)
    return app.quote(
        "a constant of the app, quoted as a digest",
        int(strings["artifact"][string]), int(strings["offset"][string]),
        int(strings["length"][string]), "sha256",
    )  # fmt: skip


def _arrays(app: Facts, method: int) -> Iterator[Evidence]:
    payloads = app.table(ARRAY_PAYLOADS)
    for row in np.flatnonzero(payloads["method"] == method).tolist()[:2]:
        yield app.quote(
            "a constant array of the method, quoted as a digest",
            int(payloads["artifact"][row]), int(payloads["offset"][row]),
            int(payloads["length"][row]), "sha256",
        )  # fmt: skip
