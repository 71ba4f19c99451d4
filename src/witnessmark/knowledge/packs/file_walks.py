"""Calls by which code walks through folders, picks files by their names and marks their content."""

from typing import Literal

from witnessmark.knowledge.packs._members import MemberRule

Role = Literal["list", "test", "digest", "open", "delete", "folder_test", "queue"]


class FileWalk(MemberRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Methods with one part in a walk.

    ``role``    ``list`` gives what a folder holds, ``test`` compares a name, ``digest`` computes a
                digest, ``open`` opens a file to read, ``folder_test`` tells folders from files,
                ``queue`` takes the next of what waits.
    ``folder``  where the folder stands: ``this`` or a position from 0.
    ``deep``    folders below are walked through too.
    ``tested``  position of the text that a name is compared with.
    ``digest``  position of the digest's name, or its name.
    """

    role: Role
    folder: str = ""
    deep: bool = False
    tested: str = ""
    digest: str = ""

    @property
    def folder_at(self) -> int:
        """``folder`` as a position; -1 for the receiver."""
        return -1 if self.folder == "this" else int(self.folder)

    @property
    def digest_at(self) -> int | None:
        """Position of the digest's name; None where the method tells it."""
        return int(self.digest) if self.digest.isdecimal() else None


ENTRY = FileWalk
