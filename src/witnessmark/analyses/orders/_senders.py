"""Whom a message must come from for code to obey it: what its sender's number is compared with.

Comparisons are looked for in the method that is handed the message, in that which compares its
words, and in the methods of their classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from witnessmark.analyses.bounded import first
from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.orders._choices import find_cases, unknown_comparisons
from witnessmark.analyses.orders._origins import Origins
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.code import METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.values.statics import StaticTexts
from witnessmark.model.evidence import Evidence

MOST_METHODS = 200


class Sender(Struct, frozen=True, order=True):
    """One comparison: the constant number, or the name under which the app keeps it; its place."""

    number: str
    kept: str
    method: int
    pc: int

    @property
    def spelled(self) -> str:
        """The number in words."""
        return f"the one kept as “{self.kept}”" if self.kept else f"“{self.number}”"


class Senders:
    """Comparisons of one app; ``both`` follow the numbers of senders, and settings."""

    def __init__(self, app: Facts, both: tuple[Origins, Origins], roles: CallRoles) -> None:
        self._app = app
        self._numbers, self._settings = both
        self._roles = roles
        self._statics = StaticTexts(app)

    def near(self, methods: Iterable[int]) -> list[Sender]:
        """Comparisons in these methods and in their classes; each number once."""
        if not self._numbers.hears():
            return []
        own, owners = not_of_libraries(self._app), self._app.table(METHODS)["class"]
        classes = sorted({int(owners[method]) for method in methods} - {-1})
        rows = [one for row in classes for one in self._app.methods_of(row) if own[one]]
        found: dict[tuple[str, str], Sender] = {}
        what, hides = "methods in which senders may be compared", ("orders/command",)
        for method in first(self._app, rows, MOST_METHODS, what, "orders/command", hides):
            for one in self._in(method):
                found.setdefault((one.number, one.kept), one)
        return sorted(found.values())

    def _in(self, method: int) -> Iterator[Sender]:
        code = self._numbers.code(method)
        if code is None:
            return
        for case in find_cases(self._app, code, self._statics.text, roles=self._roles):
            if case.kind != "number" and self._numbers.heard(method, case.register, case.pc):
                yield Sender(case.key, "", method, case.pc)
        for one in unknown_comparisons(self._app, code, self._roles):
            for mine, other in (one.registers, one.registers[::-1]):
                kept = self._settings.heard(method, other, one.pc)
                name = self._settings.asked(kept) if kept is not None else ""
                if name and self._numbers.heard(method, mine, one.pc) is not None:
                    yield Sender("", name, method, one.pc)


def told_of(senders: Sequence[Sender]) -> str:
    """What stands behind the sentence of a command; "" where nothing is compared."""
    if not senders:
        return ""
    shown = " or ".join(one.spelled for one in senders[:3])
    return f" The number that a message comes from is compared with {shown}."


def quoted(app: Facts, senders: Sequence[Sender]) -> Iterator[Evidence]:
    """Evidence for the comparisons."""
    for one in senders[:3]:
        says = f"{app.method_signature(one.method)} compares the sender with {one.spelled}"
        yield app.quote_instruction(says, one.method, one.pc)
