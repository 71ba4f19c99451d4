"""Who runs a task: the call that is given it, told by where the value comes from."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import numpy as np
import pytest

from unit.flow.small_app import SmallApp, creating, main_class, plain_class, small_app
from unit.flow.taint.java_app import activity, read_app
from witnessmark.analyses.runner import attempt
from witnessmark.facts.tables.code import CALLS, TRY_HANDLERS
from witnessmark.flow import build
from witnessmark.flow.build import build_flow
from witnessmark.flow.instructions import Instruction, MethodCode
from witnessmark.flow.posted import Posted, _jumps_back
from witnessmark.flow.reach import reach_of
from witnessmark.flow.tables import CALL_EDGES, REACH
from witnessmark.model.table import Table

CREATE = "Lorg/example/Main;->onCreate(Landroid/os/Bundle;)V"
RESUME = "Lorg/example/Main;->onResume()V"
POST = "call Landroid/os/Handler;->post(Ljava/lang/Runnable;)Z"
RUNNABLE = "java.lang.Runnable"
FIELD = "Lorg/example/Main;->task:Ljava/lang/Runnable;"
VIRTUAL, POSTED = 1, 6


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


def led_from_create(app: SmallApp) -> set[tuple[str, int]]:
    """Methods that calls of onCreate lead to, by the kind of the edge."""
    create = app.method(CREATE)
    return {
        (app.facts.method_signature(callee), kind)
        for caller, callee, kind in app.facts.table(CALL_EDGES).rows("caller", "callee", "kind")
        if caller == create and callee < len(app.facts.table(REACH))
    }


def test_static_call_by_the_name_of_a_rule_about_the_receiver_is_left_as_it_is(
    tmp_path: Path,
) -> None:
    start, execute = "Ljava/lang/Thread;->start()V", "Landroid/os/AsyncTask;->execute"
    worker = plain_class("Worker", "run()V", "<init>()V", extends="java.lang.Thread")
    app = small_app(tmp_path, [main_class("new Lorg/example/Worker;", f"call static {start}"),
                               worker])  # fmt: skip
    assert run_by(app, "Worker") == set()
    assert app.state("Lorg/example/Worker;->run()V") == "reached"

    both = [
        plain_class(name, "doInBackground([Ljava/lang/Object;)Ljava/lang/Object;", "<init>()V",
                    "run()V", extends="android.os.AsyncTask", implements=[RUNNABLE])
        for name in ("Given", "Other")
    ]  # fmt: skip
    main = main_class(*creating("Other"), *creating("Given"),
                      f"call static {execute}(Ljava/lang/Runnable;)V")  # fmt: skip
    app = small_app(tmp_path, [main, *both])
    assert POSTED not in {kind for _, kind in led_from_create(app)}
    for name in ("Given", "Other"):
        work = f"Lorg/example/{name};->doInBackground([Ljava/lang/Object;)Ljava/lang/Object;"
        assert app.state(work) == "reached"


@pytest.mark.parametrize("first", [creating("First"), ["int 0"]])
@pytest.mark.parametrize("again", [True, False])
def test_loop_before_the_post_may_have_put_another_task(
    tmp_path: Path, first: list[str], again: bool
) -> None:
    drop = {"sig": "drop(Ljava/lang/Runnable;)V", "access": "public static", "code": ["return"]}
    main = main_class(
        "new Landroid/os/Handler;", *first, *(["loop:"] if again else []), "int 1", "if done",
        "call static Lorg/example/Main;->drop(Ljava/lang/Runnable;)V", *creating("Second"),
        *(["goto loop"] if again else ["return"]), "done:", POST, methods=[drop],
    )  # fmt: skip
    app = small_app(tmp_path, [main, *tasks("First", "Second")])
    posted = {name for name, kind in led_from_create(app) if kind == POSTED}
    sure = not again and first != ["int 0"]
    assert posted == ({"Lorg/example/First;->run()V"} if sure else set())
    assert app.state("Lorg/example/Second;->run()V") == "reached"
    shown = app.facts.table(CALL_EDGES).rows("caller", "kind")
    assert (VIRTUAL in {kind for caller, kind in shown if caller == app.method(CREATE)}) == again


WRITTEN = """
class Main extends Activity {
    void risky() { }
    @Override
    protected void onCreate(Bundle state) {
        Runnable task = new First();
        BEFORE
        new Handler().post(task);
    }
}
"""


@pytest.mark.parametrize(
    ("before", "known"),
    [
        ("", {"First"}),
        ("risky(); task = new Second(); risky();", {"Second"}),
        ("try { risky(); task = new Second(); risky(); } catch (RuntimeException e) { }", set()),
        ("do { task = new Second(); } while (isFinishing()); task = new First();", {"First"}),
        ("while (!isFinishing()) { task = new Second(); }", set()),
    ],
)
def test_handlers_and_loops_of_written_code(tmp_path: Path, before: str, known: set[str]) -> None:
    task = "class {0} implements Runnable {{ public void run() {{ }} }}"
    facts = read_app(
        tmp_path,
        {"Main.java": WRITTEN.replace("BEFORE", before),
         **{f"{name}.java": task.format(name) for name in ("First", "Second")}},
        activity("Main"),
    )  # fmt: skip
    flow = build_flow(facts)
    app = SmallApp(facts.with_tables(flow.tables), flow)
    posted = {name for name, kind in led_from_create(app) if kind == POSTED}
    assert posted == {f"Lorg/example/{name};->run()V" for name in known}


@pytest.mark.parametrize(("steps_back", "known"), [(0, set()), (99, {"Second"})])
def test_handler_that_goes_on_before_the_post(
    tmp_path: Path, steps_back: int, known: set[str]
) -> None:
    """As an empty ``catch`` is compiled: the handler is the place behind the try."""
    drop = {"sig": "drop(Ljava/lang/Runnable;)V", "access": "public static", "code": ["return"]}
    main = main_class(
        "new Landroid/os/Handler;", *creating("First"),
        "call static Lorg/example/Main;->drop(Ljava/lang/Runnable;)V", *creating("Second"), POST,
        methods=[drop],
    )  # fmt: skip
    facts = small_app(tmp_path, [main, *tasks("First", "Second")]).facts
    calls = facts.table(CALLS)
    create = next(
        row for row in range(len(facts.table(REACH))) if facts.method_signature(row) == CREATE
    )
    post = max(pc for method, pc in calls.rows("method", "pc") if method == create)
    row = create, 0, post, max(post - steps_back, 0), -1
    facts = facts.with_tables({TRY_HANDLERS.name: Table.from_rows(TRY_HANDLERS, [row])})
    flow = build_flow(facts)
    app = SmallApp(facts.with_tables(flow.tables), flow)
    posted = {name for name, kind in led_from_create(app) if kind == POSTED}
    assert posted == {f"Lorg/example/{name};->run()V" for name in known}
    assert app.state("Lorg/example/First;->run()V") == "reached"


def test_fields_put_into_each_other_many_times_stay_fast(tmp_path: Path) -> None:
    fields = [f"Lorg/example/Main;->f{n}:Ljava/lang/Runnable;" for n in (1, 2, 3)]
    post = {"sig": "onResume()V", "code": [
        "new Landroid/os/Handler;", f"sget {fields[0]}", POST, "return"]}  # fmt: skip
    for times, known in ((39, {RESUME}), (1000, set())):
        main = main_class(
            *[f"sget {fields[1]}", f"sput {fields[0]}"] * times,
            *[f"sget {fields[2]}", f"sput {fields[1]}"] * times,
            *[*creating("Job"), f"sput {fields[2]}"] * times,
            fields=[{"sig": f"f{n}:Ljava/lang/Runnable;", "access": "static"} for n in (1, 2, 3)],
            methods=[post],
        )
        began = process_time()
        app = small_app(tmp_path, [main, *tasks("Job")])
        assert process_time() - began < 10
        assert run_by(app, "Job") == known
        assert app.state("Lorg/example/Job;->run()V") == "reached"


def test_error_leaves_every_task_to_every_call_and_a_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> Posted:
        raise IndexError("an error of ours")

    main = main_class("new Landroid/os/Handler;", *creating("Job"), POST)
    whole = small_app(tmp_path, [main, *tasks("Job")])
    assert run_by(whole, "Job") == {CREATE}
    monkeypatch.setattr(build, "posted_tasks", breaks)
    flow = build_flow(whole.facts, attempt=attempt)
    assert "internal error (IndexError)" in {gap.at: gap.why for gap in flow.gaps}["posted/error"]
    before, after = whole.flow.tables[REACH.name], flow.tables[REACH.name]
    assert np.array_equal(before["state"], after["state"])
    assert POSTED not in flow.tables[CALL_EDGES.name]["kind"].tolist()


def test_switch_leads_back_as_a_jump_does() -> None:
    switch = Instruction(5, 0x2B, 3, (0,), 4)
    code = MethodCode(0, (switch,), {}, {}, {}, {}, frozenset(), {5: [(1, 2), (2, 9)]})
    assert _jumps_back(code) == {2}
