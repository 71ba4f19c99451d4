"""Compiled classes as the bytes of one dex file.

Source: Dalvik executable format, source.android.com/docs/core/runtime/dex-format.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence

from witnessmark.formats.dex.mutf8 import encode_mutf8
from witnessmark.formats.listing import sections as kinds
from witnessmark.formats.listing.annotation_items import write_annotations
from witnessmark.formats.listing.body import Code
from witnessmark.formats.listing.code_item import CODE_HEADER, code_item, debug_info
from witnessmark.formats.listing.compiled import (
    STATIC,
    CompiledClass,
    CompiledField,
    CompiledMethod,
)
from witnessmark.formats.listing.pool import FIELD, METHOD, STRING, TYPE, Mention, Pool, shorty
from witnessmark.formats.listing.sections import NO_INDEX, Marker, Sections
from witnessmark.formats.listing.span_map import SpanMap
from witnessmark.formats.listing.values import NULL, Numbered, uleb

HEADER = 0x70
DIRECT = 0x1000A
"""Access flags of which one makes a method direct: private, static, constructor."""

ZEROS: Mapping[str, bytes] = {
    "Z": b"\x1f", "B": b"\x00\x00", "S": b"\x02\x00", "C": b"\x03\x00", "I": b"\x04\x00",
    "J": b"\x06\x00", "F": b"\x10\x00", "D": b"\x11\x00",
}  # fmt: skip
"""Encoded initial values that a static field has when none is stated; null for objects."""

Starts = Mapping[int, tuple[int, int]]
"""Place and count of each table of ids, by type code."""


def write_dex(pool: Pool, classes: Sequence[CompiledClass]) -> tuple[bytes, SpanMap]:
    """One dex file, and where each part of it stands in the texts."""
    order = pool.ordered()
    counts = (
        (kinds.STRING_IDS, len(order.strings), 4), (kinds.TYPE_IDS, len(order.types), 4),
        (kinds.PROTO_IDS, len(order.protos), 12), (kinds.FIELD_IDS, len(order.fields), 8),
        (kinds.METHOD_IDS, len(order.methods), 8), (kinds.CLASS_DEFS, len(classes), 32),
        (kinds.CALL_SITE_IDS, len(order.call_sites), 4),
        (kinds.METHOD_HANDLES, len(order.handles), 8),
    )  # fmt: skip
    starts, at = {}, HEADER
    for kind, count, size in counts:
        starts[kind] = (at if count else 0, count)
        at += count * size
    sections = Sections(order, at)
    sections.entries += [(kind, count, at) for kind, (at, count) in starts.items() if count]
    ids = _Ids(sections, pool, _by_hierarchy(classes), starts)
    return _finished(sections, ids.write(), starts), sections.spans.finished()


def _by_hierarchy(classes: Sequence[CompiledClass]) -> list[CompiledClass]:
    """Superclasses and interfaces before the classes that extend them, as the format wants."""
    known = {one.type: one for one in classes}
    ordered: dict[int, CompiledClass] = {}
    for one in classes:
        waiting = [one]
        entered: set[int] = set()
        while waiting:
            last = waiting[-1]
            above = [
                known[kind] for kind in (last.super_type, *last.interfaces)
                if kind in known and kind not in ordered and kind not in entered
            ]  # fmt: skip
            if last.type in ordered or last.type in entered or not above:
                ordered.setdefault(waiting.pop().type, last)
                continue
            entered.add(last.type)
            waiting += above
    return list(ordered.values())


class _Ids:
    """Writes the data of all classes, then the tables of ids that point to it."""

    def __init__(
        self, sections: Sections, pool: Pool, classes: Sequence[CompiledClass], starts: Starts
    ) -> None:
        self._sections, self._order = sections, sections.order
        self._mentions = pool.mentions
        self._classes, self._starts = classes, starts

    def write(self) -> bytes:
        lists = self._write_type_lists()
        codes = self._write_codes(self._write_debug())
        strings = self._write_strings()
        arrays, sites = self._write_arrays()
        directories = write_annotations(self._sections, self._classes)
        data = self._write_class_data(codes)
        ids = bytearray(struct.pack(f"<{len(strings)}I", *strings))
        self._add_names(ids, lists)
        for one in self._classes:
            self._sections.mark(HEADER + len(ids), 32, (one.text, one.span.offset, one.span.length))
            ids += struct.pack(
                "<8I", self._final(TYPE, one.type), one.access, self._final(TYPE, one.super_type),
                lists.get(self._interfaces(one), 0), self._final(STRING, one.source),
                directories.get(one.type, 0), data.get(one.type, 0), arrays.get(one.type, 0),
            )  # fmt: skip
        ids += struct.pack(f"<{len(sites)}I", *sites)
        for kind, named, number in self._order.handles:  # type: ignore[misc]
            ids += struct.pack("<4H", kind, 0, self._final(named, number), 0)  # type: ignore[has-type]
        return bytes(ids)

    def _final(self, kind: int, number: int) -> int:
        return self._sections.final(kind, number)

    def _interfaces(self, one: CompiledClass) -> tuple[int, ...]:
        return tuple(self._final(TYPE, number) for number in one.interfaces)

    def _write_type_lists(self) -> Mapping[tuple[int, ...], int]:
        types = {name: number for number, name in enumerate(self._order.types)}
        wanted = {tuple(types[kind] for kind in listed) for _, listed in self._order.protos}
        wanted |= {self._interfaces(one) for one in self._classes}
        found = {
            listed: self._sections.place(struct.pack(f"<I{len(listed)}H", len(listed), *listed), 4)
            for listed in sorted(wanted - {()})
        }
        self._sections.listed(kinds.TYPE_LISTS, list(found.values()))
        return found

    def _codes(self) -> Iterator[tuple[int, int, Code]]:
        """Text, method and code of each method that has some."""
        for one in self._classes:
            for method in one.methods:
                if method.code is not None:
                    yield one.text, method.number, method.code

    def _write_debug(self) -> Mapping[int, int]:
        found = {}
        for _, number, code in self._codes():
            if code.lines or code.names:
                names = [self._final(STRING, name) for name in code.names]
                found[number] = self._sections.place(debug_info(code, names))
        self._sections.listed(kinds.DEBUG_INFO, list(found.values()))
        return found

    def _write_codes(self, debug: Mapping[int, int]) -> Mapping[int, int]:
        found = {}
        spans = self._sections.spans
        for text, number, code in self._codes():
            blob = code_item(code, self._order.number, debug.get(number, 0))
            at = found[number] = self._sections.place(blob, 4)
            ends = [*code.pcs[1:], len(code.units)]
            first = at + CODE_HEADER
            for pc, end, offset, length in zip(
                code.pcs, ends, code.offsets, code.lengths, strict=True
            ):
                spans.add(first + 2 * pc, 2 * (end - pc), text, offset, length)
        self._sections.listed(kinds.CODE, list(found.values()))
        return found

    def _by_order(self, kind: int) -> list[Mention]:
        """Mentions of the names of a kind, in final order."""
        found = list(self._mentions[kind])
        for mention, final in zip(self._mentions[kind], self._order.number[kind], strict=True):
            found[final] = mention
        return found

    def _write_strings(self) -> list[int]:
        found = []
        for text, mention in zip(self._order.strings, self._by_order(STRING), strict=True):
            spelled = encode_mutf8(text)
            head = uleb(len(text.encode("utf-16-le", "surrogatepass")) // 2)
            found.append(self._sections.place(head + spelled + b"\0"))
            self._sections.mark(found[-1] + len(head), len(spelled), mention)
        self._sections.listed(kinds.STRING_DATA, found)
        return found

    def _write_arrays(self) -> tuple[Mapping[int, int], list[int]]:
        """Initial values by number of the class's type, and call sites in order."""
        found = {}
        for one in self._classes:
            static = [field for field in one.fields if field.access & STATIC]
            static.sort(key=lambda field: self._final(FIELD, field.number))
            while static and static[-1].value is None:
                static.pop()
            if static:
                found[one.type] = self._write_static(one.text, static)
        sites = [self._write_site(site) for site in self._order.call_sites]  # type: ignore[arg-type]
        self._sections.listed(kinds.ARRAYS, [*found.values(), *sites])
        return found, sites

    def _write_static(self, text: int, fields: Sequence[CompiledField]) -> int:
        out = bytearray(uleb(len(fields)))
        mark = Marker(self._sections, self._sections.next(), text)
        for field in fields:
            if field.value is None:
                out += ZEROS.get(field.type, bytes([NULL]))
            else:
                self._sections.encoder.value(field.value, out, mark)
        return self._sections.place(bytes(out))

    def _write_site(self, site: tuple[Numbered, ...]) -> int:
        out = bytearray()
        self._sections.encoder.array(site, out, lambda _place, _span: None)
        return self._sections.place(bytes(out))

    def _write_class_data(self, codes: Mapping[int, int]) -> Mapping[int, int]:
        found = {
            one.type: self._sections.place(self._class_data(one, codes))
            for one in self._classes if one.fields or one.methods
        }  # fmt: skip
        self._sections.listed(kinds.CLASS_DATA, list(found.values()))
        return found

    def _class_data(self, one: CompiledClass, codes: Mapping[int, int]) -> bytes:
        fields = sorted((self._final(FIELD, f.number), f.access & NO_INDEX) for f in one.fields)
        methods = sorted(self._encoded_method(method, codes) for method in one.methods)
        groups: tuple[Sequence[tuple[int, ...]], ...] = (
            [f for f in fields if f[1] & STATIC], [f for f in fields if not f[1] & STATIC],
            [m for m in methods if m[1] & DIRECT], [m for m in methods if not m[1] & DIRECT],
        )  # fmt: skip
        out = bytearray(b"".join(uleb(len(group)) for group in groups))
        for group in groups:
            before = 0
            for number, *others in group:
                out += uleb(number - before) + b"".join(map(uleb, others))
                before = number
        return bytes(out)

    def _encoded_method(
        self, method: CompiledMethod, codes: Mapping[int, int]
    ) -> tuple[int, int, int]:
        at = codes.get(method.number, 0)
        return self._final(METHOD, method.number), method.access & NO_INDEX, at

    def _add_names(self, ids: bytearray, lists: Mapping[tuple[int, ...], int]) -> None:
        """Types, prototypes, fields and methods."""
        order = self._order
        string = {text: number for number, text in enumerate(order.strings)}
        kind = {name: number for number, name in enumerate(order.types)}
        proto = {name: number for number, name in enumerate(order.protos)}
        ids += b"".join(struct.pack("<I", string[name]) for name in order.types)
        for one in order.protos:
            listed = lists.get(tuple(kind[name] for name in one[1]), 0)
            ids += struct.pack("<3I", string[shorty(one)], kind[one[0]], listed)
        for (owner, held, name), mention in zip(order.fields, self._by_order(FIELD), strict=True):
            self._sections.mark(HEADER + len(ids), 8, mention)
            ids += struct.pack("<2HI", kind[owner], kind[held], string[name])  # type: ignore[index]
        for (owner, called, name), mention in zip(
            order.methods, self._by_order(METHOD), strict=True
        ):
            self._sections.mark(HEADER + len(ids), 8, mention)
            ids += struct.pack("<2HI", kind[owner], proto[called], string[name])  # type: ignore[index]


def _finished(sections: Sections, ids: bytes, starts: Starts) -> bytes:
    """Header, ids, data and map list, with checksum and signature as the format prescribes."""
    sections.data += b"\0" * (-sections.next() % 4)
    map_at = sections.next()
    entries = sorted(
        [(0, 1, 0), *sections.entries, (kinds.MAP_LIST, 1, map_at)], key=lambda one: one[2]
    )
    sections.data += struct.pack("<I", len(entries))
    for kind, count, at in entries:
        sections.data += struct.pack("<2H2I", kind, 0, count, at)
    pairs = [
        number
        for kind in range(kinds.STRING_IDS, kinds.CLASS_DEFS + 1)
        for number in reversed(starts[kind])
    ]
    header = struct.pack(
        "<6I12I2I", sections.next(), HEADER, 0x12345678, 0, 0, map_at, *pairs,
        len(sections.data), sections.base,
    )  # fmt: skip
    body = b"".join((header, ids, sections.data))
    signature = hashlib.sha1(body, usedforsecurity=False).digest()
    checksum = zlib.adler32(signature + body)
    return b"dex\n038\0" + struct.pack("<I", checksum) + signature + body
