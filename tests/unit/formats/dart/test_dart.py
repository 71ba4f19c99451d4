"""Texts of compiled Dart: exact ends, both layouts, and nothing where no length stands."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from unit.formats.dart.made_program import TEXTS, clustered, counted, program
from witnessmark.formats.dart import dart_texts

SAMPLES = Path(__file__).with_name("samples")
LATIN = tuple(text for text in TEXTS if all(31 < ord(sign) < 256 for sign in text))


def test_the_samples_are_what_makes_them() -> None:
    assert (SAMPLES / "program.so").read_bytes() == program(clustered(*TEXTS))
    assert (SAMPLES / "other.so").read_bytes() == program(clustered(*TEXTS), "JNI_OnLoad")


def test_clustered_texts_end_where_their_length_says() -> None:
    data = program(clustered(*TEXTS))
    found = dart_texts(data)
    assert [one.text for one in found] == [text for text in TEXTS if text != "\x02"]
    for one in found:
        codec = one.reads_as.replace("utf-16le", "utf-16-le")
        assert data[one.span.offset : one.span.end].decode(codec) == one.text


@pytest.mark.parametrize("is_64", [True, False])
def test_counted_texts(is_64: bool) -> None:
    data = b"\x7fELF" + bytes([2 if is_64 else 1]) + b"\0" * 27 + counted(*LATIN, is_64=is_64)
    assert [one.text for one in dart_texts(data)] == list(LATIN)


def test_letters_without_a_length_are_none() -> None:
    plain = b"\0".join(text.encode("latin-1") for text in LATIN)
    assert dart_texts(b"\x7fELF\x02" + b"\0" * 59 + plain) == ()


def test_few_texts_may_be_chance() -> None:
    assert dart_texts(b"\x7fELF\x02" + b"\0" * 59 + clustered(*LATIN[:6])) == ()


@pytest.mark.parametrize("piece", [b"\x84ab", b"\x82a", b"\x00", b"\xff", b"a" * 40, b"\x7f\x7f"])
def test_hostile_bytes_take_bounded_time(piece: bytes) -> None:
    began = time.process_time()
    dart_texts(piece * ((1 << 18) // len(piece)))
    dart_texts(random.Random(3).randbytes(1 << 18))
    assert time.process_time() - began < 5
