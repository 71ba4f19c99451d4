"""Bytes of strings: which are UTF-8 as they stand, and many of them copied at once."""

from __future__ import annotations

from witnessmark.formats.compiled.signature import I8, U1

ENTRIES = ("find_odd_texts", "copy_texts")


def find_odd_texts(image: U1, at: I8, length: I8, odd: U1) -> int:
    """Set ``odd`` of each text that is no UTF-8; their number. A text at -1 is empty."""
    count = 0
    for row in range(len(at)):
        odd[row] = 0
        begin, size = at[row], length[row]
        if begin < 0:
            continue
        seen = 0
        for place in range(begin, begin + size):
            seen |= image[place]
        if seen >= 0x80 and not is_utf8(image, begin, begin + size):
            odd[row] = 1
            count += 1
    return count


def is_utf8(image: U1, at: int, end: int) -> bool:
    """Whether bytes are well-formed UTF-8 (The Unicode Standard, table 3-7)."""
    while at < end:
        lead = int(image[at])
        at += 1
        if lead < 0x80:
            continue
        low, high, more = 0x80, 0xBF, 1
        if lead < 0xC2 or lead > 0xF4:
            return False
        if lead >= 0xF0:
            more = 3
            low = 0x90 if lead == 0xF0 else low
            high = 0x8F if lead == 0xF4 else high
        elif lead >= 0xE0:
            more = 2
            low = 0xA0 if lead == 0xE0 else low
            high = 0x9F if lead == 0xED else high
        if at + more > end or image[at] < low or image[at] > high:
            return False
        for place in range(at + 1, at + more):
            if image[place] & 0xC0 != 0x80:
                return False
        at += more
    return True


def copy_texts(image: U1, at: I8, length: I8, out: U1) -> int:
    """Copy texts to ``out``, the last one first; of a text at -1 the room is left as it is."""
    place = len(out)
    for row in range(len(at)):
        size = length[row]
        place -= size
        begin = at[row]
        if begin >= 0:
            for byte in range(size):
                out[place + byte] = image[begin + byte]
    return place
