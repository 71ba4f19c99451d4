"""What every piece of knowledge says of itself, whatever it is about.

A pack is a folder ``data/<pack>`` of CSV and YAML files and a module ``packs/<pack>.py`` that
binds `ENTRY` to the type of its entries: the path is the name, no list is edited. An entry that
is recognised in apps is a `Rule` and proves itself by examples and counter-examples.
"""

import msgspec


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One piece of knowledge.

    ``id``      stable name, unique in its pack; evidence cites it as ``pack/id``.
    ``says``    what is known, in words for readers who are no programmers.
    ``source``  where that can be checked: path of a reference page, standard, publication.
    ``since``   version of the platform or product from which it holds, empty for always.
    """

    id: str
    says: str
    source: str
    since: str = ""


class Rule(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry that is recognised in apps.

    ``matches``      texts that `recognises` must accept.
    ``not_matches``  look-alikes that it must refuse.
    """

    matches: tuple[str, ...]
    not_matches: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is what the entry is about; the matcher that analyses use."""
        raise NotImplementedError
