"""The frozen document: schema, order, determinism, text that JSON can hardly hold."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from unit.report.samples import GAPS, Blobs, endpoint_finding, field_finding, sample
from witnessmark.model.errors import CaseError
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original, Reach
from witnessmark.model.gap import Gap
from witnessmark.model.location import Location
from witnessmark.report import document
from witnessmark.report.document import AppSummary, CoverageRow, InputSummary, freeze, thaw

SCHEMA_PATH = Path(document.__file__).with_name("findings.schema.json")
SCHEMA = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))
ROOT = Path(__file__).resolve().parents[3]
APP = AppSummary("Visit", "org.example.visit", "1", (InputSummary("a.apk", "0" * 64, 1),))


def a_finding(**changes: Any) -> Finding:
    at = Location("0" * 64, ("classes.dex",), 4, 2, "hex", {"method": "La;->b()V", "pc": 3})
    values: dict[str, Any] = {
        "kind": "takes.permission",
        "subject": {"permission": "android.permission.CAMERA"},
        "says": "It may use the camera.",
        "evidence": (Evidence("The manifest says so.", at, "beef"),),
        "strength": "read",
    }
    return Finding(**{**values, **changes})


def test_sample_satisfies_the_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(sample(40).document))


def test_schema_is_published_in_the_reference() -> None:
    published = ROOT / "docs" / "reference" / "findings.schema.json"
    assert published.read_bytes() == SCHEMA_PATH.read_bytes()


def test_the_reference_names_every_published_subject_key() -> None:
    page = (ROOT / "docs" / "reference" / "findings.md").read_text(encoding="utf-8")
    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    published = {
        name.removeprefix("subject."): schema["properties"]
        for name, schema in SCHEMA["$defs"].items()
        if name.startswith("subject.")
    }
    assert published.keys() <= rows.keys()
    for kind, keys in published.items():
        assert all(f"`{key}`" in rows[kind] for key in keys if key != "type"), kind


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("asks.field", {"label": "no screen"}),
        ("keeps.table", {"name": "t", "columns": ["no object"]}),
        ("marks.code_book", {"name": "c", "count": -1, "entries": []}),
        ("sends.endpoint", {"port": 80}),
        ("sends.flow", {"source": {"class": "a"}, "sink": {"class": "a", "method": "b"}}),
    ],
)
def test_schema_refuses_subjects_that_break_their_published_keys(
    kind: str, subject: dict[str, Any]
) -> None:
    data = freeze(APP, (), [a_finding(kind=kind, subject=subject)], ())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(data))


def test_keys_stand_in_the_published_order() -> None:
    (finding,) = json.loads(freeze(APP, (), [a_finding()], ()))["findings"]
    assert list(finding) == list(SCHEMA["$defs"]["finding"]["properties"])
    (evidence,) = finding["evidence"]
    assert list(evidence) == ["says", "at", "excerpt", "because"]
    assert list(evidence["at"]) == ["sha256", "member", "offset", "length", "place"]
    assert list(evidence["at"]["place"]) == ["reads_as", "method", "pc"]
    assert list(finding["subject"]) == ["type", "permission"]
    assert finding["subject"]["type"] == "permission"


def test_bytes_do_not_depend_on_the_order_of_arrival() -> None:
    blobs = Blobs()
    findings = [field_finding(blobs, n) for n in range(6)] + [endpoint_finding(blobs, 1)]
    rows = [CoverageRow(f"m{n}", "code", 2, 1, 1, "methods", "cut") for n in range(4)]
    gaps = list(GAPS)
    first = freeze(APP, rows, findings, gaps)
    shuffle = random.Random(4).shuffle
    for listed in (rows, findings, gaps):
        shuffle(listed)
    assert freeze(APP, rows, findings, gaps) == first


def test_equal_ids_become_one_finding_that_keeps_all_evidence() -> None:
    seen = Evidence("Read elsewhere.", Location("0" * 64, (), 0, 1), "00")
    weak = a_finding(strength="indicated", evidence=(seen,), limits=("Only a hint.",))
    strong = a_finding(reach=Reach("reached", ("La;->b()V",)))
    (finding,) = thaw(freeze(APP, (), [weak, strong], ())).findings
    assert finding.strength == "read"
    assert finding.reach.state == "reached"
    assert [node.says for node in finding.evidence] == ["The manifest says so.", "Read elsewhere."]
    assert finding.limits == ("Only a hint.",)


def test_coverage_is_summed_by_kind_and_unit() -> None:
    rows = [
        CoverageRow("a.dex", "code", 10, 9, 1, "methods", "cut"),
        CoverageRow("b.dex", "code", 5, 5, 0, "methods"),
        CoverageRow("a.so", "native", 7, 0, 7, "bytes", "packed"),
    ]
    coverage = thaw(freeze(APP, rows, (), ())).coverage
    assert [(one.kind, one.present, one.read, one.not_read) for one in coverage.by_kind] == [
        ("code", 15, 14, 1),
        ("native", 7, 0, 7),
    ]
    assert len(coverage.by_member) == 3


def test_equal_gaps_are_told_once() -> None:
    gaps = [Gap("a", "why", ("sends", "asks")), Gap("a", "why", ("asks", "sends"))]
    assert [one.hides for one in thaw(freeze(APP, (), (), gaps)).gaps] == [("asks", "sends")]


def test_lone_surrogates_survive_as_escapes() -> None:
    broken = "a\ud800b"
    data = freeze(APP, (), [a_finding(original=(Original(broken),))], ())
    assert b"a\\ud800b" in data
    assert thaw(data).findings[0].original[0].text == broken


def test_each_finding_has_its_own_line() -> None:
    lines = sample(40).document.decode().splitlines()
    assert sum(line.startswith('  {"id": ') for line in lines) == 40


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"[" * 100_000,
        sample(2).document.replace(b'"read"', b'"sure"', 1),
        sample(2).document.replace(b'"format"', b'"other"', 1),
        sample(2).document.replace(b'"kind": "asks.', b'"kind": "begs.', 1),
        sample(2).document.replace(b'{"id": "asks.', b'{"id": "<b>.', 1),
    ],
)
def test_anything_else_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(CaseError, match="not a witnessmark-findings/1 document"):
        thaw(data)


def test_thaw_returns_what_was_frozen() -> None:
    thawed = thaw(sample(20).document)
    assert len(thawed.findings) == 20
    assert thawed.app.package == "org.example.visit"
    assert {one.chapter for one in thawed.findings} == {
        "asks", "takes", "keeps", "marks", "sends", "embeds",
    }  # fmt: skip
