"""Form files: questions that stand in files the app brings along and turns into screens.

What it finds
    Fields of XForms (ODK), of form definitions in XML and JSON: label, hint, kind, choices, whether
    an answer is required, conditions, and the name under which the answer goes.

Why it matters
    Survey and intake apps ask what a file tells them to; their layouts are empty.

How it decides
    An XForm is told by its binds and controls. Other files count when they hold at least two
    descriptions of fields in one of the formats of the pack `form_formats`: a label, a name and a
    known type together. Code that names the file decides its reach.

What it misses
    Forms that are fetched or decrypted while the app runs; formats that the pack does not know;
    expressions, which are quoted, not evaluated.

Example
    ``<input ref="/data/faith"><label>Faith</label></input>``
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from witnessmark.analyses.asks._described import Described, Span, in_json, in_xml
from witnessmark.analyses.asks._listed import Row, listed
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.file_uses import uses_of_member
from witnessmark.facts.tables.artifacts import ARTIFACTS
from witnessmark.facts.tables.code import STRING_USES
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.formats.jsontext import read_json
from witnessmark.formats.textxml import read_text_xml
from witnessmark.knowledge.gloss import PACKS as GLOSS_PACKS
from witnessmark.knowledge.gloss import Glossary
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.form_formats import FormFormat
from witnessmark.model.errors import FormatError
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original, Reach

FORM_FILE = Analysis(
    id="asks/form_file",
    version=1,
    reads=(ARTIFACTS, STRING_USES, REACH),
    knows=(*GLOSS_PACKS, "form_formats"),
)

LARGEST = 8 << 20
SMALLEST = 40
MOST_QUOTED, MOST_TEXTS = 40, 60
KEYWORDS = (b"bind", b"type", b"Type")
LIMIT = "It does not show whether the app lets anybody fill in this form."


class FormFile(Struct, frozen=True):
    """A file with the fields that it describes."""

    artifact: int
    name: str
    fields: Sequence[Described]
    reach: Reach


@FORM_FILE.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding a form, and one a field."""
    glossary = Glossary(know)
    for form in _forms(app, know.entries("form_formats", FormFormat)):
        yield _screen(app, form, glossary)
        for number, one in enumerate(form.fields, 1):
            yield _field(app, form, number, one)


def _forms(app: Facts, formats: Sequence[FormFormat]) -> Iterator[FormFile]:
    table = app.table(ARTIFACTS)
    for artifact, (kind, size) in enumerate(table.rows("type", "size")):
        name = app.member_name(artifact)
        if kind not in ("xml", "json", "xhtml") or not SMALLEST <= size <= LARGEST:
            continue
        if "/res/" in f"/{name}" and "/res/raw" not in f"/{name}":
            continue
        fields = _described(bytes(app.blob(artifact)), kind, formats)
        if fields:
            member = name.rpartition("!")[2]
            methods = [use.method for use in uses_of_member(app, member)]
            reach = best_reach(app, methods) if methods else Reach("unknown")
            yield FormFile(artifact, name, fields, reach)


def _described(data: bytes, kind: str, formats: Sequence[FormFormat]) -> list[Described]:
    if not any(word in data for word in KEYWORDS):
        return []
    try:
        if kind == "json":
            return in_json(read_json(data), formats)
        return in_xml(read_text_xml(data), data, formats)
    except FormatError:
        return []


def _screen(app: Facts, form: FormFile, glossary: Glossary) -> Finding:
    rows = [
        Row(one.label or one.name, "", _control(one), number, hint=one.hint)
        for number, one in enumerate(form.fields, 1)
    ]
    texts = list(dict.fromkeys(row.text for row in rows))
    number = len(form.fields)
    return Finding(
        kind="asks.screen",
        subject={
            "name": form.name,
            "opened_by": [],
            "opens_as": ["form file"],
            "inputs": number,
            "fields": [one.label or one.name for one in form.fields],
            "texts": len(texts),
            "drawing": listed(rows, lambda text: _english(glossary, text)),
        },
        says=f"The form in the file {form.name} asks for {number} things.",
        evidence=(_quote(app, form, form.fields[0].at, "the first field of the form"),),
        strength="read",
        reach=form.reach,
        original=tuple(Original(text) for text in texts[:MOST_TEXTS]),
        limits=(LIMIT,),
        identity=f"form\0{form.name}",
    )


def _english(glossary: Glossary, text: str) -> str:
    found = None if text.isascii() else glossary.gloss(text)
    return found.text if found is not None else ""


def _control(one: Described) -> str:
    kind = one.kind.lower()
    if one.options or "select" in kind or "choice" in kind or "radio" in kind:
        return "choice"
    if "check" in kind or kind in ("switch", "boolean"):
        return "check"
    return "date" if "date" in kind or "time" in kind else "text"


def _field(app: Facts, form: FormFile, number: int, one: Described) -> Finding:
    subject: dict[str, Any] = {
        "screen": form.name,
        "label": one.label,
        "hint": one.hint,
        "name": one.name,
        "widget": one.kind,
        "input": one.kind,
        "choices": [{"code": code, "label": label} for code, label, _ in one.options],
        "bound_to": one.name,
        "number": number,
    }
    if one.required:
        subject["required"] = True
    if one.pattern:
        subject["validation"] = {"constraint": one.pattern}
    if one.condition:
        subject["condition"] = f"shown only if {one.condition}"
    title = f"“{one.label}”" if one.label else f"a field named “{one.name}”"
    kind = f" ({one.kind})" if one.kind and not one.kind.isdecimal() else ""
    return Finding(
        kind="asks.field",
        subject=subject,
        says=f"The form in the file {form.name} asks for {title}{kind}.",
        evidence=tuple(_evidence(app, form, one)),
        strength="read",
        reach=form.reach,
        original=tuple(
            Original(text, lang or "und") for lang, text in dict.fromkeys(one.words) if text
        ),
        limits=(LIMIT,),
        identity=f"{form.name}\0{one.name}\0{number}",
    )


def _evidence(app: Facts, form: FormFile, one: Described) -> Iterator[Evidence]:
    yield _quote(app, form, one.at, f"the file describes the field “{one.name}”")
    if one.label_at is not None and one.label_at != one.at:
        yield _quote(app, form, one.label_at, "its label")
    for code, label, at in one.options[:MOST_QUOTED]:
        if at is not None:
            yield _quote(app, form, at, f"one of its choices, {code}: {label}")


def _quote(app: Facts, form: FormFile, at: Span, says: str) -> Evidence:
    return app.quote(says, form.artifact, at.offset, at.length, "utf-8")
