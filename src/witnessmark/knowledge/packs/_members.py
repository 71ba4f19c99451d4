"""Rules about a method or field of a class, as packs `sources`, `sinks` and `models` share them."""

import re

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.schema import Rule

POSITION = kept_regex(r"this|0|[1-9][0-9]?")
"""An argument, counted from 0 without the receiver, or the receiver."""


class MemberRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Members of one class.

    ``owner``       class with dots and ``$``.
    ``members``     names there; ``<init>`` for constructors.
    ``parameters``  parameter descriptors that tell an overload apart, empty for all overloads.
    ``subclasses``  calls through classes below ``owner`` count too.
    """

    owner: str
    members: tuple[str, ...]
    parameters: str = ""
    subclasses: bool = True

    @property
    def descriptor(self) -> str:
        """``owner`` as a type descriptor."""
        return f"L{self.owner.replace('.', '/')};"

    def recognises(self, text: str) -> bool:
        """Whether a signature ``Lpkg/Class;->name(args)ret`` or ``Lpkg/Class;->name:type``, or
        its part before arguments and type, names one of the members.
        """
        owner, arrow, rest = text.partition("->")
        name = re.split(r"[(:]", rest, maxsplit=1)[0]
        if not arrow or owner != self.descriptor or name not in self.members:
            return False
        return not self.parameters or "(" not in rest or self.parameters == _arguments(rest)


def _arguments(rest: str) -> str:
    return rest.partition("(")[2].partition(")")[0]
