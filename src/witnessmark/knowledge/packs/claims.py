"""What privacy texts and store labels speak of, and the facts that would bear a claim out.

A topic is recognised by its words in several languages; whether a sentence claims or denies, the
pack ``claim_words`` decides.
"""

import re
from functools import lru_cache

from witnessmark.knowledge.schema import Rule


class Topic(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One topic.

    ``patterns``   expressions for it, of all languages, searched in any case of letters.
    ``shown_by``   names of facts (pack ``law_facts``) that show what the topic is about.
    ``against``    names of facts that speak against a claim of it.
    ``told``       whether a text that leaves it out is told of when findings show it.
    """

    patterns: tuple[str, ...]
    shown_by: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    told: bool = True

    def recognises(self, text: str) -> bool:
        """Whether ``text`` speaks of the topic."""
        return compiled(self.patterns).search(text) is not None


@lru_cache(maxsize=256)
def compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Expressions as one."""
    return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)


ENTRY = Topic
