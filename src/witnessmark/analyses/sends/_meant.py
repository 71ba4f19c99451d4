"""Which calls the entries of pack ``requests`` mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.sends._message import LIBRARY, message_of
from witnessmark.facts.tables.code import METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.receivers import UNRESOLVED
from witnessmark.flow.values.code import Callee
from witnessmark.flow.values.objects import Thing, Value
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.requests import Part

KIND = kept_regex(r"\[*(?:L[^;]*;|[ZBSCIJFD])")
WIDER = {"I": "JFD", "S": "IJ", "B": "SIJ", "C": "IJ", "J": "FD", "F": "D"}
"""Numbers that one of a type may be handed over as (JLS 5.1.2)."""


def meant_calls(
    app: Facts, names: CodeNames, parts: Sequence[Part]
) -> Mapping[int, tuple[Part, ...]]:
    """Entries by the method rows that they mean; those with parameters before those without, and
    those of the class named before those of a class above it.

    In source whose libraries are missing a method is named by the types that it is handed, not by
    those that it declares; there the overload counts whose parameters fit best.
    """
    by_member: dict[Member, list[Part]] = defaultdict(list)
    for part in parts:
        for name in part.members:
            by_member[Member(part.owner, name)].append(part)
    found: dict[int, tuple[Part, ...]] = {}
    own = app.table(METHODS)["class"]
    for row, members in names.methods(by_member, below=True).items():
        owner = app.method_class(row)
        nearest = [m for m in members if m.owner == owner] or list(members)
        entries = [one for member in nearest for one in by_member[member]]
        fitting = _fitting(entries, app.parameter_types(row))
        constructs = app.method_name(row) == "<init>" and nearest[0].owner != owner
        if fitting and not (constructs and own[row] >= 0):
            found[row] = fitting
    return found


class Unresolved:
    """Entries for calls on objects whose class source does not tell, as where a library is missing
    and its calls are chained: what carries a request tells from which library it is.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self._by_name: dict[str, list[Part]] = defaultdict(list)
        for part in parts:
            for name in part.members:
                self._by_name[name].append(part)
        self.sending = frozenset(
            name for part in parts if part.sends for name in part.members if name != "<init>"
        )

    def find(self, callee: Callee, given: Sequence[Value]) -> Part | None:
        """The entry that a call means; None when nothing it is given tells."""
        for position, value in enumerate(given):
            message = message_of(value)
            if message is None or not isinstance(value, Thing):
                continue
            listed = self._by_name.get(callee.name, ())
            entries = [one for one in listed if one.descriptor == value.kind] or [
                one
                for one in listed
                if one.source == message.known.get(LIBRARY)
                and (position == 0 or one.effect[0].startswith("of "))
            ]
            fitting = _fitting(entries, callee.kinds)
            if fitting:
                return fitting[0]
        return None


def _fitting(entries: Sequence[Part], kinds: Sequence[str]) -> tuple[Part, ...]:
    spelled = "".join(kinds)
    exact = tuple(one for one in entries if one.parameters == spelled)
    plain = tuple(one for one in entries if not one.parameters)
    if exact or plain:
        return exact + plain
    scored = [(_fit(KIND.findall(one.parameters), kinds), one) for one in entries]
    best = max((score for score, _ in scored), default=-1)
    return tuple(one for score, one in scored if score == best and best >= 0)


def _fit(wanted: Sequence[str], given: Sequence[str]) -> int:
    """How many parameters are the same, -1 when one cannot be handed over as the other."""
    if len(wanted) != len(given):
        return -1
    scores = [_same(declared, handed) for declared, handed in zip(wanted, given, strict=True)]
    return -1 if -1 in scores else sum(scores)


def _same(declared: str, handed: str) -> int:
    """2 for the same type, 0 for one that may be handed over as the other, else -1."""
    if declared == handed:
        return 2
    if declared[0] not in "L[" or handed[0] not in "L[":
        return 0 if declared in WIDER.get(handed, "") else -1
    if UNRESOLVED in (declared, handed):
        return 0
    texts = "String" in declared + handed
    return -1 if texts and declared != "Ljava/lang/Object;" else 0
