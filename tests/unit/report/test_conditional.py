"""Deeds of code that was not seen to run are told under that condition, in every form and tongue."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable

import pytest

from unit.report.test_document import APP, a_finding
from witnessmark.model.finding import Finding, Reach, ReachState
from witnessmark.report.conditional import DEEDS, UNKNOWN, UNREACHED, conditional
from witnessmark.report.document import freeze
from witnessmark.report.forms import markdown, xlsx
from witnessmark.report.forms.sarif import render as sarif
from witnessmark.report.html import render
from witnessmark.report.sentences import sentences
from witnessmark.report.view import KIND_ORDER

LANGUAGES = ("zh", "ug", "ar", "fr", "es", "ru")
SAYS = "While it runs, the app acts with each call (in library code: own)."
LEADS: dict[ReachState, str] = {"unreached": UNREACHED, "unknown": UNKNOWN}


def call(state: ReachState, **changes: object) -> Finding:
    """A finding that the app acts with each call."""
    kind = {"kind": "orders.trigger", "subject": {"trigger": "call"}, **changes}
    return a_finding(says=SAYS, reach=Reach(state), **kind)


def _html(document: bytes, lang: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", render(document, lang).decode()))


def _markdown(document: bytes, lang: str) -> str:
    return re.sub(r"\\(.)", r"\1", markdown.render(document, lang).decode())


def _xlsx(document: bytes, lang: str) -> str:
    with zipfile.ZipFile(io.BytesIO(xlsx.render(document, lang))) as book:
        cells = "".join(book.read(name).decode() for name in sorted(book.namelist()))
    return html.unescape(re.sub("<[^>]+>", "", cells))


@pytest.mark.parametrize("form", [_html, _markdown, _xlsx])
@pytest.mark.parametrize("lang", ["en", *LANGUAGES])
def test_every_form_tells_the_condition(form: Callable[[bytes, str], str], lang: str) -> None:
    for state, lead in LEADS.items():
        told = form(freeze(APP, [], [call(state)], []), lang)
        whole = f"{lead}{SAYS}"
        said = whole if lang == "en" else "".join(sentences(lang).translated(whole) or ("?",))
        assert said != SAYS
        assert said in re.sub("[\u2066-\u2069]", "", told)
    sure = form(freeze(APP, [], [call("reached")], []), lang)
    for lead in LEADS.values():
        words = lead if lang == "en" else _lead(lead, lang)
        assert words not in sure


def _lead(lead: str, lang: str) -> str:
    """The words before a sentence in another language."""
    whole = "".join(sentences(lang).translated(f"{lead}{SAYS}") or ())
    return whole.removesuffix("".join(sentences(lang).translated(SAYS) or ()))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_condition_is_words_in_front_of_the_same_sentence(lang: str) -> None:
    for lead in LEADS.values():
        assert 4 < len(_lead(lead, lang)) < 50


def test_what_the_app_only_holds_or_declares_has_no_condition() -> None:
    held = call("unreached", kind="sends.endpoint", subject={"host": "example.org"})
    assert conditional(held) == SAYS
    at = call("unknown").evidence[0]
    assert at.at is not None
    declared = type(at)(at.says, type(at.at)("0" * 64, ("AndroidManifest.xml",), 4, 2), "beef")
    marked = call("unknown", kind="hides.weakness", subject={}, evidence=(declared,))
    assert conditional(marked) == SAYS
    started = call("unknown", evidence=(declared,))
    assert conditional(started) == f"{UNKNOWN}{SAYS}"


def test_other_programs_read_the_condition_too() -> None:
    assert UNREACHED.encode() in sarif(freeze(APP, [], [call("unreached")], []))


def test_kinds_are_spelled_as_the_report_spells_them() -> None:
    assert set(KIND_ORDER) >= DEEDS
