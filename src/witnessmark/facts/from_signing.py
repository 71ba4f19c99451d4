"""Signatures as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from witnessmark.facts.tables.signing import SIGNERS, SIGNING_PROBLEMS
from witnessmark.formats.patterns import kept_regex
from witnessmark.formats.signing import Certificate, Problem, Signatures, read_signatures
from witnessmark.formats.signing.pkcs7 import read_signed_data
from witnessmark.formats.zip import ZipArchive, unpack
from witnessmark.formats.zip.records import ZipEntry
from witnessmark.model.errors import FormatError
from witnessmark.model.table import Table
from witnessmark.package.app import App, Part
from witnessmark.package.blobs import MEMBER_LIMIT

Row = tuple[Any, ...]
ALL = "all"
KEPT = kept_regex(r"(?:^|/)META-INF/[^/]+\.(?:RSA|DSA|EC)$", re.IGNORECASE)


def signing_facts(app: App) -> Mapping[str, Table]:
    """Verify the signatures of every part and list signers and problems, base first."""
    signers: list[Row] = []
    problems: list[Row] = []
    for part in app.parts:
        if part.archive is not None:
            read = _Signed(app, part, part.archive)
            signers += read.signers()
            problems += read.problems()
        elif part.texts or part.dex:
            signers += _kept_signers(app, part)
    return {
        SIGNERS.name: Table.from_rows(SIGNERS, signers),
        SIGNING_PROBLEMS.name: Table.from_rows(SIGNING_PROBLEMS, problems),
    }


def _kept_signers(app: App, part: Part) -> Iterator[Row]:
    """Signers whose signature files an unpacker or decoder kept.

    What they signed is not at hand as it was, so nothing is verified.
    """
    for one in app.members:
        if one.container != part.container or one.content < 0 or not KEPT.search(one.member):
            continue
        try:
            signed = read_signed_data(bytes(app.blob(one.content)), one.member)
        except FormatError:
            continue
        for found in signed.certificates[:1]:
            record = found.record
            yield (
                "v1", "unchecked", record.sha256, record.sha1, record.md5, record.subject,
                record.issuer, str(record.serial), record.not_before, record.not_after, record.key,
                one.content, record.offset, record.length,
            )  # fmt: skip


class _Content(Struct, frozen=True):
    """Content of entries, from what is unpacked already where there is such."""

    app: App
    container: int
    by_member: Mapping[str, int]

    def __call__(self, entry: ZipEntry) -> bytes | memoryview:
        artifact = self.by_member.get(entry.member_name, -1)
        if artifact >= 0:
            return self.app.blob(artifact)
        return unpack(self.app.blob(self.container), entry, MEMBER_LIMIT)


class _Signed:
    """The signatures of one part as rows."""

    def __init__(self, app: App, part: Part, archive: ZipArchive) -> None:
        self._container = part.container
        self._artifacts = {
            one.member: one.content for one in app.members if one.container == part.container
        }
        content = _Content(app, part.container, self._artifacts)
        data = app.blob(part.container)
        self._signatures: Signatures = read_signatures(data, archive, content)

    def signers(self) -> Iterator[Row]:
        """One row for each certificate that a signer signed with."""
        for result in self._signatures.schemes:
            for signer in result.signers:
                state = signer.state if result.state == "verified" else result.state
                for certificate in signer.certificates[:1]:
                    yield (result.scheme, state, *self._certificate(certificate))

    def problems(self) -> Iterator[Row]:
        """What does not hold, scheme by scheme, then what concerns all of them."""
        for result in self._signatures.schemes:
            yield from self._rows(result.scheme, result.problems)
        yield from self._rows(ALL, self._signatures.problems)
        yield from self._rows(ALL, self._signatures.mismatches)
        if all(result.state == "absent" for result in self._signatures.schemes):
            yield (ALL, "no signature at all: Android would not install this file",
                   self._container, 0, 0)  # fmt: skip

    def _rows(self, scheme: str, problems: Sequence[Problem]) -> Iterator[Row]:
        for one in problems:
            yield (scheme, one.says, *self._place(one.member, one.offset, one.length))

    def _certificate(self, one: Certificate) -> Row:
        return (
            one.sha256, one.sha1, one.md5, one.subject, one.issuer, str(one.serial),
            one.not_before, one.not_after, one.key,
            *self._place(one.member, one.offset, one.length),
        )  # fmt: skip

    def _place(self, member: str, offset: int, length: int) -> tuple[int, int, int]:
        """Artifact, offset, length; the whole container where the member was not unpacked."""
        if not member:
            return self._container, offset, length
        artifact = self._artifacts.get(member, -1)
        return (artifact, offset, length) if artifact >= 0 else (self._container, 0, 0)
