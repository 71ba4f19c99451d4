"""Who runs a task: the call that is given it, told by where the value comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.flow.small_app import SmallApp, creating, main_class, plain_class, small_app
from witnessmark.flow.reach import reach_of
from witnessmark.flow.tables import CALL_EDGES, REACH

CREATE = "Lorg/example/Main;->onCreate(Landroid/os/Bundle;)V"
RESUME = "Lorg/example/Main;->onResume()V"
POST = "call Landroid/os/Handler;->post(Ljava/lang/Runnable;)Z"
RUNNABLE = "java.lang.Runnable"
FIELD = "Lorg/example/Main;->task:Ljava/lang/Runnable;"
POSTED = 6


def tasks(*names: str) -> list[dict[str, object]]:
    """Classes of tasks."""
    return [plain_class(name, "run()V", "<init>()V", implements=[RUNNABLE]) for name in names]


def run_by(app: SmallApp, name: str) -> set[str]:
    """Methods with a call that is known to run a task."""
    run = app.method(f"Lorg/example/{name};->run()V")
    return {
        app.facts.method_signature(caller)
        for caller, callee, kind in app.facts.table(CALL_EDGES).rows("caller", "callee", "kind")
        if callee == run and kind == POSTED
    }


def test_task_in_a_field_is_run_where_it_is_posted(tmp_path: Path) -> None:
    main = main_class(
        "this", *creating("Job"), f"iput {FIELD}", "new Lorg/example/Idle;",
        fields=[{"sig": "task:Ljava/lang/Runnable;"}],
        methods=[{"sig": "onResume()V", "code": [
            "new Landroid/os/Handler;", "this", f"iget {FIELD}", POST, "return"]}],
    )  # fmt: skip
    app = small_app(tmp_path, [main, *tasks("Job", "Idle")])
    assert run_by(app, "Job") == {RESUME}
    assert run_by(app, "Idle") == set()


def test_field_with_a_second_writer_runs_both_and_an_unseen_one_any(tmp_path: Path) -> None:
    unseen = {"sig": "set(Ljava/lang/Runnable;)V", "code": ["this", "param 1", f"iput {FIELD}",
                                                          "return"]}  # fmt: skip
    again = {"sig": "onPause()V", "code": ["this", *creating("Other"), f"iput {FIELD}", "return"]}
    post = {"sig": "onResume()V", "code": ["new Landroid/os/Handler;", "this", f"iget {FIELD}",
                                           POST, "return"]}  # fmt: skip
    for more, known in ((again, {RESUME}), (unseen, set())):
        main = main_class(
            "this", *creating("Job"), f"iput {FIELD}", *creating("Other"),
            fields=[{"sig": "task:Ljava/lang/Runnable;"}], methods=[post, more],
        )  # fmt: skip
        app = small_app(tmp_path, [main, *tasks("Job", "Other")])
        assert run_by(app, "Job") == known
        assert app.state("Lorg/example/Job;->run()V") == "reached"
        assert app.state("Lorg/example/Other;->run()V") == "reached"


def test_task_handed_to_a_private_helper_is_run_there(tmp_path: Path) -> None:
    later = {"sig": "later(Ljava/lang/Runnable;)V", "access": "private",
             "code": ["new Landroid/os/Handler;", "param 1", POST, "return"]}  # fmt: skip
    main = main_class("this", *creating("Job"),
                      "call direct Lorg/example/Main;->later(Ljava/lang/Runnable;)V",
                      methods=[later])  # fmt: skip
    app = small_app(tmp_path, [main, *tasks("Job", "Idle")])
    assert run_by(app, "Job") == {"Lorg/example/Main;->later(Ljava/lang/Runnable;)V"}


def test_helper_that_others_may_override_is_not_followed(tmp_path: Path) -> None:
    later = {"sig": "later(Ljava/lang/Runnable;)V",
             "code": ["new Landroid/os/Handler;", "param 1", POST, "return"]}  # fmt: skip
    main = main_class("this", *creating("Job"),
                      "call Lorg/example/Main;->later(Ljava/lang/Runnable;)V",
                      methods=[later])  # fmt: skip
    app = small_app(tmp_path, [main, *tasks("Job")])
    assert run_by(app, "Job") == set()
    assert app.state("Lorg/example/Job;->run()V") == "reached"


@pytest.mark.parametrize("name", ["Timed", "Other"])
def test_path_does_not_lead_through_a_post_of_another_task(tmp_path: Path, name: str) -> None:
    """``Other`` is made far away; that something else is posted in onCreate is no way to it."""
    deep = [
        {"sig": f"step{n}()V", "code": ["this", f"call Lorg/example/Main;->step{n + 1}()V"]}
        for n in range(6)
    ]
    last = {"sig": "step6()V", "code": [
        "new Landroid/os/Handler;", "this", f"iget {FIELD}", POST, *creating("Other")]}  # fmt: skip
    main = main_class(
        "new Landroid/os/Handler;", *creating("Timed"), POST, "this",
        "call Lorg/example/Main;->step0()V", methods=[*deep, last],
        fields=[{"sig": "task:Ljava/lang/Runnable;"}],
    )  # fmt: skip
    app = small_app(tmp_path, [main, *tasks("Timed", "Other")])
    run = app.method(f"Lorg/example/{name};->run()V")
    path = reach_of(app.facts, run).path
    assert len(path) == (2 if name == "Timed" else 9)
    assert int(app.facts.table(REACH)["steps"][run]) == len(path) - 1


def test_message_goes_to_the_handler_in_the_field(tmp_path: Path) -> None:
    held = "Lorg/example/Main;->handler:Landroid/os/Handler;"
    handle = "handleMessage(Landroid/os/Message;)V"
    main = main_class(
        "this", *creating("Mine"), f"iput {held}", *creating("Other"),
        fields=[{"sig": "handler:Landroid/os/Handler;"}],
        methods=[{"sig": "onResume()V", "code": [
            "this", f"iget {held}", "int 1", "call Landroid/os/Handler;->sendEmptyMessage(I)Z"]}],
    )  # fmt: skip
    handlers = [
        plain_class(one, handle, "<init>()V", extends="android.os.Handler")
        for one in ("Mine", "Other")
    ]
    app = small_app(tmp_path, [main, *handlers])
    edges = app.facts.table(CALL_EDGES)
    resume = app.method(RESUME)
    led = {
        app.facts.method_signature(callee)
        for caller, callee, kind in edges.rows("caller", "callee", "kind")
        if caller == resume and kind == POSTED
    }
    assert led == {f"Lorg/example/Mine;->{handle}"}
    assert app.state(f"Lorg/example/Other;->{handle}") == "reached"
