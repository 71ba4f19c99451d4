"""Texts by which code looks around: is this an emulator, a rooted phone, a debugger, a hook?"""

from typing import Literal

from witnessmark.knowledge.schema import Rule

What = Literal["emulator", "root", "debugger", "hook"]


class Check(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Texts of one kind that such code holds, compared whole and in any case.

    ``strong``  texts that hardly anything else holds: one is enough.
    ``common``  texts that other code holds, too: three different ones in one class count.
    """

    what: What
    strong: tuple[str, ...] = ()
    common: tuple[str, ...] = ()

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is one of them."""
        wanted = text.lower()
        return any(wanted == one.lower() for one in (*self.strong, *self.common))


ENTRY = Check
