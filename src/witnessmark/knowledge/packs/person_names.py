"""Common names of people, by which a list of people is told from a list of things.

Surnames lead a name in East Asia; elsewhere a given name is one of its words. Single names prove
nothing: callers ask whether most of a list are names.
"""

from functools import lru_cache
from typing import Literal

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.schema import Rule

HAN = kept_regex(r"[\u3400-\u9fff·]{2,6}")
HAN_NAME = kept_regex(r"[\u3400-\u9fff]{2,4}")
HANGUL = kept_regex(r"[\uac00-\ud7a3]{2,4}")
MARKED = kept_regex(r"[\s,，、(（].*")
BRACKET = kept_regex(r"\s*[(（\[].*")
MOST_WORDS = 4


class PersonNames(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names of one kind in one language.

    ``part``   ``surname`` that a name begins with (of Vietnamese a first word), ``given name``
               that is a word of it, or ``character`` of which names are made behind a surname.
    ``words``  the names.
    """

    lang: str
    part: Literal["surname", "given name", "character"]
    words: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Whether ``text`` may be the name of a person."""
        name = text.strip()
        if self.part == "character":
            given = MARKED.sub("", name)[1:]
            common = sum(char in _known(self.words) for char in given)
            return bool(given) and common * 2 >= len(given)
        if self.part == "surname" and self.lang in SCRIPTS:
            bare = MARKED.sub("", name)
            leads = any(bare[:size] in _known(self.words) for size in range(1, min(len(bare), 4)))
            return leads and bool(SCRIPTS[self.lang].fullmatch(bare))
        words = BRACKET.sub("", name).replace("·", " ").replace(".", " ").split()
        if not 1 <= len(words) <= MOST_WORDS or not words[0][:1].isalpha():
            return False
        if not all(word[:1].isupper() or not word[:1].islower() for word in words):
            return False
        known = _known(self.words)
        found = [word for word in words if word.casefold() in known]
        return bool(found) if self.part == "given name" else words[0].casefold() in known


SCRIPTS = {"zh": HAN_NAME, "ko": HANGUL, "ja": HAN}
"""How names are written where the surname leads without a space."""


@lru_cache(maxsize=64)
def _known(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)


ENTRY = PersonNames
