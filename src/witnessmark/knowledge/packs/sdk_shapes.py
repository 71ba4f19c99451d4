"""Shapes by which classes of libraries are known again where they were renamed.

Made by ``tools/library_shapes.py`` from the files that makers publish. A shape is a number that
stands for something renaming leaves alone: a text, a method of the platform that is used, types.
Only shapes are kept that no other library of the list has.
"""

from collections.abc import Iterator
from hashlib import blake2b

from msgspec import Struct

from witnessmark.knowledge.schema import Rule

BYTES = 4
"""Bytes of a shape as it is kept: the first of its digest."""

FEWEST_EXAMPLE = 3
"""Texts of one class by which an example is told."""


class ClassShapes(Struct, frozen=True):
    """One class: its name, and its shapes by the versions that have them.

    The lowest bit of a number of versions stands for the first of `SdkShapes.versions`.
    """

    name: str
    shapes: tuple[tuple[int, tuple[int, ...]], ...]


class SdkShapes(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Telling classes of one library; ``id`` is that of the library in the pack ``sdks``.

    ``versions``  files that were read, ``artifact version``, in the order of their versions.
    ``classes``   ``name versions:shapes versions:shapes``, all numbers in hexadecimal.

    Examples are texts of one class, ``text & text & text``.
    """

    versions: tuple[str, ...]
    classes: tuple[str, ...]

    def each(self) -> Iterator[ClassShapes]:
        """The classes, taken apart."""
        for line in self.classes:
            name, *groups = line.split(" ")
            yield ClassShapes(name, tuple(_group(one) for one in groups))

    def recognises(self, text: str) -> bool:
        """Whether a class that holds these texts would be known again."""
        told = {kept(shape_of("text", one.encode())) for one in text.split(" & ")}
        return any(
            len(told.intersection(*[[s for _, some in one.shapes for s in some]])) >= FEWEST_EXAMPLE
            for one in self.each()
        )


def _group(text: str) -> tuple[int, tuple[int, ...]]:
    versions, _, numbers = text.partition(":")
    width = 2 * BYTES
    shapes = tuple(int(numbers[at : at + width], 16) for at in range(0, len(numbers), width))
    return int(versions, 16), shapes


def shape_of(kind: str, content: bytes) -> int:
    """The number of a shape: 64 bits of a digest over its kind and what it is."""
    return int.from_bytes(blake2b(content, digest_size=8, person=kind.encode()).digest(), "big")


def kept(shape: int) -> int:
    """A shape as the pack keeps it."""
    return shape >> (64 - 8 * BYTES)


ENTRY = SdkShapes
