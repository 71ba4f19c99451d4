"""Shapes stay when classes are renamed, and change when what they do changes."""

from __future__ import annotations

from pathlib import Path

from witnessmark import pipeline
from witnessmark.analyses.embeds._class_shapes import shapes_of
from witnessmark.analyses.embeds._sdk_shapes import find_alike
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.sdk_shapes import ClassShapes, SdkShapes

CLASS = """.class public L{name};
.super Ljava/lang/Thread;
.field private a:L{other};
.field private b:I
.field private c:[L{other};

.method public {method}(L{other};Ljava/lang/String;)Landroid/content/Context;
    .registers 4
    const-string v0, "{text}"
    invoke-virtual {{p2, v0}}, Ljava/lang/String;->indexOf(Ljava/lang/String;)I
    invoke-static {{}}, Ljava/lang/System;->gc()V
    invoke-virtual {{p0}}, L{name};->{method}2()V
    const/4 v0, 0x0
    return-object v0
.end method

.method public {method}2()V
    .registers 1
    return-void
.end method
"""
OTHER = ".class public L{other};\n.super Ljava/lang/Object;\n"


def shapes(folder: Path, **named: str) -> set[tuple[int, int]]:
    folder.mkdir()
    for key, text in (("name", CLASS), ("other", OTHER)):
        file = folder / f"{named[key].rpartition('/')[2]}.smali"
        file.write_text(text.format(**named))
    facts = pipeline.read_app([folder])
    row = facts.class_by_name(named["name"].replace("/", "."))
    found = shapes_of(facts, [row])
    return set(zip(found.shapes.tolist(), found.kinds.tolist(), strict=True))


def test_names_do_not_matter(tmp_path: Path) -> None:
    before = shapes(
        tmp_path / "a", name="org/lib/Job", other="org/lib/Part", method="run", text="told"
    )
    after = shapes(tmp_path / "b", name="a/b/c", other="a/b/d", method="a", text="told")
    assert before == after
    assert {chr(kind) for _, kind in before} == {"t", "c", "m"}


def test_what_it_does_matters(tmp_path: Path) -> None:
    before = shapes(tmp_path / "a", name="a/b/c", other="a/b/d", method="a", text="told")
    after = shapes(tmp_path / "b", name="a/b/c", other="a/b/d", method="a", text="else")
    assert {chr(kind) for _, kind in before - after} == {"t", "m"}


def test_the_pack_is_what_its_tool_makes() -> None:
    packs = load(["sdk_shapes"]).entries("sdk_shapes", SdkShapes)
    sdks = {sdk.id for sdk in load(["sdks"]).pack("sdks")}
    assert {pack.id for pack in packs} <= sdks
    whose: dict[int, set[str]] = {}
    for pack in packs:
        for one in pack.each():
            assert isinstance(one, ClassShapes)
            assert all(mask < 1 << len(pack.versions) for mask, _ in one.shapes)
            for _, some in one.shapes:
                for shape in some:
                    whose.setdefault(shape, set()).add(pack.id)
    assert [shape for shape, ids in whose.items() if len(ids) > 1] == []


def test_nothing_is_looked_at_where_names_were_left(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    shapes(folder, name="org/lib/Job", other="org/lib/Part", method="run", text="told")
    facts = pipeline.read_app([folder])
    assert find_alike(facts, (), []) == {}
