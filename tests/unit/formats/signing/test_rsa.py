"""RSA by ourselves gives the verdicts of ``cryptography``."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from witnessmark.formats.signing.keys import describe_key, load_key, signature_holds
from witnessmark.formats.signing.rsa import DIGEST_INFO, pkcs1_holds, read_rsa_key

SIZES = (1024, 1031, 2048)
MESSAGE = b"what was signed"
KEYS = {size: rsa.generate_private_key(65537, size) for size in SIZES}


def encoded(key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def library_says(
    key: rsa.RSAPublicKey, signature: bytes, message: bytes, digest: hashes.HashAlgorithm
) -> bool:
    try:
        key.verify(signature, message, padding.PKCS1v15(), digest)
    except InvalidSignature:
        return False
    return True


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("digest", sorted(DIGEST_INFO))
def test_verdicts_are_those_of_the_library(size: int, digest: str) -> None:
    private = KEYS[size]
    algorithm = getattr(hashes, digest.replace("-", ""))()
    signature = private.sign(MESSAGE, padding.PKCS1v15(), algorithm)
    public = private.public_key()
    key = read_rsa_key(encoded(public))
    assert key is not None
    assert key.key_size == size
    modulus = public.public_numbers().n.to_bytes((size + 7) // 8, "big")
    cases = [
        (signature, MESSAGE), (signature, b"other"), (signature[:-1], MESSAGE),
        (b"\0" + signature, MESSAGE), (b"", MESSAGE), (modulus, MESSAGE), (bytes(len(modulus)), MESSAGE),
    ]  # fmt: skip
    for place in (0, 1, len(signature) // 2, len(signature) - 1):
        cases.append(
            (signature[:place] + bytes((signature[place] ^ 1,)) + signature[place + 1 :], MESSAGE)
        )
    for made, message in cases:
        wanted = library_says(public, made, message, algorithm)
        assert pkcs1_holds(key, digest, made, message) is wanted
    assert pkcs1_holds(key, digest, signature, MESSAGE)


def test_a_signature_over_another_digest_does_not_hold() -> None:
    signature = KEYS[2048].sign(MESSAGE, padding.PKCS1v15(), hashes.SHA256())
    key = read_rsa_key(encoded(KEYS[2048].public_key()))
    assert key is not None
    assert not pkcs1_holds(key, "SHA-512", signature, MESSAGE)


def test_the_newer_padding_goes_to_the_library() -> None:
    private = KEYS[2048]
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
    signature = private.sign(MESSAGE, pss, hashes.SHA256())
    key = load_key(encoded(private.public_key()))
    assert signature_holds(key, "RSA", "pss", "SHA-256", signature, MESSAGE)
    assert not signature_holds(key, "RSA", "pss", "SHA-256", signature, b"other")
    assert not signature_holds(key, "RSA", "pkcs1", "SHA-256", signature, MESSAGE)


def test_only_keys_encoded_to_the_letter_are_ours() -> None:
    usual = encoded(KEYS[2048].public_key())
    assert read_rsa_key(usual) is not None
    assert read_rsa_key(usual + b"\0") is None
    assert read_rsa_key(usual[:-1]) is None
    assert read_rsa_key(b"") is None
    assert read_rsa_key(usual[:-3] + b"\1\0\2") is None
    curve = encoded(ec.generate_private_key(ec.SECP256R1()).public_key())
    assert read_rsa_key(curve) is None
    assert describe_key(curve) == "EC 256"
    assert describe_key(usual) == "RSA 2048"
    assert describe_key(usual[:-3] + b"\1\0\2") == "unreadable"
