"""Words by which an app tells people of their data: notice, consent, purpose, retention, rights.

One entry is one purpose in one language. Patterns are short phrases of privacy texts as data
protection law asks for them; a lone ``agree`` or ``delete`` is not enough.
"""

import re
from functools import lru_cache
from typing import Literal

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.schema import Rule

Purpose = Literal["notice", "consent", "purpose", "retention", "rights"]


class Notice(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Phrases of one purpose in one language.

    ``purpose``   what such words are for.
    ``lang``      BCP 47 tag.
    ``patterns``  regular expressions, searched in any case of letters.
    """

    purpose: Purpose
    lang: str
    patterns: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Whether ``text`` holds such a phrase."""
        return self.stands_in(" ".join(text.split()))

    def stands_in(self, text: str) -> bool:
        """The same of a text without line breaks and double spaces."""
        return _pattern(self.patterns).search(text) is not None


@lru_cache(maxsize=256)
def _pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return kept_regex("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)


ENTRY = Notice
