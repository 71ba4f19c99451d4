"""What the apps of several cases have in common that may tell a common maker.

Only what an app's own makers put in counts: signers, traces in own code, secrets by their digest,
servers, tables and code books of own code. What every user of a library shares is left out. Each
common trace has a grade and what speaks against it; none alone is proof.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from witnessmark.report.document import Document, FrozenFinding

FEWEST_COLUMNS = 3
FEWEST_CODES = 3
NOT_TELLING = frozenset({"none"})

GRADES: Mapping[str, tuple[str, str]] = {
    "signer": ("strong", "Firms sign for their clients, and keys are stolen and published."),
    "secret": ("supporting", "Secrets are copied along with examples and with bought code."),
    "code_book": ("supporting", "Both may follow one standard or form."),
    "table": ("supporting", "Both may hold code of one library that we do not know."),
    "server": ("supporting", "A server may serve many makers."),
    "email": ("supporting", "The address may have come with copied code."),
    "organisation": ("weak", "Both may only speak of it."),
    "copyright": ("weak", "Notices are copied along with texts and code."),
    "build_path": ("weak", "Both may hold one file that somebody else built."),
    "code_name": ("weak", "Both may hold one library that we do not know."),
    "package": ("weak", "Anyone can choose any package name."),
}
"""Grade and what speaks against it, by what is shared."""

SHARED_WORDS: Mapping[str, str] = {
    "signer": "Signed with the same key", "secret": "The same secret, by its digest",
    "code_book": "The same code book", "table": "A table with the same name and columns",
    "server": "The same server", "email": "The same e-mail address",
    "organisation": "The same organisation named", "copyright": "The same copyright notice",
    "build_path": "The same folder of a computer that built it",
    "code_name": "Code under the same name", "package": "Package names that begin alike",
}  # fmt: skip


class Shared(Struct, frozen=True):
    """One trace: what it is, its value, the cases that have it (by their order), and its grade."""

    what: str
    value: str
    cases: tuple[int, ...]
    findings: tuple[str, ...]

    @property
    def grade(self) -> str:
        """``strong``, ``supporting`` or ``weak``."""
        return GRADES[self.what][0]

    @property
    def against(self) -> str:
        """What speaks against a common maker."""
        return GRADES[self.what][1]

    @property
    def says(self) -> str:
        """The trace as a sentence without an end."""
        return f"{SHARED_WORDS[self.what]}: {self.value}"


def shared(documents: Sequence[Document]) -> tuple[Shared, ...]:
    """Traces that at least two documents have, the strongest first."""
    found: dict[tuple[str, str], dict[int, list[str]]] = defaultdict(dict)
    for case, document in enumerate(documents):
        for what, value, finding in _traces(document):
            found[what, value].setdefault(case, []).append(finding)
    order = list(GRADES)
    common = [key for key, cases in found.items() if len(cases) > 1]
    return tuple(
        Shared(
            what,
            value,
            tuple(sorted(found[what, value])),
            tuple(one for case in sorted(found[what, value]) for one in found[what, value][case]),
        )
        for what, value in sorted(common, key=lambda key: (order.index(key[0]), key[1]))
    )


def _traces(document: Document) -> Iterator[tuple[str, str, str]]:
    labels = document.app.package.split(".")
    if len(labels) > 2:
        yield "package", ".".join(labels[:2]), ""
    for finding in document.findings:
        for what, value in _of_finding(finding):
            yield what, value, finding.id


def _of_finding(finding: FrozenFinding) -> Iterator[tuple[str, str]]:
    subject: Mapping[str, Any] = finding.subject
    if finding.kind == "embeds.attribution":
        yield from _attribution(subject)
    elif finding.kind == "embeds.secret" and subject.get("in_own_code"):
        yield "secret", str(subject.get("digest", ""))
    elif finding.kind == "sends.endpoint" and _own(subject):
        host = str(subject.get("host") or subject.get("address") or "")
        if host and not subject.get("private"):
            yield "server", host
    elif finding.kind == "keeps.table" and _own(subject):
        columns = [str(column["name"]) for column in subject.get("columns", ())]
        if len(columns) >= FEWEST_COLUMNS:
            yield "table", f"{subject['name']} ({', '.join(columns)})"
    elif finding.kind == "marks.code_book" and _own(subject):
        entries = [f"{one.get('code')} {one.get('label')}" for one in subject.get("entries", ())]
        if len(entries) >= FEWEST_CODES:
            yield "code_book", "; ".join(entries)


def _own(subject: Mapping[str, Any]) -> bool:
    return subject.get("owner", "own") == "own" and subject.get("in_own_code", True) is not False


def _attribution(subject: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    what = str(subject.get("what", ""))
    if subject.get("grade") in NOT_TELLING:
        return
    if what == "signer":
        yield "signer", str(subject.get("sha256", ""))
    elif what in GRADES and what != "package":
        yield what, str(subject.get("value", ""))


def as_json(found: Sequence[Shared]) -> bytes:
    """The traces as JSON, one list."""
    rows = [
        {
            "what": one.what, "value": one.value, "grade": one.grade, "against": one.against,
            "cases": one.cases, "findings": one.findings,
        }
        for one in found
    ]  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(rows), indent=1) + b"\n"
