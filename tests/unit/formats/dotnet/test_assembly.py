"""Assemblies: names, texts, calls; broken ones; stores and compressed ones."""

from __future__ import annotations

from struct import pack

import lz4.block
import pytest

from unit.formats.dotnet.made_assembly import MadeAssembly
from witnessmark.formats.dotnet import assembly, is_compressed, read_assembly, read_store, unpacked
from witnessmark.formats.dotnet.assembly import assembly_name
from witnessmark.model.errors import FormatError

LONG = "https://visit.sample.test/api/" + "a" * 200
METHODS = {
    "Send": (("https://visit.sample.test/api", "身份证", LONG), ("GetLocationAsync",)),
    "Stop": ((), ("Stop", "GetLocationAsync")),
}


@pytest.mark.parametrize("wide", [False, True])
def test_methods_texts_and_calls(wide: bool) -> None:
    data = MadeAssembly(methods=METHODS, wide=wide).build()
    found = read_assembly(data)
    assert (found.name, found.version, found.read) == ("Visit", "1.2.3.4", 2)
    assert [one.name for one in found.methods] == [
        "Org.Example.Visit.Send", "Org.Example.Visit.Stop",
    ]  # fmt: skip
    assert [text for text, _ in found.texts.values()] == list(METHODS["Send"][0])
    assert set(found.uses.values()) == {1}
    for text, span in found.texts.values():
        assert data[span.offset : span.end].decode("utf-16-le") == text
    api = "Xamarin.Essentials.Geolocation"
    assert [(one.method, one.name) for one in found.calls] == [
        (1, f"{api}.GetLocationAsync"), (2, f"{api}.Stop"), (2, f"{api}.GetLocationAsync"),
    ]  # fmt: skip
    assert all(data[one.span.offset] == 0x28 for one in found.calls)


def test_the_name_alone() -> None:
    assert assembly_name(MadeAssembly("Own.App", METHODS).build()) == "Own.App"


@pytest.mark.parametrize("cut", [1, 0x40, 0x90, 0x210, 0x260, 0x300])
def test_what_is_cut_is_refused_or_read_in_part(cut: int) -> None:
    with pytest.raises(FormatError):
        read_assembly(MadeAssembly(methods=METHODS).build()[:cut])


def test_a_program_that_is_none_of_dotnet_is_refused() -> None:
    data = bytearray(MadeAssembly(methods=METHODS).build())
    at = 0x80 + 24 + 96 + 14 * 8
    data[at : at + 4] = bytes(4)
    with pytest.raises(FormatError, match=r"none of \.NET"):
        read_assembly(bytes(data))


def test_compressed_assemblies() -> None:
    plain = MadeAssembly(methods=METHODS).build()
    packed = b"XALZ" + pack("<II", 7, len(plain)) + lz4.block.compress(plain, store_size=False)
    assert is_compressed(packed)
    assert unpacked(packed) == plain
    with pytest.raises(FormatError, match="cannot be unpacked"):
        unpacked(packed[:40])
    with pytest.raises(FormatError, match="more than are read"):
        unpacked(b"XALZ" + pack("<II", 0, 1 << 31) + b"x")


def test_stores_of_both_formats() -> None:
    one, two = b"first assembly", b"second"
    entries = 20 + 2 * 24
    first = b"XABA" + pack("<4I", 1, 2, 2, 0)
    first += pack("<6I", entries, len(one), 0, 0, 0, 0)
    first += pack("<6I", entries + len(one), len(two), 0, 0, 0, 0) + one + two
    assert [bytes(first[s.span.offset : s.span.end]) for s in read_store(first)] == [one, two]
    names = [b"a.dll", b"sub/b.dll"]
    told = b"".join(pack("<I", len(name)) + name for name in names)
    begin = 20 + 24 + 2 * 28 + len(told)
    second = b"XABA" + pack("<4I", 0x80010002, 2, 2, 24) + bytes(24)
    second += pack("<7I", 0, begin, len(one), 0, 0, 0, 0)
    second += pack("<7I", 1, begin + len(one), len(two), 0, 0, 0, 0) + told + one + two
    base = 5
    found = list(read_store(b"\0" * base + second, base))
    assert [s.name for s in found] == ["a.dll", "sub/b.dll"]
    assert [(b"\0" * base + second)[s.span.offset : s.span.end] for s in found] == [one, two]
    with pytest.raises(FormatError, match="outside the store"):
        list(read_store(first[:-1]))
    with pytest.raises(FormatError, match="no store"):
        list(read_store(b"XABB" + bytes(40)))


def test_more_calls_than_are_told_are_told_as_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    data = MadeAssembly(methods=METHODS).build()
    assert not read_assembly(data).calls_cut
    monkeypatch.setattr(assembly, "MOST_TOLD", 2)
    found = read_assembly(data)
    assert found.calls_cut
    assert len(found.calls) == 2
