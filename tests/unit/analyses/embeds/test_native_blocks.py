"""Files and large blocks of bytes that stand in code as arrays."""

from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark import pipeline
from witnessmark.analyses.embeds.native import NATIVE
from witnessmark.analyses.embeds.sdk import SDK
from witnessmark.analyses.runner import run_analyses
from witnessmark.knowledge.load import load
from witnessmark.model.finding import Finding

ELF = b"\x7fELF\x02\x01\x01" + bytes(57) + b"/data/local/tmp/tool"
SETTINGS = b"\x00\x01" * 600 + b"host=collect"
SMALL = bytes(range(256))

CLASS = """.class public La/Main;
.super Ljava/lang/Object;
.source "Main.java"

.method public static block()[B
    .registers 1
    const/16 v0, {count}
    new-array v0, v0, [B
    fill-array-data v0, :data
    return-object v0
    :data
    .array-data 1
{rows}
    .end array-data
.end method
"""


def found_in(data: bytes, folder: Path) -> list[Finding]:
    rows = "\n".join(f"        {byte - 256 if byte > 127 else byte}t" for byte in data)
    home = folder / "smali" / "a"
    home.mkdir(parents=True)
    text = CLASS.format(count=hex(len(data)), rows=rows)
    (home / "Main.smali").write_text(text, "utf-8")
    facts = pipeline.read_app([folder])
    results = run_analyses(facts, load((*SDK.knows, *NATIVE.knows)), [SDK, NATIVE])
    assert results.crashes == ()
    return [one for one in results.findings if one.subject.get("kind") == "block"]


@pytest.mark.parametrize(
    ("data", "detected", "text"),
    [(ELF, "elf", "/data/local/tmp/tool"), (SETTINGS, "", "host=collect")],
)
def test_blocks_are_told_with_their_texts(
    data: bytes, detected: str, text: str, tmp_path: Path
) -> None:
    (found,) = found_in(data, tmp_path)
    assert found.subject["bytes"] == len(data)
    assert found.subject["detected"] == detected
    assert text in found.subject["texts"]


def test_a_small_table_stays_silent(tmp_path: Path) -> None:
    assert found_in(SMALL, tmp_path) == []
