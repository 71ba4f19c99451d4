"""Names held against patterns in which ``*`` stands for any run of characters.

As ``fnmatch.fnmatchcase`` answers, without a regular expression for each pattern: packs hold
several hundred, and most are asked about a few names only.
"""

from __future__ import annotations

from fnmatch import fnmatchcase


def fits(name: str, pattern: str) -> bool:
    """Whether ``name`` fits a pattern to the letter, case included."""
    if "?" in pattern or "[" in pattern:
        return fnmatchcase(name, pattern)
    first, *others = pattern.split("*")
    if not others:
        return name == pattern
    last = others.pop()
    if not (name.startswith(first) and name.endswith(last)):
        return False
    at, end = len(first), len(name) - len(last)
    for part in others:
        at = name.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return at <= end
