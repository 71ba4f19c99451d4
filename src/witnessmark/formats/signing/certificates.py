"""X.509 certificates: RFC 5280, section 4.1 (https://www.rfc-editor.org/rfc/rfc5280).

The structure is read by our own DER reader, because Android accepts certificates that strict
parsers refuse (negative serials, lengths that are no DER); keys go to `cryptography`.
"""

from __future__ import annotations

import hashlib
import re

from msgspec import Struct

from witnessmark.formats.signing.der import (
    BIT_STRING,
    CONTEXT_0,
    CONTEXT_3,
    SEQUENCE,
    Element,
    child,
    read_element,
)
from witnessmark.formats.signing.keys import describe_key
from witnessmark.formats.signing.names import name_text
from witnessmark.formats.signing.records import Certificate
from witnessmark.model.errors import FormatError

KEY_USAGE = "2.5.29.15"
UTC_TIME = 0x17
SIGNING_BITS = 0xC0
"""digitalSignature and nonRepudiation, the first two bits of KeyUsage."""


class ReadCertificate(Struct, frozen=True):
    """A certificate with what verification needs of it."""

    record: Certificate
    public_key: bytes
    may_sign: bool


def read_certificate(
    data: bytes, start: int, length: int, base: int = 0, member: str = ""
) -> ReadCertificate:
    """The certificate at ``start`` of ``data``; its record's offset is ``base + start``.

    ``public_key`` is the encoded SubjectPublicKeyInfo. Raises `FormatError` where the bytes
    are no certificate.
    """
    whole = read_element(data, start, start + length).expect(SEQUENCE)
    fields = child(whole, 0).expect(SEQUENCE).children()
    if fields and fields[0].tag == CONTEXT_0:
        fields = fields[1:]
    if len(fields) < 6:
        raise FormatError("the certificate lacks required parts", start)
    serial, _, issuer, validity, subject, key = fields[:6]
    encoded = data[start : start + length]
    record = Certificate(
        subject=name_text(subject),
        issuer=name_text(issuer),
        serial=serial.integer(),
        not_before=_time(child(validity, 0)),
        not_after=_time(child(validity, 1)),
        key=describe_key(key.expect(SEQUENCE).encoded),
        sha256=hashlib.sha256(encoded).hexdigest(),
        sha1=hashlib.sha1(encoded, usedforsecurity=False).hexdigest(),
        md5=hashlib.md5(encoded, usedforsecurity=False).hexdigest(),
        offset=base + start,
        length=length,
        member=member,
    )
    return ReadCertificate(record, key.encoded, _may_sign(fields[6:]))


def _time(element: Element) -> str:
    """UTCTime or GeneralizedTime as ISO 8601; two-digit years as RFC 5280 4.1.2.5.1 has them."""
    text = element.content.decode("latin-1")
    if element.tag == UTC_TIME:
        text = ("19" if text[:2] >= "50" else "20") + text
    match = re.match(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?.*?(Z|[+-]\d{4})?$", text)
    if match is None:
        raise FormatError(f"{text!r} is no time", element.start)
    year, month, day, hour, minute, second, zone = match.groups()
    suffix = "Z" if zone in (None, "Z") else f"{zone[:3]}:{zone[3:]}"
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{suffix}"


def _may_sign(rest: list[Element]) -> bool:
    """Whether KeyUsage, if there is any, allows signatures."""
    for part in rest:
        if part.tag != CONTEXT_3:
            continue
        for extension in child(part, 0).children():
            pieces = extension.children()
            if pieces and pieces[0].object_id() == KEY_USAGE:
                bits = read_element(pieces[-1].octets()).expect(BIT_STRING).content
                return len(bits) > 1 and bool(bits[1] & SIGNING_BITS)
    return True
