"""Signed data as v1 signatures hold it: RFC 5652, section 5, and PKCS #7 version 1.5.

How Android judges it: since version 7.0 any one of several SignerInfos suffices, yet one with
malformed signed attributes spoils all.
"""

from __future__ import annotations

import hashlib

from msgspec import Struct

from witnessmark.formats.signing.certificates import ReadCertificate, read_certificate
from witnessmark.formats.signing.der import (
    CONTEXT_0,
    SEQUENCE,
    SET,
    Element,
    child,
    read_element,
)
from witnessmark.formats.signing.keys import (
    Padding,
    UncheckableError,
    load_key,
    signature_holds,
)
from witnessmark.formats.signing.names import canonical, name_text
from witnessmark.model.errors import FormatError

SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
MOST_SIGNER_INFOS = 64

DIGESTS = {
    "1.2.840.113549.2.5": "MD5",
    "1.3.14.3.2.26": "SHA-1",
    "2.16.840.1.101.3.4.2.4": "SHA-224",
    "2.16.840.1.101.3.4.2.1": "SHA-256",
    "2.16.840.1.101.3.4.2.2": "SHA-384",
    "2.16.840.1.101.3.4.2.3": "SHA-512",
}
SIGNATURES: dict[str, tuple[str, str]] = {
    "1.2.840.113549.1.1.1": ("RSA", ""),
    "1.2.840.113549.1.1.4": ("RSA", "MD5"),
    "1.2.840.113549.1.1.5": ("RSA", "SHA-1"),
    "1.2.840.113549.1.1.14": ("RSA", "SHA-224"),
    "1.2.840.113549.1.1.11": ("RSA", "SHA-256"),
    "1.2.840.113549.1.1.12": ("RSA", "SHA-384"),
    "1.2.840.113549.1.1.13": ("RSA", "SHA-512"),
    "1.2.840.10040.4.1": ("DSA", ""),
    "1.2.840.10040.4.3": ("DSA", "SHA-1"),
    "2.16.840.1.101.3.4.3.1": ("DSA", "SHA-224"),
    "2.16.840.1.101.3.4.3.2": ("DSA", "SHA-256"),
    "1.2.840.10045.2.1": ("EC", ""),
    "1.2.840.10045.4.1": ("EC", "SHA-1"),
    "1.2.840.10045.4.3.1": ("EC", "SHA-224"),
    "1.2.840.10045.4.3.2": ("EC", "SHA-256"),
    "1.2.840.10045.4.3.3": ("EC", "SHA-384"),
    "1.2.840.10045.4.3.4": ("EC", "SHA-512"),
}
"""Kind of key and digest, where the identifier names one, of what Android accepts."""


class SignedData(Struct, frozen=True):
    """A PKCS #7 container: its content type, certificates and SignerInfos."""

    content_type: str
    certificates: tuple[ReadCertificate, ...]
    signer_infos: tuple[SignerInfo, ...]


class SignerInfo(Struct, frozen=True):
    """One SignerInfo; the issuer in `canonical` form, identifiers dotted.

    ``attributes`` are the signed ones, if any.
    """

    issuer: str
    serial: int
    digest_id: str
    signature_id: str
    attributes: Element | None
    signature: bytes

    @property
    def algorithm(self) -> str:
        """Digest and key in words."""
        kind = SIGNATURES.get(self.signature_id, (self.signature_id, ""))[0]
        return f"{kind} with {DIGESTS.get(self.digest_id, self.digest_id)}"


def read_signed_data(data: bytes, member: str) -> SignedData:
    """The SignedData in ``data``; raises `FormatError` where it is none."""
    outer = read_element(data).expect(SEQUENCE)
    if child(outer, 0).object_id() != SIGNED_DATA:
        raise FormatError("the signature file holds no PKCS #7 signed data", outer.start)
    parts = child(child(outer, 1).expect(CONTEXT_0), 0).expect(SEQUENCE).children()
    if len(parts) < 4:
        raise FormatError("the signed data lacks required parts", outer.start)
    content_type = child(parts[2], 0).object_id()
    certificates: list[ReadCertificate] = []
    for part in parts[3:-1]:
        if part.tag == CONTEXT_0:
            certificates.extend(
                read_certificate(data, one.start, one.end - one.start, member=member)
                for one in part.children()
            )
    infos = parts[-1].expect(SET).children()
    if not 0 < len(infos) <= MOST_SIGNER_INFOS:
        raise FormatError(f"{len(infos)} SignerInfos", parts[-1].start)
    return SignedData(content_type, tuple(certificates), tuple(_signer_info(one) for one in infos))


def _signer_info(element: Element) -> SignerInfo:
    parts = element.expect(SEQUENCE).children()
    if len(parts) < 5:
        raise FormatError("a SignerInfo lacks required parts", element.start)
    _, identifier, digest, *rest = parts
    attributes = rest.pop(0) if rest[0].tag == CONTEXT_0 else None
    if len(rest) < 2:
        raise FormatError("a SignerInfo lacks required parts", element.start)
    return SignerInfo(
        canonical(name_text(child(identifier.expect(SEQUENCE), 0))),
        child(identifier, 1).integer(),
        child(digest, 0).object_id(),
        child(rest[0], 0).object_id(),
        attributes,
        rest[1].octets(),
    )


def find_signer(signed: SignedData, message: bytes) -> tuple[ReadCertificate, SignerInfo] | None:
    """The certificate whose key signed ``message``, or None where no SignerInfo verifies.

    Raises `FormatError` where Android refuses the whole, `UncheckableError` where it cannot
    be told.
    """
    doubt: UncheckableError | None = None
    for info in signed.signer_infos:
        try:
            certificate = _verify(signed, info, message)
        except UncheckableError as problem:
            doubt = doubt or problem
            continue
        if certificate is not None:
            return certificate, info
    if doubt is not None:
        raise doubt
    return None


def _verify(signed: SignedData, info: SignerInfo, message: bytes) -> ReadCertificate | None:
    certificate = next(
        (
            one
            for one in signed.certificates
            if one.record.serial == info.serial and canonical(one.record.issuer) == info.issuer
        ),
        None,
    )
    if certificate is None:
        return None
    if not certificate.may_sign:
        raise FormatError("the certificate's key usage forbids signatures", 0)
    kind, digest = _algorithm(info)
    candidates = [message]
    if info.attributes is not None:
        if not _attributes_hold(signed, info, info.attributes, message):
            return None
        candidates = _attribute_encodings(info.attributes)
    key = load_key(certificate.public_key)
    pad: Padding = "pkcs1" if kind == "RSA" else ""
    for candidate in candidates:
        if signature_holds(key, kind, pad, digest, info.signature, candidate):
            return certificate
    return None


def _algorithm(info: SignerInfo) -> tuple[str, str]:
    """Kind of key, and digest of the signature."""
    digest = DIGESTS.get(info.digest_id)
    kind, named = SIGNATURES.get(info.signature_id, ("", ""))
    if digest is None or not kind:
        raise FormatError(f"no Android version accepts {info.algorithm}", 0)
    if named and named != digest:
        raise FormatError(f"the digests disagree: {digest} and {named}", 0)
    if kind == "DSA" and digest in ("MD5", "SHA-384", "SHA-512"):
        raise FormatError(f"no Android version accepts {info.algorithm}", 0)
    return kind, digest


def _attributes_hold(
    signed: SignedData, info: SignerInfo, attributes: Element, message: bytes
) -> bool:
    """Whether content type and message digest are those of the content."""
    values: dict[str, list[Element]] = {}
    for attribute in attributes.children():
        kind = child(attribute, 0).object_id()
        if kind in values:
            raise FormatError(f"the signed attribute {kind} is given twice", attribute.start)
        values[kind] = child(attribute, 1).expect(SET).children()
    for kind, name in ((CONTENT_TYPE, "content type"), (MESSAGE_DIGEST, "message digest")):
        if len(values.get(kind, ())) != 1:
            raise FormatError(f"the signed attributes hold no single {name}", attributes.start)
    if values[CONTENT_TYPE][0].object_id() != signed.content_type:
        return False
    digest = hashlib.new(DIGESTS[info.digest_id].replace("-", ""), message, usedforsecurity=False)
    return values[MESSAGE_DIGEST][0].octets() == digest.digest()


def _attribute_encodings(attributes: Element) -> list[bytes]:
    """What may have been signed: the SET as it stands, or sorted as DER demands (5.4)."""
    standing = attributes.encoded
    pieces = sorted(piece.encoded for piece in attributes.children())
    header = b"\x31" + standing[1 : attributes.body - attributes.start]
    return [b"\x31" + standing[1:], header + b"".join(pieces)]
