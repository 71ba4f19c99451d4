"""Lists in shipped files, told from their bytes; everything here is invented."""

from __future__ import annotations

import gzip
import hashlib
import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.analyses.marks._lists import binary_list, inflated, text_list
from witnessmark.knowledge.load import load_pack
from witnessmark.knowledge.packs.list_entries import ListEntry

KINDS = tuple(one for one in load_pack("list_entries") if isinstance(one, ListEntry))


def digests(count: int, algorithm: str = "md5") -> list[bytes]:
    return [hashlib.new(algorithm, f"invented {one}".encode()).digest() for one in range(count)]


def test_one_digest_a_line() -> None:
    text = "\n".join(one.hex() for one in digests(40))
    found = text_list(memoryview(text.encode()), KINDS)
    assert found is not None
    assert (found.kind.entry, found.count, found.distinct) == ("md5", 40, 40)


def test_a_column_of_a_table() -> None:
    text = "name,address\n" + "\n".join(f"a{n},00:1a:2b:3c:4d:{n:02x}" for n in range(30))
    found = text_list(memoryview(text.encode()), KINDS)
    assert found is not None
    assert (found.kind.entry, found.count, found.column) == ("mac", 30, 1)


def test_the_longest_array_of_a_document() -> None:
    names = ", ".join(f'"com.example.app{n}"' for n in range(9))
    found = text_list(memoryview(f'{{"a": [], "b": [{names}]}}'.encode()), KINDS)
    assert found is not None
    assert (found.kind.entry, found.count) == ("package", 9)


def test_the_same_entry_again_and_again_is_no_list() -> None:
    text = "\n".join(["d41d8cd98f00b204e9800998ecf8427e"] * 40)
    assert text_list(memoryview(text.encode()), KINDS) is None


@pytest.mark.parametrize(("algorithm", "entry"), [("md5", "md5"), ("sha256", "sha256")])
def test_digests_beside_bytes_that_hardly_vary(algorithm: str, entry: str) -> None:
    data = b"".join(one + struct.pack("<I", 7) for one in digests(500, algorithm))
    found = binary_list(memoryview(data))
    assert found is not None
    assert (found.entry, found.count, found.header, found.ordered) == (entry, 500, 0, False)


def test_ordered_digests_after_a_header() -> None:
    data = struct.pack("<I", 500) + b"".join(sorted(digests(500)))
    found = binary_list(memoryview(data))
    assert found is not None
    assert (found.entry, found.width, found.header, found.ordered) == ("md5", 16, 4, True)


def test_unordered_digests_alone_are_like_any_random_bytes() -> None:
    assert binary_list(memoryview(b"".join(digests(500)))) is None


def test_numbers_of_a_model_are_no_records() -> None:
    data = b"".join(struct.pack("<f", math.sin(n * 0.7)) for n in range(4000))
    assert binary_list(memoryview(data)) is None


def test_repeated_filler_is_no_list() -> None:
    assert binary_list(memoryview(bytes(range(32)) * 400)) is None


def test_packed_lists_are_unpacked_and_cut_ones_are_not() -> None:
    packed = gzip.compress(b"content" * 9, mtime=0)
    content = inflated(memoryview(packed))
    assert content is not None
    assert bytes(content) == b"content" * 9
    assert inflated(memoryview(packed[:-9])) is None


@given(st.binary(max_size=4096))
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    text_list(memoryview(data), KINDS)
    binary_list(memoryview(data))
    inflated(memoryview(data))
