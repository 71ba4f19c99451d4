"""Roles of methods and classes, as code below analyses asks for them."""

from __future__ import annotations

from unit.facts.made_facts import facts_of
from witnessmark.facts.tables.code import CALLS
from witnessmark.flow.call_roles import classes, players, plays

CODE = [
    "string a", "string b", "call virtual Ljava/lang/String;->equals(Ljava/lang/Object;)Z",
    "string c", "call static Lorg/example/Made;->valueOf(Ljava/lang/String;)Lorg/example/Made;",
    "return",
]  # fmt: skip


def test_methods_play_roles_by_class_and_name() -> None:
    method = {"sig": "run()V", "code": CODE}
    app = facts_of(classes=[{"name": "org.example.Made", "methods": [method]}])
    callees = {app.method_name(row): row for row in app.table(CALLS)["callee"].tolist()}
    assert plays(app, "text_equal", callees["equals"])
    assert not plays(app, "same", callees["equals"])
    assert not plays(app, "same", callees["valueOf"])


def test_members_and_classes_of_a_role() -> None:
    assert ("java.lang.String", "equals") in set(players("text_equal"))
    assert ("android.content.Context", "openFileOutput") in set(players("file_stream"))
    assert "java.io.FileOutputStream" in classes("file_stream")
    assert classes("worker") == ("androidx.work.ListenableWorker",)
    assert not any(not name for _, name in players("file_stream"))
