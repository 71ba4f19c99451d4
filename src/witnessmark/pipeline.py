"""The order of the work, and the only file that knows it.

Bytes become an app, the app tables, the tables findings, the findings a document, the document
a report; all of it is put into a case folder at once or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from witnessmark import __version__
from witnessmark.case.bundle import bundle
from witnessmark.case.custody import FILE_NAME as CUSTODY
from witnessmark.case.custody import append_event, file_digests
from witnessmark.case.reader import case_file
from witnessmark.case.record import CaseInput, CaseMember, case_json
from witnessmark.case.writer import new_case
from witnessmark.facts.view import Facts
from witnessmark.model.assessment import Assessment
from witnessmark.model.errors import UsageError
from witnessmark.model.finding import Finding
from witnessmark.model.gap import Gap
from witnessmark.package.app import App, Member
from witnessmark.report.compare import Change
from witnessmark.report.document import Document
from witnessmark.report.forms import Form

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What `examine` wrote: sentences for the person, the path of the report."""

    headlines: tuple[str, ...]
    report: Path


def _silent(_: str) -> None:
    """Progress that nobody watches."""


def read_app(paths: Sequence[Path], progress: Progress = _silent) -> Facts:
    """The app in ``paths`` as tables, those of flow included."""
    from witnessmark.flow.build import build_flow

    facts, _ = _read(paths, progress)
    progress("following calls from every entry point")
    return facts.with_tables(build_flow(facts).tables)


def _read(paths: Sequence[Path], progress: Progress) -> tuple[Facts, App]:
    from witnessmark.facts.build import build_facts
    from witnessmark.package.open import open_input

    progress("opening " + ", ".join(path.name for path in paths))
    app = open_input(paths)
    return build_facts(app, progress), app


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


def examine(
    paths: Sequence[Path],
    target: Path,
    *,
    force: bool = False,
    progress: Progress = _silent,
    packs: Sequence[Path] = (),
) -> Outcome:
    """Examine the app in ``paths`` and write the whole case into ``target``.

    ``packs`` are folders of further knowledge, as `knowledge.load` reads them; KnowledgeError
    names an entry that is wrong.
    """
    from witnessmark.analyses.catalogue import catalogue
    from witnessmark.analyses.runner import run_analyses
    from witnessmark.assess.people import PACKS as PEOPLE_PACKS
    from witnessmark.assess.people import tell_people
    from witnessmark.facts.store import write
    from witnessmark.flow.build import build_flow
    from witnessmark.knowledge.load import data_version, load
    from witnessmark.report.document import freeze
    from witnessmark.report.html import render
    from witnessmark.summary import app_summary, coverage_rows, headlines, reading_gaps

    analyses = catalogue()
    wanted = {pack for analysis in analyses for pack in analysis.knows} | {*PEOPLE_PACKS}
    know = load(
        wanted | {one.name for pack in packs for one in pack.iterdir() if one.is_dir()}, packs
    )
    with new_case(target, force=force) as folder:
        facts, app = _read(paths, progress)
        progress("following calls from every entry point")
        flow = build_flow(facts)
        facts = facts.with_tables(flow.tables)
        results = run_analyses(facts, know, analyses, lambda name: progress(f"asking: {name}"))
        findings = tell_people(results.findings, know)
        progress("writing the case")
        gaps = (*reading_gaps(facts), *flow.gaps, *results.gaps)
        document = freeze(
            app_summary(app, facts),
            coverage_rows(results.facts),
            findings,
            gaps,
            _readings(findings, gaps),
        )
        (folder / "findings.json").write_bytes(document)
        (folder / "report.html").write_bytes(render(document))
        write(results.facts, folder / "facts.duckdb")
        record = case_json(
            _inputs(app),
            version=__version__,
            knowledge=data_version(packs),
            analyses={analysis.id: analysis.version for analysis in analyses},
            options={"packs": [pack.name for pack in packs]} if packs else {},
        )
        (folder / "case.json").write_bytes(record)
        _log(folder, "examined")
    return Outcome(headlines(document), target / "report.html")


def _readings(findings: Sequence[Finding], gaps: Sequence[Gap]) -> tuple[Assessment, ...]:
    from witnessmark.assess.assess import assess
    from witnessmark.knowledge.load import load
    from witnessmark.knowledge.packs.law import Provision
    from witnessmark.knowledge.packs.people import Category, by_term

    know = load(("law", "people"))
    people = by_term(know.entries("people", Category))
    return assess(findings, gaps, know.entries("law", Provision), people)


def export(case: Path, form: Form, out: Path | None = None) -> Path:
    """Make one form of the report from a case's findings; the path written.

    Without ``out`` it goes into the case, under the form's own name, and the log notes it; a
    bundle goes beside the case.
    UsageError when it cannot be written or another file of that name is there.
    """
    from witnessmark.report.document import thaw
    from witnessmark.report.forms import renderer

    document = case_file(case, "findings.json").read_bytes()
    thaw(document)
    if form is Form.BUNDLE:
        made = bundle(case, __version__)
        target = out or case.parent / f"{case.name}.{form.file_name}"
    else:
        made = renderer(form)(document)
        target = out or case / form.file_name
    if out is None and target.is_file():
        if target.read_bytes() == made:
            return target
        raise UsageError(f"{target} is there and differs from what would be written; use --out")
    try:
        target.write_bytes(made)
    except OSError as error:
        raise UsageError(
            f"cannot write {target}: {error.strerror}; choose another --out"
        ) from error
    if target.parent == case:
        detail = {"sha256": file_digests(case, [target.name]), "tool": f"witnessmark {__version__}"}
        append_event(case / CUSTODY, "exported", detail)
    return target


def compare(
    older: Path, newer: Path, page: Path | None = None, *, progress: Progress = _silent
) -> tuple[Change, ...]:
    """What ``newer`` does differently from ``older``; each is a case or something to examine.

    ``page`` is a file for the comparison as HTML.
    """
    from witnessmark.report import compare_page
    from witnessmark.report.compare import compare as changes_of

    before, after = (_document_of(one, progress) for one in (older, newer))
    changes = changes_of(before, after)
    if page is not None:
        try:
            page.write_bytes(compare_page.render(before, after, changes))
        except OSError as error:
            raise UsageError(f"cannot write {page}: {error.strerror}; choose another") from error
    return changes


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
