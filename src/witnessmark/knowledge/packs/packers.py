"""Tools that hide an app's code from readers, by the marks that they leave in its files.

Every mark is the name of a file, class or text that the tool itself adds; names that other
software uses as well are kept apart and never decide alone.
"""

from typing import Literal

from witnessmark.knowledge.packs.sdks import any_matches, within
from witnessmark.knowledge.schema import Rule

Kind = Literal["packer", "protector", "obfuscator", "repackager"]
"""packer: the app's code is unpacked when it runs; protector: watches over it and may encrypt
parts; obfuscator: renames, encodes, entangles; repackager: alters somebody else's app."""


class Packer(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One tool. ``*`` in a mark stands for any run of characters.

    ``code``     classes or packages that it adds (see `packs.sdks.within`).
    ``native``   file names of its native libraries, in ``lib/`` or elsewhere in the package.
    ``members``  other members of the package that it adds.
    ``texts``    texts inside native code or among string constants.
    ``common``   members that other software has, too; two different ones count as one mark.

    Examples are class names, or ``native:``, ``member:`` or ``text:`` and a name.
    """

    name: str
    vendor: str
    kind: Kind
    country: str = ""
    code: tuple[str, ...] = ()
    native: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    common: tuple[str, ...] = ()

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is one of the tool's marks, as the examples spell them."""
        kind, colon, name = text.partition(":")
        if colon and kind == "text":
            return any(part in name for part in self.texts)
        patterns = {"native": self.native, "member": (*self.members, *self.common)}.get(kind)
        if colon and patterns is not None:
            return any_matches(patterns, name)
        return any(within(prefix, text) for prefix in self.code)


ENTRY = Packer
