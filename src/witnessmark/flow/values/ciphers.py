"""Ciphers with a known key, by the library ``cryptography``.

Names of transformations: Java Security Standard Algorithm Names, "Cipher Algorithm Names". Without
mode and padding, Android's provider takes ECB and PKCS5Padding.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Any

MOST_BYTES = 1 << 16
DIGESTS = {"hmacmd5": "md5", "hmacsha1": "sha1", "hmacsha256": "sha256", "hmacsha512": "sha512"}


class CipherError(Exception):
    """The cipher is not known here, or key, vector or data do not fit it."""


def keyed_digest(name: str, key: bytes, data: bytes) -> bytes | None:
    """A keyed digest; None for an algorithm that is not known here."""
    known = DIGESTS.get(name.lower())
    return None if known is None else hmac.new(key, data, getattr(hashlib, known)).digest()


def deciphered(
    name: str, key: bytes, iv: bytes, data: bytes, *, encrypt: bool, most: int = MOST_BYTES
) -> bytes:
    """What ``Cipher.doFinal`` gives in mode ENCRYPT or DECRYPT.

    CipherError for what is not known here or does not fit: tampered data, wrong lengths, more
    than ``most`` bytes.
    """
    if len(data) > most:
        raise CipherError("too much data")
    parts = name.upper().split("/")
    algorithm = parts[0]
    mode = parts[1] if len(parts) > 1 else "ECB"
    padded = len(parts) < 3 or parts[2] not in ("NOPADDING", "")
    if algorithm in ("RC4", "ARC4", "ARCFOUR"):
        return _rc4(key, data)
    if mode == "GCM":
        return _gcm(key, iv, data, encrypt=encrypt)
    return _block(algorithm, mode, key, iv, data, padded=padded, encrypt=encrypt)


def _rc4(key: bytes, data: bytes) -> bytes:
    """RC4, as cryptography offers it no more in every build."""
    if not key:
        raise CipherError("no key")
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) & 255])
    return bytes(out)


def _gcm(key: bytes, iv: bytes, data: bytes, *, encrypt: bool) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        machine = AESGCM(key)
        return machine.encrypt(iv, data, None) if encrypt else machine.decrypt(iv, data, None)
    except (ValueError, InvalidTag) as error:
        raise CipherError(str(error)) from None


def _block(
    algorithm: str, mode: str, key: bytes, iv: bytes, data: bytes, *, padded: bool, encrypt: bool
) -> bytes:
    # Imported late: most apps never come here, and the import costs more than the rest.
    from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import CBC, CTR, ECB, Mode
    from cryptography.hazmat.primitives.padding import PKCS7

    modes: Mapping[str, Callable[[], Mode]] = {
        "ECB": ECB,
        "CBC": lambda: CBC(iv),
        "CTR": lambda: CTR(iv),
    }
    try:
        if algorithm == "AES":
            chosen: AES | TripleDES = AES(key)
        elif algorithm in ("DES", "DESEDE", "TRIPLEDES"):
            chosen = TripleDES(_des_key(algorithm, key))
        else:
            raise CipherError(algorithm)
        if mode not in modes:
            raise CipherError(mode)
        cipher: Cipher[Any] = Cipher(chosen, modes[mode]())
        padded = padded and mode in ("ECB", "CBC")
        padding = PKCS7(chosen.block_size)
        if encrypt:
            if padded:
                pad = padding.padder()
                data = pad.update(data) + pad.finalize()
            work = cipher.encryptor()
            return bytes(work.update(data) + work.finalize())
        work_back = cipher.decryptor()
        plain = bytes(work_back.update(data) + work_back.finalize())
        if not padded:
            return plain
        unpad = padding.unpadder()
        return bytes(unpad.update(plain) + unpad.finalize())
    except ValueError as error:
        raise CipherError(str(error)) from None


def _des_key(algorithm: str, key: bytes) -> bytes:
    """DES is triple DES with one key three times."""
    size = 8 if algorithm == "DES" else 24
    if len(key) < size:
        raise CipherError("key too short")
    return key[:size] * (3 if algorithm == "DES" else 1)
