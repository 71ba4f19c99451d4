"""Words by which people are sorted: faith, people, kin, status, suspicion, everyday life.

One entry is one trait in one language. The words are terms of forms, statistics and
administration as public standards and dictionaries use them; an entry says which. Words of the
trait `THING` name things: a label that goes on with one (``student list``) sorts nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from witnessmark.knowledge.schema import Rule

THING = "thing"
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
SEPARATORS = re.compile(r"[\s_\-/、，,;:()（）·.'’]+")
LONGEST_REST = 8
"""Characters beside a Chinese or Japanese word within a label that it still names."""


class Trait(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one trait in one language.

    ``trait``       what the words say of a person, e.g. ``religion``.
    ``lang``        BCP 47 tag.
    ``words``       the words; Chinese and Japanese ones of several characters count inside
                    longer labels, others as whole words of a label.
    ``categories``  personal-data categories of the trait.
    """

    trait: str
    lang: str
    words: tuple[str, ...]
    categories: tuple[str, ...] = ()

    def recognises(self, text: str) -> bool:
        """Whether the label ``text`` holds one of the words."""
        return _found(self.words, text) is not None


def names_trait(label: str, trait: Trait, things: Sequence[Trait]) -> bool:
    """Whether a label holds a word of ``trait`` and does not go on with the name of a thing."""
    rest = _found(trait.words, label)
    return rest is not None and not any(one.recognises(rest) for one in things if rest.strip())


def _found(words: tuple[str, ...], text: str) -> str | None:
    """What follows the first word found in a label; None for none."""
    label = normalised(text)
    match = _pattern(words).search(label)
    if match is None:
        return None
    if CJK.search(match[0]) and len(label) - len(match[0]) - 2 > LONGEST_REST:
        return None
    return label[match.end() :]


def normalised(text: str) -> str:
    """A label in lower case, its separators as single spaces."""
    return f" {SEPARATORS.sub(' ', text).strip().casefold()} "


@lru_cache(maxsize=512)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = []
    for word in sorted(words, key=lambda word: (-len(word), word)):
        bare = normalised(word).strip()
        if not CJK.search(word):
            parts.append(f" {re.escape(bare)} ")
        elif len(word) > 1:
            parts.append(re.escape(bare))
        else:
            parts.append(f"^ {re.escape(bare)} $")
    return re.compile("|".join(parts))


ENTRY = Trait
