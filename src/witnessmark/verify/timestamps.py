"""A time stamp of a bundle: ``tagmanifest-sha256.txt.tsr``, a reply of a time-stamping authority.

Checked here: that the token speaks of these bytes, that its signed attributes cover its content,
and, for RSA keys, that the certificate inside signed them. Not checked: whether to trust that
certificate; give it to ``openssl ts -verify`` with the authority's root.

Source: RFC 3161, section 2.4.2; RFC 5652, section 5; RFC 8017, section 8.2.2; ITU-T X.690 (DER).
"""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
TST_INFO = bytes.fromhex("2a864886f70d0109100104")
MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
RSA = bytes.fromhex("2a864886f70d010101")
DIGEST_OIDS = {
    bytes.fromhex("608648016503040201"): "sha256", bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512", bytes.fromhex("2b0e03021a"): "sha1",
}  # fmt: skip
DIGEST_PREFIX = {
    "sha256": bytes.fromhex("3031300d060960864801650304020105000420"),
    "sha384": bytes.fromhex("3041300d060960864801650304020205000430"),
    "sha512": bytes.fromhex("3051300d060960864801650304020305000440"),
}
SEQUENCE, SET, OID, INTEGER, OCTETS, TIME = 0x30, 0x31, 0x06, 0x02, 0x04, 0x18
EXPLICIT, IMPLICIT_SET = 0xA0, 0xA0


class Der(NamedTuple):
    """One element: its tag, its content, and all of its bytes."""

    tag: int
    content: bytes
    whole: bytes

    def inside(self) -> "list[Der]":
        """The elements that it holds."""
        return list(der_elements(self.content))


class Stamp(NamedTuple):
    """Time as the token tells it, and whether its signature was checked and holds."""

    time: str
    signature: str


def der_elements(data: bytes) -> "Iterator[Der]":
    """Elements one after another; ValueError for bytes that are no DER."""
    at = 0
    while at < len(data):
        if at + 2 > len(data):
            raise ValueError("an element is cut off")
        tag, length, body = data[at], data[at + 1], at + 2
        if length & 0x80:
            count = length & 0x7F
            if not 1 <= count <= 4 or body + count > len(data):
                raise ValueError("a length makes no sense")
            length = int.from_bytes(data[body : body + count], "big")
            body += count
        if body + length > len(data):
            raise ValueError("an element is cut off")
        yield Der(tag, data[body : body + length], data[at : body + length])
        at = body + length


def time_stamp(reply: bytes, message: bytes) -> Stamp:
    """What a reply says of ``message``; ValueError when it is malformed or of other bytes."""
    try:
        return _stamp(reply, message)
    except (IndexError, UnicodeDecodeError, StopIteration):
        raise ValueError("it is not a time-stamp reply as RFC 3161 has it") from None


def _stamp(reply: bytes, message: bytes) -> Stamp:
    outer = _one(reply).inside()
    token = outer[1] if outer[0].tag == SEQUENCE else _one(reply)
    kind, wrapped = token.inside()[:2]
    if kind.content != SIGNED_DATA:
        raise ValueError("it holds no signed data")
    signed = wrapped.inside()[0].inside()
    encapsulated = signed[2].inside()
    if encapsulated[0].content != TST_INFO:
        raise ValueError("its content is no time stamp")
    content = encapsulated[1].inside()[0].content
    info = _one(content).inside()
    algorithm, imprint = info[2].inside()
    name = DIGEST_OIDS.get(algorithm.inside()[0].content, "")
    if name not in ("sha256", "sha384", "sha512"):
        raise ValueError("its imprint is by a hash that is not accepted here")
    if hashlib.new(name, message).digest() != imprint.content:
        raise ValueError("it is the stamp of other bytes")
    time = next(one for one in info if one.tag == TIME).content.decode("ascii")
    certificates = [one for part in signed[3:-1] if part.tag == EXPLICIT for one in part.inside()]
    return Stamp(time, _signature_state(signed[-1].inside()[0].inside(), content, certificates))


def _signature_state(signer: "list[Der]", content: bytes, certificates: "list[Der]") -> str:
    """``holds``, or a word on why it was not checked; ValueError when it does not hold."""
    digest_name = DIGEST_OIDS.get(signer[2].inside()[0].content, "")
    attributes = next((one for one in signer[3:] if one.tag == IMPLICIT_SET), None)
    if attributes is None or digest_name not in DIGEST_PREFIX:
        return "not checked: its form is not known here"
    stated = [
        one.inside()[1].inside()[0].content
        for one in attributes.inside()
        if one.inside()[0].content == MESSAGE_DIGEST
    ]
    if stated != [hashlib.new(digest_name, content).digest()]:
        raise ValueError("its signed attributes do not cover its content")
    signed = bytes([SET]) + attributes.whole[1:]
    value = signer[-1].content if signer[-1].tag == OCTETS else signer[-2].content
    keys = [key for one in certificates if (key := _rsa_key(one)) is not None]
    if not keys:
        return "not checked: no certificate with an RSA key is inside"
    if any(_rsa_holds(key, digest_name, signed, value) for key in keys):
        return "holds"
    raise ValueError("no certificate inside made its signature")


def _rsa_key(certificate: Der) -> "tuple[int, int] | None":
    """Modulus and exponent of an X.509 certificate (RFC 5280, section 4.1)."""
    fields = certificate.inside()[0].inside()
    for field in fields:
        parts = field.inside() if field.tag == SEQUENCE else []
        if len(parts) == 2 and parts[0].tag == SEQUENCE and parts[1].tag == 0x03:
            if parts[0].inside()[0].content != RSA:
                return None
            modulus, exponent = _one(parts[1].content[1:]).inside()
            return int.from_bytes(modulus.content, "big"), int.from_bytes(exponent.content, "big")
    return None


def _rsa_holds(key: "tuple[int, int]", name: str, signed: bytes, signature: bytes) -> bool:
    modulus, exponent = key
    size = (modulus.bit_length() + 7) // 8
    number = int.from_bytes(signature, "big")
    if len(signature) != size or number >= modulus or exponent.bit_length() > 64:
        return False
    digest = DIGEST_PREFIX[name] + hashlib.new(name, signed).digest()
    filled = b"\x00\x01" + b"\xff" * (size - len(digest) - 3) + b"\x00" + digest
    return pow(number, exponent, modulus).to_bytes(size, "big") == filled


def _one(data: bytes) -> Der:
    """The first element of ``data``."""
    return next(der_elements(data))
