"""Signature algorithms of the schemes v2, v3 and v3.1.

https://source.android.com/docs/security/features/apksigning/v2#signature-algorithm-ids
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from witnessmark.formats.signing.keys import Padding

ContentDigest = Literal["chunked SHA-256", "chunked SHA-512", "verity SHA-256"]

STRENGTH: tuple[ContentDigest, ...] = ("chunked SHA-256", "verity SHA-256", "chunked SHA-512")
"""Weakest first, in the order in which Android prefers them."""


class Algorithm(Struct, frozen=True):
    """How content is digested and how the signed data is signed."""

    id: int
    name: str
    kind: str
    padding: Padding
    digest: str
    content: ContentDigest

    @property
    def strength(self) -> int:
        """Rank of the content digest."""
        return STRENGTH.index(self.content)


ALGORITHMS = {
    algorithm.id: algorithm
    for algorithm in (
        Algorithm(0x0101, "RSA-PSS with SHA-256", "RSA", "pss", "SHA-256", "chunked SHA-256"),
        Algorithm(0x0102, "RSA-PSS with SHA-512", "RSA", "pss", "SHA-512", "chunked SHA-512"),
        Algorithm(0x0103, "RSA with SHA-256", "RSA", "pkcs1", "SHA-256", "chunked SHA-256"),
        Algorithm(0x0104, "RSA with SHA-512", "RSA", "pkcs1", "SHA-512", "chunked SHA-512"),
        Algorithm(0x0201, "ECDSA with SHA-256", "EC", "", "SHA-256", "chunked SHA-256"),
        Algorithm(0x0202, "ECDSA with SHA-512", "EC", "", "SHA-512", "chunked SHA-512"),
        Algorithm(0x0301, "DSA with SHA-256", "DSA", "", "SHA-256", "chunked SHA-256"),
        Algorithm(0x0421, "RSA with SHA-256, verity", "RSA", "pkcs1", "SHA-256", "verity SHA-256"),
        Algorithm(0x0423, "ECDSA with SHA-256, verity", "EC", "", "SHA-256", "verity SHA-256"),
        Algorithm(0x0425, "DSA with SHA-256, verity", "DSA", "", "SHA-256", "verity SHA-256"),
    )
}
