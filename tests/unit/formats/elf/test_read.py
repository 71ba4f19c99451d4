from __future__ import annotations

import struct

import pytest

from unit.formats.elf.made_elf import MadeElf
from witnessmark.formats.elf import ElfFile, read_elf
from witnessmark.model.errors import FormatError

MADE = MadeElf(
    imports=("open", "socket"),
    exports=("JNI_OnLoad", "Java_a_B_f"),
    needed=("libc.so", "liblog.so"),
    soname="libprobe.so",
    build_id=bytes.fromhex("00112233445566778899aabbccddeeff00112233"),
    data=b"\0https://example.invalid/api\0abc\0\x01\x02four\0" + "身份证".encode() + b"\0",
)


def made(**changes: object) -> bytes:
    fields = {name: getattr(MADE, name) for name in MADE.__slots__ if name != "names"}
    return MadeElf(**{**fields, **changes}).build()


def symbols(found: ElfFile, kind: str) -> list[str]:
    return [one.name for one in found.symbols if one.kind == kind]


@pytest.mark.parametrize("gnu_hash", [False, True])
def test_everything_of_a_library(gnu_hash: bool) -> None:
    data = made(gnu_hash=gnu_hash)
    found = read_elf(data)
    assert (found.machine, found.bits, found.kind) == ("aarch64", 64, "library")
    assert (found.soname, found.needed) == ("libprobe.so", ("libc.so", "liblog.so"))
    assert found.build_id == MADE.build_id.hex()
    assert symbols(found, "import") == ["open", "socket"]
    assert symbols(found, "export") == ["JNI_OnLoad", "Java_a_B_f"]
    assert [one.address for one in found.symbols] == [0, 0, 0x1000, 0x1001]
    assert found.anomalies == ()


def test_spans_are_exactly_the_bytes() -> None:
    data = made()
    found = read_elf(data)
    for one in found.symbols:
        assert data[one.span.offset : one.span.end + 1] == one.name.encode() + b"\0"
    for text in found.strings:
        assert data[text.span.offset : text.span.end].decode() == text.text


def test_strings_are_words_and_not_the_table_of_names() -> None:
    texts = [one.text for one in read_elf(made()).strings]
    assert "https://example.invalid/api" in texts
    assert "身份证" in texts
    assert not {"abc", "four", "socket", "libprobe.so"} & set(texts)


def test_text_beyond_ascii_must_be_bounded_by_zeros() -> None:
    found = read_elf(made(data=b"\x01" + "身份证".encode() + b"\x02\0"))
    assert not any("身份证" in one.text for one in found.strings)


def test_executable_is_told_by_its_interpreter() -> None:
    found = read_elf(made(interpreter=b"/system/bin/linker64\0", entry=0x1000))
    assert (found.kind, found.interpreter) == ("executable", "/system/bin/linker64")
    assert read_elf(made(kind=2)).kind == "executable"
    assert read_elf(made(kind=1)).kind == "object"


def test_a_library_with_an_interpreter_begins_nowhere() -> None:
    found = read_elf(made(interpreter=b"/system/bin/linker\0"))
    assert (found.kind, found.interpreter) == ("library", "/system/bin/linker")


def test_unknown_machine_is_named_by_number() -> None:
    assert read_elf(made(machine=999)).machine == "machine 999"


def test_lying_symbol_count_is_told_and_bounded() -> None:
    data = bytearray(made())
    at = data.index(struct.pack("<2I", 1, 6))
    struct.pack_into("<I", data, at + 4, 0x7FFFFFFF)
    found = read_elf(bytes(data))
    assert "symbol-count" in [one.code for one in found.anomalies]
    assert "socket" in symbols(found, "import")


def test_dynamic_table_outside_of_the_file_is_told() -> None:
    data = bytearray(made())
    at = data.index(struct.pack("<q", 5), 0x200)
    struct.pack_into("<Q", data, at + 8, 1 << 60)
    found = read_elf(bytes(data))
    assert "string-table" in [one.code for one in found.anomalies]
    assert found.symbols == ()


@pytest.mark.parametrize(
    "data", [b"", b"MZ", b"\x7fELF", b"\x7fELF\x03\x01" + bytes(60), b"\x7fELF\x02\x01" + bytes(20)]
)
def test_what_is_no_elf_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        read_elf(data)


def test_cut_anywhere_it_is_read_or_refused() -> None:
    data = made()
    for length in range(0, len(data), 3):
        try:
            read_elf(data[:length])
        except FormatError:
            assert length < 64
