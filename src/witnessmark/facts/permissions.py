"""Permissions that come with others, as the platform splits them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path


def implied_permissions(asked: Sequence[str], target_sdk: int) -> Iterator[str]:
    """Permissions granted beside those ``asked`` for, in order of the rules, each once.

    Rules stand in ``data/implied_permissions.csv``; what one adds can bring others.
    """
    held = set(asked)
    while True:
        added = [rule["adds"] for rule in permission_rules() if _applies(rule, held, target_sdk)]
        if not added:
            return
        for name in dict.fromkeys(added):
            held.add(name)
            yield name


def _applies(rule: Mapping[str, str], held: set[str], target_sdk: int) -> bool:
    if rule["adds"] in held or (rule["has"] and rule["has"] not in held):
        return False
    return not rule["below"] or target_sdk < int(rule["below"])


@cache
def permission_rules() -> tuple[Mapping[str, str], ...]:
    """Rows of the table of rules."""
    text = Path(__file__).with_name("data").joinpath("implied_permissions.csv").read_text("utf-8")
    return tuple(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
