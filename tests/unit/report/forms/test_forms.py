"""Every form of the sample document: same bytes each time, app text stays text."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from unit.report.samples import sample
from unit.report.test_document import APP, a_finding
from witnessmark.model.errors import UsageError
from witnessmark.report.document import freeze, thaw
from witnessmark.report.forms import Form, file_name, renderer
from witnessmark.report.forms.markdown import plain
from witnessmark.report.shown import plain as visible
from witnessmark.report.words import LANGUAGES, words

DOCUMENT = sample(40).document
FINDINGS = thaw(DOCUMENT).findings
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.mark.parametrize("form", [one for one in Form if one is not Form.BUNDLE])
def test_the_same_document_gives_the_same_bytes(form: Form) -> None:
    assert renderer(form)(DOCUMENT) == renderer(form)(DOCUMENT)


def read_workbook(book: bytes) -> tuple[list[str], set[str]]:
    """Names of the sheets, and the texts of all cells."""
    with zipfile.ZipFile(BytesIO(book)) as parts:
        names = [
            str(sheet.get("name"))
            for sheet in ElementTree.fromstring(parts.read("xl/workbook.xml")).iter(f"{SHEET}sheet")
        ]
        shared = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
    return names, {"".join(part.itertext()) for part in shared.iter(f"{SHEET}si")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sheet_a_chapter_with_words_and_glosses(lang: str) -> None:
    names, texts = read_workbook(renderer(Form.XLSX, lang)(DOCUMENT))
    t = words(lang)
    chapters = dict.fromkeys(t(f"chapter-{one.chapter}") for one in FINDINGS)
    rest = [t("gaps"), t("coverage"), t("legal-readings")]
    assert names == [t("sheet-about"), *chapters, *rest]
    assert {one.id for one in FINDINGS} <= texts
    assert {visible(one.says) for one in FINDINGS} <= texts
    assert (t("unreviewed") in texts) is (lang != "en")
    assert t("column-notes") in texts


def test_results_with_their_bytes() -> None:
    (run,) = json.loads(renderer(Form.SARIF)(DOCUMENT))["runs"]
    rules = [one["id"] for one in run["tool"]["driver"]["rules"]]
    assert len(run["results"]) == len(FINDINGS)
    for result, finding in zip(run["results"], FINDINGS, strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == finding.kind
        assert result["partialFingerprints"]["witnessmark/finding"] == finding.id
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["byteLength"] > 0


def test_personal_data_by_its_terms() -> None:
    graph = json.loads(renderer(Form.DPV)(DOCUMENT))["@graph"]
    told = {name["@id"] for one in graph[1:] for name in one["dpv:hasPersonalData"]}
    assert told == {name for one in FINDINGS for name in one.categories}


def test_indicators_have_stable_names() -> None:
    objects = json.loads(renderer(Form.STIX)(DOCUMENT))["objects"]
    assert [one["id"] for one in objects] == sorted({one["id"] for one in objects})
    assert {"file", "x509-certificate"} <= {one["type"] for one in objects}


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\n# b", r"a \# b"), ("<b>*x*</b>", r"\<b\>\*x\*\</b\>"), ("[a](b)", r"\[a\](b)")],
)
def test_text_of_an_app_makes_no_markup(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_form_names_every_finding_and_gap(lang: str) -> None:
    text = renderer(Form.MARKDOWN, lang)(DOCUMENT).decode()
    assert all(one.id in text for one in FINDINGS)
    assert f"## {words(lang)('what-we-could-not-see')}" in text
    assert (words(lang)("unreviewed") in text) is (lang != "en")


def test_provenance_leads_from_findings_to_spans_of_the_app() -> None:
    graph = {one["@id"]: one for one in json.loads(renderer(Form.PROV)(DOCUMENT))["@graph"]}
    app = f"urn:sha256:{thaw(DOCUMENT).app.inputs[0].sha256}"
    for finding in FINDINGS:
        spans = graph[f"urn:witnessmark:finding:{finding.id}"]["prov:wasDerivedFrom"]
        assert spans
        for span in spans:
            assert graph[span["@id"]]["prov:specializationOf"]["@id"] == app
            assert graph[span["@id"]]["wm:length"] >= 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_are_typeset_in_every_language(lang: str) -> None:
    made = renderer(Form.PDF, lang)(DOCUMENT)
    assert made.startswith(b"%PDF-")
    assert len(made) > 20_000
    assert made == renderer(Form.PDF, lang)(DOCUMENT)


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="pdffonts is not installed")
def test_fonts_of_every_script_are_embedded(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(renderer(Form.PDF, "ug")(DOCUMENT))
    told = subprocess.run(
        ["pdffonts", str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True
    )  # fmt: skip
    rows = told.stdout.splitlines()[2:]
    assert {"NotoSansCJKtc", "NotoNaskhArabic"} <= {
        row.split("+")[1].split("-")[0] for row in rows if "+" in row
    }
    assert all(" yes yes yes " in row for row in rows)


def test_forms_that_speak_english_say_so() -> None:
    with pytest.raises(UsageError, match="in English only"):
        renderer(Form.SARIF, "fr")


def test_names_of_files_tell_language_and_audience() -> None:
    assert file_name(Form.HTML) == "report.html"
    assert file_name(Form.PDF, "ug") == "report.ug.pdf"
    assert file_name(Form.HTML, "zh", "publication") == "report.zh.publication.html"


def test_related_places_are_told_once() -> None:
    twice = a_finding()
    twice = replace(twice, evidence=(*twice.evidence, *twice.evidence, *twice.evidence))
    (run,) = json.loads(renderer(Form.SARIF)(freeze(APP, (), [twice], ())))["runs"]
    related = [json.dumps(one) for one in run["results"][0]["relatedLocations"]]
    assert len(related) == len(set(related))


def test_indicators_are_read_by_the_reference_library() -> None:
    stix2 = pytest.importorskip("stix2", reason="stix2 is not installed")
    parsed = stix2.parse(json.loads(renderer(Form.STIX)(DOCUMENT)), allow_custom=False)
    assert {one["type"] for one in parsed.objects} >= {"file", "x509-certificate"}
