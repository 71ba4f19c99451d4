"""Many byte strings found in one pass, held against looking for one after the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from witnessmark.facts.pieces import MANY, places_of
from witnessmark.formats.dex.image import INTERPRETED_BELOW, machine_kernels

PIECES = st.lists(st.text("abc\0", min_size=1, max_size=7).map(str.encode), max_size=12)


def plainly(data: bytes, pieces: list[bytes]) -> dict[int, list[int]]:
    found = {
        number: [at for at in range(len(data)) if data.startswith(piece, at)]
        for number, piece in enumerate(pieces)
    }
    return {number: listed for number, listed in found.items() if listed}


@given(st.text("abc\0", max_size=60).map(str.encode), PIECES)
def test_small_data(data: bytes, pieces: list[bytes]) -> None:
    assert dict(places_of(data, pieces).by_number()) == plainly(data, pieces)


def test_large_data_with_overlaps_beginnings_and_ends() -> None:
    data = b"abcd" + b"x" * INTERPRETED_BELOW + b"ababababab\0abcd\0zz" + b"abcde"
    pieces = [b"abcd", b"abab", b"abcde", b"abcdef", b"\0abcd\0", b"zz", b"x" * 50, b"abcd"]
    assert dict(places_of(data, pieces).by_number()) == plainly(data, pieces)
    assert len(plainly(data, pieces)) == 7


def test_many_pieces_in_small_data() -> None:
    data = b"".join(f"{number:04},".encode() for number in range(0, 1600, 3))
    pieces = [f"{number:04}"[: 2 + number % 3].encode() for number in range(600)]
    assert len(data) < INTERPRETED_BELOW < len(data) * (len(pieces) // MANY)
    assert dict(places_of(data, pieces).by_number()) == plainly(data, pieces)


def test_more_places_than_the_first_pass_has_room_for() -> None:
    data = b"piece." * INTERPRETED_BELOW
    ((number, places),) = places_of(data, [b"piece.", b"nothing"]).by_number()
    assert number == 0
    assert places == list(range(0, len(data), 6))


def test_nothing_to_look_for() -> None:
    assert not list(places_of(b"abc", []).by_number())
    assert not list(places_of(b"a" * INTERPRETED_BELOW, []).by_number())
    assert machine_kernels().route in ("kept", "linked", "compiled", "interpreted")
