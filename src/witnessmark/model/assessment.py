"""Assessments: legal readings of findings, never mixed with them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

ElementState = Literal["supported", "contradicted", "unknown"]


class Provision(Struct, frozen=True):
    """The article that is read, as far as a reader needs it.

    ``id``      stable name in the pack of law; ``says`` a summary in our own words.
    ``status``  who is bound, since when, and whether anybody checked the entry.
    """

    id: str
    instrument: str
    article: str
    jurisdiction: str
    says: str
    status: str
    source: str


class Assessment(Struct, frozen=True):
    """One element of one provision, held against the findings.

    ``element``  the question that the provision asks. ``findings`` are ids; ``settles`` says what
    would decide it, ``limits`` what it does not show. An assessment is never a verdict.
    """

    provision: Provision
    element: str
    state: ElementState
    findings: tuple[str, ...]
    settles: str = ""
    limits: tuple[str, ...] = ()
