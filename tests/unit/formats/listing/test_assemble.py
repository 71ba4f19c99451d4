"""What is put together from text reads back as it was listed, and knows where it stood."""

from __future__ import annotations

import pytest

from witnessmark.formats.dex.files import DexFiles, read_dex_files
from witnessmark.formats.listing.assemble import Assembly, assemble
from witnessmark.formats.listing.model import Body, Instruction, ListedClass, ListedMethod, Listing
from witnessmark.formats.smali import read_smali
from witnessmark.model.location import Span

HEAD = ".class public Lp/C;\n.super Ljava/lang/Object;\n"


def assembled(*texts: str) -> Assembly:
    return assemble((number, read_smali(text.encode())) for number, text in enumerate(texts))


def read(assembly: Assembly) -> DexFiles:
    dex = read_dex_files([one.dex for one in assembly.files])
    assert not dex.refused
    assert not dex.integrity()
    return dex


def span_text(assembly: Assembly, text: str, at: int) -> str:
    """Text behind the byte ``at`` of the first file."""
    spans = assembly.files[0].spans
    row = int((spans.start <= at).sum()) - 1
    start = int(spans.offset[row])
    return text.encode()[start : start + int(spans.size[row])].decode()


def test_instructions_strings_and_fields_know_their_text() -> None:
    text = (
        f'{HEAD}.field static key:Ljava/lang/String; = "secret"\n.method static m()V\n.locals 1\n'
        '  const-string v0, "hello"\n  sput-object v0, Lp/C;->key:Ljava/lang/String;\n'
        "  return-void\n.end method\n"
    )
    assembly = assembled(text)
    dex = read(assembly)
    assert assembly.unread == ()
    code = int(dex.methods["code_offset"][0])
    assert span_text(assembly, text, code) == 'const-string v0, "hello"'
    assert span_text(assembly, text, code + 4).startswith("sput-object")
    names = {
        dex.names.string(row): int(dex.strings["offset"][row])
        for row in range(len(dex.strings["offset"]))
    }
    assert span_text(assembly, text, names["hello"]) == "hello"
    assert span_text(assembly, text, names["secret"]) == "secret"
    assert span_text(assembly, text, int(dex.fields["offset"][0])) == "key:Ljava/lang/String;"
    assert span_text(assembly, text, int(dex.classes["offset"][0])) == "Lp/C;"


def test_same_listing_same_bytes() -> None:
    text = f"{HEAD}.method m()V\n.locals 0\nreturn-void\n.end method\n"
    assert assembled(text).files[0].dex == assembled(text).files[0].dex


def test_jumps_that_do_not_reach_are_widened() -> None:
    filler = 'const-string v0, "x"\n' * 200
    text = f"{HEAD}.method m()V\n.locals 1\ngoto :end\n{filler}:end\nreturn-void\n.end method\n"
    dex = read(assembled(text))
    assert dex.instructions["opcode"][0] == 0x29
    assert int(dex.methods["code_units"][0]) == 2 + 400 + 1


def test_registers_beyond_the_short_forms_take_the_long_ones() -> None:
    span = Span(0, 1)
    body = Body(
        300,
        (
            Instruction("move", (17, 280), span),
            Instruction("const/4", (20,), span, literal=100_000),
            Instruction("invoke-static", (20, 21), span, reference="Lp/C;->m(II)V"),
            Instruction("return-void", (), span),
        ),
    )
    method = ListedMethod("m", "(II)V", 8, body, (), span)
    one = ListedClass("Lp/C;", None, (), 1, None, (), (method,), (), span)
    dex = read(assemble([(0, Listing((one,)))]))
    assert dex.instructions["opcode"].tolist() == [0x02, 0x14, 0x77, 0x0E]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("goto :nowhere", "no label"),
        ("const/4 v0, 0x123456789", "do not fit"),
        ("invoke-static {v0}, not a method", "names no method"),
        ("new-instance v0, Foo", "no type"),
    ],
)
def test_code_that_cannot_be_encoded_is_unread_and_the_method_stays(line: str, says: str) -> None:
    text = f"{HEAD}.method m()V\n.locals 1\n{line}\nreturn-void\n.end method\n"
    assembly = assembled(text)
    ((number, lost),) = assembly.unread
    assert number == 0
    assert says in lost.says
    assert lost.says.startswith("code of m()V")
    assert read(assembly).methods["code_offset"].tolist() == [-1]


def test_a_class_declared_twice_counts_once() -> None:
    text = f"{HEAD}.method m()V\n.locals 0\nreturn-void\n.end method\n"
    assembly = assembled(text, text)
    assert len(read(assembly).classes["type"]) == 1
    assert [number for number, _ in assembly.unread] == [1]


def test_more_names_than_one_file_numbers() -> None:
    texts = [
        f".class Lp/C{part};\n.super Ljava/lang/Object;\n.method m()V\n.locals 1\n"
        + "".join(f'const-string v0, "{part} {number}"\n' for number in range(40_000))
        + "return-void\n.end method\n"
        for part in range(2)
    ]
    assembly = assembled(*texts)
    assert len(assembly.files) == 2
    dex = read(assembly)
    assert len(dex.string_uses["string"]) == 80_000
    assert assembly.unread == ()


def test_superclasses_come_first_whatever_the_order_of_texts() -> None:
    texts = [f".class Lp/{name};\n.super Lp/{above};\n" for name, above in ("AB", "BC", "CA")]
    dex = read(assembled(*texts))
    assert len(dex.classes["type"]) == 3
