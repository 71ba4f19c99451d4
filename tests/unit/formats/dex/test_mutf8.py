"""Text as dex files spell it."""

import pytest

from witnessmark.formats.dex.mutf8 import decode_mutf8, encode_mutf8


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("", b""),
        ("plain", b"plain"),
        ("a\0b", b"a\xc0\x80b"),
        ("中", b"\xe4\xb8\xad"),
        ("\U0001f600", b"\xed\xa0\xbd\xed\xb8\x80"),
        ("\ud83d", b"\xed\xa0\xbd"),
        ("\ude00\ud83d", b"\xed\xb8\x80\xed\xa0\xbd"),
    ],
)
def test_text_and_bytes_are_one_to_one(text: str, spelled: bytes) -> None:
    assert encode_mutf8(text) == spelled
    assert decode_mutf8(spelled) == text
    assert decode_mutf8(memoryview(spelled)) == text


@pytest.mark.parametrize(
    ("spelled", "text"),
    [
        (b"\xf0\x9f\x98\x80", "\U0001f600"),
        (b"a\xffb", "a�b"),
        (b"\xe4\xb8", "��"),
        (b"\xe4\xb8A", "��A"),
        (b"\x80", "�"),
        (b"\xc1\x81", "A"),
        (b"\xff\xc0\x80", "�\0"),
        (b"\xff\xed\xa0\xbd\xed\xb8\x80", "�\U0001f600"),
        (b"\xf7\xbf\xbf\xbf", "����"),
    ],
)
def test_other_bytes_are_read_as_far_as_they_go(spelled: bytes, text: str) -> None:
    assert decode_mutf8(spelled) == text
