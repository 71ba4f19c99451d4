"""Words by which people are sorted: faith, people, kin, status, suspicion.

One entry is one trait in one language. The words are terms of forms, statistics and
administration as public standards and dictionaries use them; an entry says which.
"""

from __future__ import annotations

import re
from functools import lru_cache

from witnessmark.knowledge.schema import Rule

CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
SEPARATORS = re.compile(r"[\s_\-/、，,;:()（）·.]+")


class Trait(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one trait in one language.

    ``trait``       what the words say of a person, e.g. ``religion``.
    ``lang``        BCP 47 tag.
    ``words``       the words; Chinese and Japanese ones count inside longer labels, others as
                    whole words of a label.
    ``categories``  personal-data categories of the trait.
    """

    trait: str
    lang: str
    words: tuple[str, ...]
    categories: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Whether the label ``text`` holds one of the words."""
        return _pattern(self.words).search(normalised(text)) is not None


def normalised(text: str) -> str:
    """A label in lower case, its separators as single spaces."""
    return f" {SEPARATORS.sub(' ', text).strip().casefold()} "


@lru_cache(maxsize=512)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = [
        re.escape(word) if CJK.search(word) else f" {re.escape(normalised(word).strip())} "
        for word in sorted(words, key=lambda word: (-len(word), word))
    ]
    return re.compile("|".join(parts))


ENTRY = Trait
