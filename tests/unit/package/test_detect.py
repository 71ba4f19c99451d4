from __future__ import annotations

import random

import pytest

from witnessmark.package.detect import HEAD, detect_type, looks_random, table_rows

SIGNATURES = [row for row in table_rows("file_types.csv") if row["example"]]
TEXTS = list(table_rows("text_types.csv"))
NAMES = list(table_rows("name_types.csv"))


@pytest.mark.parametrize("row", SIGNATURES, ids=lambda row: f"{row['type']}-{row['magic']}")
def test_signature_takes_its_example_and_leaves_its_look_alike(row: dict[str, str]) -> None:
    assert detect_type(bytes.fromhex(row["example"])) == row["type"]
    assert detect_type(bytes.fromhex(row["counter"])) != row["type"]


@pytest.mark.parametrize("row", TEXTS, ids=lambda row: row["type"])
def test_text_pattern_takes_its_example_and_leaves_its_look_alike(row: dict[str, str]) -> None:
    assert detect_type(row["example"].encode()) == row["type"]
    assert detect_type(row["counter"].encode()) != row["type"]


@pytest.mark.parametrize("row", NAMES, ids=lambda row: f"{row['ending']}-{row['of']}")
def test_name_decides_only_where_content_cannot(row: dict[str, str]) -> None:
    content = b"some words" if row["of"] == "text" else b"\x00\x01\x02\x80"
    assert detect_type(content, f"a/b{row['ending'].upper()}") == row["type"]
    assert detect_type(b"\x89PNG\r\n\x1a\n", f"a{row['ending']}") == "png"


@pytest.mark.parametrize("table", ["file_types.csv", "text_types.csv", "name_types.csv"])
def test_every_row_names_its_source(table: str) -> None:
    assert all(row["source"] for row in table_rows(table))


def test_tar_is_told_by_its_late_signature() -> None:
    assert detect_type(bytes(257) + b"ustar\0") == "tar"


def test_nothing_is_empty_and_noise_is_unknown() -> None:
    assert detect_type(b"") == "empty"
    assert detect_type(b"\x00\x01\x02\x03") == "unknown"


def test_a_character_cut_at_the_end_of_the_head_is_no_flaw() -> None:
    head = ("居民信息" * HEAD).encode()[:HEAD]
    assert detect_type(head, whole=False) == "text"
    assert detect_type(head, whole=True) == "unknown"


def test_only_evenly_spread_bytes_look_random() -> None:
    assert looks_random(random.Random(1).randbytes(8192))
    assert not looks_random(b"words that mean something " * 400)
    assert not looks_random(random.Random(1).randbytes(100)), "too few to tell"
