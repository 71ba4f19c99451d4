"""Colours in words."""

from __future__ import annotations

import colorsys

GREY, DARK, LIGHT = 0.15, 0.2, 0.92
"""Saturation below which a colour is grey; brightness below which it is black; above, white."""

HUES = (
    (15, "red"), (45, "orange"), (70, "yellow"), (165, "green"), (255, "blue"), (290, "purple"),
    (335, "pink"), (361, "red"),
)  # fmt: skip
"""Upper ends of hues, in degrees."""


def colour_name(rgb: int) -> str:
    """A colour of 24 bits as its plain name with its number: ``red (#ff0000)``."""
    red, green, blue = ((rgb >> shift & 0xFF) / 255 for shift in (16, 8, 0))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if value < DARK:
        name = "black"
    elif saturation < GREY:
        name = "white" if value > LIGHT else "grey"
    else:
        name = next(word for end, word in HUES if hue * 360 < end)
    return f"{name} (#{rgb:06x})"
