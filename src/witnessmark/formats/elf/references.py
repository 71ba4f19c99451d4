"""Where native code forms an address, found by the shape of the instructions that do it.

Nothing is disassembled here: compilers form addresses of data in a few ways, each of which has a
fixed bit pattern, and the address that comes out must be exactly one of those asked for.

Sources: Arm Architecture Reference Manuals for A64 (ADRP, ADR, ADD), A32 and T32 (LDR literal, ADD
to PC); Intel SDM volume 2 (LEA, PUSH, MOV); System V ABI supplement for 386 (EBX).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.formats.elf.image import EXECUTABLE, PT_LOAD, Image
from witnessmark.model.distinct import among

AARCH64, ARM, X86_64, I386 = 183, 40, 62, 3
MOST_CODE = 32 << 20
"""Bytes of code of one library that are looked through."""

AHEAD = 12
"""Instructions behind ``adrp`` within which the ``add`` to it stands."""

BACK = 40
"""Units before an addition of the program counter within which its literal is loaded."""

DT_PLTGOT = 3
LOW = 0xFFFFFFFF


class Reference(Struct, frozen=True, order=True):
    """An instruction at ``address`` that forms ``target``; ``offset`` and ``length`` of its bytes.

    ``thumb`` tells the instruction set of a 32-bit ARM processor.
    """

    target: int
    address: int
    offset: int
    length: int
    thumb: bool = False


Array: TypeAlias = NDArray[Any]
Found: TypeAlias = Iterator[tuple[int, int, int, bool]]
"""Target, position in the span, length, whether it is Thumb."""


def find_references(image: Image, targets: frozenset[int]) -> tuple[Reference, ...]:
    """Instructions that form one of the addresses ``targets``, in order of target and address.

    None for processors that are not known. Linear in the code.
    """
    finder = _FINDERS.get(image.machine)
    if not targets or finder is None:
        return ()
    found: set[Reference] = set()
    for address, offset, code in code_spans(image):
        for target, position, length, thumb in finder(image, address, code, targets):
            found.add(Reference(target, address + position, offset + position, length, thumb))
    return tuple(sorted(found))


def code_spans(image: Image) -> Iterator[tuple[int, int, bytes]]:
    """Address, offset and bytes of code: sections, or segments where no section is told."""
    spans = [
        (one.address, one.offset, one.size)
        for one in image.sections
        if one.type == 1 and one.flags & 4 and not one.name.startswith(".plt")
    ]
    if not spans:
        spans = [
            (one.address, one.offset, one.size)
            for one in image.segments
            if one.type == PT_LOAD and one.flags & EXECUTABLE
        ]
    left = MOST_CODE
    for address, offset, size in spans:
        code = image.data[offset : offset + min(size, left)]
        left -= len(code)
        if code:
            yield address, offset, code


def _words(image: Image, code: bytes, width: int) -> NDArray[np.int64]:
    count = len(code) // width
    raw = np.frombuffer(code, f"{image.layout.order}u{width}", count)
    return raw.astype(np.int64)


def _among(values: Array, targets: frozenset[int]) -> Array:
    return among(values, np.array(sorted(targets), dtype=np.int64))


def _aarch64(image: Image, address: int, code: bytes, targets: frozenset[int]) -> Found:
    """``adrp`` gives a page and ``add`` the place in it; ``adr`` gives both."""
    words = _words(image, code, 4)
    pc = address + 4 * np.arange(len(words), dtype=np.int64)
    immediate = _signed((words >> 5 & 0x7FFFF) << 2 | words >> 29 & 3, 21)
    direct = np.flatnonzero((words & 0x9F000000) == 0x10000000)
    for at in direct[_among(pc[direct] + immediate[direct], targets)].tolist():
        yield int(pc[at] + immediate[at]), 4 * at, 4, False
    pages = np.flatnonzero((words & 0x9F000000) == 0x90000000)
    page = (pc[pages] & ~0xFFF) + (immediate[pages] << 12)
    near = among(page, np.array(sorted({one & ~0xFFF for one in targets}), dtype=np.int64))
    for at, base in zip(pages[near].tolist(), page[near].tolist(), strict=True):
        register = int(words[at]) & 31
        for next_at in range(at + 1, min(at + AHEAD, len(words))):
            word = int(words[next_at])
            adds = (word & 0xFFC00000) == 0x91000000 and (word >> 5 & 31) == register
            if adds and base + (word >> 10 & 0xFFF) in targets:
                yield base + (word >> 10 & 0xFFF), 4 * next_at, 4, False


def _signed(value: Array, bits: int) -> Array:
    return np.where(value >> (bits - 1) & 1, value - (1 << bits), value)


def _arm(image: Image, address: int, code: bytes, targets: frozenset[int]) -> Found:
    """A literal is loaded from beside the code, then the program counter or the table is added."""
    yield from _thumb_additions(image, address, code, targets)
    yield from _arm_additions(image, address, code, targets)
    yield from _literal_loads(image, address, code, targets)


def _thumb_additions(image: Image, address: int, code: bytes, targets: frozenset[int]) -> Found:
    units = _words(image, code, 2)
    for at in np.flatnonzero((units & 0xFF78) == 0x4478).tolist():
        register = int(units[at]) & 7 | int(units[at]) >> 4 & 8
        pc = address + 2 * at + 4
        for before in range(at - 1, max(-1, at - BACK), -1):
            literal = _thumb_literal(image, address, units, before, register)
            if literal is not None:
                target = (literal + pc) & LOW
                if target in targets:
                    yield target, 2 * at, 2, True
                break


def _thumb_literal(image: Image, address: int, units: Array, at: int, register: int) -> int | None:
    """The literal that the Thumb instruction at unit ``at`` loads into ``register``."""
    unit = int(units[at])
    base = (address + 2 * at + 4) & ~3
    if unit & 0xF800 == 0x4800 and unit >> 8 & 7 == register:
        return _word(image, base + 4 * (unit & 0xFF))
    if unit & 0xFF7F == 0xF85F and at + 1 < len(units) and int(units[at + 1]) >> 12 == register:
        step = int(units[at + 1]) & 0xFFF
        return _word(image, base + (step if unit & 0x80 else -step))
    return None


def _arm_additions(image: Image, address: int, code: bytes, targets: frozenset[int]) -> Found:
    """``add rd, pc, rm`` behind ``ldr rm, [pc, #n]``."""
    words = _words(image, code, 4)
    for at in np.flatnonzero((words & 0x0FFF0FF0) == 0x008F0000).tolist():
        register = int(words[at]) & 15
        for before in range(at - 1, max(-1, at - BACK), -1):
            word = int(words[before])
            if (word & 0x0F7F0000) == 0x051F0000 and (word >> 12 & 15) == register:
                step = word & 0xFFF if word & 0x800000 else -(word & 0xFFF)
                literal = _word(image, address + 4 * before + 8 + step)
                if literal is not None and (literal + address + 4 * at + 8) & LOW in targets:
                    yield (literal + address + 4 * at + 8) & LOW, 4 * at, 4, False
                break


def _literal_loads(image: Image, _address: int, code: bytes, targets: frozenset[int]) -> Found:
    """Literals that are an address themselves, or its distance from the global offset table."""
    table = image.tag(DT_PLTGOT) or 0
    wanted = {target: target for target in targets}
    if table:
        wanted.update({(target - table) & LOW: target for target in targets})
    words = _words(image, code, 4)
    pools = np.flatnonzero(_among(words, frozenset(wanted)))
    for at in pools.tolist():
        yield wanted[int(words[at])], 4 * at, 4, False


def _word(image: Image, address: int) -> int | None:
    offset = image.file_offset(address)
    if offset < 0 or offset + 4 > len(image.data):
        return None
    return int(struct.unpack_from(image.layout.order + "I", image.data, offset)[0])


def _x86_64(_image: Image, address: int, code: bytes, targets: frozenset[int]) -> Found:
    """``lea register, [rip + distance]``."""
    raw = np.frombuffer(code, np.uint8)
    rex = np.flatnonzero((raw[:-6] & 0xF8) == 0x48) if len(raw) > 6 else np.zeros(0, np.int64)
    rex = rex[(raw[rex + 1] == 0x8D) & ((raw[rex + 2] & 0xC7) == 0x05)]
    formed = address + rex + 7 + _distance(raw, rex + 3)
    for at, target in zip(rex.tolist(), formed.tolist(), strict=True):
        if target in targets:
            yield target, at, 7, False


def _i386(image: Image, _address: int, code: bytes, targets: frozenset[int]) -> Found:
    """``lea`` relative to the global offset table; ``push`` and ``mov`` of the address itself."""
    raw = np.frombuffer(code, np.uint8)
    if len(raw) < 7:
        return
    table = image.tag(DT_PLTGOT) or 0
    lea = np.flatnonzero(raw[:-6] == 0x8D)
    lea = lea[((raw[lea + 1] & 0xC0) == 0x80) & ((raw[lea + 1] & 7) != 4)]
    formed = (table + _distance(raw, lea + 2)) & LOW
    for at, target in zip(lea.tolist(), formed.tolist(), strict=True):
        if table and target in targets:
            yield target, at, 6, False
    plain = np.flatnonzero((raw[:-5] == 0x68) | ((raw[:-5] & 0xF8) == 0xB8))
    absolute = _distance(raw, plain + 1) & LOW
    for at, target in zip(plain.tolist(), absolute.tolist(), strict=True):
        if target in targets:
            yield target, at, 5, False


def _distance(raw: NDArray[np.uint8], at: Array) -> Array:
    """Signed 32-bit numbers at the places ``at``."""
    parts = (raw[at + i].astype(np.int64) << 8 * i for i in range(4))
    return _signed(sum(parts, np.zeros(len(at), np.int64)), 32)


_FINDERS: Mapping[int, Callable[[Image, int, bytes, frozenset[int]], Found]] = {
    AARCH64: _aarch64, ARM: _arm, X86_64: _x86_64, I386: _i386,
}  # fmt: skip
