"""Pictures: well-formed, each part leads to its finding, app text stays text."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import msgspec
import pytest

from unit.report.samples import HOSTILE
from unit.report.test_document import APP, a_finding
from witnessmark.cli.explain import story
from witnessmark.model.finding import Reach
from witnessmark.report.document import Document, FrozenFinding, freeze, thaw
from witnessmark.report.pictures import pictures
from witnessmark.report.pictures.svg import PAGE, PRINT, fitted, width_of
from witnessmark.report.pictures.way import draw as draw_way
from witnessmark.report.words import words

RUNS = Reach("reached", ("La;->b()V",))


def record(name: str, *fields: str) -> object:
    parts = [{"name": one, "categories": ["pd:Name"]} for one in fields]
    subject = {"name": name, "fields": parts, "owner": "own"}
    return a_finding(kind="keeps.record", subject=subject, identity=name, reach=RUNS)


def doc(*findings: object) -> Document:
    return thaw(freeze(APP, (), findings, ()))  # type: ignore[arg-type]


def drawn(document: Document, chapter: str, lang: str = "en") -> str:
    (picture,) = pictures(document, words(lang), PRINT)[chapter]
    ElementTree.fromstring(str(picture.svg))
    return str(picture.svg)


def test_nothing_is_drawn_of_nothing() -> None:
    assert pictures(doc(), words()) == {}
    assert pictures(doc(record("One", "a")), words()) == {}


def test_records_that_share_a_telling_name_are_joined() -> None:
    joined = drawn(doc(record("One", "person_no", "id"), record("Two", "person_no")), "keeps")
    apart = drawn(doc(record("One", "person_no", "id"), record("Two", "id")), "keeps")
    assert joined.count("<path") == 1
    assert apart.count("<path") == 0
    assert joined.count("<a href=") == 2


def test_sides_are_joined_only_by_paths_that_were_followed() -> None:
    given = a_finding(kind="asks.field", subject={"label": "x"}, categories=("pd:Name",))
    got = a_finding(kind="sends.endpoint", subject={"host": "a.example", "owner": "own"})
    flow = a_finding(
        kind="sends.flow", categories=("pd:Name",),
        subject={"source": {"class": "La/B;", "method": "m", "in_class": "a.Sync"},
                 "sink": {"class": "La/C;", "method": "send"}, "steps": []},
    )  # fmt: skip
    assert "<path" not in drawn(doc(given, got), "sends")
    assert drawn(doc(given, got, flow), "sends").count("<path") == 2


@pytest.mark.parametrize("lang", ["en", "ug"])
def test_triggers_stand_on_the_axis_or_beside_it(lang: str) -> None:
    timed = a_finding(kind="orders.trigger", identity="1",
                      subject={"trigger": "alarm", "event": "time", "interval_seconds": [60.0]})  # fmt: skip
    boot = a_finding(kind="orders.trigger", identity="2",
                     subject={"trigger": "boot", "event": "start", "interval_seconds": []})  # fmt: skip
    svg = drawn(doc(timed, boot), "orders", lang)
    assert svg.count("<circle") == 1
    assert "start" in svg


def test_code_books_show_codes_labels_and_glosses() -> None:
    entries = [{"code": str(n), "label": f"标签{n}", "gloss": f"label {n}"} for n in range(20)]
    book = a_finding(kind="marks.code_book", subject={"name": "a.Kinds", "entries": entries})
    svg = drawn(doc(book), "marks")
    assert "标签3" in svg
    assert "label 3" in svg
    assert "6 more" in svg


def test_text_of_the_app_stays_text() -> None:
    svg = drawn(doc(record(HOSTILE, HOSTILE), record("Two", "b")), "keeps")
    assert "<script" not in svg
    assert "javascript:" not in svg or 'href="javascript' not in svg


def test_words_are_cut_to_their_room() -> None:
    assert fitted("short", 10, 100) == "short"
    cut = fitted("很长的文字" * 20, 10, 100)
    assert cut.endswith("…")
    assert width_of(cut, 10) <= 100


def states(*moves: tuple[str, str]) -> object:
    subject = {
        "name": "Task.status",
        "states": [{"code": "0", "label": "waits", "gloss": ""},
                   {"code": "1", "label": HOSTILE, "gloss": "done"}],
        "steps": [{"in": "0", "label": "sign", "gloss": "", "leads_to": ""}],
        "moves": [{"from": start, "to": end, "where": "La;->b()V"} for start, end in moves],
    }  # fmt: skip
    return a_finding(kind="orders.state", subject=subject, identity="state", reach=RUNS)


def test_states_are_joined_only_by_moves_that_were_found() -> None:
    assert "<path" not in drawn(doc(states()), "orders")
    assert drawn(doc(states(("0", "1"))), "orders").count("<path") == 1
    assert "<path" not in drawn(doc(states(("", "1"), ("0", "7"))), "orders")


STEP = "La/Sync;->send(Ljava/lang/String;)V"


def a_flow(*moves: str, label: str = "姓名") -> FrozenFinding:
    subject = {
        "source": {"class": "android.widget.EditText", "method": "getText"},
        "sink": {"class": "java.io.Writer", "method": "write"},
        "steps": [{"method": STEP, "pc": n, "moves": move} for n, move in enumerate(moves)],
        "recipients": ["http://a.example"],
        "fields": [{"screen": "s", "number": 1, "name": "n", "label": label}],
    }
    return doc(a_finding(kind="sends.flow", subject=subject)).findings[0]


def test_the_way_of_a_flow_names_field_methods_moves_and_recipient() -> None:
    svg = draw_way(a_flow("is put into an array", "goes through String.trim"), words("en"), PAGE)
    texts = re.findall(r"<text[^>]*>([^<]*)<", svg)
    assert texts == [
        "姓名", "Sync.send", "is put into an array", "goes through String.trim",
        "Writer.write → http://a.example",
    ]  # fmt: skip


def test_a_long_way_is_shortened_and_other_findings_have_none() -> None:
    svg = draw_way(a_flow(*(f"move {n}" for n in range(40))), words("en"), PAGE)
    assert "16 more" in svg
    assert "move 0<" in svg
    assert "move 39<" in svg
    assert "move 20<" not in svg
    assert draw_way(doc(record("One", "b")).findings[0], words("en"), PAGE) == ""
    assert "<script" not in draw_way(a_flow(HOSTILE, label=HOSTILE), words("en"), PAGE)


def test_explain_tells_a_flow_in_order() -> None:
    lines = list(story(msgspec.to_builtins(a_flow("goes through String.trim"))))
    at = lines.index("The way of the data")
    assert lines[at + 1 : at + 5] == [
        "  It comes in: android.widget.EditText.getText",
        "  in Sync.send",
        "    1. goes through String.trim",
        "  It leaves: java.io.Writer.write, to http://a.example",
    ]
