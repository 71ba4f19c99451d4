"""What dex files hold beside instructions, against the text that the fixture was assembled from."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from unit.formats.dex.instruction_source import FIXTURE
from witnessmark.formats.dex.files import DexFiles, read_dex_files
from witnessmark.formats.dex.image import machine_kernels
from witnessmark.formats.dex.kernels import layout

DATA = (FIXTURE / "instructions.dex").read_bytes()


@pytest.fixture(params=["interpreted", "compiled"])
def dex(request: pytest.FixtureRequest) -> DexFiles:
    return read_dex_files([DATA], machine_kernels() if request.param == "compiled" else None)


def rows(table: Mapping[str, Any], *columns: str) -> list[tuple[Any, ...]]:
    return list(zip(*(table[name].tolist() for name in columns), strict=True))


def test_static_values(dex: DexFiles) -> None:
    found = {
        dex.names.field(field).partition("->")[2].partition(":")[0]: (kind, text)
        for field, kind, text in rows(dex.static_values, "field", "kind", "text")
    }
    assert found == {
        "OWN": ("null", "null"),
        "aByte": ("byte", "-128"),
        "aShort": ("short", "-32767"),
        "aChar": ("char", "中"),
        "anInt": ("int", "-2147483647"),
        "aLong": ("long", "-9223372036854775807"),
        "aFloat": ("float", "0.1"),
        "aDouble": ("double", "-2.5"),
        "aString": ("string", "text"),
        "aType": ("type", "Ljava/lang/String;"),
        "aTruth": ("boolean", "true"),
    }


def test_annotations(dex: DexFiles) -> None:
    found = rows(dex.annotations, "target", "visibility", "name", "position", "kind", "text")
    assert found == [
        ("class", "build", "", 0, "annotation", ""),
        ("class", "runtime", "deep", 0, "annotation", "@Lwm/Told;(many=[a, Ljava/lang/String;])"),
        ("class", "runtime", "many", 0, "int", "1"),
        ("class", "runtime", "many", 1, "int", "2"),
        ("class", "runtime", "many", 2, "int", "3"),
        ("class", "runtime", "none", 0, "array", "[]"),
        ("class", "runtime", "which", 0, "enum", "Lwm/All;->OWN:Lwm/All;"),
        ("field", "system", "", 0, "annotation", ""),
        ("method", "runtime", "", 0, "annotation", ""),
        ("parameter", "runtime", "many", 0, "long", "9223372036854775807"),
    ]
    (field,) = (row for target, row in rows(dex.annotations, "target", "row") if target == "field")
    assert dex.names.field(field) == "Lwm/All;->own1I:I"
    parameter = [
        row for row in rows(dex.annotations, "target", "row", "parameter") if row[0] == "parameter"
    ]
    assert [(dex.names.method(row).partition("(")[0], place) for _, row, place in parameter] == [
        ("Lwm/All;->bootstrap", 0)
    ]
    for offset, length, text in rows(dex.annotations, "offset", "length", "text"):
        if text == "9223372036854775807":
            assert DATA[offset : offset + length] == b"\xe6" + b"\xff" * 7 + b"\x7f"


def test_call_sites_and_what_calls_them(dex: DexFiles) -> None:
    ((bootstrap, name, proto, arguments),) = rows(
        dex.call_sites, "bootstrap", "name", "proto", "arguments"
    )
    assert dex.names.method(bootstrap).startswith("Lwm/All;->bootstrap(")
    assert (name, arguments) == ("asked", '["7", "extra", "1.5"]')
    assert dex.names.texts_of(layout.METHOD_TYPE, np.array([proto])).tolist() == ["(II)V"]
    used = rows(dex.dynamic_calls, "opcode", "call_site")
    assert used == [(0xFC, 0), (0xFD, 0)]


def test_array_payloads(dex: DexFiles) -> None:
    found = [
        (width, count, DATA[offset : offset + length])
        for width, count, offset, length in rows(
            dex.array_payloads, "width", "count", "offset", "length"
        )
    ]
    assert found == [
        (4, 3, bytes.fromhex("01000000feffffffffffff7f")),
        (1, 3, b"\x01\x02\xfd"),
        (8, 1, b"\xff" * 7 + b"\x7f"),
    ]


def test_lines_and_handlers(dex: DexFiles) -> None:
    lines = {
        (dex.names.method(method).partition("->")[2].partition("(")[0], pc, line)
        for method, pc, line in rows(dex.debug_lines, "method", "pc", "line")
    }
    assert lines == {
        ("<init>", 0, 100), ("<init>", 3, 70000), ("run", 0, 1), ("take", 0, 7), ("take", 2, 5),
    }  # fmt: skip
    caught = [
        (
            start,
            end,
            handler,
            dex.names.texts_of(layout.TYPE, np.array([kind]))[0] if kind >= 0 else "any",
        )
        for start, end, handler, kind in rows(dex.try_handlers, "start", "end", "handler", "type")
    ]
    assert caught == [
        (0, 1, 2, "Ljava/lang/RuntimeException;"),
        (0, 1, 4, "Ljava/lang/Exception;"),
        (0, 1, 6, "any"),
    ]


def with_hidden_api(flags: bytes) -> bytes:
    """The fixture with a hidden-API section for its first class, as boot dex files have one."""
    (at,) = struct.unpack_from("<I", DATA, 0x34)
    (count,) = struct.unpack_from("<I", DATA, at)
    (classes,) = struct.unpack_from("<I", DATA, 0x60)
    head = 4 + 4 * classes
    section = struct.pack(f"<I{classes}I", head + len(flags), head, *[0] * (classes - 1)) + flags
    section += bytes(-len(section) % 4)
    moved = len(DATA) + len(section)
    listed = struct.pack("<I", count + 1) + DATA[at + 4 : at + 4 + 12 * count]
    listed += struct.pack("<HHII", 0xF000, 0, 1, len(DATA))
    whole = bytearray(DATA + section + listed)
    struct.pack_into("<I", whole, 0x34, moved)
    struct.pack_into("<I", whole, 0x20, len(whole))
    return bytes(whole)


def test_hidden_api_flags() -> None:
    plain = read_dex_files([DATA])
    members = sum(1 for owner in plain.fields["class"].tolist() if owner == 0)
    members += sum(1 for owner in plain.methods["class"].tolist() if owner == 0)
    assert len(plain.hidden_api["flags"]) == 0
    flags = bytes(number % 7 for number in range(members))
    dex = read_dex_files([with_hidden_api(flags)])
    assert dex.anomalies == plain.anomalies
    found = rows(dex.hidden_api, "target", "row", "flags")
    assert [flag for _, _, flag in found] == list(flags)
    assert [target for target, _, _ in found] == sorted(target for target, _, _ in found)
    assert dex.names.field(found[0][1]).startswith("Lwm/All;->")


@pytest.mark.parametrize("size", [0, 1, 5])
def test_hidden_api_that_is_cut_is_told(size: int) -> None:
    dex = read_dex_files([with_hidden_api(b"\x80" * size)])
    assert len(dex.hidden_api["flags"]) <= size
