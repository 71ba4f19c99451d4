"""Operands of every instruction format, against the text that the fixture was assembled from."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import msgspec
import numpy as np
import pytest

from unit.formats.dex.instruction_source import FIXTURE, Indices, written_method
from witnessmark.formats.dex.files import DexFiles, read_dex_files
from witnessmark.formats.dex.image import machine_kernels
from witnessmark.formats.dex.instruction import (
    Instruction,
    decode_instruction,
    decode_payload,
)
from witnessmark.formats.dex.opcodes import UNUSED, opcodes
from witnessmark.model.errors import FormatError

DATA = (FIXTURE / "instructions.dex").read_bytes()
INTAKE = Path(__file__).resolve().parents[3] / "apps" / "intake" / "intake.apk"


def methods(dex: DexFiles) -> dict[str, tuple[int, bytes]]:
    """Row and code of each method that has code."""
    table = dex.methods
    places = zip(table["code_offset"].tolist(), table["code_units"].tolist(), strict=True)
    blob = dex.blob(0)
    return {
        dex.names.method(row): (row, bytes(blob[at : at + 2 * units]))
        for row, (at, units) in enumerate(places)
        if at >= 0
    }


def decoded(code: bytes) -> list[Instruction]:
    found, pc = [], 0
    while pc < len(code) // 2:
        found.append(decode_instruction(code, pc))
        pc += found[-1].units
    return found


def code_of(end: str) -> bytes:
    return next(code for name, (_, code) in methods(read_dex_files([DATA])).items() if end in name)


def literal_of(text: str) -> int | None:
    number = text.rstrip("L")
    try:
        return int(number, 16)
    except ValueError:
        return None


def test_every_opcode_reads_as_it_was_written() -> None:
    dex = read_dex_files([DATA])
    indices, (lines, labels) = Indices(dex), written_method("public run()V")
    code = decoded(code_of("All;->run"))
    padded = [one for one in code if one.format == "payload"]
    lines_of_code = [line for line in lines if line.name != "payload"]
    assert [one.name for one in padded] == [
        "packed-switch-payload", "sparse-switch-payload", "fill-array-data-payload",
    ]  # fmt: skip
    read = [one for one in code if one not in padded and not _is_padding(one, code)]
    assert [one.name for one in read] == [line.name for line in lines_of_code]
    kinds = {opcode.number: opcode.index for opcode in opcodes()}
    starts = [one.pc for one in read] + [one.pc for one in padded]
    for one, line in zip(read, lines_of_code, strict=True):
        assert one.registers == line.registers, line
        if line.label is not None:
            assert one.target is not None, line
            assert one.target in starts, line
            if labels[line.label] < len(read) - 2:
                assert one.target == read[labels[line.label]].pc, line
        elif kinds[one.opcode] in ("type", "field", "method", "proto", "string"):
            assert one.index is not None
            said = indices.named(kinds[one.opcode], one.index)
            text = line.rest.strip('"').encode("latin-1").decode("unicode_escape")
            if one.second is not None:
                said = f"{said}, {indices.proto(one.second)}"
            assert said == text, line
        elif literal_of(line.rest) is not None:
            assert one.literal == literal_of(line.rest), line
        else:
            assert one.literal is None, line


def _is_padding(one: Instruction, code: list[Instruction]) -> bool:
    """The assembler sets a nop before a payload that would stand at an odd unit."""
    place = code.index(one)
    after = code[place + 1].format if place + 1 < len(code) else ""
    return one.name == "nop" and after == "payload"


def test_the_fixture_holds_every_opcode() -> None:
    seen = {
        one.opcode for code in methods(read_dex_files([DATA])).values() for one in decoded(code[1])
    }
    meant = {opcode.number for opcode in opcodes() if not opcode.name.startswith(UNUSED)}
    assert seen == meant


def test_payloads() -> None:
    code = code_of("All;->run")
    packed, sparse, array = (
        decode_payload(code, one.pc) for one in decoded(code) if one.format == "payload"
    )
    by_name = {one.name: one.pc for one in decoded(code) if one.name.endswith("-switch")}
    end = decoded(code)[-1].pc
    assert packed.keys == (-2, -1)
    assert sparse.keys == (-0x80000000, 0x7FFFFFFF)
    for payload, name in ((packed, "packed-switch"), (sparse, "sparse-switch")):
        assert [by_name[name] + step for step in payload.targets] == [end - 1, end]
    assert (array.width, array.content) == (4, bytes.fromhex("01000000feffffffffffff7f"))
    odd = code_of("empty")
    assert decode_payload(odd, next(one.pc for one in decoded(odd) if one.format == "payload")) == (
        msgspec.structs.replace(array, width=1, content=b"\x01\x02\xfd")
    )


def dex_of(path: Path) -> bytes:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return archive.read("classes.dex")


@pytest.mark.parametrize("data", [DATA, dex_of(INTAKE)], ids=["instructions", "intake"])
def test_columns_say_what_instructions_say_one_by_one(data: bytes) -> None:
    slow, fast = read_dex_files([data]), read_dex_files([data], machine_kernels())
    for dex in (slow, fast):
        columns = dex.instruction_columns(0, 1 << 30)
        rows = zip(
            *(getattr(columns, one).tolist() for one in columns.__struct_fields__),
            strict=True,
        )
        by_row = dict(methods(dex).values())
        codes = {row: decoded(code) for row, code in by_row.items()}
        one_by_one = [_row(row, one) for row in sorted(codes) for one in codes[row]]
        assert list(rows) == one_by_one
        assert len(columns.pc) == len(dex.instructions["pc"])
        assert np.array_equal(columns.pc, dex.instructions["pc"])


def _row(row: int, one: Instruction) -> tuple[int, ...]:
    a, b, c = (*one.registers, 0, 0, 0)[:3]
    if one.format in ("35c", "45cc"):
        a, c = len(one.registers), 0
        b = sum(register << 4 * k for k, register in enumerate(one.registers))
    elif one.format in ("3rc", "4rcc"):
        a, b, c = len(one.registers), (*one.registers, 0)[0], 0
    literal = one.literal if one.literal is not None else one.second or 0
    index = -1 if one.index is None else one.index
    target = -1 if one.target is None else one.target
    return row, one.pc, one.opcode, a, b, c, literal, index, target


def test_some_methods_only() -> None:
    dex = read_dex_files([DATA])
    whole = dex.instruction_columns(0, 1 << 30)
    row = next(row for name, (row, _) in methods(dex).items() if "take" in name)
    part = dex.instruction_columns(row, row + 1)
    assert part.pc.tolist() == whole.pc[whole.method == row].tolist() != []
    assert len(dex.instruction_columns(5, 5).pc) == 0
    assert len(dex.instruction_columns(-3, 0).pc) == 0


def test_cut_code_is_a_clear_error_or_whole_instructions() -> None:
    code = code_of("All;->run")
    refused = 0
    for end in range(0, len(code), 2):
        whole = decoded(code)
        for one in whole:
            if 2 * (one.pc + one.units) <= end or one.pc * 2 >= end:
                continue
            with pytest.raises(FormatError) as caught:
                decode_instruction(code[:end], one.pc)
            assert caught.value.offset == 2 * one.pc
            refused += 1
    assert refused > 100


@pytest.mark.parametrize("pc", [-1, 0, 7])
def test_no_instruction_outside_the_code(pc: int) -> None:
    with pytest.raises(FormatError):
        decode_instruction(b"", pc)
    with pytest.raises(FormatError):
        decode_payload(b"\x0e\x00", 0)


def test_payloads_that_lie_about_their_size() -> None:
    for head in (b"\x00\x01\xff\xff", b"\x00\x02\xff\xff", b"\x00\x03\xff\xff\xff\xff\xff\xff"):
        with pytest.raises(FormatError, match="cut"):
            decode_instruction(head, 0)
    for short in (b"\x00\x01", b"\x00\x02", b"\x00\x03\x01\x00"):
        with pytest.raises(FormatError):
            decode_payload(short, 0)
