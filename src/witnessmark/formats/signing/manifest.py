"""MANIFEST.MF and signature files.

https://docs.oracle.com/javase/8/docs/technotes/guides/jar/jar.html#JAR_Manifest
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

from msgspec import Struct

from witnessmark.formats.patterns import kept_regex

LINE = kept_regex(rb"([^\r\n]*)(\r\n|\n|\r|$)")

ANDROID_DIGESTS = (
    ("SHA-512", "sha512"), ("SHA-384", "sha384"), ("SHA-256", "sha256"), ("SHA1", "sha1"),
)  # fmt: skip
"""Prefix of the attribute and algorithm, strongest first: Android checks the first it finds."""


class Section(Struct, frozen=True):
    """A block of attributes; ``raw`` are its bytes with the blank line that ends it.

    Keys of ``attributes`` are lower-case; the last of equal keys counts.
    """

    attributes: Mapping[bytes, bytes]
    raw: bytes
    offset: int

    @property
    def name(self) -> bytes | None:
        """Entry the section is about; None for the main section and for malformed ones."""
        return self.attributes.get(b"name")

    def digest(self, suffix: str) -> tuple[str, bytes] | None:
        """Algorithm and value of the strongest ``<algorithm><suffix>`` attribute.

        A value that is no base64 comes as no bytes, which equal no digest.
        """
        for prefix, algorithm in ANDROID_DIGESTS:
            value = self.attributes.get((prefix + suffix).lower().encode())
            if value is not None:
                try:
                    return algorithm, base64.b64decode(value, validate=True)
                except binascii.Error:
                    return algorithm, b""
        return None


def read_sections(data: bytes) -> list[Section]:
    """All sections in order, the main one first, even where it is empty."""
    sections: list[Section] = []
    lines: list[bytearray] = []
    start = at = 0
    while at < len(data):
        match = LINE.match(data, at)
        if match is None:
            break
        line, ending = match.groups()
        if not line and not lines:
            start = match.end()
            if not sections:
                sections.append(Section({}, b"", 0))
        elif not line:
            sections.append(_section(lines, data[start : match.end()], start))
            lines = []
            start = match.end()
        else:
            _append(lines, line)
        at = match.end()
        if not ending:
            break
    if lines:
        sections.append(_section(lines, data[start:at], start))
    return sections or [Section({}, b"", 0)]


def _append(lines: list[bytearray], line: bytes) -> None:
    """A line that begins with a space continues the one before."""
    if line[:1] == b" " and lines:
        lines[-1] += line[1:]
    else:
        lines.append(bytearray(line))


def _section(lines: list[bytearray], raw: bytes, offset: int) -> Section:
    attributes: dict[bytes, bytes] = {}
    for line in lines:
        key, colon, value = bytes(line).partition(b":")
        if colon:
            attributes[key.strip().lower()] = value.removeprefix(b" ")
    return Section(attributes, raw, offset)
