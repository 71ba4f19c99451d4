"""The page: self-contained, deterministic, deaf to what app text says."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from unit.report.samples import HOSTILE, UYGHUR, sample
from unit.report.test_document import APP, a_finding
from witnessmark.model.errors import CaseError
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import CHAPTERS, Original
from witnessmark.model.gap import Gap
from witnessmark.model.location import Location
from witnessmark.report.document import AppSummary, freeze
from witnessmark.report.html import render

FETCHING = {
    "src",
    "srcset",
    "poster",
    "data",
    "action",
    "formaction",
    "background",
    "ping",
    "style",
}
VOID = {"meta", "input", "br", "rect", "link", "img"}


class Page(HTMLParser):
    """Elements, attributes, ids and text of a page; notes elements that do not nest."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("script", "style"):
            self.text.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(render(sample(40).document).decode())


def text_of(page: Page) -> str:
    return re.sub(r"\s+", " ", "".join(page.text))


def test_equal_documents_make_equal_pages() -> None:
    assert render(sample(20).document) == render(bytes(sample(20).document))


def test_elements_nest_and_ids_are_unique(page: Page) -> None:
    assert page.crossed == []
    assert page.open == []
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_every_link_leads_to_a_place_in_the_page(page: Page) -> None:
    ids = {f"#{attributes['id']}" for _, attributes in page.tags if "id" in attributes}
    links = {attributes["href"] for attributes in page.named("a")}
    assert links
    assert links <= ids


def test_nothing_is_loaded(page: Page) -> None:
    assert not {"link", "img", "iframe", "object", "embed", "base"} & {tag for tag, _ in page.tags}
    assert not [name for _, attributes in page.tags for name in attributes if name in FETCHING]


def test_the_policy_names_the_very_style_and_script() -> None:
    text = render(sample(5).document).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (inner,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{directive} &#39;sha256-{digest}&#39;" in policy
    assert policy.startswith("default-src &#39;none&#39;")


def test_hostile_text_stays_text(page: Page) -> None:
    text = render(sample(40).document).decode()
    assert text.count("<script>") == 1
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert '<script>alert("x")</script>' in text_of(page)
    assert HOSTILE not in text


def test_hostile_text_in_every_field_stays_text() -> None:
    bad = "\"'><img src=x onerror=alert(1)>{{ 7*7 }}\u202e\x00\ud800"
    at = Location("0" * 64, (bad, bad), 0, 1, "hex", {bad: bad, "pc": 1})
    finding = a_finding(
        subject={bad: bad, "rows": [{bad: bad}], "deep": {bad: [bad, {bad: None}]}},
        says=bad,
        evidence=(Evidence(bad, at, bad, (Evidence(bad, at, bad),)),),
        original=(Original(bad, bad, bad),),
        categories=(bad,),
        limits=(bad,),
    )
    app = AppSummary(bad, bad, bad, APP.inputs)
    page = Page(render(freeze(app, (), [finding], [Gap(bad, bad, (bad,))])).decode())
    assert page.named("img") == []
    assert not [name for _, attributes in page.tags for name in attributes if name == "onerror"]
    assert "49" not in text_of(page)
    assert page.crossed == []


def test_the_summary_can_be_quoted(page: Page) -> None:
    text = text_of(page)
    for stated in (
        "入户走访登记", "org.example.visit", "3.2.1 (build 321)", "CN=Example Works",
        hashlib.sha256(sample(40).app).hexdigest(), "It shows 4 screens and 16 fields to fill in; they concern ",
        "on special categories: religious belief", "14 places could not be looked into",
        "41,188 of 41,200 methods read, 12 not read",
    ):  # fmt: skip
        assert stated in text, stated


def test_all_chapters_stand_in_order_and_empty_ones_say_so(page: Page) -> None:
    ids = [attributes.get("id") for attributes in page.named("section")]
    assert [name for name in ids if name in CHAPTERS] == list(CHAPTERS)
    assert text_of(page).count("Nothing was found in what could be read.") == 4
    assert "More may be hidden here: The library is packed; its code was not read." in text_of(page)


def test_app_words_carry_language_and_direction(page: Page) -> None:
    quoted = page.named("q")
    assert {one["lang"] for one in quoted} == {"zh", "ug", "ar", "und"}
    assert all(one["dir"] == "auto" for one in quoted)
    assert UYGHUR in text_of(page)


def test_without_findings_and_coverage_the_page_says_so() -> None:
    text = text_of(Page(render(freeze(APP, (), (), ())).decode()))
    assert "No coverage was recorded" in text
    assert "No gap was met" in text
    assert "No signer could be read." in text


def test_many_reasons_for_gaps_are_told_once_and_linked_elsewhere() -> None:
    gaps = [Gap("app.apk", f"oddity {n}", CHAPTERS) for n in range(30)]
    text = text_of(Page(render(freeze(APP, (), (), gaps)).decode()))
    assert text.count("Oddity 29") == 1
    assert text.count("25 more reasons") == 8
    assert "may hide anything" in text


def test_other_bytes_are_refused() -> None:
    with pytest.raises(CaseError):
        render(b"{}")
