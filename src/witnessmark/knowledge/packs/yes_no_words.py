"""Words by which a question is answered yes or no, or not at all."""

import unicodedata
from collections.abc import Iterable, Sequence

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.schema import Rule

BLANKS = kept_regex(r"[\s.!。]+")


class YesNoWords(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one language, each the whole of what a choice says."""

    lang: str
    words: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Whether a text is one of the words, in any case of letters and with any blanks."""
        return _plain(text) in frozenset(map(_plain, self.words))


def is_yes_or_no(choices: Sequence[str], entries: Iterable[YesNoWords]) -> bool:
    """Whether all of two or more choices only say yes, no or that there is no answer."""
    known = frozenset(_plain(word) for one in entries for word in one.words)
    return len(choices) > 1 and all(_plain(choice) in known for choice in choices)


def _plain(text: str) -> str:
    return BLANKS.sub("", unicodedata.normalize("NFC", text)).casefold()


ENTRY = YesNoWords
