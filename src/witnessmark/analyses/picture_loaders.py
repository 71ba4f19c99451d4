"""Code of libraries that load the picture at the address they are given.

They can open photos of contacts and of the device; whether they do, the addresses tell that the
app hands them, and those are told where the app's own code names them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.picture_loaders import PictureLoader

OPENED = frozenset({"wm:Contacts", "wm:MediaFiles", "pd:Picture"})
"""Categories of what such a library opens at an address that it is given."""


def opens_what_is_given(
    app: Facts, loaders: Sequence[PictureLoader], method: int, categories: Collection[str]
) -> bool:
    """Whether a read of ``categories`` in ``method`` is one of a library at a given address."""
    if not categories or not OPENED.issuperset(categories) or method < 0:
        return False
    owner = app.method_class(method)
    return any(one.recognises(owner) for one in loaders)
