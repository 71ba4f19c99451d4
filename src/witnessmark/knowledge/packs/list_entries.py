"""Kinds of entries by which lists match people and what they have.

A list whose lines are all digests, all numbers of one register, or all package names is told by
the shape of its lines alone; what it is for, only by the code that reads it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from witnessmark.knowledge.schema import Rule


class ListEntry(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of entry.

    ``entry``       name of the kind, as findings spell it: ``md5``, ``package``, ``phone``.
    ``pattern``     regular expression that a whole entry fits.
    ``check``       arithmetic that the entry must pass as well: ``gb11643``, ``luhn``, ``vin``
                    or empty.
    ``identifies``  what one entry points at: a ``person``, a ``device``, a ``file``, an ``app``
                    or a ``place`` on the net. Entries that identify persons or devices are
                    never quoted.
    ``categories``  personal-data categories of such an entry.
    ``fewest``      entries from which a list counts.
    """

    entry: str
    pattern: str
    check: Literal["", "gb11643", "luhn"] = ""
    identifies: Literal["person", "device", "file", "app", "place"]
    categories: tuple[str, ...] = ()
    fewest: int = 20

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is one entry of this kind."""
        return bool(_pattern(self.pattern).fullmatch(text)) and _CHECKS[self.check](text)

    @property
    def secret(self) -> bool:
        """Whether entries may point at living people and are therefore never quoted."""
        return self.identifies in ("person", "device")


@lru_cache(maxsize=128)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""Weights of the digits of a citizen number (GB 11643-1999, ISO 7064 MOD 11-2)."""


def _gb11643(text: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == text[17].upper()


def _luhn(text: str) -> bool:
    """ISO/IEC 7812-1 annex B."""
    digits = [int(digit) for digit in reversed(text)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


_CHECKS = {"": lambda _: True, "gb11643": _gb11643, "luhn": _luhn}

ENTRY = ListEntry
