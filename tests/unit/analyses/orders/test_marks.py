"""Marks of triggers carry their intervals and words."""

from __future__ import annotations

from pathlib import Path

import pytest

from miniapp.apk import write_apk
from witnessmark import pipeline
from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.intervals import spelled
from witnessmark.analyses.orders._marks import Mark, find_marks
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.triggers import Trigger

TRIGGERS = load(["triggers"]).entries("triggers", Trigger)
FILTERS = [Member("android.content.IntentFilter", "addAction")]
BODY = "call Landroid/telephony/SmsMessage;->getMessageBody()Ljava/lang/String;"
EQUALS = "call Ljava/lang/String;->equals(Ljava/lang/Object;)Z"


def marks(folder: Path, *code: str) -> list[Mark]:
    method = {"sig": "onResume()V", "code": [*code, "return"]}
    classes = [{"name": "org.example.Main", "extends": "android.app.Activity", "methods": [method]}]
    path = folder / "app.apk"
    path.write_bytes(write_apk({"classes": classes}))
    app = pipeline.read_app([path])
    return list(find_marks(app, CodeNames(app, framework_model()), TRIGGERS, FILTERS))


def test_there_are_enough_triggers() -> None:
    assert len(TRIGGERS) >= 60
    assert len({trigger.event for trigger in TRIGGERS}) >= 15


def test_an_interval_is_told_in_seconds(tmp_path: Path) -> None:
    scan = "call Lcom/baidu/location/LocationClientOption;->setScanSpan(I)V"
    (mark,) = marks(tmp_path, "new Lcom/baidu/location/LocationClientOption;", "int 5000", scan)
    assert (mark.trigger.id, mark.seconds) == ("baidu_interval", 5.0)


def test_an_interval_that_is_not_constant_is_not_made_up(tmp_path: Path) -> None:
    scan = "call Lcom/baidu/location/LocationClientOption;->setScanSpan(I)V"
    (mark,) = marks(tmp_path, "this", "sget Lorg/example/Main;->gap:I", scan)
    assert mark.seconds < 0


def test_words_count_behind_the_text_of_a_message(tmp_path: Path) -> None:
    (mark,) = marks(tmp_path, BODY, "string locate", EQUALS)
    assert [text for text, _, _ in mark.words] == ["locate"]
    assert marks(tmp_path, "string a", "string locate", EQUALS, BODY) == []


def test_an_action_counts_when_it_is_registered_for(tmp_path: Path) -> None:
    action = "string android.intent.action.SCREEN_ON"
    add = "call Landroid/content/IntentFilter;->addAction(Ljava/lang/String;)V"
    (mark,) = marks(tmp_path, "new Landroid/content/IntentFilter;", action, add)
    assert (mark.trigger.id, mark.how) == ("screen", "registered")
    assert marks(tmp_path, action) == []


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.5, "0.5 seconds"), (1, "1 second"), (60, "1 minute"), (5400, "90 minutes"),
     (86400, "1 day"), (61, "61 seconds")],
)  # fmt: skip
def test_durations_are_told_in_plain_words(seconds: float, words: str) -> None:
    assert spelled(seconds) == words
