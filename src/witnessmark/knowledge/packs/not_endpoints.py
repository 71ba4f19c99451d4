"""Addresses in apps that name something and receive nothing: XML namespaces, grammars, manuals.

Source: the specifications and projects that coined them, named by each entry.
"""

import re

from witnessmark.knowledge.schema import Rule


class NotEndpoint(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Addresses that begin, after ``scheme://`` and an optional ``www.``, with ``prefix``; with
    ``below`` also those on hosts below it.
    """

    prefix: str
    below: bool = False

    def recognises(self, text: str) -> bool:
        """Whether the URL ``text`` is one of them."""
        rest = text.partition("://")[2].removeprefix("www.").casefold()
        host = re.split("[/:?#]", rest)[0]
        if self.below and host.endswith(f".{self.prefix}"):
            return True
        if not rest.startswith(self.prefix):
            return False
        following = rest[len(self.prefix) : len(self.prefix) + 1]
        return self.prefix.endswith("/") or following in ("", "/", "#", "?", ":")


ENTRY = NotEndpoint
