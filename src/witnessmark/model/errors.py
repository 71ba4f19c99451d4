"""Every error that witnessmark raises on purpose.

::

    WitnessmarkError
    ├── UsageError        the person asked for something that cannot be done (exit 2)
    ├── InputError        the input cannot be read at all (exit 3)
    │   └── FormatError   bytes contradict their format, at a known place
    ├── CaseError         a case folder cannot be written, opened or trusted (exit 2)
    └── KnowledgeError    a knowledge file is malformed (a defect of ours or of a user's pack)

A message says what happened, where, and what to do next, in plain words.
"""

from __future__ import annotations


class WitnessmarkError(Exception):
    """Base of all deliberate errors; its text is meant for people."""


class UsageError(WitnessmarkError):
    """The request itself cannot be carried out."""


class InputError(WitnessmarkError):
    """The input as a whole cannot be read."""


class FormatError(InputError):
    """Bytes contradict the format they claim.

    ``what`` says which rule is broken, ``offset`` where, in bytes from the start of
    the blob that was being parsed; ``member`` names that blob once a caller knows it.
    """

    def __init__(self, what: str, offset: int = 0, member: str = "") -> None:
        self.what = what
        self.offset = offset
        self.member = member
        place = f"{member or 'input'} at byte {offset}"
        super().__init__(f"{place}: {what}")

    def within(self, member: str) -> FormatError:
        """The same error, told of the member it happened in."""
        return FormatError(self.what, self.offset, member)


class CaseError(WitnessmarkError):
    """A case folder cannot be written, opened or trusted."""


class KnowledgeError(WitnessmarkError):
    """A knowledge file is malformed; the message names file and entry."""
