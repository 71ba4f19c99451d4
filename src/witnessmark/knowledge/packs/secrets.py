"""Calls that take something secret: keys, start values, passwords, tokens."""

from __future__ import annotations

from typing import Literal

from witnessmark.knowledge.packs.deeds import Condition, argument_position, read_condition
from witnessmark.knowledge.schema import Rule

What = Literal["key", "iv", "password", "token", "seed", "salt", "credential"]
"""key of a cipher; iv, its start value; credential, the secret of an account at a service."""


class Secret(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way of using a secret.

    ``what``       what it is.
    ``owner``      class with dots, ``members`` its methods, ``parameters`` parameter descriptors
                   that tell an overload apart (empty for all).
    ``subclasses``  calls through the app's own subclasses count too.
    ``protects``   what a password is of, where it is told also when it is no constant.
    ``value``      position of the secret, from 0.
    ``beside``     position of what goes with it and may be told: name of the cipher, of the user,
                   of the header; empty for none.
    ``when``       conditions on arguments as in pack ``deeds``.

    Examples are signatures, behind which an argument may stand as in pack ``deeds``.
    """

    what: What
    owner: str
    members: tuple[str, ...]
    parameters: str = ""
    subclasses: bool = False
    protects: Literal["", "archive", "database", "document"] = ""
    value: int
    beside: str = ""
    when: tuple[str, ...] = ()

    def recognises(self, text: str) -> bool:
        """Whether a call, spelled as the examples are, uses the secret."""
        signature, _, rest = text.partition(" ")
        owner, _, tail = signature.partition("->")
        name, _, parameters = tail.partition("(")
        if owner != f"L{self.owner.replace('.', '/')};" or name not in self.members:
            return False
        if self.parameters and parameters.partition(")")[0] != self.parameters:
            return False
        position, _, value = rest.partition("=")
        given = {argument_position(position): value} if rest else {}
        return all(
            one.position in given and one.holds(given[one.position]) for one in self.conditions
        )

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """``when``, read."""
        return tuple(map(read_condition, self.when))


ENTRY = Secret
