"""Names of settings that hold the address of a server."""

import re
from functools import lru_cache

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.schema import Rule

WORD = kept_regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_a-zA-Z]+")


class HostKey(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of such names.

    ``words``       a name of which one is a part: ``serverIp``, ``FTP_HOST``.
    ``port_words``  the same for ports.
    ``host_ends``   words at the end of a name that tell a host from its port.
    ``not_ends``    last labels by which a value is a file's name.
    ``not_begins``  first labels by which it is the name of a package of code.
    """

    words: tuple[str, ...]
    port_words: tuple[str, ...]
    host_ends: tuple[str, ...]
    not_ends: tuple[str, ...]
    not_begins: tuple[str, ...]

    def recognises(self, text: str) -> bool:
        """Whether a name is one of a setting for a server."""
        return bool(self._hits(text, self.words)) and not self.is_port(text)

    def is_port(self, text: str) -> bool:
        """Whether a name is one of a setting for a port."""
        return bool(self._hits(text, self.port_words))

    def stem(self, text: str) -> str:
        """What is left of a name without the word for host or port at its end: ``server`` of
        ``serverIp`` and ``server_port``.
        """
        name = re.sub(r"[\W\d_]+", "", text).lower()
        ends = (*self.port_words, *self.host_ends)
        for end in sorted(ends, key=len, reverse=True):
            if name.endswith(end.lower()):
                return name[: len(name) - len(end)]
        return name

    def may_be_host(self, value: str) -> bool:
        """Whether a value with dots can be a host rather than a file or a package of code."""
        labels = value.lower().split(".")
        return labels[-1] not in self.not_ends and labels[0] not in self.not_begins

    @staticmethod
    def _hits(text: str, words: tuple[str, ...]) -> frozenset[str]:
        return parts(text) & _in_small_letters(words)


@lru_cache(maxsize=64)
def _in_small_letters(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(one.lower() for one in words)


def parts(name: str) -> frozenset[str]:
    """The words of a name: ``serverIp`` and ``SERVER_IP`` as server, ip; and the whole."""
    found = {word.lower() for word in WORD.findall(name)}
    return frozenset({*found, re.sub(r"[\W\d_]+", "", name).lower()} - {""})


ENTRY = HostKey
