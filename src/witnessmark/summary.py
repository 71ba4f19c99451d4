"""Words about a whole examination: the app's summary, its coverage, its headlines."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

from witnessmark.facts.tables.artifacts import COVERAGE, READING_GAPS
from witnessmark.facts.tables.code import METHODS
from witnessmark.facts.tables.manifest import APP
from witnessmark.facts.tables.signing import SIGNERS, SIGNING_PROBLEMS
from witnessmark.facts.view import Facts
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.model.finding import CHAPTERS
from witnessmark.model.gap import Gap
from witnessmark.package.app import App
from witnessmark.report.document import AppSummary, CoverageRow, InputSummary, SignerSummary


def app_summary(app: App, facts: Facts) -> AppSummary:
    """Name, package, version, inputs and signers."""
    said = dict(facts.table(APP).rows("key", "value"))
    version = said.get("version_name", "")
    code = said.get("version_code", "")
    signers = tuple(
        SignerSummary(*row)
        for row in facts.table(SIGNERS).rows("scheme", "state", "sha256", "subject")
    )
    return AppSummary(
        name=said.get("label", "") or said.get("package", "") or app.inputs[0].name,
        package=said.get("package", ""),
        version=f"{version} ({code})" if version and code else version or code,
        inputs=tuple(InputSummary(one.name, one.sha256, one.size) for one in app.inputs),
        signers=signers,
    )


QUOTED_NAME = re.compile(r"'[^']*'")


def coverage_rows(facts: Facts) -> Iterator[CoverageRow]:
    """The ledger of what was read."""
    for member, kind, unit, present, read, why in facts.table(COVERAGE).rows():
        yield CoverageRow(member, kind, present, read, present - read, unit, why)
    yield from _shares(facts)


def _shares(facts: Facts) -> Iterator[CoverageRow]:
    """How much of the code is reached, and how many of the texts that code computes are known.

    They stand in the ledger because a question that nothing answers must be read beside them; the
    member is empty, for they are about all code together.
    """
    with_code = facts.table(METHODS)["code_units"][: len(facts.table(REACH))] > 0
    present = int(with_code.sum())
    reached = int(((facts.table(REACH)["state"] == "reached") & with_code).sum())
    if present:
        why = "no way from where running begins was found; it may be dead, or called unseen"
        yield CoverageRow("", "code reached", present, reached, present - reached, "methods", why)
    whole = facts.table(DERIVED_TEXTS)["whole"]
    if len(whole):
        known = int(whole.sum())
        why = "some piece comes from outside: a server, a user, the device, a file"
        yield CoverageRow(
            "", "texts computed", len(whole), known, len(whole) - known, "strings", why
        )


def reading_gaps(facts: Facts) -> Iterator[Gap]:
    """Gaps that reading left, and signatures that do not hold."""
    for at, why, hides in facts.table(READING_GAPS).rows("at", "why", "hides"):
        yield Gap(at, why, tuple(json.loads(hides)))
    yield from _signature_gaps(facts)


def _signature_gaps(facts: Facts) -> Iterator[Gap]:
    """Problems of signatures, those that differ by a quoted name alone told once."""
    alike: dict[tuple[str, str], list[str]] = {}
    for scheme, says in facts.table(SIGNING_PROBLEMS).rows("scheme", "says"):
        alike.setdefault((scheme, QUOTED_NAME.sub("''", says)), []).append(says)
    for (scheme, _), listed in alike.items():
        more = f" (one of {len(listed)} problems of this kind)" if len(listed) > 1 else ""
        yield Gap(f"signature {scheme}", f"{listed[0]}{more}", ("embeds/attribution",))


def headlines(document: bytes) -> tuple[str, ...]:
    """A few plain sentences about a findings document."""
    read = json.loads(document)
    app = read["app"]
    count = Counter(finding["kind"].partition(".")[0] for finding in read["findings"])
    reached = Counter(
        finding["kind"].partition(".")[0]
        for finding in read["findings"]
        if finding["reach"]["state"] == "reached"
    )
    lines = [f"{app['name']} {app['version']}  ({app['package'] or 'no package name'})", ""]
    for chapter in CHAPTERS:
        found = f"{count[chapter]:>5}  of which {reached[chapter]} in code that runs"
        lines.append(f"  {chapter:<7}{found if count[chapter] else '    -  nothing found'}")
    lines += ["", f"  {_gaps_told(len(read['gaps']))}"]
    return tuple(lines)


def _gaps_told(number: int) -> str:
    if number == 0:
        return "Nothing failed to be read; the report says what was left aside."
    if number == 1:
        return "One place could not be read, or not fully; the report names it."
    return f"{number:,} places could not be read, or not fully; the report lists them."
