"""Many byte strings looked for at once."""

from __future__ import annotations

from witnessmark.formats.compiled.signature import I4, I8, U1

ENTRIES = ("find_pieces",)


def find_pieces(
    data: U1, pieces: U1, ends: I8, first: I4, following: I4, number: I4, place: I8
) -> int:
    """Where ``pieces`` stand in ``data``: the number of each found piece, and its place.

    The pieces stand one after another, each to one of ``ends``, each of four bytes or more.
    ``first`` has for each value of `piece_hash` the first piece that begins so, ``following`` the
    next one after each piece, -1 for none. Returns the count, which may be more than is written.
    """
    count = 0
    room = len(number)
    for at in range(len(data) - 3):
        one = first[piece_hash(data, at)]
        while one >= 0:
            begin = 0 if one == 0 else ends[one - 1]
            size = ends[one] - begin
            same = 0
            if at + size <= len(data):
                while same < size and data[at + same] == pieces[begin + same]:
                    same += 1
            if same == size:
                if count < room:
                    number[count] = one
                    place[count] = at
                count += 1
            one = following[one]
    return count


def piece_hash(data: U1, at: int) -> int:
    """A number of 16 bits from four bytes."""
    word = int(data[at]) | int(data[at + 1]) << 8 | int(data[at + 2]) << 16
    return ((word ^ int(data[at + 3]) * 40503) * 2654435761 >> 16) & 0xFFFF
