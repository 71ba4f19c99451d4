"""Signatures of a bundle: of the list of its lists, ``tagmanifest-sha256.txt``.

- ``tagmanifest-sha256.txt.sig``: as ``ssh-keygen -Y sign -n witnessmark`` writes it, by an Ed25519
  key (format SSHSIG, PROTOCOL.sshsig of OpenSSH).
- ``tagmanifest-sha256.txt.ed25519``: two lines in hexadecimal, public key and signature (RFC 8032).

A signature shows that whoever holds the key signed these bytes. Whose key it is, it cannot show:
compare the fingerprint that is printed with the one that the signer told you.
"""

import base64
import binascii
import hashlib
import struct
from typing import NamedTuple

from .ed25519 import ed25519_holds

NAMESPACE = b"witnessmark"
SSH_MAGIC = b"SSHSIG"
SSH_ED25519 = b"ssh-ed25519"
HASHES = {b"sha512": hashlib.sha512, b"sha256": hashlib.sha256}


class Signed(NamedTuple):
    """Fingerprint of the key, as ssh-keygen prints it, and whether the signature holds."""

    fingerprint: str
    holds: bool


def ssh_signature(armoured: bytes, message: bytes) -> Signed:
    """Check an SSHSIG file; ValueError for one that is malformed or of another kind of key."""
    blob = _unarmoured(armoured)
    if blob[:6] != SSH_MAGIC or blob[6:10] != struct.pack(">I", 1):
        raise ValueError("it is no SSHSIG of version 1")
    public, namespace, reserved, hash_name, signature = _ssh_strings(blob[10:], 5)
    kind, key = _ssh_strings(public, 2)
    signature_kind, raw = _ssh_strings(signature, 2)
    if kind != SSH_ED25519 or signature_kind != SSH_ED25519:
        raise ValueError("it is not of an Ed25519 key; check it with ssh-keygen -Y verify")
    if namespace != NAMESPACE:
        raise ValueError(f"it was made for {namespace!r}, not for {NAMESPACE!r}")
    if hash_name not in HASHES:
        raise ValueError(f"nobody knows the hash {hash_name!r}")
    digest = HASHES[hash_name](message).digest()
    signed = SSH_MAGIC + b"".join(
        struct.pack(">I", len(part)) + part for part in (namespace, reserved, hash_name, digest)
    )
    return Signed(_fingerprint(key), ed25519_holds(key, raw, signed))


def plain_signature(text: bytes, message: bytes) -> Signed:
    """Check two lines of hexadecimal: public key, signature; ValueError when they are not that."""
    try:
        public, signature = (bytes.fromhex(line.decode("ascii")) for line in text.split())
    except (ValueError, UnicodeDecodeError):
        raise ValueError("it is not two lines of hexadecimal") from None
    return Signed(_fingerprint(public), ed25519_holds(public, signature, message))


def _fingerprint(key: bytes) -> str:
    blob = b"".join(struct.pack(">I", len(part)) + part for part in (SSH_ED25519, key))
    digest = base64.b64encode(hashlib.sha256(blob).digest()).rstrip(b"=")
    return f"SHA256:{digest.decode('ascii')}"


def _unarmoured(text: bytes) -> bytes:
    lines = text.strip().split(b"\n")
    if lines[0].strip() != b"-----BEGIN SSH SIGNATURE-----" or (
        lines[-1].strip() != b"-----END SSH SIGNATURE-----"
    ):
        raise ValueError("it is not framed as an SSH signature")
    try:
        return base64.b64decode(b"".join(line.strip() for line in lines[1:-1]), validate=True)
    except binascii.Error:
        raise ValueError("its inside is not base64") from None


def _ssh_strings(data: bytes, count: int) -> "list[bytes]":
    """``count`` strings with their lengths before them, and nothing behind."""
    parts, at = [], 0
    for _ in range(count):
        if at + 4 > len(data):
            raise ValueError("it is cut off")
        (length,) = struct.unpack_from(">I", data, at)
        if at + 4 + length > len(data):
            raise ValueError("it is cut off")
        parts.append(data[at + 4 : at + 4 + length])
        at += 4 + length
    if at != len(data):
        raise ValueError("there is more behind it")
    return parts
