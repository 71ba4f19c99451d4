"""What native code is, by names of files, texts, imports and constants in it."""

import re
from functools import lru_cache
from typing import Literal

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.sdks import any_matches
from witnessmark.knowledge.schema import Rule

Kind = Literal["library", "import", "constant", "text"]
"""library: known code, whatever its file is called; import: what calls of the system it makes;
constant: numbers by which an algorithm is known; text: what a text in it is."""


class Native(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing.

    ``what``    short stable word; for a library its name.
    ``files``   patterns of file names (library).
    ``texts``   regular expressions searched for in texts; a group ``version`` tells the version.
    ``symbols``  patterns of names of imports or exports.
    ``octets``  bytes in hex, one of which stands in the file; parts between ``..`` may stand up to
                64 bytes apart.

    Examples: ``file:NAME``, ``symbol:NAME``, ``bytes:HEX``, anything else is a text.
    """

    kind: Kind
    what: str
    files: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    octets: tuple[str, ...] = ()

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is this, spelled as the examples are."""
        kind, colon, rest = text.partition(":")
        if colon and kind == "file":
            return any_matches(self.files, rest)
        if colon and kind == "symbol":
            return any_matches(self.symbols, rest)
        if colon and kind == "bytes":
            return self.find(bytes.fromhex(rest)) >= 0
        return self.search(text) is not None

    def search(self, text: str) -> re.Match[str] | None:
        """The first place of one of the texts."""
        return next((m for one in self.texts if (m := _compiled(one).search(text))), None)

    def find(self, data: bytes) -> int:
        """Where one of the byte patterns stands in ``data``, -1 for nowhere."""
        for one in self.octets:
            at = _bytes_pattern(one).search(data)
            if at is not None:
                return at.start()
        return -1

    def span(self, data: bytes) -> tuple[int, int]:
        """Start and length of the first byte pattern that stands in ``data``; -1, 0 for none."""
        for one in self.octets:
            found = _bytes_pattern(one).search(data)
            if found is not None:
                return found.start(), found.end() - found.start()
        return -1, 0


ENTRY = Native


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return kept_regex(pattern)


@lru_cache(maxsize=256)
def _bytes_pattern(pattern: str) -> re.Pattern[bytes]:
    parts = [re.escape(bytes.fromhex(part)) for part in pattern.split("..")]
    return kept_regex(b"[\\x00-\\xff]{0,64}?".join(parts), re.DOTALL)
