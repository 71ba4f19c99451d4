"""Pointers in data: where a word of the file will point when the library is loaded.

A loader adds its base to the words that relocations name. Some kinds keep the address in the word
itself, others beside it; both are told as the address that the file is linked for.

Sources: System V ABI, chapter 5, and its supplements for 386, ARM, x86-64 and AArch64; DT_RELR as
in the generic ABI; packed relocations as in bionic, linker_reloc_iterators.h.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.formats.elf.image import PT_LOAD, Image
from witnessmark.model.distinct import among

DT_RELA, DT_RELASZ, DT_REL, DT_RELSZ = 7, 8, 17, 18
DT_ANDROID_RELA, DT_ANDROID_RELASZ = 0x60000011, 0x60000012
RELATIVE = {3: 8, 40: 23, 62: 8, 183: 1027}
"""Type of the relocation that adds the base only, by machine."""

ENTRIES_AT_MOST = 2_000_000
GROUPED_BY_INFO, GROUPED_BY_OFFSET_DELTA, GROUPED_BY_ADDEND, HAS_ADDEND = 1, 2, 4, 8

Words = NDArray[np.uint64]


class Pointers(Struct, frozen=True):
    """Words that hold addresses: ``slots`` where they stand (ascending), ``values`` what they hold.

    Both are virtual addresses as the file is linked.
    """

    slots: Words
    values: Words

    def at(self, slot: int) -> int | None:
        """What the word at ``slot`` points at, None when no pointer stands there."""
        row = int(np.searchsorted(self.slots, np.uint64(slot)))
        if row < len(self.slots) and int(self.slots[row]) == slot:
            return int(self.values[row])
        return None

    def to(self, addresses: frozenset[int]) -> list[int]:
        """Slots whose word points at one of ``addresses``, ascending."""
        wanted = np.array(sorted(addresses), dtype=np.uint64)
        found: list[int] = self.slots[among(self.values, wanted)].tolist()
        return found


def read_pointers(image: Image) -> Pointers:
    """Pointers in the data of a library: addends of relocations, and aligned words in place.

    A word in place counts when it is the address of a byte of the file. Linear in the file.
    """
    told = [_addends(image), _packed_addends(image)]
    slots = np.concatenate([one.slots for one in told])
    values = np.concatenate([one.values for one in told])
    placed = _in_place(image)
    keep = ~among(placed.slots, slots)
    slots = np.concatenate([slots, placed.slots[keep]])
    values = np.concatenate([values, placed.values[keep]])
    order = np.argsort(slots, kind="stable")
    return Pointers(slots[order], values[order])


def addresses_of(image: Image, text: bytes) -> frozenset[int]:
    """Virtual addresses at which ``text`` stands as a whole, bounded by zero bytes."""
    found: set[int] = set()
    start = 0
    needle = text + b"\0"
    while (at := image.data.find(needle, start)) >= 0 and len(found) < 64:
        start = at + 1
        if at == 0 or image.data[at - 1] == 0:
            address = address_of(image, at)
            if address is not None:
                found.add(address)
    return frozenset(found)


def address_of(image: Image, offset: int) -> int | None:
    """Virtual address of a byte of the file, None when it is not loaded."""
    for one in image.segments:
        if one.type == PT_LOAD and one.offset <= offset < one.offset + one.size:
            return one.address + offset - one.offset
    return None


def _none() -> Pointers:
    return Pointers(np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.uint64))


def _table(image: Image, start: int, size: int) -> bytes:
    address, length = image.tag(start), image.tag(size)
    offset = image.file_offset(address) if address is not None else -1
    return b"" if offset < 0 or length is None else image.data[offset : offset + length]


def _addends(image: Image) -> Pointers:
    """Relative relocations that carry their addend (Rela)."""
    raw = _table(image, DT_RELA, DT_RELASZ)
    word = f"{image.layout.order}u{image.layout.bits // 8}"
    width = 3 * image.layout.bits // 8
    count = min(len(raw) // width, ENTRIES_AT_MOST)
    if not count:
        return _none()
    rows = np.frombuffer(raw, word, 3 * count).reshape(count, 3).astype(np.uint64)
    shift = np.uint64(0xFFFFFFFF if image.layout.bits == 64 else 0xFF)
    relative = (rows[:, 1] & shift) == RELATIVE.get(image.machine, -1)
    return Pointers(rows[relative, 0], rows[relative, 2])


def _in_place(image: Image) -> Pointers:
    """Aligned words of writable segments that are addresses of the file's own bytes."""
    size = image.layout.bits // 8
    loads = [one for one in image.segments if one.type == PT_LOAD]
    slots, values = [], []
    for one in loads:
        if one.flags & 1 or not one.flags & 2:
            continue
        lead = -one.address % size
        start, count = one.offset + lead, max(0, (one.size - lead) // size)
        if not count:
            continue
        words = np.frombuffer(image.data, f"{image.layout.order}u{size}", count, start)
        words = words.astype(np.uint64)
        inside = np.zeros(count, dtype=bool)
        for target in loads:
            low, high = np.uint64(target.address), np.uint64(target.address + target.size)
            inside |= (words >= low) & (words < high) & (words != 0)
        at = np.arange(count, dtype=np.uint64) * np.uint64(size) + np.uint64(one.address + lead)
        slots.append(at[inside])
        values.append(words[inside])
    return Pointers(np.concatenate(slots), np.concatenate(values)) if slots else _none()


def _packed_addends(image: Image) -> Pointers:
    """Relative relocations in Android's packed form (APS2)."""
    raw = _table(image, DT_ANDROID_RELA, DT_ANDROID_RELASZ)
    if raw[:4] != b"APS2":
        return _none()
    relative = RELATIVE.get(image.machine, -1)
    bits = 32 if image.layout.bits == 64 else 8
    kept = [
        (offset, addend)
        for offset, info, addend in _unpacked(raw[4:])
        if info & ((1 << bits) - 1) == relative
    ]
    top = (1 << 64) - 1
    return Pointers(
        np.array([offset & top for offset, _ in kept], dtype=np.uint64),
        np.array([addend & top for _, addend in kept], dtype=np.uint64),
    )


def _unpacked(raw: bytes) -> Iterator[tuple[int, int, int]]:
    """Offset, info and addend of each packed relocation; ends where the bytes do."""
    numbers = _sleb128(raw)
    try:
        left, offset, addend = next(numbers), next(numbers), 0
        left = min(left, ENTRIES_AT_MOST)
        while left > 0:
            size, flags = next(numbers), next(numbers)
            delta = next(numbers) if flags & GROUPED_BY_OFFSET_DELTA else 0
            info = next(numbers) if flags & GROUPED_BY_INFO else 0
            if flags & HAS_ADDEND and flags & GROUPED_BY_ADDEND:
                addend += next(numbers)
            for _ in range(min(size, left)):
                offset += delta if flags & GROUPED_BY_OFFSET_DELTA else next(numbers)
                if not flags & GROUPED_BY_INFO:
                    info = next(numbers)
                if flags & HAS_ADDEND and not flags & GROUPED_BY_ADDEND:
                    addend += next(numbers)
                yield offset, info, addend if flags & HAS_ADDEND else 0
            if size <= 0:
                return
            left -= size
    except StopIteration:
        return


def _sleb128(raw: bytes) -> Iterator[int]:
    value, shift = 0, 0
    for byte in raw:
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            yield value - (1 << shift) if byte & 0x40 else value
            value, shift = 0, 0
        elif shift > 70:
            return
