"""Kinds of entries by which lists match people and what they have.

A list whose lines are all digests, all numbers of one register, or all package names is told by
the shape of its lines alone; what it is for, only by the code that reads it.
"""

import re
from functools import lru_cache
from typing import Literal

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.schema import Rule


class ListEntry(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of entry.

    ``entry``       name of the kind, as findings spell it: ``md5``, ``package``, ``phone``.
    ``pattern``     regular expression that a whole entry fits.
    ``check``       arithmetic that the entry must pass as well, by the name of its standard, or
                    empty.
    ``identifies``  what one entry points at: a ``person``, a ``device``, a ``file``, an ``app``
                    or a ``place`` on the net. Entries that identify persons or devices are
                    never quoted.
    ``categories``  personal-data categories of such an entry.
    ``fewest``      entries from which a list counts.
    """

    entry: str
    pattern: str
    check: Literal[
        "", "gb11643", "luhn", "verhoeff", "cpf", "dni", "tckn", "snils", "iin", "melli"
    ] = ""
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
    return kept_regex(pattern)


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


def _verhoeff(text: str) -> bool:
    """Verhoeff's check digit (Math. Centre Tracts 29), as Aadhaar numbers have it."""
    value = 0
    for place, digit in enumerate(reversed(_digits(text))):
        permuted = _PERMUTED[place % 8][digit]
        value = _product(value, permuted)
    return value == 0


_PERMUTED = ((0, 1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 5, 7, 6, 2, 8, 3, 0, 9, 4),
             (5, 8, 0, 3, 7, 9, 6, 1, 4, 2), (8, 9, 1, 6, 0, 4, 3, 5, 2, 7),
             (9, 4, 5, 3, 1, 2, 6, 8, 7, 0), (4, 2, 8, 6, 5, 7, 3, 9, 0, 1),
             (2, 7, 9, 3, 8, 0, 6, 4, 1, 5), (7, 0, 4, 6, 9, 1, 3, 2, 5, 8))  # fmt: skip


def _product(first: int, second: int) -> int:
    """Multiplication in the dihedral group of order 10."""
    if first < 5:
        return (first + second) % 5 if second < 5 else 5 + (first + second - 5) % 5
    return 5 + (first - 5 - second) % 5 if second < 5 else (first - second) % 5


def _digits(text: str) -> list[int]:
    return [int(digit) for digit in text if digit.isdigit()]


def _cpf(text: str) -> bool:
    """Brazil, Receita Federal: two check digits modulo 11."""
    digits = _digits(text)
    return len(set(digits)) > 1 and all(
        sum(d * (size + 1 - at) for at, d in enumerate(digits[:size])) * 10 % 11 % 10
        == digits[size]
        for size in (9, 10)
    )


def _dni(text: str) -> bool:
    """Spain, Real Decreto 1553/2005: a letter by the number modulo 23."""
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(text[:8]) % 23] == text[-1].upper()


def _tckn(text: str) -> bool:
    """Turkey, MERNIS: the tenth and eleventh digit check the others."""
    digits = _digits(text)
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return digits[9] == tenth and digits[10] == sum(digits[:10]) % 10


def _snils(text: str) -> bool:
    """Russia, federal law 27-FZ: the last two digits check the first nine."""
    digits = _digits(text)
    total = sum(d * (9 - at) for at, d in enumerate(digits[:9])) % 101 % 100
    return total == digits[9] * 10 + digits[10]


def _iin(text: str) -> bool:
    """Kazakhstan, ST RK 1157: a check digit modulo 11, weighed anew where that gives ten."""
    digits = _digits(text)
    total = sum(d * (at + 1) for at, d in enumerate(digits[:11])) % 11
    if total == 10:
        total = sum(d * ((at + 2) % 11 + 1) for at, d in enumerate(digits[:11])) % 11
    return total == digits[11]


def _melli(text: str) -> bool:
    """Iran, national code: a check digit modulo 11."""
    digits = _digits(text)
    rest = sum(d * (10 - at) for at, d in enumerate(digits[:9])) % 11
    return len(set(digits)) > 1 and digits[9] == (rest if rest < 2 else 11 - rest)


_CHECKS = {
    "": lambda _: True, "gb11643": _gb11643, "luhn": _luhn, "verhoeff": _verhoeff, "cpf": _cpf,
    "dni": _dni, "tckn": _tckn, "snils": _snils, "iin": _iin, "melli": _melli,
}  # fmt: skip

ENTRY = ListEntry
