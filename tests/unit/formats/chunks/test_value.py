from __future__ import annotations

import pytest

from witnessmark.formats.chunks import ValueType, value_text


@pytest.mark.parametrize(
    ("kind", "data", "written"),
    [
        (ValueType.NULL, 0, "@null"),
        (ValueType.NULL, 1, "@empty"),
        (ValueType.REFERENCE, 0x7F010001, "@0x7f010001"),
        (ValueType.REFERENCE, 0, "@null"),
        (ValueType.ATTRIBUTE, 0x01010041, "?0x01010041"),
        (ValueType.FLOAT, 0x3DCCCCCD, "0.1"),
        (ValueType.FLOAT, 0x7F7FFFFF, "3.4028235e+38"),
        (ValueType.DIMENSION, 0x00001001, "16.0dp"),
        (ValueType.DIMENSION, 0xFFFFFD01, "-3.0dp"),
        (ValueType.DIMENSION, 0x00000802, "8.0sp"),
        (ValueType.DIMENSION, 0x0000100F, "16.0(unit 15)"),
        (ValueType.FRACTION, 0x40000030, "50.0%"),
        (ValueType.FRACTION, 0x40000031, "50.0%p"),
        (ValueType.INT_DEC, 0xFFFFFFFE, "-2"),
        (ValueType.INT_HEX, 0x00000DA0, "0xda0"),
        (ValueType.INT_BOOLEAN, 0xFFFFFFFF, "true"),
        (ValueType.INT_BOOLEAN, 0, "false"),
        (ValueType.COLOR_ARGB8, 0x80FF0000, "#80ff0000"),
        (ValueType.COLOR_RGB8, 0xFFFF0000, "#ff0000"),
        (ValueType.COLOR_ARGB4, 0x11223344, "#1234"),
        (ValueType.COLOR_RGB4, 0xFF223344, "#234"),
        (0x7E, 5, "0x7e:0x00000005"),
    ],
)
def test_values_read_as_in_source(kind: int, data: int, written: str) -> None:
    assert value_text(kind, data) == written


def test_a_string_is_its_text() -> None:
    assert value_text(ValueType.STRING, 4, "姓名") == "姓名"
    assert value_text(ValueType.STRING, 4) == ""
