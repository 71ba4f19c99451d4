"""Strings copied as bytes are the texts that are decoded one by one."""

from __future__ import annotations

import random

import numpy as np

from unit.facts.made_facts import INTAKE
from witnessmark.facts.build import build_facts
from witnessmark.facts.string_bytes import string_column
from witnessmark.facts.tables.code import STRINGS
from witnessmark.facts.text import string_texts
from witnessmark.formats.compiled import interpreted
from witnessmark.formats.dex.image import KERNEL_MODULES
from witnessmark.formats.dex.mutf8 import encode_mutf8
from witnessmark.model.table import Table
from witnessmark.package.open import open_input

HOSTILE = [
    b"\xc0\x80", b"\xed\xa0\xbd\xed\xb8\x80", b"\xed\xa0\xbd", b"\x80", b"\xf0\x9f\x98\x80", b"\xf4\x90\x80\x80",
    b"\xc1\xbf", b"\xe0\x80\x80", b"\xf0\x8f\xbf\xbf", b"\xe2\x82", b"a\xff", b"\xef\xbf\xbd", b"", b"\xf5\x80\x80\x80",
]  # fmt: skip


def table_of(texts: list[bytes], blobs: int) -> tuple[Table, list[bytes]]:
    """A table of strings over several artifacts, the texts of each one behind another."""
    columns: dict[str, list[int]] = {"artifact": [], "offset": [], "length": []}
    contents = []
    share = -(-len(texts) // blobs)
    for artifact in range(blobs):
        content = b"head"
        for text in texts[artifact * share : (artifact + 1) * share]:
            columns["artifact"].append(artifact)
            columns["offset"].append(len(content) if text else -1)
            columns["length"].append(len(text))
            content += text + b"\0"
        contents.append(content)
    rows = zip(*(columns[name] for name in STRINGS.column_names()), strict=True)
    return Table.from_rows(STRINGS, rows), contents


def stored(strings: Table, read: list[bytes]) -> list[str]:
    column = string_column("text", strings, lambda artifact: memoryview(read[artifact]))
    found = [column.one(row).decode("utf-8") for row in range(len(strings))]
    assert [len(text.encode("utf-8")) for text in found] == column.sizes.tolist()
    for first, last in ((0, len(found)), (3, 40), (len(found) - 1, len(found))):
        joined = "".join(found[first:last][::-1])
        assert column.joined(first, last).decode("utf-8") == joined
    return found


def test_all_texts_of_many_artifacts() -> None:
    chance = random.Random(5)
    pieces = [*HOSTILE, *(encode_mutf8(text) for text in ("plain", "Ωμέγα", "字", "😀", "a\0b"))]
    texts = [b"".join(chance.choices(pieces, k=chance.randrange(9))) for _ in range(3000)]
    strings, contents = table_of(texts, 3)
    assert int(strings["length"].sum()) > 24_000
    wanted = string_texts(strings, lambda artifact: memoryview(contents[artifact])).tolist()
    assert stored(strings, contents) == wanted


def test_few_texts_take_the_slow_way() -> None:
    strings, contents = table_of([*HOSTILE * 4, b"plain"], 1)
    wanted = string_texts(strings, lambda artifact: memoryview(contents[artifact])).tolist()
    assert stored(strings, contents) == wanted


def test_kernels_agree_with_python_on_what_is_utf8() -> None:
    run = interpreted(KERNEL_MODULES)
    content = np.frombuffer(b"".join(HOSTILE), dtype=np.uint8)
    sizes = np.array([len(one) for one in HOSTILE], dtype=np.int64)
    at = np.cumsum(sizes) - sizes
    odd = np.zeros(len(at), dtype=np.uint8)
    run.find_odd_texts(content, at, sizes, odd)
    for raw, found in zip(HOSTILE, odd.tolist(), strict=True):
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            assert found
        else:
            assert not found
    out = np.zeros(len(content), dtype=np.uint8)
    assert run.copy_texts(content, at, sizes, out) == 0
    assert out.tobytes() == b"".join(HOSTILE[::-1])


def test_texts_of_an_app() -> None:
    facts = build_facts(open_input([INTAKE]))
    strings = facts.table(STRINGS)
    column = string_column("text", strings, facts.blob)
    found = [column.one(row).decode("utf-8") for row in range(len(strings))]
    assert found == string_texts(strings, facts.blob).tolist()
