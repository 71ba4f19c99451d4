"""The frozen document: findings.json, ``witnessmark-findings/1``.

`freeze` turns model objects into bytes, `thaw` turns bytes into a `Document`. The bytes depend
on the objects alone: keys stand in a fixed order, lists whose order means nothing are sorted,
there is no clock. The published schema is ``findings.schema.json`` beside this file; the words
about it are docs/reference/findings.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Struct

from witnessmark.model.assessment import Assessment, ElementState
from witnessmark.model.errors import CaseError
from witnessmark.model.finding import CHAPTERS, About, Finding, ReachState, Strength
from witnessmark.model.gap import Gap
from witnessmark.report.freeze import assessments_json, findings_json, gaps_json
from witnessmark.report.lines import as_lines

FORMAT: Literal["witnessmark-findings/1"] = "witnessmark-findings/1"
KIND = rf"({'|'.join(CHAPTERS)})\.[a-z_]+"


class InputSummary(Struct, frozen=True, order=True):
    """A file as it was handed in; ``size`` in bytes."""

    name: str
    sha256: str
    size: int


class SignerSummary(Struct, frozen=True, order=True):
    """One signer under one scheme.

    ``scheme``   v1, v2, v3 or v3.1.
    ``state``    verified, failed or unreadable.
    ``sha256``   of the certificate, lower-case hex.
    ``subject``  of the certificate, RFC 4514.
    """

    scheme: str
    state: str
    sha256: str
    subject: str


class AppSummary(Struct, frozen=True):
    """What the examined app calls itself, which files it came in, who signed it."""

    name: str
    package: str
    version: str
    inputs: tuple[InputSummary, ...]
    signers: tuple[SignerSummary, ...] = ()


class CoverageRow(Struct, frozen=True, order=True):
    """What was present, read and not read, for one member and one kind of content.

    ``present``, ``read`` and ``not_read`` count in ``unit`` (methods, strings, bytes, ...);
    ``why`` says why the rest was not read, empty when all was.
    """

    member: str
    kind: str
    present: int
    read: int
    not_read: int
    unit: str
    why: str = ""


class At(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A byte span; ``place`` opens with ``reads_as`` and continues in words of the format."""

    sha256: str
    member: tuple[str, ...]
    offset: int
    length: int
    place: dict[str, str | int]


class FrozenEvidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A statement, where it was read, what stands there, and the statements below it."""

    says: str
    at: At | None
    excerpt: str
    because: tuple[FrozenEvidence, ...]


class FrozenOriginal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the app, their language tag, their English gloss or ``""``, and its origin."""

    text: str
    lang: str
    gloss: str
    gloss_from: str = ""


class FrozenReach(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether running code comes there, and along which methods."""

    state: ReachState
    path: tuple[str, ...]


class FrozenFinding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A finding as findings.json holds it."""

    id: Annotated[str, msgspec.Meta(pattern=f"^{KIND}-[0-9a-f]{{12}}$")]
    kind: Annotated[str, msgspec.Meta(pattern=f"^{KIND}$")]
    subject: dict[str, Any]
    says: str
    original: tuple[FrozenOriginal, ...]
    categories: tuple[str, ...]
    special: bool
    about: About
    strength: Strength
    reach: FrozenReach
    evidence: tuple[FrozenEvidence, ...]
    limits: tuple[str, ...]

    @property
    def chapter(self) -> str:
        """The part of ``kind`` before the dot."""
        return self.kind.partition(".")[0]


class FrozenGap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where nobody looked, why, and what that may hide."""

    at: str
    why: str
    hides: tuple[str, ...]


class FrozenProvision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The article that is read; ``says`` is a summary, no quotation."""

    id: str
    instrument: str
    article: str
    jurisdiction: str
    says: str
    status: str
    source: str


class FrozenAssessment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A legal reading; ``findings`` are ids of findings in the same document."""

    provision: FrozenProvision
    element: str
    state: ElementState
    findings: tuple[str, ...]
    settles: str
    limits: tuple[str, ...]


class FrozenInstrument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One instrument that was held against the findings."""

    instrument: str
    title: str
    jurisdiction: str
    provisions: int
    touched: int


class FrozenLaw(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which law was read, and why just that."""

    why: str
    instruments: tuple[FrozenInstrument, ...]


class FrozenRedaction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which policy masked this copy, keyed hash of the document it is a copy of, masks in it."""

    policy: str
    of: str
    masked: int


class FrozenInput(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file as it was handed in."""

    name: str
    sha256: str
    size: int


class FrozenSigner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One signer under one scheme."""

    scheme: str
    state: str
    sha256: str
    subject: str


class FrozenApp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The app as a whole."""

    name: str
    package: str
    version: str
    inputs: tuple[FrozenInput, ...]
    signers: tuple[FrozenSigner, ...]


class KindCoverage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sums over all members for one kind of content and one unit."""

    kind: str
    unit: str
    present: int
    read: int
    not_read: int


class MemberCoverage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One member and one kind of content."""

    member: str
    kind: str
    unit: str
    present: int
    read: int
    not_read: int
    why: str


class FrozenCoverage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The coverage ledger, summed and in full."""

    by_kind: tuple[KindCoverage, ...]
    by_member: tuple[MemberCoverage, ...]


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """findings.json as typed records; treat as read-only."""

    format: Literal["witnessmark-findings/1"]
    app: FrozenApp
    coverage: FrozenCoverage
    findings: tuple[FrozenFinding, ...]
    gaps: tuple[FrozenGap, ...]
    assessments: tuple[FrozenAssessment, ...]
    law: FrozenLaw | None = None
    redaction: FrozenRedaction | None = None


class Readings(Struct, frozen=True):
    """The legal part of a document.

    ``law`` is None where nobody looked, else a mapping as `FrozenLaw`.
    """

    assessments: Iterable[Assessment] = ()
    law: Mapping[str, Any] | None = None


def freeze(
    app: AppSummary,
    coverage: Iterable[CoverageRow],
    findings: Iterable[Finding],
    gaps: Iterable[Gap],
    readings: Readings | None = None,
) -> bytes:
    r"""The document as UTF-8 JSON, the same bytes for the same objects in any order.

    Findings with equal ids become one whose evidence, limits and categories are united.
    A lone surrogate in app text is written as its ``\uXXXX`` escape.
    """
    readings = readings or Readings()
    document = {
        "format": FORMAT,
        "app": _app_json(app),
        "coverage": _coverage_json(sorted(set(coverage))),
        "findings": findings_json(findings),
        "gaps": gaps_json(gaps),
        "assessments": assessments_json(readings.assessments),
    }
    if readings.law is not None:
        document["law"] = readings.law
    return as_lines(document)


def thaw(data: bytes) -> Document:
    """The document that `freeze` wrote; `CaseError` when the bytes are not such a document."""
    try:
        return msgspec.convert(json.loads(data), Document)
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        raise CaseError(
            f"this is not a {FORMAT} document ({error}); examine the app again to write one"
        ) from error


def _app_json(app: AppSummary) -> dict[str, Any]:
    return {
        "name": app.name,
        "package": app.package,
        "version": app.version,
        "inputs": [
            {"name": one.name, "sha256": one.sha256, "size": one.size}
            for one in sorted(set(app.inputs))
        ],
        "signers": [
            {
                "scheme": one.scheme,
                "state": one.state,
                "sha256": one.sha256,
                "subject": one.subject,
            }
            for one in sorted(set(app.signers))
        ],
    }


def _coverage_json(rows: Iterable[CoverageRow]) -> dict[str, Any]:
    members = []
    sums: dict[tuple[str, str], tuple[int, int, int]] = {}
    for row in rows:
        members.append(
            {
                "member": row.member,
                "kind": row.kind,
                "unit": row.unit,
                "present": row.present,
                "read": row.read,
                "not_read": row.not_read,
                "why": row.why,
            }
        )
        present, read, not_read = sums.get((row.kind, row.unit), (0, 0, 0))
        sums[row.kind, row.unit] = (
            present + row.present,
            read + row.read,
            not_read + row.not_read,
        )
    return {"by_kind": _sums_json(sums), "by_member": members}


def _sums_json(sums: Mapping[tuple[str, str], tuple[int, int, int]]) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "unit": unit, "present": present, "read": read, "not_read": not_read}
        for (kind, unit), (present, read, not_read) in sorted(sums.items())
    ]
