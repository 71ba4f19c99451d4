"""First words of shell commands, and what they do to the files that they name."""

from typing import Literal

from witnessmark.knowledge.schema import Rule


class ShellWord(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Commands ``words`` that do ``action`` to a file."""

    words: tuple[str, ...]
    action: Literal["read", "write", "delete"]

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is one of the words."""
        return text in self.words


ENTRY = ShellWord
