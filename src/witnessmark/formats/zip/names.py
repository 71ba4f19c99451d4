"""Entry names: decoding, and the unambiguous names that locations use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

from witnessmark.formats.patterns import kept_regex

UNSAFE = kept_regex(
    r"[\x00-\x1f\x7f\\\ud800-\udfff]"  # control characters, separators of other systems
    r"|^/|^[A-Za-z]:"  # absolute
    r"|(?:^|/)\.{1,2}(?:/|$)"  # climbs or stays
    r"|//"
    r"|@\d+$"  # would read as a suffix of ours
    r"|^$"
)


def decode_name(raw: bytes) -> tuple[str, bool]:
    """``raw`` as text, and whether it was UTF-8.

    Android takes every name for UTF-8, whatever general purpose flag 11 says; code page 437
    is what APPNOTE.TXT (appendix D) prescribes otherwise, and decodes any byte.
    """
    try:
        return raw.decode("utf-8"), True
    except UnicodeDecodeError:
        return raw.decode("cp437"), False


def is_unsafe(name: str) -> bool:
    """Whether a file system or another reader may take ``name`` for something else."""
    return UNSAFE.search(name) is not None


def member_names(
    names: Sequence[tuple[str, bool]], unsafe: Set[str], offsets: Sequence[int]
) -> list[str]:
    """``name``, or ``name@N`` where the name alone would not tell the entry.

    ``names`` come from `decode_name`, ``unsafe`` from `is_unsafe`; ``offsets`` are those of the
    local headers. A name that itself ends in ``@`` and digits is always suffixed, so the last
    ``@N`` decides.
    """
    count = Counter(name for name, _ in names)
    return [
        f"{name}@{offset}" if count[name] > 1 or not was_utf8 or name in unsafe else name
        for (name, was_utf8), offset in zip(names, offsets, strict=True)
    ]
