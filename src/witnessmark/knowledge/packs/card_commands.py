"""Commands that code sends to a reader, byte by byte, to have a chip or a sensor read.

Each is known by bytes that a standard or a maker's manual lays down and that stand for nothing
else.
"""

from __future__ import annotations

from typing import Literal

from witnessmark.knowledge.schema import Rule

SHORTEST = 5
"""Bytes below which a sequence could be anything."""


class CardCommand(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One command.

    ``what``     what is read by it, in plain words.
    ``command``  hexadecimal, capitals, without spaces.
    ``form``     ``begins``: an array begins with it; ``holds``: it stands anywhere in one.
    ``spelled``  texts that stand for it in code, such as the name of the application on a chip.
    ``ports``    entries of pack ``apis`` by which it can be sent.
    ``categories``  personal-data terms (pack ``people``).

    Examples are hexadecimal arrays, or ``text:`` and a constant.
    """

    what: str
    command: str
    form: Literal["begins", "holds"]
    spelled: tuple[str, ...] = ()
    ports: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    def recognises(self, text: str) -> bool:
        """Whether an array in hexadecimal, or a constant text, is or holds the command."""
        if text.startswith("text:"):
            return self.is_spelled(text.removeprefix("text:"))
        return self.place(bytes.fromhex(text)) >= 0

    def place(self, data: bytes) -> int:
        """Where the command stands in an array, -1 for nowhere."""
        wanted = bytes.fromhex(self.command)
        if self.form == "begins":
            return 0 if data.startswith(wanted) else -1
        return data.find(wanted)

    def is_spelled(self, text: str) -> bool:
        """Whether a text stands for the command, or spells it in hexadecimal."""
        plain = text.replace(" ", "").replace(",", "").replace("0x", "").upper()
        if len(plain) % 2 or not plain or plain.strip("0123456789ABCDEF"):
            return text in self.spelled
        return self.place(bytes.fromhex(plain)) >= 0


ENTRY = CardCommand
