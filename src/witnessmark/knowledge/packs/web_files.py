"""Text files inside apps that are not the app's own words: licences, manuals, script libraries."""

from typing import Literal

from witnessmark.knowledge.globs import fits
from witnessmark.knowledge.schema import Rule


class WebFile(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Files by name.

    ``kind``   ``document``: addresses in it are mentioned, not used; ``library``: a known script or
               style, whose addresses are its makers'.
    ``names``  patterns of file names in lower case, without folder; with a slash, of the end of a
               path.
    """

    kind: Literal["document", "library"]
    names: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Whether the path ``text`` is one of them."""
        path = text.casefold()
        name = path.rpartition("/")[2]
        return any(fits(path, f"*{one}") if "/" in one else fits(name, one) for one in self.names)


ENTRY = WebFile
