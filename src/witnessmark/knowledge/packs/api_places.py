"""Which part of a call of pack `apis` carries the data, where it is not what the call returns."""

from witnessmark.knowledge.packs.sources import WHERE
from witnessmark.knowledge.schema import Entry


class ApiPlace(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``id`` is that of an entry of pack `apis`; ``where`` as in `packs.sources`, none for nothing.

    Without an entry here: what a method of action ``read`` returns and a field of another type
    than an address. Callbacks carry in every parameter.
    """

    where: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """ValueError for a ``where`` that is none."""
        for place in self.where:
            if not WHERE.fullmatch(place):
                raise ValueError(f"where: {place!r} is no place")


ENTRY = ApiPlace
