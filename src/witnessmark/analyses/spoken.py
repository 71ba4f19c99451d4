"""Names of code as sentences speak them."""

from __future__ import annotations

from witnessmark.formats.patterns import kept_regex

NUMBERED = kept_regex(r"\$\d.*$")
"""What the compiler adds for a class without a name: the number of it, and all inside."""


def spoken_class(name: str) -> str:
    """The last part of a class name with dots, without the numbers of classes that have no name.

    ``org.example.Main$2`` and ``org.example.Main`` are both ``Main``; ``org.example.Main$Row`` is
    ``Main.Row``.
    """
    simple = name.rpartition(".")[2]
    return NUMBERED.sub("", simple).replace("$", ".") or simple
