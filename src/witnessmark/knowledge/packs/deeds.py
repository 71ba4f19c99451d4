"""What single calls do that matters for what an app hides or orders, beyond bringing data.

An entry names methods and, where the method alone says too little, what must be passed to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.schema import Rule

Kind = Literal[
    "dynamic_code", "reflection", "erasure", "presence", "evasion", "weakness", "restriction",
    "trace", "file",
]  # fmt: skip
"""Which analysis asks for it."""

CONDITION = kept_regex(r"(this|\d+)([=~&!])(.*)", re.DOTALL)
_EXAMPLE_SPLIT = " ;; "

RECEIVER = -1
"""Position of the receiver, as `flow.tables.CALL_ARGUMENTS` counts."""


class Deed(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that calls do.

    ``what``        short stable word for it; findings about one ``what`` stand together.
    ``owner``       class with dots, ``members`` its methods, ``parameters`` parameter descriptors
                    that tell an overload apart (empty for all).
    ``subclasses``  calls through the app's own subclasses of ``owner`` count too.
    ``when``        conditions on arguments, all of which must hold: ``0=text`` equal, ``0~regex``
                    found inside, ``1&3`` any of these bits, ``0!regex`` not inside; ``this`` is
                    the receiver. A condition on a value that is not known does not hold.
    ``names``       position of the argument that names what it is done to, ``this``, or empty.
    ``needs``       class with dots below which the app must have a class of its own for the call to
                    do anything, empty for none.
    ``against``     what speaks against reading more into it, one sentence.

    Examples are signatures, ``Lpkg/Class;->name(args)ret``, behind which arguments may stand:
    ``0=text``, several separated by `` ;; ``.
    """

    kind: Kind
    what: str
    owner: str
    members: tuple[str, ...]
    parameters: str = ""
    subclasses: bool = False
    when: tuple[str, ...] = ()
    names: str = ""
    needs: str = ""
    against: str = ""

    def recognises(self, text: str) -> bool:
        """Whether a call, spelled as the examples are, does this."""
        signature, _, rest = text.partition(" ")
        owner, _, tail = signature.partition("->")
        name, _, parameters = tail.partition("(")
        if owner != self.descriptor or name not in self.members:
            return False
        if self.parameters and parameters.partition(")")[0] != self.parameters:
            return False
        given: dict[int, str] = {}
        for part in rest.split(_EXAMPLE_SPLIT) if rest else ():
            position, _, value = part.partition("=")
            given[argument_position(position)] = value
        return self.holds(given.get)

    def holds(self, value_at: Callable[[int], str | None]) -> bool:
        """Whether all conditions hold for the arguments that ``value_at`` gives."""
        return all(
            (value := value_at(condition.position)) is not None and condition.holds(value)
            for condition in self.conditions
        )

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """``when``, read."""
        return tuple(map(read_condition, self.when))

    @property
    def descriptor(self) -> str:
        """``owner`` as a type descriptor."""
        return f"L{self.owner.replace('.', '/')};"

    @property
    def named_at(self) -> int | None:
        """Position of the argument that names what it is done to."""
        return argument_position(self.names) if self.names else None


ENTRY = Deed


def argument_position(text: str) -> int:
    """Position out of its spelling in the pack."""
    return RECEIVER if text == "this" else int(text)


class Condition(Struct, frozen=True):
    """A condition on the argument at ``position``."""

    position: int
    comparison: str
    wanted: str

    def holds(self, value: str) -> bool:
        """Whether it holds for ``value``, spelled as `flow.tables.CALL_ARGUMENTS` has it."""
        return _COMPARE[self.comparison](self.wanted, value)


@lru_cache(maxsize=4096)
def read_condition(text: str) -> Condition:
    """Read one condition of ``when``; ValueError for anything else."""
    match = CONDITION.fullmatch(text)
    if match is None:
        raise ValueError(f"not a condition: {text!r}")
    return Condition(argument_position(match[1]), match[2], match[3])


def _has_bits(bits: str, value: str) -> bool:
    number = value.removeprefix("-")
    return number.isdigit() and bool(int(value) & int(bits, 0))


@lru_cache(maxsize=1024)
def _pattern(text: str) -> re.Pattern[str]:
    return kept_regex(text)


_COMPARE: Mapping[str, Callable[[str, str], bool]] = {
    "=": lambda wanted, value: wanted == value,
    "~": lambda wanted, value: _pattern(wanted).search(value) is not None,
    "!": lambda wanted, value: _pattern(wanted).search(value) is None,
    "&": _has_bits,
}
