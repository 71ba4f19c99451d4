"""Names of layouts that support libraries bring along, whether an app opens them or not.

Source: resources of the published libraries, which an app's build merges into its own.
"""

from witnessmark.knowledge.schema import Rule


class LibraryLayout(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Layouts whose name begins with ``prefix``."""

    prefix: str

    def recognises(self, text: str) -> bool:
        """Whether the layout name ``text`` is one of them."""
        return text.startswith(self.prefix)


ENTRY = LibraryLayout
