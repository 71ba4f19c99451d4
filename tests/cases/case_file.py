"""Reads case files: prose with fenced ``yaml`` blocks, each a mini app and what it must yield.

Keys of a block: ``case`` (a sentence), what `miniapp.apk.write_apk` takes, or ``app`` (a
fixture below tests/apps), then ``expect`` (a list of partial findings; an empty list says the
analysis must stay silent) and ``gaps`` (words that must stand in some gap, optional).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CASES = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Case:
    """One block of a case file."""

    analysis: str
    title: str
    block: dict[str, Any]

    @property
    def silent(self) -> bool:
        """A look-alike that must yield nothing, no gap either."""
        return not self.block["expect"] and not self.block.get("gaps")


def case_path(analysis: str) -> Path:
    """The case file of an analysis id."""
    return CASES / f"{analysis}.md"


def read_cases(analysis: str) -> list[Case]:
    """All cases of an analysis."""
    text = case_path(analysis).read_text("utf-8")
    blocks = [yaml.safe_load(match[1]) for match in BLOCK.finditer(text)]
    return [Case(analysis, str(block["case"]), block) for block in blocks]


def matches(expected: Any, actual: Any) -> bool:
    """Whether ``actual`` holds all that ``expected`` asks: mappings by key, the rest equal."""
    if isinstance(expected, dict):
        return isinstance(actual, dict) and all(
            key in actual and matches(value, actual[key]) for key, value in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(actual, list)
            and len(expected) == len(actual)
            and all(matches(e, a) for e, a in zip(expected, actual, strict=True))
        )
    return bool(expected == actual)
