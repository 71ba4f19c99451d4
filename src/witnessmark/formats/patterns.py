"""Regular expressions kept compiled between runs.

Some three hundred expressions of ours and of packs are needed for any app; making them costs a
twentieth of what a small app takes. Python compiles each into numbers for its matching engine, and
has no public way to keep those. They are kept as kernels are (`formats.compiled.cache`), for
exactly this interpreter, and the engine checks them when it takes them. Where an interpreter has
other inner names or shapes than those used here, or nothing may be kept, `re.compile` does it.

Only for expressions that come from witnessmark or its packs: what is made from an app's own text
must not outlive the case, and goes through `re.compile`.
"""

from __future__ import annotations

import hashlib
import importlib
import re
import sys
from typing import Any, AnyStr, TypeAlias

import msgspec

from witnessmark.formats.compiled.cache import read_kept, write_object

NAME = "patterns"
MOST = 2000
"""Expressions that are kept; more than these are of packs that changed, and all are made anew."""


class Made(msgspec.Struct, frozen=True, array_like=True):
    """What the engine is given for an expression: see `_sre.compile` of CPython.

    ``flags`` are those asked for, ``whole`` those and what stands in the text; ``code`` holds
    unsigned 32-bit numbers in the machine's order; ``names`` numbers of named groups. ``pattern``
    is the expression, or nothing where it is one over bytes, which ``over_bytes`` holds.
    """

    pattern: str
    over_bytes: bytes
    flags: int
    whole: int
    code: bytes
    groups: int
    names: dict[str, int]

    @property
    def text(self) -> str | bytes:
        """The expression."""
        return self.pattern or self.over_bytes


Key: TypeAlias = tuple[str | bytes, int]


class Patterns:
    """Expressions of one process: those kept, and those that had to be made."""

    def __init__(self) -> None:
        self._kept: dict[Key, Made] | None = None
        self._new: dict[Key, Made] = {}

    def kept_regex(self, text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """As `re.compile`; `re.error` when the text is no expression."""
        if self._kept is None:
            self._kept = {(one.text, one.flags): one for one in _read()}
        key = (text, int(flags))
        made = self._kept.get(key)
        if made is not None:
            found: re.Pattern[AnyStr] | None = _put_together(made)
            if found is not None:
                return found
        elif key not in self._new:
            made = _taken_apart(text, key[1])
            if made is not None:
                self._new[key] = made
        return re.compile(text, flags)

    def keep(self) -> None:
        """Keep what had to be made for later runs; nothing when all was kept already."""
        if not self._new or self._kept is None:
            return
        known = self._kept if len(self._kept) + len(self._new) <= MOST else {}
        self._kept = known | self._new
        self._new = {}
        ordered = sorted(self._kept.values(), key=lambda one: (repr(one.text), one.flags))
        write_object(NAME, _key(), msgspec.msgpack.encode(ordered))

    def forget(self) -> None:
        """Leave what had to be made, so that it is not kept later."""
        self._new = {}


_OURS = Patterns()
kept_regex = _OURS.kept_regex
keep_regexes = _OURS.keep
forget_regexes = _OURS.forget


def _read() -> list[Made]:
    content = read_kept(NAME, _key())
    if content is None:
        return []
    try:
        return msgspec.msgpack.decode(content, type=list[Made])
    except msgspec.DecodeError:
        return []


def _key() -> bytes:
    """Everything that decides which numbers stand for an expression, and what they mean."""
    magic = getattr(_inner("_sre"), "MAGIC", "")
    return hashlib.sha256(f"{sys.version}\0{sys.byteorder}\0{magic}".encode()).digest()


def _inner(name: str) -> Any:
    """A module that Python keeps to itself; None where there is none."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _taken_apart(text: str | bytes, flags: int) -> Made | None:
    """What `re.compile` gives the engine; None where it works in another way."""
    right = re.compile(text, flags)
    try:
        tree = _inner("re._parser").parse(text, flags)
        state, code = tree.state, _inner("re._compiler")._code(tree, flags)  # noqa: SLF001
        made = Made(
            text if isinstance(text, str) else "",
            b"" if isinstance(text, str) else text,
            flags,
            flags | state.flags,
            b"".join(number.to_bytes(4, sys.byteorder) for number in code),
            state.groups - 1,
            dict(state.groupdict),
        )
    except (AttributeError, TypeError, ValueError, OverflowError):
        return None
    return made if text and _put_together(made) == right else None


def _put_together(made: Made) -> Any:
    """The expression; None where the engine does not take what was kept."""
    try:
        named: list[str | None] = [None] * (made.groups + 1)
        for name, number in made.names.items():
            named[number] = name
        code = memoryview(made.code).cast("I").tolist()
        return _inner("_sre").compile(
            made.text, made.whole, code, made.groups, made.names, tuple(named)
        )
    except (
        AttributeError,
        IndexError,
        MemoryError,
        OverflowError,
        RuntimeError,
        TypeError,
        ValueError,
    ):
        return None
