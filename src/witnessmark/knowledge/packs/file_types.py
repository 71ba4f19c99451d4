"""Kinds of files by the ends of their names and by their media types."""

from witnessmark.knowledge.schema import Rule


class FileType(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of files, named by ``says``.

    ``extensions``   ends of names, in small letters, without the dot.
    ``media_types``  media types, or how they begin.
    """

    extensions: tuple[str, ...]
    media_types: tuple[str, ...] = ()

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is such an end, with or without ``.`` or ``*.``, or a media type."""
        bare = text.lower()
        if "/" in bare:
            return bare.startswith(self.media_types)
        return bare.removeprefix("*").removeprefix(".") in self.extensions


ENTRY = FileType
