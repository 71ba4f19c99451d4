"""Findings about what calls do, worded alike in every chapter that uses the pack ``deeds``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from witnessmark.analyses.deeds import Done, quote_call
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.model.finding import Finding, Strength

MOST_QUOTED = 12
"""Places that a finding quotes; more are counted."""

MOST_NAMES = 40
SHOWN_NAMES = 4
LONGEST_NAME = 120
NOT_NAMES = frozenset({"int", "long", "null", "field", "float", "double"})
"""Kinds of arguments that name nothing a reader could use."""

OWN, OTHER, LIBRARY = "own", "other", "library"
"""Whose code does it: the app's own, that of nobody known, a known library's."""

UNTOLD = "It stands in code whose makers could not be told: the app's own, or a library's."


class Group(Struct, frozen=True):
    """Calls that are told together: one ``what``, in code of one sort (`where_of`)."""

    what: str
    where: str
    done: tuple[Done, ...]
    owners: tuple[str, ...]

    @property
    def libraries(self) -> list[str]:
        """Ids of the known libraries whose code does it."""
        return sorted(set(self.owners)) if self.where == LIBRARY else []

    @property
    def names(self) -> list[str]:
        """What it is done to, each once, in order of the places."""
        texts = (
            one.text
            for done in self.done
            for one in done.named
            if one.kind not in NOT_NAMES and one.text.strip("?/ ")
        )
        return list(dict.fromkeys(readable(text) for text in texts))[:MOST_NAMES]

    @property
    def unnamed(self) -> int:
        """Places of which it is not known what it is done to."""
        return sum(
            not any(one.kind not in NOT_NAMES and one.text.strip("?/ ") for one in done.named)
            for done in self.done
        )


class Wording(Struct, frozen=True):
    """What a chapter adds to a finding: keys of the subject, limits, and an ending of ``says``."""

    subject: Mapping[str, Any] = field(default_factory=dict)
    limits: tuple[str, ...] = ()
    ending: str = ""


def readable(text: str) -> str:
    """A descriptor as a class name, white space as single blanks, anything long cut."""
    if text.startswith("L") and text.endswith(";"):
        text = text[1:-1].replace("/", ".")
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"


def groups_of(app: Facts, done: Iterable[Done]) -> Iterator[Group]:
    """Calls by what they do and whose code does it (`where_of`).

    Code of the platform's own libraries is left out: it works for the calls that are told.
    """
    found: dict[tuple[str, str], list[tuple[Done, str]]] = defaultdict(list)
    for one in done:
        owner = owner_of_method(app, one.method)
        if owner != "platform":
            found[one.deed.what, where_of(owner)].append((one, owner))
    for what, where in sorted(found):
        listed = found[what, where]
        unique = {(one.call, one.deed.id): (one, owner) for one, owner in listed}.values()
        yield Group(
            what, where, tuple(one for one, _ in unique), tuple(owner for _, owner in unique)
        )


def owner_of_method(app: Facts, method: int) -> str:
    """``own``, ``other``, ``platform`` or the id of a known library."""
    table = app.table(SDK_CLASSES)
    row = int(app.table(METHODS)["class"][method])
    if not 0 <= row < len(table):
        return "own"
    return str(table["sdk"][row]) or str(table["ownership"][row])


def where_of(owner: str) -> str:
    """``own``, ``other`` or ``library`` for an owner of `owner_of_method`."""
    return owner if owner in (OWN, OTHER) else LIBRARY


def doer(where: str, libraries: Sequence[str] = ()) -> str:
    """Who does it, as the beginning of a sentence; ``libraries`` are ids of known ones."""
    if where == OTHER:
        return "Code in the app that belongs to no known library"
    return f"Library code in the app ({', '.join(libraries)})" if where == LIBRARY else "The app"


def deed_finding(app: Facts, kind: str, group: Group, wording: Wording | None = None) -> Finding:
    """One finding about a group of calls."""
    wording = wording or Wording()
    methods = {done.method for done in group.done}
    reach = best_reach(app, sorted(methods))
    return Finding(
        kind=kind,
        subject={
            "what": group.what,
            "apis": sorted({done.deed.id for done in group.done}),
            "names": group.names,
            "unnamed": group.unnamed if any(done.deed.names for done in group.done) else 0,
            "places": len(group.done),
            "in_own_code": group.where == OWN,
            "in_sdk": group.libraries,
            **wording.subject,
        },
        says=f"{_sentence(group)}{wording.ending}",
        evidence=tuple(quote_call(app, done) for done in group.done[:MOST_QUOTED]),
        strength=_strength(group),
        reach=reach,
        limits=(*_limits(group, reach.state), *wording.limits),
        identity=f"{group.what} {group.where}",
    )


def _sentence(group: Group) -> str:
    says = list(dict.fromkeys(done.deed.says for done in group.done))[:2]
    text = "; it also ".join(one[:1].lower() + one[1:] for one in says)
    names = group.names
    told = ""
    if names:
        shown = ", ".join(names[:SHOWN_NAMES])
        more = len(names) - SHOWN_NAMES
        told = f": {shown}{f' and {more} more' if more > 0 else ''}"
    return f"{doer(group.where, group.libraries)} {text}{told}."


def _strength(group: Group) -> Strength:
    for done in group.done:
        positions = {condition.position for condition in done.deed.conditions}
        computed = (one.derived >= 0 for at in positions for one in done.given.get(at, ()))
        if not any(computed):
            return "read"
    return "derived"


def _limits(group: Group, reach: str) -> Sequence[str]:
    limits = list(dict.fromkeys(done.deed.against for done in group.done if done.deed.against))[:2]
    if any("?" in name for name in group.names):
        limits.append("A question mark stands for a piece of a name that is not known.")
    if group.unnamed and any(done.deed.names for done in group.done):
        limits.append(
            f"At {group.unnamed} of {len(group.done)} places it is not known what it is done to."
        )
    if reach == "unreached":
        limits.append("No path from an entry point to any of these places was found.")
    if group.where == OTHER:
        limits.append(UNTOLD)
    if group.where == LIBRARY:
        limits.append("Only library code does this, not the app's own.")
    if len(group.done) > MOST_QUOTED:
        limits.append(f"{MOST_QUOTED} of {len(group.done)} places are quoted.")
    return limits
