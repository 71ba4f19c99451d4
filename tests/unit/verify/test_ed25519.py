"""Ed25519 against the vectors of RFC 8032 and an independent implementation."""

from __future__ import annotations

import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from witnessmark.verify.ed25519 import ed25519_holds

PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
SIGNATURE = (
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
    "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)
"""Test 1 of section 7.1, of an empty message."""


def test_the_first_vector_of_the_standard() -> None:
    public, signature = bytes.fromhex(PUBLIC), bytes.fromhex(SIGNATURE)
    assert ed25519_holds(public, signature, b"")
    assert not ed25519_holds(public, signature, b"x")


@pytest.mark.parametrize("seed", range(5))
def test_it_agrees_with_another_implementation(seed: int) -> None:
    chance = random.Random(seed)
    private = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    message = chance.randbytes(seed * 7)
    signature = private.sign(message)
    assert ed25519_holds(public, signature, message)
    at = chance.randrange(64)
    broken = signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :]
    assert not ed25519_holds(public, broken, message)


def test_nonsense_is_no_signature() -> None:
    assert not ed25519_holds(b"", b"", b"")
    assert not ed25519_holds(b"\xff" * 32, b"\xff" * 64, b"")
