"""Where data about people comes into code, beside the ways of pack `apis`.

`knowledge.flows` puts both together.
"""

from typing import Literal

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs._members import MemberRule

SourceKind = Literal["api", "field", "form", "file", "database", "preferences", "ipc", "network"]
"""What kind of place it is."""

WHERE = kept_regex(r"return|this|field|(parameter|callback-parameter|file):[0-9]+")


class Source(MemberRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A member whose call, read or being called brings data.

    ``where``       what then holds it: ``return``; ``this``; ``parameter:N``, an object that the
                    call fills; ``callback-parameter:N`` of a method that outside code calls and
                    the app overrides; ``field``, the field itself; ``file:N``, the content of the
                    file that argument N names (a path, a `File`). N counts from 0.
    ``argument``    constants of which one must be passed, ``position=value`` from 0; none for any.
    ``kind``        kind of place.
    ``categories``  personal-data terms (pack ``people``); none where only what was stored, typed
                    or sent there decides what it is.
    ``about``       whose data it is.
    """

    where: tuple[str, ...]
    argument: tuple[str, ...] = ()
    kind: SourceKind = "api"
    categories: tuple[str, ...] = ()
    about: Literal["user", "third_person", "operator", "unknown"] = "user"

    def __post_init__(self) -> None:
        """ValueError for a ``where`` that is none."""
        for place in self.where:
            if not WHERE.fullmatch(place):
                raise ValueError(f"where: {place!r} is no place")


ENTRY = Source
