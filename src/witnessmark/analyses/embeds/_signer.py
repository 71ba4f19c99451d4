"""What a signing certificate says of an app's makers, and what it cannot say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from witnessmark.facts.tables.signing import SIGNERS
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.attribution import Trace
from witnessmark.model.finding import Finding

PART = kept_regex(r"(?:^|,)\s*([A-Za-z0-9.]+)=((?:\\.|[^,\\])*)")
"""One attribute of a name as RFC 4514 writes it."""

FILLERS = frozenset(
    {"", "unknown", "android", "android debug", "us", "test", "none", "null", "na", "n/a", "xx"}
)
"""Values that tools and hurried people put where a name belongs."""


def signer_findings(facts: Facts, keys: Sequence[Trace]) -> Iterator[Finding]:
    """One finding a certificate, the schemes that carry it as evidence."""
    table = facts.table(SIGNERS)
    by_certificate: dict[str, list[int]] = {}
    for row, digest in enumerate(table["sha256"].tolist()):
        if digest:
            by_certificate.setdefault(digest, []).append(row)
    for digest in sorted(by_certificate):
        yield _finding(facts, by_certificate[digest], keys)


def name_parts(subject: str) -> dict[str, str]:
    """Attributes of a subject name, by their short name; the first of each."""
    parts: dict[str, str] = {}
    for match in PART.finditer(subject):
        parts.setdefault(match[1], re.sub(r"\\(.)", r"\1", match[2]).strip())
    return parts


def _finding(facts: Facts, rows: Sequence[int], keys: Sequence[Trace]) -> Finding:
    table = facts.table(SIGNERS)
    first = rows[0]
    subject = str(table["subject"][first])
    shared = next((key for key in keys if key.pattern == str(table["sha1"][first])), None)
    grade, says, against = _weigh(subject, str(table["issuer"][first]), shared)
    evidence = tuple(
        facts.quote(
            f"scheme {table['scheme'][row]} carries this certificate ({table['state'][row]})",
            int(table["artifact"][row]),
            int(table["offset"][row]),
            int(table["length"][row]),
            "sha256",
        )
        for row in rows
    )
    states = {str(table["state"][row]) for row in rows}
    if states != {"verified"}:
        against = (*against, "Not every signature made with it could be verified.")
    return Finding(
        kind="embeds.attribution",
        subject={
            "what": "signer",
            "value": subject,
            "sha256": str(table["sha256"][first]),
            "not_before": str(table["not_before"][first]),
            "grade": grade,
            "against": list(against),
        },
        says=says,
        evidence=evidence,
        strength="read",
        limits=against,
        identity=f"signer {table['sha256'][first]}",
    )


def _weigh(subject: str, issuer: str, shared: Trace | None) -> tuple[str, str, tuple[str, ...]]:
    """Grade, sentence and what speaks against it."""
    if shared is not None:
        return "none", f"Signed with {shared.says}.", (
            "Anyone can sign with this key, so it says nothing about who did.",
        )  # fmt: skip
    parts = name_parts(subject)
    if parts.get("CN") == "Android Debug":
        return "none", "Signed with a debug key that a developer's computer made by itself.", (
            "The name in a debug key is the same for everyone and says nothing about the makers.",
            "A debug key on a published app suggests haste or a private distribution.",
        )  # fmt: skip
    names = [parts.get(key, "") for key in ("CN", "O", "OU")]
    telling = list(dict.fromkeys(name for name in names if name.lower() not in FILLERS))
    if not telling:
        return "none", f"Signed by a certificate that names nobody ({subject}).", (
            "Whoever made the key left its fields empty or filled in by a tool.",
        )  # fmt: skip
    against = ["The same key signs all apps of its holder; who else holds it is not known."]
    if subject == issuer:
        against.insert(
            0, "The certificate is self-signed: its holder chose the name, nobody checked it."
        )
    return "supporting", f"Signed by a certificate that names {'; '.join(telling)}.", tuple(against)
