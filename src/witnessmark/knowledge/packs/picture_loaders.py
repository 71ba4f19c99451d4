"""Libraries that load the picture at whatever address they are given."""

from witnessmark.knowledge.packs.sdks import within
from witnessmark.knowledge.schema import Rule


class PictureLoader(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One library.

    ``code``  packages of its classes; what stands there reads contacts and photos only where the
    app hands it such an address.
    """

    code: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Whether a class is the library's."""
        return any(within(prefix, text) for prefix in self.code)


ENTRY = PictureLoader
