from __future__ import annotations

import hashlib

import pytest
from cryptography import x509

from unit.formats.signing.made_signatures import certificate, key
from witnessmark.formats.signing.certificates import read_certificate
from witnessmark.formats.signing.der import read_element
from witnessmark.model.errors import FormatError


def test_lengths_in_every_form() -> None:
    plain = read_element(b"\x04\x02ab")
    padded = read_element(b"\x04\x83\x00\x00\x02ab")
    assert plain.octets() == padded.octets() == b"ab"


def test_indefinite_length_and_pieces() -> None:
    element = read_element(b"\x24\x80\x04\x01a\x04\x01b\x00\x00rest")
    assert element.octets() == b"ab"
    assert element.end == 10


@pytest.mark.parametrize(
    ("encoded", "dotted"),
    [
        (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", "1.2.840.113549.1.7.2"),
        (b"\x06\x03\x55\x04\x03", "2.5.4.3"),
        (b"\x06\x03\x88\x37\x03", "2.999.3"),
    ],
)
def test_object_identifiers(encoded: bytes, dotted: str) -> None:
    assert read_element(encoded).object_id() == dotted


@pytest.mark.parametrize(
    "data",
    [b"", b"\x30", b"\x30\x05ab", b"\x30\x89" + bytes(9), b"\x1f\x01a", b"\x30\x80\x02\x01\x01"],
)
def test_broken_elements_are_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        read_element(data)


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(FormatError, match="deeply"):
        read_element(b"\x30\x80" * 5000)


@pytest.mark.parametrize("kind", ["RSA", "EC", "DSA"])
def test_certificates_read_as_cryptography_reads_them(kind: str) -> None:
    der = certificate(key(kind))
    ours = read_certificate(b"--" + der, 2, len(der), base=10)
    peer = x509.load_der_x509_certificate(der)
    assert ours.record.subject == peer.subject.rfc4514_string()
    assert ours.record.serial == peer.serial_number
    assert ours.record.sha256 == hashlib.sha256(der).hexdigest()
    assert ours.record.not_before == peer.not_valid_before_utc.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert ours.record.offset == 12
    assert ours.may_sign


def test_certificate_with_a_malformed_key_is_read_all_the_same() -> None:
    der = bytearray(certificate(key("EC")))
    at = der.index(b"\x2a\x86\x48\xce\x3d\x02\x01")
    der[at] ^= 0xFF
    ours = read_certificate(bytes(der), 0, len(der))
    assert ours.record.key == "unreadable"
    assert ours.record.subject.startswith("CN=made")
