"""The order of the work, and the only file that knows it.

Bytes become an app, the app tables, the tables findings, the findings a document, the document
a report; all of it is put into a case folder at once or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import asdict

from witnessmark import __version__
from witnessmark.case.custody import FILE_NAME as CUSTODY
from witnessmark.case.custody import append_event, file_digests
from witnessmark.case.record import CaseInput, CaseMember, case_json
from witnessmark.case.writer import new_case
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import forget_regexes, keep_regexes
from witnessmark.model.errors import InputError, UsageError
from witnessmark.package.app import App, Member
from witnessmark.report.forms import ENGLISH

if TYPE_CHECKING:
    from witnessmark.analyses.contract import Analysis
    from witnessmark.assess.assess import Read, Seen
    from witnessmark.assess.claims import Text
    from witnessmark.case.export import Wish
    from witnessmark.knowledge.load import Knowledge
    from witnessmark.knowledge.packs.law import Provision
    from witnessmark.model.finding import Finding
    from witnessmark.model.gap import Gap
    from witnessmark.report.alike import Shared
    from witnessmark.report.compare import Change
    from witnessmark.report.document import Document, Readings

Progress = Callable[[str], None]


class Outcome(Struct, frozen=True):
    """What `examine` wrote: sentences for the person, the path of the report."""

    headlines: tuple[str, ...]
    report: Path


class FlowsWritten(Struct, frozen=True):
    """What `write_flows` did: apps and flows written, and inputs that could not be read."""

    apps: int
    flows: int
    unreadable: tuple[tuple[Path, str], ...]


def _silent(_: str) -> None:
    """Progress that nobody watches."""


def read_app(paths: Sequence[Path], progress: Progress = _silent, *, data: bool = False) -> Facts:
    """The app in ``paths`` as tables, those of flow included; with ``data`` that of flows, too."""
    facts, _ = _read(paths, progress)
    return _followed(facts, (), progress, data=data)[0]


def _followed(
    facts: Facts, packs: Sequence[Path], progress: Progress, *, data: bool = True
) -> tuple[Facts, tuple[Gap, ...]]:
    """The tables of flow added, and where it could not look; an error in following data, or in
    computing texts, becomes a gap.
    """
    from witnessmark.analyses.runner import attempt
    from witnessmark.flow.build import build_flow
    from witnessmark.flow.taint.follow import follow_data
    from witnessmark.flow.taint.tables import FLOWS
    from witnessmark.knowledge.flows import flow_knowledge
    from witnessmark.model.attempt import stopped
    from witnessmark.model.table import Table

    progress("following calls from every entry point")
    flow = build_flow(facts, attempt=attempt)
    facts = facts.with_tables(flow.tables)
    if not data:
        return facts, flow.gaps
    progress("following data")
    know = flow_knowledge(packs)
    followed, error = attempt(lambda: follow_data(facts, flow.program, know, attempt))
    if followed is None:
        unseen = (*flow.gaps, stopped("sends/flow", error, ("sends",)))
        return facts.with_tables({FLOWS.name: Table.empty(FLOWS)}), unseen
    return facts.with_tables({FLOWS.name: followed.table}), (*flow.gaps, *followed.gaps)


def _read(paths: Sequence[Path], progress: Progress) -> tuple[Facts, App]:
    from witnessmark.facts.build import build_facts
    from witnessmark.package.open import open_input

    progress("opening " + ", ".join(path.name for path in paths))
    app = open_input(paths)
    return build_facts(app, progress), app


def write_flows(
    paths: Sequence[Path],
    target: Path,
    *,
    implicit: bool = False,
    packs: Sequence[Path] = (),
    progress: Progress = _silent,
) -> FlowsWritten:
    """Write the flows of each app that ``paths`` name into a file of its own in ``target``.

    KnowledgeError names an entry of ``packs`` that is wrong; UsageError a folder that cannot be
    written.
    """
    from witnessmark.flow.taint.listing import flow_listing
    from witnessmark.knowledge.flows import flow_knowledge
    from witnessmark.package.inputs import apps_below

    know = flow_knowledge(packs)
    apps = [app for path in paths for app in apps_below(path)]
    flows, unreadable = 0, []
    names = _file_names(apps)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror}; choose another") from error
    for path, name in zip(apps, names, strict=True):
        try:
            facts, app = _read([path], progress)
        except InputError as error:
            unreadable.append((path, str(error)))
            continue
        progress(f"following data in {path.name}")
        count, listing = flow_listing(facts, app.inputs[0].sha256, know, implicit=implicit)
        flows += count
        (target / f"{name}.json").write_bytes(listing)
    return FlowsWritten(len(apps) - len(unreadable), flows, tuple(unreadable))


def _file_names(apps: Sequence[Path]) -> list[str]:
    """Names for what is written of each app; those that are alike are numbered."""
    seen: dict[str, int] = {}
    names = []
    for path in apps:
        stem = path.stem if path.is_file() else path.resolve().name
        seen[stem] = seen.get(stem, 0) + 1
        names.append(stem if seen[stem] == 1 else f"{stem}-{seen[stem]}")
    return names


def write_facts(
    paths: Sequence[Path], target: Path, *, force: bool = False, progress: Progress = _silent
) -> Path:
    """Write a case that holds the tables only; the path of its database."""
    from witnessmark.facts.store import write
    from witnessmark.knowledge.load import data_version

    with new_case(target, force=force) as folder:
        facts, app = _read(paths, progress)
        progress("writing tables")
        write(facts, folder / "facts.duckdb")
        record = case_json(
            _inputs(app),
            version=__version__,
            knowledge=data_version(),
            analyses={},
            options={"stop": "facts"},
        )
        (folder / "case.json").write_bytes(record)
        _log(folder, "facts written")
    return target / "facts.duckdb"


class _Wish(Struct, frozen=True):
    """What `examine` is asked for beyond the app, checked before anything is read."""

    packs: tuple[Path, ...]
    law: tuple[str, ...]
    lang: str
    chosen: tuple[Provision, ...]
    texts: tuple[Text, ...]


class _Found(Struct, frozen=True):
    """What an examination found: tables with the rows of analyses, findings, gaps."""

    app: App
    facts: Facts
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]


def examine(
    paths: Sequence[Path],
    target: Path,
    *,
    force: bool = False,
    progress: Progress = _silent,
    packs: Sequence[Path] = (),
    law: Sequence[str] = (),
    lang: str = ENGLISH,
    claims: Sequence[Path] = (),
) -> Outcome:
    """Examine the app in ``paths`` and write the whole case into ``target``.

    ``packs`` are folders of further knowledge, as `knowledge.load` reads them; KnowledgeError
    names an entry that is wrong. ``law`` names the legal orders or instruments that are held
    against the findings, the default when empty (`assess.choice`); UsageError for an unknown one.
    ``lang`` is the language of the page. ``claims`` are files with the app's privacy text or store
    label, compared claim by claim.
    """
    from witnessmark.analyses.catalogue import catalogue
    from witnessmark.report.words import words as speak
    from witnessmark.summary import headlines

    speak(lang)
    analyses = catalogue()
    wish = _Wish(tuple(packs), tuple(law), lang, _chosen_law(law, packs), _texts(claims))
    know = _knowledge(analyses, packs)
    with new_case(target, force=force) as folder:
        found = _look_into(paths, analyses, know, packs, progress)
        progress("writing the case")
        document = _document(found, wish)
        _write_case(folder, found, document, analyses, wish)
    if packs:  # what a user's own packs look for is theirs, and stays in their folders
        forget_regexes()
    else:
        keep_regexes()
    return Outcome(headlines(document), target / "report.html")


def _knowledge(analyses: Sequence[Analysis], packs: Sequence[Path]) -> Knowledge:
    """The packs that analyses, and what tells people, need, and those that ``packs`` add to."""
    from witnessmark.assess.people import PACKS as PEOPLE_PACKS
    from witnessmark.knowledge.load import load

    wanted = {pack for analysis in analyses for pack in analysis.knows} | {*PEOPLE_PACKS}
    return load(
        wanted | {one.name for pack in packs for one in pack.iterdir() if one.is_dir()}, packs
    )


def _look_into(
    paths: Sequence[Path],
    analyses: Sequence[Analysis],
    know: Knowledge,
    packs: Sequence[Path],
    progress: Progress,
) -> _Found:
    from witnessmark.analyses.runner import run_analyses
    from witnessmark.assess.people import tell_people
    from witnessmark.summary import reading_gaps

    facts, app = _read(paths, progress)
    facts, unseen = _followed(facts, packs, progress)
    results = run_analyses(facts, know, analyses, lambda name: progress(f"asking: {name}"))
    gaps = (*reading_gaps(facts), *unseen, *results.gaps)
    return _Found(app, results.facts, tell_people(results.findings, know), gaps)


def _document(found: _Found, wish: _Wish) -> bytes:
    """findings.json: what was found, and how it reads against the law and what the app claims."""
    from witnessmark.assess.assess import Seen
    from witnessmark.report.document import freeze
    from witnessmark.summary import app_summary, coverage_rows

    seen = Seen(found.findings, found.gaps, _read_of(found.facts))
    return freeze(
        app_summary(found.app, found.facts),
        coverage_rows(found.facts),
        found.findings,
        found.gaps,
        _readings(seen, wish.chosen, wish.texts, named=bool(wish.law)),
    )


def _write_case(
    folder: Path, found: _Found, document: bytes, analyses: Sequence[Analysis], wish: _Wish
) -> None:
    from witnessmark.case.templates import KeptTemplates
    from witnessmark.facts.store import write
    from witnessmark.knowledge.load import data_version
    from witnessmark.report.html import render

    (folder / "findings.json").write_bytes(document)
    (folder / "report.html").write_bytes(render(document, wish.lang, KeptTemplates()))
    write(found.facts, folder / "facts.duckdb")
    record = case_json(
        _inputs(found.app),
        version=__version__,
        knowledge=data_version(wish.packs),
        analyses={analysis.id: analysis.version for analysis in analyses},
        options=_options(wish.packs, wish.law, wish.texts),
    )
    (folder / "case.json").write_bytes(record)
    _log(folder, "examined")


def _options(packs: Sequence[Path], law: Sequence[str], texts: Sequence[Text]) -> dict[str, Any]:
    """What was asked for, as case.json notes it."""
    options: dict[str, Any] = {}
    if packs:
        options["packs"] = [pack.name for pack in packs]
    if law:
        options["law"] = sorted(law)
    if texts:
        options["claims"] = [{"name": one.name, "sha256": one.sha256} for one in texts]
    return options


def _chosen_law(names: Sequence[str], packs: Sequence[Path]) -> tuple[Provision, ...]:
    from witnessmark.assess.choice import choose
    from witnessmark.knowledge.load import load
    from witnessmark.knowledge.packs.law import Provision

    return choose(load(("law",), packs).entries("law", Provision), names)


def _read_of(facts: Facts) -> tuple[Read, ...]:
    """Sums of the coverage ledger by kind and unit."""
    from collections import Counter

    from witnessmark.assess.assess import Read
    from witnessmark.facts.tables.artifacts import COVERAGE

    present: Counter[tuple[str, str]] = Counter()
    read: Counter[tuple[str, str]] = Counter()
    for kind, unit, some, of_them in facts.table(COVERAGE).rows("kind", "unit", "present", "read"):
        present[kind, unit] += some
        read[kind, unit] += of_them
    return tuple(Read(kind, unit, present[kind, unit], read[kind, unit])
                 for kind, unit in sorted(present))  # fmt: skip


def _texts(claims: Sequence[Path]) -> tuple[Text, ...]:
    if not claims:
        return ()
    from witnessmark.assess.claims import read_text

    try:
        return tuple(read_text(path.name, path.read_bytes()) for path in claims)
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be read: {error.strerror}") from error


def _readings(
    seen: Seen, law: Sequence[Provision], texts: Sequence[Text], *, named: bool
) -> Readings:
    from witnessmark.assess.assess import assess
    from witnessmark.assess.choice import law_read
    from witnessmark.assess.conditions import Conditions
    from witnessmark.knowledge.load import load
    from witnessmark.knowledge.packs.law_facts import Fact
    from witnessmark.knowledge.packs.people import Category, by_term
    from witnessmark.report.document import Readings

    know = load(("law_facts", "people"))
    facts = {one.id: one for one in know.entries("law_facts", Fact)}
    people = by_term(know.entries("people", Category))
    made = assess(seen, law, facts, people)
    held = law_read(law, made, named=named)
    read = {"why": held.why, "instruments": tuple(map(asdict, held.instruments))}
    if texts:
        from witnessmark.assess.claims import claim_reader, compare_claims

        packs = load(("claims", "claim_words"))
        reader = claim_reader({name: packs.pack(name) for name in ("claims", "claim_words")})
        conditions = Conditions(seen.findings, facts, people)
        made += tuple(one for text in texts for one in compare_claims(text, reader, conditions))
    return Readings(made, read)


def export(case: Path, wish: Wish) -> Path:
    """Make one form of the report of a case; see `case.export`."""
    from witnessmark.case.export import export as made

    return made(case, wish, __version__)


def compare(
    older: Path,
    newer: Path,
    page: Path | None = None,
    lang: str = "en",
    *,
    progress: Progress = _silent,
) -> tuple[Change, ...]:
    """What ``newer`` does differently from ``older``; each is a case or something to examine.

    ``page`` is a file for the comparison as HTML, in the language ``lang``.
    """
    from witnessmark.report import compare_page
    from witnessmark.report.compare import compare as changes_of

    before, after = (_document_of(one, progress) for one in (older, newer))
    changes = changes_of(before, after)
    if page is not None:
        try:
            page.write_bytes(compare_page.render(before, after, changes, lang))
        except OSError as error:
            raise UsageError(f"cannot write {page}: {error.strerror}; choose another") from error
    return changes


def alike(cases: Sequence[Path], *, progress: Progress = _silent) -> tuple[Shared, ...]:
    """What several cases, or things to examine, have in common.

    Raises `UsageError` for fewer than two.
    """
    from witnessmark.report.alike import shared

    if len(cases) < 2:
        raise UsageError("name at least two cases or apps, to hold them beside each other")
    return shared([_document_of(one, progress) for one in cases])


def _document_of(path: Path, progress: Progress) -> Document:
    """The document of a case, or of an app that is examined for it."""
    import tempfile

    from witnessmark.report.document import thaw

    if (path / "findings.json").is_file():
        return thaw((path / "findings.json").read_bytes())
    with tempfile.TemporaryDirectory(prefix="witnessmark-") as scratch:
        case = Path(scratch) / "case"
        examine([path], case, progress=progress)
        return thaw((case / "findings.json").read_bytes())


def _inputs(app: App) -> list[CaseInput]:
    members: dict[int, list[CaseMember]] = {}
    for member in app.members:
        container = app.artifacts[member.container]
        root = container.input
        if app.inputs[root].type == "folder" and container.parent >= 0:
            continue
        members.setdefault(root, []).append(_case_member(app, member))
    return [
        CaseInput(one.name, one.size, one.sha256, one.sha1, one.md5, tuple(members.get(number, ())))
        for number, one in enumerate(app.inputs)
    ]


def _case_member(app: App, member: Member) -> CaseMember:
    """A member with the hashes that are known of it."""
    if member.content < 0:
        return member.member, member.size, ""
    content = app.artifacts[member.content]
    if not content.sha1:
        return member.member, member.size, content.sha256
    return member.member, member.size, content.sha256, content.sha1, content.md5


def _log(folder: Path, event: str) -> None:
    names = [path.name for path in folder.iterdir() if path.name != CUSTODY]
    detail = {"sha256": file_digests(folder, names), "tool": f"witnessmark {__version__}"}
    append_event(folder / CUSTODY, event, detail)
