"""RSA keys of the usual form, and signatures of the older padding: what nearly every app has.

RFC 8017, sections 8.2.2 (verification, by comparing with the one right encoding), 9.2 and A.1.1.
Only public values are handled. Anything unusual about a key is left to `cryptography`, which takes
longer to load than an app's certificates take to be read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from msgspec import Struct

from witnessmark.formats.signing.der import BIT_STRING, SEQUENCE, child, read_element
from witnessmark.model.errors import FormatError

ALGORITHM = bytes.fromhex("300d06092a864886f70d0101010500")
"""AlgorithmIdentifier of rsaEncryption."""

DIGEST_INFO: Mapping[str, bytes] = {
    "MD5": bytes.fromhex("3020300c06082a864886f70d020505000410"),
    "SHA-1": bytes.fromhex("3021300906052b0e03021a05000414"),
    "SHA-224": bytes.fromhex("302d300d06096086480165030402040500041c"),
    "SHA-256": bytes.fromhex("3031300d060960864801650304020105000420"),
    "SHA-384": bytes.fromhex("3041300d060960864801650304020205000430"),
    "SHA-512": bytes.fromhex("3051300d060960864801650304020305000440"),
}
"""What stands before a digest (RFC 8017, section 9.2, note 1)."""

SIZES = range(1024, 16_385)
LARGEST_EXPONENT = 1 << 32


class RsaKey(Struct, frozen=True):
    """A public key."""

    modulus: int
    exponent: int

    @property
    def key_size(self) -> int:
        """Bits of the modulus."""
        return self.modulus.bit_length()


def read_rsa_key(encoded: bytes) -> RsaKey | None:
    """The key of an encoded SubjectPublicKeyInfo; None unless it is one, encoded to the letter."""
    try:
        whole = read_element(encoded).expect(SEQUENCE)
        numbers = read_element(child(whole, 1).expect(BIT_STRING).content[1:]).expect(SEQUENCE)
        modulus, exponent = child(numbers, 0).integer(), child(numbers, 1).integer()
    except FormatError:
        return None
    usual = modulus.bit_length() in SIZES and 3 <= exponent < LARGEST_EXPONENT
    if not usual or not modulus & exponent & 1 or _encoded(modulus, exponent) != encoded:
        return None
    return RsaKey(modulus, exponent)


def pkcs1_holds(key: RsaKey, digest: str, signature: bytes, message: bytes) -> bool:
    """Whether ``signature`` over ``message`` was made with the private half of ``key``."""
    size = (key.key_size + 7) // 8
    number = int.from_bytes(signature, "big")
    if len(signature) != size or number >= key.modulus:
        return False
    name = digest.replace("-", "").lower()
    told = DIGEST_INFO[digest] + hashlib.new(name, message, usedforsecurity=False).digest()
    padded = b"\0\1" + b"\xff" * (size - len(told) - 3) + b"\0" + told
    return pow(number, key.exponent, key.modulus).to_bytes(size, "big") == padded


def _encoded(modulus: int, exponent: int) -> bytes:
    numbers = _element(SEQUENCE, _integer(modulus) + _integer(exponent))
    return _element(SEQUENCE, ALGORITHM + _element(BIT_STRING, b"\0" + numbers))


def _integer(value: int) -> bytes:
    return _element(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _element(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    spelled = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(spelled))) + spelled + content
