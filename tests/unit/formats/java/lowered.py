"""Java in tests: what a piece of source becomes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from witnessmark.formats.java import read_java
from witnessmark.formats.listing.model import Instruction, ListedClass, ListedMethod, Listing

TREE = Path(__file__).parents[3] / "apps" / "java" / "decompiled"


@dataclass(frozen=True, slots=True)
class Lowered:
    """A listing and the text it was read from."""

    listing: Listing
    source: bytes

    def cls(self, name: str) -> ListedClass:
        """A class by descriptor."""
        return next(one for one in self.listing.classes if one.type == name)

    def method(self, name: str) -> ListedMethod:
        """The first method of that name."""
        return next(m for one in self.listing.classes for m in one.methods if m.name == name)

    def code(self, name: str) -> tuple[Instruction, ...]:
        """Instructions of the first method of that name."""
        body = self.method(name).body
        assert body is not None
        return body.instructions

    def references(self, name: str, start: str = "") -> list[str]:
        """What instructions of a method name, those whose name begins so."""
        return [one.reference for one in self.code(name)
                if one.reference is not None and one.name.startswith(start)]  # fmt: skip

    @property
    def unread(self) -> list[str]:
        """What could not be read."""
        return [one.says for one in self.listing.unread]

    def written(self, one: Instruction) -> str:
        """The text that an instruction was made of."""
        return self.source[one.span.offset : one.span.end].decode()


def lower(source: str, *others: str) -> Lowered:
    """The first of several files, which may name what the others declare."""
    files = [(f"f{number}.java", one.encode()) for number, one in enumerate((source, *others))]
    return Lowered(read_java(files)["f0.java"], source.encode())


def body(code: str, head: str = "") -> Lowered:
    """Statements in a method ``f`` of ``p.C``."""
    return lower(f"package p; {head} class C {{ int own; void f(Object o, int i) {{ {code} }} }}")


def tree() -> dict[str, Lowered]:
    """The invented decompiled tree, by file name."""
    files = [(one.name, one.read_bytes()) for one in sorted(TREE.rglob("*.java"))]
    listings = read_java(files)
    return {name: Lowered(listings[name], data) for name, data in files}
