"""Configurations (``ResTable_config``): for which locale and device a value is meant."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from msgspec import Struct

from witnessmark.model.location import Span

FULL_SIZE = 64
FIELDS = struct.Struct("<I HH 2s2s BBH BBBB HH HH BBH HH 4s8s BBH B8s 3x")
ORIENTATIONS = {1: "port", 2: "land", 3: "square"}
TOUCHSCREENS = {1: "notouch", 2: "stylus", 3: "finger"}
DENSITIES = {
    120: "ldpi", 160: "mdpi", 213: "tvdpi", 240: "hdpi", 320: "xhdpi", 480: "xxhdpi",
    640: "xxxhdpi", 0xFFFE: "anydpi", 0xFFFF: "nodpi",
}  # fmt: skip
KEYBOARDS = {1: "nokeys", 2: "qwerty", 3: "12key"}
NAVIGATIONS = {1: "nonav", 2: "dpad", 3: "trackball", 4: "wheel"}
KEYS_HIDDEN = {1: "keysexposed", 2: "keyshidden", 3: "keyssoft"}
NAV_HIDDEN = {1: "navexposed", 2: "navhidden"}
SIZES = {1: "small", 2: "normal", 3: "large", 4: "xlarge"}
LONGS = {1: "notlong", 2: "long"}
DIRECTIONS = {1: "ldltr", 2: "ldrtl"}
ROUNDS = {1: "notround", 2: "round"}
UI_MODES = {
    2: "desk", 3: "car", 4: "television", 5: "appliance", 6: "watch", 7: "vrheadset",
}  # fmt: skip
NIGHTS = {1: "notnight", 2: "night"}
GAMUTS = {1: "nowidecg", 2: "widecg"}
RANGES = {1: "lowdr", 2: "highdr"}
GENDERS = {1: "neuter", 2: "feminine", 3: "masculine"}


class Config(Struct, frozen=True):
    """One configuration.

    ``qualifiers``  the folder suffix that would produce it, e.g. ``zh-rCN-hdpi-v21``; empty for
                    the default.
    ``language``, ``script``, ``region``, ``variant``  parts of the locale, empty where unsaid.
    ``sdk``         least platform version, 0 for any.
    ``breadth``     number of qualifiers other than locale and platform version: fewer is wider.
    ``span``        the record where it first stands.
    """

    qualifiers: str
    language: str
    script: str
    region: str
    variant: str
    numbering: str
    sdk: int
    breadth: int
    span: Span

    @property
    def locale(self) -> str:
        """The locale as a BCP 47 tag, e.g. ``zh-Hans-CN``; empty for any locale."""
        tag = "-".join(
            part for part in (self.language, self.script, self.region, self.variant) if part
        )
        return f"{tag}-u-nu-{self.numbering}" if self.numbering else tag


class _Fields(Struct, frozen=True):
    """``ResTable_config`` field by field; absent ones are 0."""

    size: int
    mcc: int
    mnc: int
    language: bytes
    country: bytes
    orientation: int
    touchscreen: int
    density: int
    keyboard: int
    navigation: int
    input_flags: int
    gender: int
    screen_width: int
    screen_height: int
    sdk: int
    minor: int
    screen_layout: int
    ui_mode: int
    smallest_width_dp: int
    width_dp: int
    height_dp: int
    script: bytes
    variant: bytes
    screen_layout2: int
    colour_mode: int
    pad: int
    script_was_computed: int
    numbering: bytes


def read_config(raw: bytes, span: Span) -> Config:
    """The configuration in ``raw``, of any length: older build tools wrote fewer fields."""
    fields = _Fields(*FIELDS.unpack(raw[:FULL_SIZE].ljust(FULL_SIZE, b"\0")))
    language = _subtag(fields.language, ord("a"))
    region = _subtag(fields.country, ord("0"))
    script = "" if fields.script_was_computed else _letters(fields.script)
    variant, numbering = _letters(fields.variant), _letters(fields.numbering)
    version = _version(fields)
    others_before = [f"mcc{fields.mcc}"] * bool(fields.mcc) + _mnc(fields)
    others_after = _screen(fields) + _input(fields)
    folder = _locale_folder(language, script, region, variant, numbering)
    qualifiers = [*others_before, *folder, *others_after, *version]
    return Config(
        "-".join(qualifiers),
        language,
        script,
        region,
        variant,
        numbering,
        fields.sdk,
        len(others_before) + len(others_after),
        span,
    )


def _mnc(fields: _Fields) -> list[str]:
    if not fields.mnc:
        return []
    return ["mnc00" if fields.mnc == 0xFFFF else f"mnc{fields.mnc}"]


def _version(fields: _Fields) -> list[str]:
    if not fields.sdk and not fields.minor:
        return []
    return [f"v{fields.sdk}.{fields.minor}" if fields.minor else f"v{fields.sdk}"]


def _subtag(two: bytes, base: int) -> str:
    """A language or region: two letters, or three packed by five bits when the top bit is set."""
    if not two[0] & 0x80:
        return _letters(two)
    first, second = two
    places = (second & 0x1F, (second >> 5) | ((first & 0x03) << 3), (first & 0x7C) >> 2)
    return _letters(bytes(base + place for place in places))


def _letters(raw: bytes) -> str:
    """ASCII letters and digits up to the first zero; anything else, never valid, as ``xNN``."""
    kept = raw.partition(b"\0")[0]
    return "".join(
        chr(byte) if byte < 0x80 and chr(byte).isalnum() else f"x{byte:02x}" for byte in kept
    )


def _locale_folder(
    language: str, script: str, region: str, variant: str, numbering: str
) -> list[str]:
    """``zh-rCN``, or ``b+zh+Hans+CN`` when the older form cannot say it."""
    if not language:
        return [f"r{region}"] if region else []
    if not (script or variant or numbering):
        return [f"{language}-r{region}" if region else language]
    parts = ["b", language, script, region, variant]
    if numbering:
        parts += ["u", "nu", numbering]
    return ["+".join(part for part in parts if part)]


def _named(names: Mapping[int, str], number: int, fallback: str) -> list[str]:
    if not number:
        return []
    return [names.get(number, f"{fallback}{number}")]


def _screen(fields: _Fields) -> list[str]:
    """Qualifiers from grammatical gender to density, in the order in which folders have them."""
    layout, second, colour = fields.screen_layout, fields.screen_layout2, fields.colour_mode
    return [
        *_named(GENDERS, fields.gender & 0x03, "gender"),
        *_named(DIRECTIONS, layout >> 6, "layoutDir"),
        *([f"sw{fields.smallest_width_dp}dp"] if fields.smallest_width_dp else []),
        *([f"w{fields.width_dp}dp"] if fields.width_dp else []),
        *([f"h{fields.height_dp}dp"] if fields.height_dp else []),
        *_named(SIZES, layout & 0x0F, "screenLayoutSize"),
        *_named(LONGS, (layout >> 4) & 0x03, "screenLayoutLong"),
        *_named(ROUNDS, second & 0x03, "screenRound"),
        *_named(GAMUTS, colour & 0x03, "wideColorGamut"),
        *_named(RANGES, (colour >> 2) & 0x03, "hdr"),
        *_named(ORIENTATIONS, fields.orientation, "orientation"),
        *_named(UI_MODES, fields.ui_mode & 0x0F, "uiModeType"),
        *_named(NIGHTS, (fields.ui_mode >> 4) & 0x03, "uiModeNight"),
        *([DENSITIES.get(fields.density, f"{fields.density}dpi")] if fields.density else []),
    ]


def _input(fields: _Fields) -> list[str]:
    """Qualifiers from touch screen to screen size in pixels."""
    flags = fields.input_flags
    size = f"{fields.screen_width}x{fields.screen_height}"
    return [
        *_named(TOUCHSCREENS, fields.touchscreen, "touchscreen"),
        *_named(KEYS_HIDDEN, flags & 0x03, "keysHidden"),
        *_named(KEYBOARDS, fields.keyboard, "keyboard"),
        *_named(NAV_HIDDEN, (flags >> 2) & 0x03, "navHidden"),
        *_named(NAVIGATIONS, fields.navigation, "navigation"),
        *([size] if fields.screen_width or fields.screen_height else []),
    ]
