"""Public keys and the signatures made with them.

RSA keys of the usual form are checked by `rsa`; the library ``cryptography`` is loaded for others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from witnessmark.formats.signing.rsa import DIGEST_INFO, RsaKey, pkcs1_holds, read_rsa_key
from witnessmark.model.errors import WitnessmarkError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa

Padding = Literal["pkcs1", "pss", ""]
HASHES = frozenset(DIGEST_INFO)
"""Names of digests, those that old apps were signed with among them."""


class Key:
    """A public key and the bytes it was read from."""

    __slots__ = ("_encoded", "_key", "kind", "size")

    def __init__(
        self,
        encoded: bytes,
        key: RsaKey | rsa.RSAPublicKey | dsa.DSAPublicKey | ec.EllipticCurvePublicKey,
        kind: str,
    ) -> None:
        self._encoded = encoded
        self._key = key
        self.kind = kind
        self.size = key.key_size

    def holds(self, pad: Padding, digest: str, signature: bytes, message: bytes) -> bool:
        """See `signature_holds`."""
        if isinstance(self._key, RsaKey) and pad == "pkcs1":
            return pkcs1_holds(self._key, digest, signature, message)
        known = _load(self._encoded) if isinstance(self._key, RsaKey) else self._key
        return _holds(known, pad, _algorithm(digest), signature, message)


class UncheckableError(WitnessmarkError):
    """A key or signature that cannot be checked here; its text says why."""


def load_key(encoded: bytes) -> Key:
    """The key of an encoded SubjectPublicKeyInfo; raises `UncheckableError`."""
    usual = read_rsa_key(encoded)
    if usual is not None:
        return Key(encoded, usual, "RSA")
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa

    key = _load(encoded)
    for kind, of_kind in (
        ("RSA", rsa.RSAPublicKey), ("DSA", dsa.DSAPublicKey), ("EC", ec.EllipticCurvePublicKey),
    ):  # fmt: skip
        if isinstance(key, of_kind):
            return Key(encoded, key, kind)
    raise UncheckableError(f"no Android version knows keys of kind {type(key).__name__}")


def describe_key(encoded: bytes) -> str:
    """Kind and size, ``RSA 2048``; ``unreadable`` where the key is malformed or unsupported."""
    try:
        key = load_key(encoded)
    except UncheckableError:
        return "unreadable"
    return f"{key.kind} {key.size}"


def signature_holds(
    key: Key, kind: str, pad: Padding, digest: str, signature: bytes, message: bytes
) -> bool:
    """Whether ``signature`` over ``message`` was made with the private half of ``key``.

    ``kind`` is what the algorithm's name demands; ``digest`` one of `HASHES`.
    Raises `UncheckableError` where that cannot be told.
    """
    if key.kind != kind:
        raise UncheckableError(f"a {kind} signature comes with a {key.kind} key")
    return key.holds(pad, digest, signature, message)


def _load(encoded: bytes) -> Any:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        return load_der_public_key(encoded)
    except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise UncheckableError(f"the public key cannot be read: {problem}") from None


def _holds(
    key: Any, pad: Padding, algorithm: hashes.HashAlgorithm, signature: bytes, message: bytes
) -> bool:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa

    try:
        if isinstance(key, rsa.RSAPublicKey):
            pss = padding.PSS(padding.MGF1(algorithm), algorithm.digest_size)
            key.verify(signature, message, pss if pad == "pss" else padding.PKCS1v15(), algorithm)
        elif isinstance(key, dsa.DSAPublicKey):
            key.verify(signature, message, algorithm)
        else:
            key.verify(signature, message, ec.ECDSA(algorithm))
    except InvalidSignature:
        return False
    except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise UncheckableError(f"the signature cannot be checked: {problem}") from None
    return True


def _algorithm(digest: str) -> hashes.HashAlgorithm:
    from cryptography.hazmat.primitives import hashes

    found: hashes.HashAlgorithm = getattr(hashes, digest.replace("-", ""))()
    return found
