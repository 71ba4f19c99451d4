"""Provisions of law, in elements that facts about an app can support or contradict.

Summaries are in our own words. A sentence is a quotation only where ``quotation`` holds it, and
that is allowed only for a text that was checked against an official one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from witnessmark.knowledge.schema import Entry


class Condition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a finding must be to count; what is left out is not asked.

    ``kinds``       kinds of findings, ``chapter.kind``, or whole chapters.
    ``categories``  any of these personal-data categories, or narrower ones.
    ``special``     whether it must be about a special category.
    ``about``       whose data it is.
    ``reach``       states of reach that count; without it ``reached`` and ``unknown``.
    ``subject``     texts by key of the subject, any of which its value must hold.
    ``fewest``      so many findings are needed.
    """

    kinds: tuple[str, ...]
    categories: tuple[str, ...] = ()
    special: bool | None = None
    about: tuple[str, ...] = ()
    reach: tuple[str, ...] = ("reached", "unknown")
    subject: Mapping[str, tuple[str, ...]] = {}
    fewest: int = 1


class Element(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question that a provision asks and that facts can bear on.

    ``id``               short name, unique in the provision.
    ``question``         the element as a question.
    ``supported_by``     any of these makes it supported.
    ``contradicted_by``  any of these speaks against it.
    ``missing``          when none of these is found, the absence is told as what was not seen.
    ``settles``          what would decide the question.
    ``limits``           what an answer from the app alone does not show.
    """

    id: str
    question: str
    supported_by: tuple[Condition, ...] = ()
    contradicted_by: tuple[Condition, ...] = ()
    missing: tuple[Condition, ...] = ()
    settles: str
    limits: tuple[str, ...] = ()


class Checked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who held an entry against which text, and when."""

    by: str
    against: str
    on: str


class Provision(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One article.

    ``says``          summary in our own words.
    ``instrument``    short name; ``title`` the full one.
    ``article``       as lawyers cite it.
    ``jurisdiction``  code of the legal order: ``INT``, ``EU``, ``COE``, ``CN``, ...
    ``in_force``      since when, ISO date or year; empty where unknown.
    ``bound``         who is bound, with reservations that matter.
    ``lang``          language of the authentic text that ``source`` leads to.
    ``checked``       None for an entry that nobody has checked yet.
    ``applies``       the provision is assessed only when one of these is found.
    """

    instrument: str
    title: str
    article: str
    jurisdiction: str
    in_force: str = ""
    bound: str
    lang: str
    checked: Checked | None = None
    quotation: str = ""
    form: Literal["binding", "interpretation", "standard", "information"] = "binding"
    applies: tuple[Condition, ...]
    elements: tuple[Element, ...]


ENTRY = Provision
