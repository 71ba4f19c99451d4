from __future__ import annotations

import pytest

from unit.formats.chunks import builder
from witnessmark.formats.arsc import Config
from witnessmark.formats.arsc.config import read_config
from witnessmark.model.location import Span


def read(raw: bytes) -> Config:
    return read_config(raw, Span(0, len(raw)))


@pytest.mark.parametrize(
    ("fields", "qualifiers", "locale"),
    [
        ({}, "", ""),
        (
            {"language": b"zh", "country": b"CN", "density": 240, "sdk": 21},
            "zh-rCN-hdpi-v21",
            "zh-CN",
        ),
        ({"language": b"zh", "country": b"CN", "script": b"Hans"}, "b+zh+Hans+CN", "zh-Hans-CN"),
        ({"language": b"\xad\x05"}, "fil", "fil"),
        ({"language": b"es", "country": b"\xa4\x24"}, "es-r419", "es-419"),
        ({"language": b"en", "variant": b"posix"}, "b+en+posix", "en-posix"),
        ({"language": b"ar", "numbering": b"latn"}, "b+ar+u+nu+latn", "ar-u-nu-latn"),
        ({"mcc": 310, "mnc": 4}, "mcc310-mnc4", ""),
        ({"mcc": 310, "mnc": 0xFFFF}, "mcc310-mnc00", ""),
        (
            {"screen_layout": 0x83, "smallest": 600, "width_dp": 720},
            "ldrtl-sw600dp-w720dp-large",
            "",
        ),
        ({"orientation": 2, "ui_mode": 0x23}, "land-car-night", ""),
        ({"screen_layout2": 2, "colour": 0x0A}, "round-widecg-highdr", ""),
        ({"density": 0xFFFE, "sdk": 26}, "anydpi-v26", ""),
        ({"density": 420, "sdk": 21}, "420dpi-v21", ""),
        ({"orientation": 9}, "orientation9", ""),
        ({"language": b"\x01\x02"}, "x01x02", "x01x02"),
    ],
)
def test_qualifiers_and_locale(
    fields: dict[str, int | bytes], qualifiers: str, locale: str
) -> None:
    config = read(builder.config(**fields))
    assert (config.qualifiers, config.locale) == (qualifiers, locale)


@pytest.mark.parametrize("size", [0, 4, 13, 28, 36, 48, 64, 90])
def test_any_length_reads(size: int) -> None:
    raw = builder.config(language=b"de", density=240, sdk=5, script=b"Latn").ljust(90, b"\0")[:size]
    config = read(raw)
    assert config.language == ("de" if size >= 13 else "")


def test_breadth_counts_neither_locale_nor_version() -> None:
    assert read(builder.config(language=b"zh", sdk=21)).breadth == 0
    assert read(builder.config(density=240, orientation=1)).breadth == 2
