"""Smali as it is written by tools and by hand, and what is no smali."""

from __future__ import annotations

import pytest

from witnessmark.formats.listing.model import ArrayData, Handler, ListedMethod, SwitchTable
from witnessmark.formats.smali import read_smali
from witnessmark.model.errors import FormatError

HEAD = ".class public final Lp/C;\n.super Ljava/lang/Object;\n"


def method(body: str, declared: str = ".method public static m(IJ)V") -> ListedMethod:
    listing = read_smali(f"{HEAD}{declared}\n{body}\n.end method\n".encode())
    assert not listing.unread, listing.unread
    (one,) = listing.classes[0].methods
    return one


def body_of(text: str) -> object:
    found = method(text).body
    assert found is not None
    return found


def test_class_head() -> None:
    (one,) = read_smali(
        b'.class public interface abstract Lp/C;\n.super Lp/B;\n.source "C.java"\n'
        b".implements Lp/I;\n\n# interfaces\n.implements Lp/J;\n"
    ).classes
    assert (one.type, one.super_type, one.source_file) == ("Lp/C;", "Lp/B;", "C.java")
    assert (one.interfaces, one.access) == (("Lp/I;", "Lp/J;"), 0x601)


def test_spans_are_bytes_of_the_text() -> None:
    text = (
        f'{HEAD}.method m()V\n  .locals 1\n  const-string v0, "\u8eab\u4efd\u8bc1"  # id\n'.encode()
    )
    body = read_smali(text).classes[0].methods[0].body
    assert body is not None
    (one,) = body.instructions
    assert one.reference == "\u8eab\u4efd\u8bc1"
    assert one.quoted is not None
    assert text[one.quoted.offset : one.quoted.end].decode() == "\u8eab\u4efd\u8bc1"
    assert text[one.span.offset : one.span.end].startswith(b"const-string")


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        (r'"a\tb\n"', "a\tb\n"),
        (r'"\u8eab"', "\u8eab"),
        (r'"\ud83d\ude00"', "\U0001f600"),
        (r'"say \"hi\" # no comment"', 'say "hi" # no comment'),
        (r'"\\u0041"', "\\u0041"),
        (r'"\'"', "'"),
        ('""', ""),
    ],
)
def test_strings(literal: str, text: str) -> None:
    body = method(f".locals 1\nconst-string v0, {literal}").body
    assert body is not None
    assert body.instructions[0].reference == text


def test_registers_of_parameters_count_from_the_end() -> None:
    body = method(".locals 2\nmove p0, v1\nmove-wide v0, p1\nreturn-void").body
    assert body is not None
    assert body.registers == 5
    assert [one.registers for one in body.instructions] == [(2, 1), (0, 3), ()]


def test_ranges_and_lists() -> None:
    body = method(
        ".registers 8\n"
        "invoke-static {v0, v1, p0}, Lp/C;->f(III)V\n"
        "invoke-static/range {v1 .. v4}, Lp/C;->g(IIII)V\n"
        "invoke-static {}, Lp/C;->h()V"
    ).body
    assert body is not None
    assert [one.registers for one in body.instructions] == [(0, 1, 5), (1, 2, 3, 4), ()]
    assert [one.reference for one in body.instructions][2] == "Lp/C;->h()V"


def test_payloads_belong_to_the_instructions_that_point_at_them() -> None:
    body = method(
        ".locals 1\npacked-switch p0, :data\n:one\nreturn-void\n:two\nfill-array-data v0, :array\n"
        "sparse-switch p0, :sparse\nreturn-void\n"
        ":data\n.packed-switch 0x7\n    :one\n    :two\n.end packed-switch\n"
        ":array\n.array-data 2\n    0x1s\n    -0x2s\n.end array-data\n"
        ":sparse\n.sparse-switch\n    0x10 -> :two\n    -0x1 -> :one\n.end sparse-switch\n"
    ).body
    assert body is not None
    payloads = [one.payload for one in body.instructions if one.payload is not None]
    assert payloads == [
        SwitchTable(((7, "one"), (8, "two"))),
        ArrayData(2, (1, -2)),
        SwitchTable(((-1, "one"), (16, "two"))),
    ]
    assert (body.labels["one"], body.labels["two"]) == (1, 2)


def test_handlers_and_lines() -> None:
    body = method(
        ".locals 1\n:try_start\n.line 7\nconst/4 v0, 0x1\n:try_end\n"
        ".catch Ljava/io/IOException; {:try_start .. :try_end} :handler\n"
        ".catchall {:try_start .. :try_end} :handler\n:handler\nmove-exception v0\nreturn-void"
    ).body
    assert body is not None
    assert body.handlers == (
        Handler("try_start", "try_end", "handler", "Ljava/io/IOException;"),
        Handler("try_start", "try_end", "handler", None),
    )
    assert [one.line for one in body.instructions] == [7, 7, 7]


def test_annotations_of_class_field_method_and_parameter() -> None:
    listing = read_smali(
        f"""{HEAD}
.annotation runtime Lp/A;
    names = {{
        "a",
        "b"
    }}
    inner = .subannotation Lp/B;
        level = .enum Lp/L;->HIGH:Lp/L;
    .end subannotation
.end annotation
.field private static f:Ljava/lang/String; = "x"
    .annotation build Lp/F;
    .end annotation
.end field
.field g:I
.method m(I)V
    .locals 0
    .param p1, "age"    # I
        .annotation system Lp/P;
        .end annotation
    .end param
    .annotation runtime Lp/M;
    .end annotation
    return-void
.end method
""".encode()
    )
    assert not listing.unread
    (one,) = listing.classes
    assert [found.type for found in one.annotations] == ["Lp/A;"]
    names, inner = (value for _, value in one.annotations[0].elements)
    assert names.kind == "array"
    assert [item.content for item in names.content] == ["a", "b"]  # type: ignore[union-attr]
    assert inner.content.elements[0][1].content == "Lp/L;->HIGH:Lp/L;"  # type: ignore[union-attr]
    first, second = one.fields
    assert first.value is not None
    assert (first.value.content, [a.type for a in first.annotations]) == ("x", ["Lp/F;"])
    assert second.annotations == ()
    (m,) = one.methods
    assert [a.type for a in m.annotations] == ["Lp/M;"]
    assert [a.type for a in m.parameter_annotations[0]] == ["Lp/P;"]
    assert m.body is not None
    assert m.body.locals == ("age",)


@pytest.mark.parametrize(
    ("value", "kind", "content"),
    [
        ("0x10", "int", 16), ("-0x1L", "long", -1), ("0x7ft", "byte", 127), ("0x1s", "short", 1),
        ("'c'", "char", 99), (r"'\u0041'", "char", 65), ("true", "boolean", True),
        ("1.5f", "float", 1.5), ("-2.0", "double", -2.0), ("Infinityf", "float", float("inf")),
        ("null", "null", None), ("Lp/D;", "type", "Lp/D;"), ("[I", "type", "[I"),
        ("Lp/D;->m(I)V", "method", "Lp/D;->m(I)V"), ("Lp/D;->f:I", "field", "Lp/D;->f:I"),
    ],
)  # fmt: skip
def test_values(value: str, kind: str, content: object) -> None:
    listing = read_smali(f"{HEAD}.field static x:I = {value}\n".encode())
    assert not listing.unread
    found = listing.classes[0].fields[0].value
    assert found is not None
    assert (found.kind, found.content) == (kind, content)


def test_what_cannot_be_read_is_listed_and_the_rest_is_kept() -> None:
    text = (
        f"{HEAD}.nonsense here\n.method m()V\n.locals 1\nfly v0\nconst/4 v0, 0x1\nmove v9, v0\n"
        "return-void\n.end method\n.method n\n.end method\n"
    ).encode()
    listing = read_smali(text)
    (one,) = listing.classes[0].methods
    assert one.body is not None
    assert [found.name for found in one.body.instructions] == ["const/4", "return-void"]
    said = [(text[u.span.offset : u.span.end].decode().split()[0], u.says) for u in listing.unread]
    assert {word for word, _ in said} == {".nonsense", "fly", "move", ".method"}


def test_no_smali() -> None:
    with pytest.raises(FormatError, match="declares no class"):
        read_smali(b"package p; class C {}")
