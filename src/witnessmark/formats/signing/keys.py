"""Public keys and the signatures made with them."""

from __future__ import annotations

from typing import Literal

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from witnessmark.model.errors import WitnessmarkError

Padding = Literal["pkcs1", "pss", ""]
Key = rsa.RSAPublicKey | dsa.DSAPublicKey | ec.EllipticCurvePublicKey

HASHES: dict[str, hashes.HashAlgorithm] = {
    "MD5": hashes.MD5(),  # noqa: S303  what old apps were signed with is still to be checked
    "SHA-1": hashes.SHA1(),  # noqa: S303
    "SHA-224": hashes.SHA224(),
    "SHA-256": hashes.SHA256(),
    "SHA-384": hashes.SHA384(),
    "SHA-512": hashes.SHA512(),
}


class UncheckableError(WitnessmarkError):
    """A key or signature that cannot be checked here; its text says why."""


def load_key(encoded: bytes) -> Key:
    """The key of an encoded SubjectPublicKeyInfo; raises `UncheckableError`."""
    try:
        key = load_der_public_key(encoded)
    except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise UncheckableError(f"the public key cannot be read: {problem}") from None
    if isinstance(key, rsa.RSAPublicKey | dsa.DSAPublicKey | ec.EllipticCurvePublicKey):
        return key
    raise UncheckableError(f"no Android version knows keys of kind {type(key).__name__}")


def describe_key(encoded: bytes) -> str:
    """Kind and size, ``RSA 2048``; ``unreadable`` where the key is malformed or unsupported."""
    try:
        key = load_key(encoded)
    except UncheckableError:
        return "unreadable"
    return f"{key_kind(key)} {key.key_size}"


def key_kind(key: Key) -> str:
    """RSA, DSA or EC."""
    if isinstance(key, rsa.RSAPublicKey):
        return "RSA"
    return "DSA" if isinstance(key, dsa.DSAPublicKey) else "EC"


def signature_holds(
    key: Key, kind: str, pad: Padding, digest: str, signature: bytes, message: bytes
) -> bool:
    """Whether ``signature`` over ``message`` was made with the private half of ``key``.

    ``kind`` is what the algorithm's name demands; ``digest`` one of `HASHES`.
    Raises `UncheckableError` where that cannot be told.
    """
    if key_kind(key) != kind:
        raise UncheckableError(f"a {kind} signature comes with a {key_kind(key)} key")
    algorithm = HASHES[digest]
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, message, _rsa_padding(pad, algorithm), algorithm)
        elif isinstance(key, dsa.DSAPublicKey):
            key.verify(signature, message, algorithm)
        else:
            key.verify(signature, message, ec.ECDSA(algorithm))
    except InvalidSignature:
        return False
    except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise UncheckableError(f"the signature cannot be checked: {problem}") from None
    return True


def _rsa_padding(pad: Padding, algorithm: hashes.HashAlgorithm) -> padding.PKCS1v15 | padding.PSS:
    if pad == "pss":
        return padding.PSS(padding.MGF1(algorithm), algorithm.digest_size)
    return padding.PKCS1v15()
