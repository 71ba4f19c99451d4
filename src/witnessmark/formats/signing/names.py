"""Distinguished names as text: RFC 4514 (https://www.rfc-editor.org/rfc/rfc4514)."""

from __future__ import annotations

from witnessmark.formats.signing.der import SEQUENCE, SET, Element, child

SHORT_NAMES = {
    "2.5.4.3": "CN",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.6": "C",
    "2.5.4.9": "STREET",
    "0.9.2342.19200300.100.1.25": "DC",
    "0.9.2342.19200300.100.1.1": "UID",
    "1.2.840.113549.1.9.1": "emailAddress",
}
TEXT_ENCODINGS = {0x0C: "utf-8", 0x1C: "utf-32-be", 0x1E: "utf-16-be"}
"""UTF8String, UniversalString, BMPString; every other string type is read as Latin-1."""


def name_text(name: Element) -> str:
    """A Name, its most specific part first, as RFC 4514 has it."""
    parts = [
        "+".join(_attribute(pair) for pair in part.expect(SET).children())
        for part in name.expect(SEQUENCE).children()
    ]
    return ",".join(reversed(parts))


def canonical(text: str) -> str:
    """A name for comparison: RFC 4518 ignores case and the amount of white space.

    Which string type a part has does not matter either, and signers do change it.
    """
    return " ".join(text.casefold().split())


def _attribute(pair: Element) -> str:
    kind = child(pair.expect(SEQUENCE), 0).object_id()
    value = child(pair, 1)
    encoding = TEXT_ENCODINGS.get(value.tag, "latin-1")
    try:
        text = value.content.decode(encoding)
    except UnicodeDecodeError:
        text = value.content.decode("latin-1")
    return f"{SHORT_NAMES.get(kind, kind)}={_escape(text)}"


def _escape(text: str) -> str:
    escaped = "".join(f"\\{char}" if char in '\\",+;<>' else char for char in text)
    escaped = escaped.replace("\0", "\\00")
    if escaped[:1] in ("#", " "):
        escaped = "\\" + escaped
    if escaped.endswith(" ") and len(text) > 1:
        escaped = escaped[:-1] + "\\ "
    return escaped
