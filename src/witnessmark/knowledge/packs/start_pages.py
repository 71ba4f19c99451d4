"""Where the settings of web wrappers name the page with which the app begins."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Literal

from witnessmark.knowledge.schema import Rule


class StartPage(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place in a file, or a value of the manifest.

    ``files``  patterns of names of members; ``manifest`` for named values of the manifest.
    ``form``   how the file is written.
    ``place``  names of members from the outside in (json), element and attribute (xml), name of
               the value (manifest).

    Examples: names of members; of the manifest, names of values.
    """

    files: tuple[str, ...]
    form: Literal["json", "xml", "manifest"]
    place: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Whether the member, or the value of the manifest, of that name is meant."""
        if self.form == "manifest":
            return text == self.place[0]
        return any(fnmatchcase(text, pattern) for pattern in self.files)


ENTRY = StartPage
