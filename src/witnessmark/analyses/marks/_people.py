"""Whether texts are names of people; such lists are counted and never quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.lookalikes import LookAlike
from witnessmark.knowledge.packs.person_names import SCRIPTS, PersonNames

FEWEST = 3
SHARE, NUMBERED_SHARE = 0.75, 0.4
"""Share of the texts that must be names; of those that each bear a number, fewer."""

LONG, LONG_SHARE, FEWEST_LEADS = 20, 0.4, 8
"""Texts of a long list, of which two in five are enough where that many surnames lead them:
lists of acquaintances and demonstrations mix names with nicknames.
"""

NUMBERED = kept_regex(
    r"(?P<before>[\w/-]*\d[\w/-]*)[ .:：-]+[^\W\d][^\d]*"
    r"|[^\W\d][^\d(（\[]*[ (（\[:：-]+(?P<behind>[\w/-]*\d[\w/-]*)[)）\]]?"
)
MOST_ALIKE = 0.4
"""Share of names that may end in the same character: more are words of one kind (``…族``)."""

SAMPLE = 500


def are_names(
    texts: Sequence[str], names: Sequence[PersonNames], lookalikes: Sequence[LookAlike]
) -> bool:
    """Whether at least three texts that differ are, three in four, names of people."""
    listed = [text.strip() for text in dict.fromkeys(texts) if text.strip()][:SAMPLE]
    if len(listed) < FEWEST:
        return False
    if not any(_are(listed, [one for one in names if one.lang in group]) for group in _GROUPS):
        return False
    other = sum(any(one.recognises(text) for one in lookalikes) for text in listed)
    return other * 3 < len(listed)


def _are(texts: Sequence[str], names: Sequence[PersonNames]) -> bool:
    leading = [one for one in names if one.part != "character"]
    characters = [one for one in names if one.part == "character"]
    found = [
        text
        for text in texts
        if any(one.recognises(text) for one in leading)
        and all(one.recognises(text) for one in characters)
    ]
    if len(found) < _share(texts, found) * len(texts):
        return False
    if {one.lang for one in names} & set(SCRIPTS):
        _, most = Counter(text[-1] for text in found).most_common(1)[0]
        return most <= max(1, MOST_ALIKE * len(found))
    return True


def _share(texts: Sequence[str], found: Sequence[str]) -> float:
    """The share of ``texts`` that must be names, of which ``found`` are."""
    if _are_numbered(texts):
        return NUMBERED_SHARE
    mixed = len(texts) >= LONG and len({text[0] for text in found}) >= FEWEST_LEADS
    return LONG_SHARE if mixed else SHARE


def _are_numbered(texts: Sequence[str]) -> bool:
    """Whether all are a name with a number of its own in brackets, behind or before it."""
    found = [NUMBERED.fullmatch(text) for text in texts]
    numbers = {match["behind"] or match["before"] for match in found if match}
    return len(numbers) == len(texts)


_GROUPS = (
    frozenset({"zh"}), frozenset({"ko"}), frozenset({"ja"}),
    frozenset({"vi", "en", "ar", "ru", "tr", "es", "fr", "de", "id", "kk", "ug"}),
)  # fmt: skip
"""Languages whose names are told together."""
