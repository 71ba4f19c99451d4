"""Proof of rotation: earlier certificates of a signer, each vouching for the next.

https://source.android.com/docs/security/features/apksigning/v3#proof-of-rotation-and-self-trusted-old-certs-structs
"""

from __future__ import annotations

from witnessmark.formats.signing.algorithms import ALGORITHMS
from witnessmark.formats.signing.certificates import ReadCertificate, read_certificate
from witnessmark.formats.signing.fields import Fields
from witnessmark.formats.signing.keys import UncheckableError, load_key, signature_holds
from witnessmark.model.errors import FormatError

VERSION = 1


def read_lineage(fields: Fields, base: int) -> tuple[ReadCertificate, ...]:
    """Certificates, oldest first; ``base`` is the file offset of ``fields.data``.

    Raises `FormatError` or `UncheckableError` where a link does not hold.
    """
    start = fields.at
    version = fields.number()
    if version != VERSION:
        raise FormatError(f"proof of rotation of unknown version {version}", start)
    certificates: list[ReadCertificate] = []
    demanded = 0
    for level in fields.items():
        certificate, demanded = _read_level(level, certificates, demanded, base)
        if any(certificate.record.sha256 == one.record.sha256 for one in certificates):
            raise FormatError("the proof of rotation names a certificate twice", level.at)
        certificates.append(certificate)
    return tuple(certificates)


def _read_level(
    level: Fields, earlier: list[ReadCertificate], demanded: int, base: int
) -> tuple[ReadCertificate, int]:
    """One certificate, and the algorithm with which it vouches for the next."""
    signed = level.nested()
    message = signed.data[signed.at : signed.end]
    level.number()  # flags: what the old certificate may still be trusted for
    algorithm_id = level.number()
    signature = level.nested().rest()
    encoded = signed.nested()
    certificate = read_certificate(encoded.data, encoded.at, encoded.left, base)
    signed_id = signed.number()
    if earlier:
        if signed_id != demanded:
            raise FormatError("algorithms of the proof of rotation disagree", level.at)
        _check_link(earlier[-1], demanded, signature, message, level.at)
    return certificate, algorithm_id


def _check_link(
    parent: ReadCertificate, algorithm_id: int, signature: bytes, message: bytes, at: int
) -> None:
    algorithm = ALGORITHMS.get(algorithm_id)
    if algorithm is None:
        raise UncheckableError(f"unknown algorithm {algorithm_id:#x} in the proof of rotation")
    key = load_key(parent.public_key)
    if not signature_holds(
        key, algorithm.kind, algorithm.padding, algorithm.digest, signature, message
    ):
        raise FormatError("a certificate of the proof of rotation is not vouched for", at)
