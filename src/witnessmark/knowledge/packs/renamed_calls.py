"""Calls of libraries whose classes were given other names: how their methods are known again."""

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.requests import Part

HANDED = kept_regex(r"[SMLBFZIJX]|X=[a-z]+|@[a-z]+")
"""What a method is handed: a text (S), map, list, bytes (B), file, Z I J as in descriptors, an
object of a class of the app (X, ``X=name`` to speak of that class again as ``@name``).
"""


class RenamedCall(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One method; owner and members are its own names, ``effect`` as in pack `requests`.

    ``library``  whose methods are told together, where none of their owners has its own name.
    ``found``    ``method``: its code loads the texts; ``class``: a method of its class does;
                 ``beside ID``: it stands in the class of another entry; ``handed``: by what it is
                 handed alone; exactly one class, and one method there, must fit.
    ``texts``    all of them are loaded; blanks around them are left out here.
    ``handed``   what it is handed, see `HANDED`.
    """

    library: str
    found: str
    handed: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """ValueError for what a method cannot be handed, or no way to find it."""
        super().__post_init__()
        for one in self.handed:
            if not HANDED.fullmatch(one):
                raise ValueError(f"handed: {one!r} is nothing that a method is handed")
        if self.found not in ("method", "class", "handed") and not self.found.startswith("beside "):
            raise ValueError(f"found: {self.found!r} is no way to find a method")


ENTRY = RenamedCall
