"""Inputs of script apps, by what their elements are given: the function that gets the answer."""

from __future__ import annotations

from witnessmark.knowledge.schema import Rule


class ScriptInput(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An element that takes an answer.

    ``handler``  member that is handed the answer as it is entered.
    ``besides``  members of which one must stand beside it, empty where it is enough.
    ``input``    kind of the input, as HTML names it.
    ``words``    members whose texts name it, best first.
    ``secret``   members that hide what is typed.
    ``choices``  member that lists what can be chosen, as objects with ``label`` and ``value``.

    Examples are members, one word each or several with ``+`` between them.
    """

    handler: str
    besides: tuple[str, ...] = ()
    input: str
    words: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    choices: str = ""

    def fits(self, members: frozenset[str]) -> bool:
        """Whether an element with these members is meant."""
        return self.handler in members and (
            not self.besides or not members.isdisjoint(self.besides)
        )

    def recognises(self, text: str) -> bool:
        """Whether an element with the members of an example is meant."""
        return self.fits(frozenset(text.split("+")))


ENTRY = ScriptInput
