"""Words that stand on buttons of forms and name no fact: back, cancel, save, search."""

from collections.abc import Iterable

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.schema import Rule

BLANKS = kept_regex(r"[\s\u200b-\u200f!！.…>»→←<«]+")


class ButtonWords(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one language, each the whole of what a button says."""

    lang: str
    words: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Whether a text is one of the words, in any case of letters and with any blanks."""
        return plain(text) in plain_words((self,))


def plain_words(entries: Iterable[ButtonWords]) -> frozenset[str]:
    """The words of entries as `plain` has them."""
    return frozenset(plain(word) for one in entries for word in one.words)


def plain(text: str) -> str:
    """A text without case, blanks and the signs that stand on buttons."""
    return BLANKS.sub("", text).casefold()


ENTRY = ButtonWords
