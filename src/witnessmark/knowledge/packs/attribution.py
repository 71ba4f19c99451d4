"""Traces by which the makers of an app can be told, and keys that tell nothing.

``traces.csv`` holds patterns of text; ``keys.csv`` certificates that many unrelated builds share;
``fillers.csv`` parts of package names that name no maker.
"""

import re
from functools import lru_cache
from typing import Literal

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.schema import Rule

Kind = Literal[
    "email", "copyright", "organisation", "build_path", "no_trace", "shared_key", "filler"
]


class Trace(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One pattern, or one shared key.

    ``kind``     what a match is; ``no_trace`` marks texts in which nothing else counts;
                 ``shared_key`` entries are known by the SHA-1 of their certificate; ``filler``
                 entries are parts of package names that say what an app is for, not who made it.
    ``pattern``  regular expression searched for in the text (Python syntax); for a key its SHA-1.
    ``lang``     language of the words, empty for any.
    """

    kind: Kind
    pattern: str
    lang: str = ""

    def recognises(self, text: str) -> bool:
        """Whether the trace is in ``text``."""
        return self.search(text) is not None

    def search(self, text: str) -> re.Match[str] | None:
        """The first place of the trace in ``text``."""
        return _compiled(self.pattern).search(text)


ENTRY = Trace


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return kept_regex(pattern)
