"""Libraries and services of other makers that are found inside apps.

Every mark is a name that the maker publishes: in the instructions for including the library, in
its public code, or in the library file itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.globs import fits
from witnessmark.knowledge.schema import Rule

Purpose = Literal[
    "ads", "analytics", "barcode", "biometrics", "crash", "device", "face", "framework",
    "hot_patch", "identity_reader", "image", "location", "login", "map", "messaging", "network",
    "ocr", "payment", "push", "security", "speech", "storage", "test", "ui", "utility", "video",
]  # fmt: skip
"""What a library is for; ``utility`` when it serves the programmer only."""


class Sdk(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One library or service. ``*`` in a mark stands for any run of characters.

    ``vendor``, ``country``  who makes it and, where the maker says so, where (ISO 3166-1 alpha-2).
    ``code``           packages, or single classes, that are its own (see `within`).
    ``beside``         packages too short or common to tell it; they count where ``code`` is found.
    ``native``         file names of its native libraries.
    ``manifest``       names of ``meta-data`` elements that it asks for.
    ``permissions``    permissions that it defines or asks for by its own name.
    ``assets``         members of the package that it brings.
    ``version_files``  file names of members with a line ``version=...``.
    ``strings``        regular expressions searched for in string constants that stay when classes
                       are renamed; a group ``version`` tells the version.
    ``resources``      names of resources that it brings.
    ``actions``        names of intents by which it speaks with its own parts.

    Examples are class names, or ``native:``, ``manifest:``, ``permission:``, ``member:``,
    ``string:``, ``resource:`` or ``action:`` and a name.
    """

    name: str
    vendor: str
    purpose: Purpose
    country: str = ""
    code: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    native: tuple[str, ...] = ()
    manifest: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    version_files: tuple[str, ...] = ()
    strings: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is one of the library's marks, as the examples spell them."""
        kind, colon, name = text.partition(":")
        if colon and kind == "string":
            return self.said(name) is not None
        patterns = {
            "native": self.native,
            "manifest": self.manifest,
            "permission": self.permissions,
            "member": self.assets,
            "resource": self.resources,
            "action": self.actions,
        }.get(kind if colon else "")
        if patterns is not None:
            return any_matches(patterns, name)
        return any(within(prefix, text) for prefix in self.code)

    def said(self, text: str) -> re.Match[str] | None:
        """The first place of one of ``strings`` in a constant."""
        return next((m for one in self.strings if (m := _compiled(one).search(text))), None)


ENTRY = Sdk


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return kept_regex(pattern)


def within(prefix: str, class_name: str) -> bool:
    """Whether a class is the one named ``prefix``, inside it, or in the package of that name."""
    return class_name.startswith(prefix) and class_name[len(prefix) : len(prefix) + 1] in ".$"


def any_matches(patterns: Iterable[str], name: str) -> bool:
    """Whether ``name`` fits one of the patterns to the letter, case included."""
    return any(fits(name, pattern) for pattern in patterns)


def longest_prefix(class_name: str, prefixes: Mapping[str, str]) -> str:
    """The longest key of ``prefixes`` that ``class_name`` is `within`, empty for none.

    Takes time in the number of labels of the name, not in the number of prefixes.
    """
    return next((p for p in _packages(class_name) if p in prefixes), "")


def _packages(class_name: str) -> Iterator[str]:
    outermost = class_name.partition("$")[0]
    if outermost:
        yield outermost
    while "." in outermost:
        outermost = outermost.rpartition(".")[0]
        yield outermost
