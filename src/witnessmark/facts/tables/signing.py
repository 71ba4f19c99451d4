"""Tables of signatures and certificates."""

from __future__ import annotations

from witnessmark.facts.tables.artifacts import ARTIFACT, LENGTH, OFFSET
from witnessmark.model.table import Column, TableSchema

SIGNERS = TableSchema(
    "signers",
    "Signers by scheme, with the certificate they signed with. The span is the certificate.",
    (
        Column("scheme", "text", "v1, v2, v3, v3.1"),
        Column(
            "state",
            "text",
            "verified, failed, unreadable, unchecked (what it signed was unpacked or decoded)",
        ),
        Column("sha256", "text", "SHA-256 of the certificate"),
        Column("sha1", "text", "SHA-1 of the certificate"),
        Column("md5", "text", "MD5 of the certificate, for matching with older records"),
        Column("subject", "text", "subject name, RFC 4514"),
        Column("issuer", "text", "issuer name, RFC 4514"),
        Column("serial", "text", "serial number, decimal"),
        Column("not_before", "text", "valid from, ISO 8601 UTC"),
        Column("not_after", "text", "valid to, ISO 8601 UTC"),
        Column("key", "text", "kind and size of the key"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    ("apk",),
)

SIGNING_PROBLEMS = TableSchema(
    "signing_problems",
    "What does not hold in a signature, and where schemes disagree.",
    (
        Column("scheme", "text", "v1, v2, v3, v3.1, or all"),
        Column("says", "text", "what does not hold"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    ("apk",),
)
