"""Facts that provisions of law ask for, each told by conditions on findings.

A fact is named once and used by every instrument that asks for it, so that a new jurisdiction
needs no code and no rule of its own.
"""

from collections.abc import Mapping

import msgspec

from witnessmark.knowledge.schema import Entry


class Condition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a finding must be to count; what is left out is not asked.

    ``kinds``       kinds of findings, ``chapter.kind``, or whole chapters.
    ``personal``    whether it must name any category of personal data.
    ``categories``  any of these personal-data categories, or narrower ones.
    ``exactly``     any of these categories, narrower ones not counted; either of both is enough.
    ``special``     whether it must be about a special category.
    ``about``       whose data it is.
    ``reach``       states of reach that count; without it ``reached`` and ``unknown``.
    ``strength``    strengths that count; without it ``read`` and ``derived``.
    ``subject``     texts by key of the subject; its value, or a part of it, must be one of them.
    ``without``     texts by key of the subject; neither its value nor a part may be one of them.
    ``fewest``      so many findings are needed.
    """

    kinds: tuple[str, ...]
    personal: bool | None = None
    categories: tuple[str, ...] = ()
    exactly: tuple[str, ...] = ()
    special: bool | None = None
    about: tuple[str, ...] = ()
    reach: tuple[str, ...] = ("reached", "unknown")
    strength: tuple[str, ...] = ("read", "derived")
    subject: Mapping[str, tuple[str, ...]] = {}
    without: Mapping[str, tuple[str, ...]] = {}
    fewest: int = 1


class Fact(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One fact; ``any`` of its conditions is enough.

    ``says``     the fact as a sentence.
    ``absent``   names what is looked for, for the sentence that tells its absence.
    ``read_in``  kinds of content, as the coverage ledger names them, in which it would stand.
    """

    any: tuple[Condition, ...]
    absent: str = ""
    read_in: tuple[str, ...] = ()


ENTRY = Fact
