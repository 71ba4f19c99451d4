"""Abstract values: what a register or a field may hold, and which data it carries.

A value is a set of atoms (objects, constants, or the word that something unknown may be there)
and the sources whose data it carries. Values are immutable; joins keep the order in which
atoms were met, so that the same app gives the same result.

Constants are ``str`` for text, ``("i", number)`` for numbers, ``("c", node)`` for class objects
and ``("f", signature)`` for static fields of outside classes; ``("r", low, high)`` is some number
in a range, ``("p", text)`` a text of which pieces are not known. Null is number 0, as in the
instruction set. Source: Dalvik bytecode, source.android.com/docs/core/runtime/dalvik-bytecode.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

MOST_ATOMS = 16
MOST_CONSTANTS = 8
MOST_TEXT = 2000
"""Letters of the longest text constant that is followed."""

MOST_SOURCES = 96
"""Sources that one value carries; further ones are left out."""


class Unknown:
    """The atom for whatever is not told apart."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "unknown"


UNKNOWN: Final = Unknown()
ZERO: Final = ("i", 0)
RANGE: Final = "r"
PARTIAL: Final = "p"
HOLE: Final = "\0"
"""Stands in partial texts for what is not known."""


class Obj:
    """Objects that one place makes.

    ``node``      class in the hierarchy, -1 for arrays and what has no name.
    ``site``      what tells it from others: context and place, or a word.
    ``symbolic``  made outside the app, so its fields hold more than the app wrote.
    ``many``      stands for several objects at once, so that writes only add.
    ``lasts``     no object but a place of the whole app: a static field, a file, an inbox.
    """

    __slots__ = ("lasts", "many", "node", "site", "symbolic")

    def __init__(
        self, node: int, site: tuple[Any, ...], *, symbolic: bool = False, lasts: bool = False
    ) -> None:
        self.node = node
        self.site = site
        self.symbolic = symbolic
        self.lasts = lasts
        self.many = False

    def __repr__(self) -> str:
        return f"obj{self.node}{self.site}"


class Source:
    """One place where data comes in.

    ``owner``, ``member``  the call or field, class with dots.
    ``method``, ``pc``     where the app calls it, or the callback that gets it (pc 0).
    ``implicit``  data that only decides, and does not itself move.
    """

    __slots__ = (
        "about",
        "categories",
        "cites",
        "implicit",
        "kind",
        "member",
        "method",
        "number",
        "owner",
        "pc",
        "says",
    )

    def __init__(
        self,
        number: int,
        cites: str,
        says: str,
        owner: str,
        member: str,
        method: int,
        pc: int,
        kind: str,
        categories: tuple[str, ...],
        about: str,
        implicit: bool = False,
    ) -> None:
        self.number = number
        self.cites = cites
        self.says = says
        self.owner = owner
        self.member = member
        self.method = method
        self.pc = pc
        self.kind = kind
        self.categories = categories
        self.about = about
        self.implicit = implicit

    def deciding(self, number: int) -> Source:
        """The same data as it only decides, under a number of its own."""
        return Source(
            number, self.cites, self.says, self.owner, self.member, self.method, self.pc,
            self.kind, self.categories, self.about, implicit=True,
        )  # fmt: skip


class Trace:
    """One step of data and, through ``before``, all steps to it.

    ``swaps`` stands in a step that takes over what an earlier run of a method found: wherever
    the steps of that run begin with a key, they go on with its value.
    """

    __slots__ = ("before", "method", "moves", "pc", "swaps")

    def __init__(
        self,
        before: Trace | None,
        method: int,
        pc: int,
        moves: str,
        swaps: Mapping[Trace, Trace] | None = None,
    ) -> None:
        self.before = before
        self.method = method
        self.pc = pc
        self.moves = moves
        self.swaps = swaps


Taint = dict[Source, Trace]
NO_TAINT: Final[Taint] = {}


class Value:
    """Atoms and taint; compare with `same`, never with ``==``."""

    __slots__ = ("_objects", "atoms", "taint")

    def __init__(self, atoms: tuple[Any, ...], taint: Taint = NO_TAINT) -> None:
        self.atoms = atoms
        self.taint = taint
        self._objects: list[Obj] | None = None

    def __repr__(self) -> str:
        return f"<{self.atoms} {[s.member for s in self.taint]}>"

    @property
    def objects(self) -> list[Obj]:
        """Objects among the atoms, in order."""
        found = self._objects
        if found is None:
            found = self._objects = [atom for atom in self.atoms if atom.__class__ is Obj]
        return found

    @property
    def texts(self) -> list[str]:
        """Text constants among the atoms, in order."""
        return [atom for atom in self.atoms if atom.__class__ is str]

    @property
    def spellings(self) -> list[str]:
        """Texts among the atoms, in order, those with holes included."""
        return [
            atom if atom.__class__ is str else atom[1]
            for atom in self.atoms
            if atom.__class__ is str or (atom.__class__ is tuple and atom[0] == PARTIAL)
        ]

    @property
    def numbers(self) -> list[int]:
        """Number constants among the atoms, in order."""
        return [atom[1] for atom in self.atoms if atom.__class__ is tuple and atom[0] == "i"]

    @property
    def classes(self) -> list[int]:
        """Nodes of the class objects among the atoms, in order."""
        return [atom[1] for atom in self.atoms if atom.__class__ is tuple and atom[0] == "c"]

    @property
    def constant(self) -> Any:
        """The one constant that the value certainly is, as an atom; None otherwise."""
        if len(self.atoms) != 1:
            return None
        atom = self.atoms[0]
        if atom.__class__ is str or (atom.__class__ is tuple and atom[0] not in INEXACT):
            return atom
        return None

    @property
    def number(self) -> int | None:
        """The one number that the value certainly is; None otherwise."""
        if len(self.atoms) == 1:
            atom = self.atoms[0]
            if atom.__class__ is tuple and atom[0] == "i":
                found: int = atom[1]
                return found
        return None

    @property
    def known(self) -> bool:
        """Whether nothing unknown is among the atoms, and anything at all."""
        return bool(self.atoms) and UNKNOWN not in self.atoms


INEXACT: Final = (RANGE, PARTIAL)
"""Kinds of atoms that are no one constant."""

NOTHING: Final = Value(())
ANY: Final = Value((UNKNOWN,))
NULL: Final = Value((ZERO,))


def same(one: Value, other: Value) -> bool:
    """Whether both hold the same atoms and the same sources."""
    if one is other:
        return True
    if len(one.taint) != len(other.taint) or len(one.atoms) != len(other.atoms):
        return False
    if one.atoms != other.atoms and not all(atom in one.atoms for atom in other.atoms):
        return False
    return one.taint is other.taint or one.taint.keys() == other.taint.keys()


def join(one: Value, other: Value) -> Value:
    """What may be either; returns ``one`` itself when ``other`` adds nothing."""
    if one is other:
        return one
    atoms, taint = one.atoms, one.taint
    others = other.atoms
    if atoms is not others and atoms != others:
        if not atoms and len(others) <= MOST_CONSTANTS:
            atoms = others
        else:
            fresh = [atom for atom in others if atom not in atoms]
            if fresh:
                atoms = _bounded((*atoms, *fresh), atoms)
    if other.taint and not other.taint.keys() <= taint.keys():
        taint = united(taint, other.taint)
    if atoms is one.atoms and taint is one.taint:
        return one
    return Value(atoms, taint)


def united(one: Taint, other: Taint) -> Taint:
    """Sources of both; the way of the first where both know one. ``one`` itself when it has all."""
    if not other or other is one or other.keys() <= one.keys():
        return one
    if not one:
        return other
    if len(one) >= MOST_SOURCES:
        return one
    both = {**one, **{source: trace for source, trace in other.items() if source not in one}}
    if len(both) > MOST_SOURCES:
        return dict(list(both.items())[:MOST_SOURCES])
    return both


def _bounded(atoms: tuple[Any, ...], before: tuple[Any, ...]) -> tuple[Any, ...]:
    """Atoms, with constants given up for the unknown where there are too many."""
    if len(atoms) <= MOST_CONSTANTS:
        return atoms
    constants = sum(atom.__class__ is not Obj and atom is not UNKNOWN for atom in atoms)
    if constants > MOST_CONSTANTS:
        atoms = (*(a for a in atoms if a.__class__ is Obj), UNKNOWN)
    if len(atoms) > MOST_ATOMS:
        kept = [a for a in atoms if a is not UNKNOWN][: MOST_ATOMS - 1]
        atoms = (*kept, UNKNOWN)
    if len(atoms) == len(before) and all(atom in before for atom in atoms):
        return before
    return atoms


def widened(one: Value, other: Value) -> Value:
    """What may be either; constants that ``other`` adds are not told apart any more."""
    both = join(one, other)
    if both is one or both.atoms is one.atoms:
        return both
    if all(atom.__class__ is Obj or atom is UNKNOWN or atom in one.atoms for atom in both.atoms):
        return both
    return Value((*(atom for atom in both.atoms if atom.__class__ is Obj), UNKNOWN), both.taint)


def join_all(values: Iterable[Value]) -> Value:
    """The join of all; `NOTHING` of none."""
    found = NOTHING
    for value in values:
        found = join(found, value)
    return found


def text(constant: str) -> Value:
    """A text constant."""
    return Value((constant,)) if len(constant) <= MOST_TEXT else ANY


def partial(spelled: str) -> Value:
    """A text with holes; `ANY` when nothing of it is known."""
    if HOLE not in spelled:
        return text(spelled)
    found = HOLES.sub(HOLE, spelled)
    if found == HOLE or len(found) > MOST_TEXT:
        return ANY
    return Value(((PARTIAL, found),))


HOLES = re.compile(f"{HOLE}+")


def number(constant: int) -> Value:
    """A number constant."""
    found = _SMALL.get(constant)
    return Value((("i", constant),)) if found is None else found


_SMALL: Final = {n: Value((("i", n),)) if n else NULL for n in range(-1, 256)}


def tainted(value: Value, taint: Taint) -> Value:
    """The value with more sources."""
    if not taint:
        return value
    both = united(value.taint, taint)
    return value if both is value.taint else Value(value.atoms, both)


def bare(value: Value) -> Value:
    """The value without its data."""
    return Value(value.atoms) if value.taint else value


def moved(value: Value, method: int, pc: int, moves: str) -> Value:
    """The value after one more step; unchanged when it carries nothing."""
    if not value.taint:
        return value
    return Value(value.atoms, step(value.taint, method, pc, moves))


def step(taint: Taint, method: int, pc: int, moves: str) -> Taint:
    """Sources with one more step on their way."""
    return {source: Trace(trace, method, pc, moves) for source, trace in taint.items()}


def unrolled(last: Trace) -> list[Trace]:
    """Steps that end with ``last``, the first first."""
    found: list[Trace] = []
    swaps: list[Mapping[Trace, Trace]] = []
    at: Trace | None = last
    while at is not None and len(found) < LONGEST_WAY:
        for number in range(len(swaps) - 1, -1, -1):
            if at in swaps[number]:
                at = swaps[number][at]
                del swaps[number:]
                break
        if at.swaps is not None:
            swaps.append(at.swaps)
        else:
            found.append(at)
        at = at.before
    return found[::-1]


LONGEST_WAY = 400
"""Steps of one way that are told."""
