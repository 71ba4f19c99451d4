"""Counts, sentences and groups, in words."""

from __future__ import annotations

from typing import Any

import pytest

from unit.report.samples import sample
from unit.report.test_document import APP, a_finding
from witnessmark.model.finding import Reach
from witnessmark.model.gap import Gap
from witnessmark.report.document import freeze, thaw
from witnessmark.report.names import category_name
from witnessmark.report.view import (
    View,
    certainly_special,
    method_name,
    method_names,
    view,
)
from witnessmark.report.words import words

WORDS = words()


def seen(findings: list[Any], gaps: tuple[Gap, ...] = ()) -> View:
    return view(thaw(freeze(APP, (), findings, gaps)), WORDS)


def test_a_chapter_counts_in_plain_words() -> None:
    reached = Reach("reached", ("La;->b()V",))
    findings = [
        a_finding(identity="1", reach=reached),
        a_finding(identity="2"),
        a_finding(kind="takes.device_data", subject={"what": "w", "api": "a"}),
        a_finding(kind="takes.odd_thing"),
    ]
    takes = seen(findings).chapters[1]
    assert takes.answer == "It contains 1 reading of device data, 2 permissions and 1 odd thing"
    assert takes.reach == {"reached": 1, "unreached": 0, "unknown": 3}
    assert [group.heading for group in takes.groups] == [
        "Readings of device data", "Permissions", "Odd thing",
    ]  # fmt: skip


def test_an_empty_chapter_says_what_may_hide_there() -> None:
    gaps = (
        Gap("a.so", "packed", ("sends/endpoint",)),
        Gap("b.so", "packed", ("sends/endpoint",)),
        Gap("c.bin", "unknown", ("keeps",)),
    )
    sends = seen([], gaps).chapters[4]
    assert sends.answer == "Nothing was found in what could be read."
    assert sends.gap_places == 2
    assert [group.places for group in sends.gaps] == [("a.so", "b.so")]


def test_gaps_that_hide_most_come_first() -> None:
    gaps = (
        Gap("a", "few", ("sends/flow", "sends/request")),
        Gap("b", "more places", ("keeps",)),
        Gap("c", "more places", ("keeps",)),
        Gap("d", "more chapters", ("keeps", "sends")),
    )
    told = seen([], gaps).gaps
    assert [group.why for group in told] == ["more chapters", "more places", "few"]
    assert [group.id for group in told] == ["gap-1", "gap-2", "gap-3"]


def test_certainly_special_names_no_ordinary_category() -> None:
    findings = thaw(sample(40).document).findings
    assert certainly_special(findings) == {"pd:ReligiousBelief"}


def test_certainly_special_keeps_silent_where_two_may_be_meant() -> None:
    both = a_finding(categories=("pd:Health", "pd:Genetic"), special=True)
    assert certainly_special(thaw(freeze(APP, (), [both], ())).findings) == frozenset()


@pytest.mark.parametrize(
    ("category", "name"),
    [
        ("pd:ReligiousBelief", "religious belief"),
        ("wm:IMEI", "IMEI"),
        ("wm:NationalIdNumber", "national id number"),
        ("pd:GPSCoordinate", "GPS coordinate"),
        ("wm:WiFiName", "Wi-Fi name"),
        ("odd", "odd"),
    ],
)
def test_category_names(category: str, name: str) -> None:
    assert category_name(category) == name


@pytest.mark.parametrize(
    ("signature", "name"),
    [
        ("Lorg/example/Main$1;->run()V", "Main$1.run"),
        ("LMain;-><init>(Landroid/os/Bundle;)V", "Main.<init>"),
        ("onClick", ""),
        ("", ""),
    ],
)
def test_method_names(signature: str, name: str) -> None:
    assert method_name(signature) == name


def test_files_that_were_read_in_part_make_one_group_with_what_each_lost() -> None:
    gaps = (
        Gap("A.java", "was read in part: line 3: this is no Java", ("keeps",)),
        Gap("B.java", "was read in part: line 9: nothing here declares x", ("keeps",)),
        Gap("c.bin", "is encrypted: AES", ("keeps",)),
    )
    assert [(group.why, group.places) for group in seen([], gaps).gaps] == [
        (
            "was read in part",
            (
                "A.java: line 3: this is no Java",
                "B.java: line 9: nothing here declares x",
            ),
        ),
        ("is encrypted: AES", ("c.bin",)),
    ]


def test_methods_that_would_look_alike_are_told_with_their_parameters() -> None:
    one, other = "Lorg/example/Main;->send(I[Lx/Row;)V", "Lorg/example/Main;->send()V"
    assert method_names([one, other, "Lorg/example/Main;->run()V", one]) == [
        "Main.send(int, Row[])", "Main.send()", "Main.run", "Main.send(int, Row[])",
    ]  # fmt: skip
    assert method_names([one, one]) == ["Main.send", "Main.send"]
    assert method_names(["a script"]) == ["a script"]


@pytest.mark.parametrize(
    ("kind", "subject", "concerns"),
    [
        ("takes.permission", {"state": "used"}, True),
        ("takes.permission", {"state": "unused"}, False),
        ("takes.permission", {"state": "not_known"}, False),
        ("takes.device_data", {"permission": ["X"], "permission_held": True}, True),
        ("takes.device_data", {"permission": ["X"], "permission_held": False}, False),
        ("takes.device_data", {"permission": [], "permission_held": False}, True),
    ],
)
def test_what_is_not_done_concerns_nobody(
    kind: str, subject: dict[str, Any], concerns: bool
) -> None:
    finding = a_finding(kind=kind, subject={"type": "x", **subject}, categories=("wm:IMEI",))
    (chapter,) = [one for one in seen([finding]).chapters if one.name == "takes"]
    assert (chapter.people != ()) == concerns
