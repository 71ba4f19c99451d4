"""What readers of people and their papers read, by the words of names and descriptions."""

from witnessmark.knowledge.lexicon_text import identifier_words
from witnessmark.knowledge.schema import Rule

SAID = "said:"


class Reading(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that is read.

    ``what``    in plain words.
    ``names``   words of which one (or several in a row) stands in the name of a class or method.
    ``unless``  words beside which these mean something else.
    ``told``    words of which one stands in the description of a library (pack ``sdks``).
    ``categories``  personal-data terms (pack ``people``).

    Examples are names ``pkg.Class.method``, or ``said:`` and a description.
    """

    what: str
    names: tuple[str, ...]
    told: tuple[str, ...]
    unless: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    def recognises(self, text: str) -> bool:
        """Whether a name or a description speaks of it."""
        if text.startswith(SAID):
            return self.is_told(text.removeprefix(SAID))
        return self.is_named(text)

    def is_named(self, name: str) -> bool:
        """Whether the class or method of a name speaks of it; packages do not count."""
        spelled = " ".join(identifier_words(one) for one in name.split(".")[-2:])
        words = f" {spelled} "
        return any(f" {one} " in words for one in self.names) and not any(
            f" {one} " in words for one in self.unless
        )

    def is_told(self, says: str) -> bool:
        """Whether a description speaks of it."""
        return any(one in says for one in self.told)


ENTRY = Reading
