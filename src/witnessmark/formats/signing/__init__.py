"""Signatures of Android packages: schemes v1, v2, v3 and v3.1, verified.

Follows https://source.android.com/docs/security/features/apksigning. A signature says who
holds a key, not who that is; nothing is checked against a clock or a list of issuers.
"""

from witnessmark.formats.signing.reader import read_signatures
from witnessmark.formats.signing.records import (
    BlockPair,
    Certificate,
    Problem,
    SchemeResult,
    Signatures,
    Signer,
)

__all__ = [
    "BlockPair",
    "Certificate",
    "Problem",
    "SchemeResult",
    "Signatures",
    "Signer",
    "read_signatures",
]
