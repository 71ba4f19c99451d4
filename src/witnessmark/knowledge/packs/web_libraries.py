"""Scripts and pages that web frameworks bring along: what they ask is not asked by the app."""

import re

from witnessmark.knowledge.schema import Rule


class WebLibrary(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Files whose path, in lower case, the regular expression ``path`` finds."""

    path: str

    def recognises(self, text: str) -> bool:
        """Whether the file ``text`` belongs to the library."""
        return re.search(self.path, text.lower()) is not None


ENTRY = WebLibrary
