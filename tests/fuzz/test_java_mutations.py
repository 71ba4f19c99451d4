"""Seeded cuts and injuries of Java source: read in part, never another error, and the rest
assembles.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from witnessmark.formats.java import read_java
from witnessmark.formats.listing.assemble import assemble

APPS = Path(__file__).resolve().parents[1] / "apps" / "java"
FILES = sorted(APPS.rglob("*.java"))
ROUNDS = 60
PIECES = (
    b"{", b"}", b"(", b")", b";", b'"', b"'", b"/*", b"*/", b"<", b">", b"=", b".", b",", b"->",
    b"::", b"@", b"?", b"[", b"]", b" this ", b" super ", b" new ", b" switch ", b" case 1:",
    b" class ", b" enum ", b" record ", b" try ", b" finally ", b" static ", b"\0", b"\xff", b"0x",
    b" else ", b" return ", b" break ", b" yield ", b" var ", b" instanceof ", b"r0 = ", b"goto L1",
)  # fmt: skip


def injured(chance: random.Random, data: bytes) -> bytes:
    """One to six pieces put in, cut out or doubled."""
    hurt = data
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(hurt) + 1)
        size = chance.randrange(1, 60)
        match chance.randrange(3):
            case 0:
                hurt = hurt[:at] + chance.choice(PIECES) + hurt[at:]
            case 1:
                hurt = hurt[:at] + hurt[at + size :]
            case _:
                hurt = hurt[:at] + hurt[at : at + size] + hurt[at:]
    return hurt


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_injured_source(path: Path) -> None:
    data = path.read_bytes()
    others = [(one.name, one.read_bytes()) for one in FILES if one != path]
    chance = random.Random(path.name)
    for _ in range(ROUNDS):
        hurt = injured(chance, data)
        listing = read_java([(path.name, hurt), *others])[path.name]
        assemble([(0, listing)])
        for one in listing.unread:
            assert 0 <= one.span.offset <= one.span.end <= len(hurt)


@pytest.mark.parametrize("piece", ["(", "[", "{", "!", "a.b(", "-", "new A() { int x = ", "() -> ",
                                   "x ? ", "if (x) ", "a + (", "List<", "@A("])  # fmt: skip
def test_deep_nesting(piece: str) -> None:
    text = f"class A {{ Object f(int x) {{ return {piece * 3000} 1; }} int g() {{ return 2; }} }}"
    listing = read_java([("A.java", text.encode())])["A.java"]
    assert listing.classes or listing.unread


def test_supertypes_in_a_circle() -> None:
    text = b"class A extends B { int f() { return x + g(); } } class B extends A { } class C extends C.D { }"
    listing = read_java([("A.java", text)])["A.java"]
    assert len(listing.classes) == 3


def test_many_classes_and_pieces() -> None:
    pieces = " + ".join(f'"{n}" + n' for n in range(2000))
    text = f"class A {{ String f(int n) {{ return {pieces}; }} }}"
    listing = read_java([("A.java", text.encode())])["A.java"]
    body = next(one.body for one in listing.classes[0].methods if one.name == "f")
    assert body is not None
    assert sum(one.name == "const-string" for one in body.instructions) == 2000


def test_nesting_that_is_just_allowed() -> None:
    opening = "try { " * 99 + "x = " + "(" * 70 + "1" + ")" * 70 + ";" + " } finally { }" * 99
    text = f"class A {{ void f(int x) {{ {opening} }} }}"
    listing = read_java([("A.java", text.encode())])["A.java"]
    assert [one.name for one in listing.classes[0].methods] == ["<init>", "f"]
