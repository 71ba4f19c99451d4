"""Calls by which scripts send requests, and where each part of the request stands in them."""

from typing import Literal

from witnessmark.knowledge.globs import fits
from witnessmark.knowledge.schema import Rule


class ScriptCall(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Functions that send.

    ``names``    of functions; a call counts when its name is one of them or ends with it behind a
                 dot: ``this.$axios.post``; one with ``*`` is a pattern for the last word of it.
    ``made``     objects made by ``new`` instead.
    ``channel``  http or websocket.
    ``url``, ``verb``, ``data``, ``headers``, ``files``  where the address, the method, the named
                 values, the headers and the names of files stand: a position from 0, with members
                 behind dots (``0.data.values``), or ``=`` and a constant; the first of several
                 (divided by `` / ``) that is there counts.
    ``needs``    ``verb``: only with a constant HTTP method; ``text``: only with an address that has
                 a constant piece; ``path``: only with one that begins as a path or address does;
                 ``address``: only with a whole address; ``folders``: only with words and slashes
                 between them; for names that mean other things too.
    """

    names: tuple[str, ...]
    made: bool = False
    channel: Literal["http", "websocket"] = "http"
    url: str
    verb: str
    data: str = ""
    headers: str = ""
    files: str = ""
    needs: Literal["", "verb", "text", "path", "address", "folders"] = ""

    def recognises(self, text: str) -> bool:
        """Whether a call of that name is meant."""
        last = text.rpartition(".")[2]
        return any(
            fits(last, name) if "*" in name else text == name or text.endswith(f".{name}")
            for name in self.names
        )

    @property
    def is_pattern(self) -> bool:
        """Whether its names are patterns."""
        return any("*" in name for name in self.names)


ENTRY = ScriptCall
