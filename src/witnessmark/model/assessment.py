"""Assessments: legal readings of findings, never mixed with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ElementState = Literal["supported", "contradicted", "unknown"]


@dataclass(frozen=True, slots=True)
class Assessment:
    """One element of one provision, held against the findings.

    ``findings`` are ids; ``settles`` says what would decide it, ``limits`` what it does not
    show. An assessment is never a verdict.
    """

    provision: str
    element: str
    state: ElementState
    findings: tuple[str, ...]
    settles: str = ""
    limits: tuple[str, ...] = ()
