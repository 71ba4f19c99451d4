"""What running code comes to: entry points, callbacks, dispatch, and what stays unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from miniapp.apk import DEFAULT_MANIFEST
from unit.flow.small_app import (
    bare_dex,
    creating,
    main_class,
    plain_class,
    small_app,
)  # fmt: skip
from witnessmark.flow.reach import reach_of
from witnessmark.flow.tables import CALL_EDGES, DISPATCHES, ENTRY_POINTS, EXPORTED, REACH
from witnessmark.report.sentences import sentences
from witnessmark.report.words import LANGUAGES

CREATE = "Lorg/example/Main;->onCreate(Landroid/os/Bundle;)V"
CLICK = "onClick(Landroid/view/View;)V"
LISTENER = "android.view.View$OnClickListener"
HAND_OVER = "call Landroid/view/View;->setOnClickListener(Landroid/view/View$OnClickListener;)V"


def test_declared_component_is_reached_and_undeclared_one_is_not(tmp_path: Path) -> None:
    other = plain_class("Other", "onCreate(Landroid/os/Bundle;)V", extends="android.app.Activity")
    app = small_app(tmp_path, [main_class("return"), other])
    assert app.state(CREATE) == "reached"
    assert app.entry_kinds(CREATE) == ["activity"]
    assert app.state("Lorg/example/Other;->onCreate(Landroid/os/Bundle;)V") == "unreached"


@pytest.mark.parametrize("absent", [("Away",), ("Away", "Gone", "Lost")])
def test_components_that_the_code_lacks_are_one_gap(
    tmp_path: Path, absent: tuple[str, ...]
) -> None:
    inside = "".join(f'<activity android:name="org.example.{name}"/>' for name in absent)
    manifest = DEFAULT_MANIFEST.replace("</application>", f"{inside}</application>")
    app = small_app(tmp_path, [main_class("return")], manifest=manifest)
    (gap,) = [gap for gap in app.flow.gaps if "declares" in gap.why]
    assert gap.at == ", ".join(f"org.example.{name}" for name in absent)
    assert ("these 3 components" in gap.why) == (len(absent) == 3)
    assert all(sentences(lang).translated(gap.why) for lang in LANGUAGES if lang != "en")


def test_own_method_of_a_component_needs_a_caller(tmp_path: Path) -> None:
    main = main_class("this", "call Lorg/example/Main;->used()V", methods=[
        {"sig": "used()V", "code": ["return"]}, {"sig": "idle()V", "code": ["return"]},
    ])  # fmt: skip
    app = small_app(tmp_path, [main])
    used = app.method("Lorg/example/Main;->used()V")
    assert reach_of(app.facts, used).path == (CREATE, "Lorg/example/Main;->used()V")
    assert app.state("Lorg/example/Main;->idle()V") == "unreached"


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ([*creating("Tap"), HAND_OVER], "reached"),
        (creating("Tap"), "unreached"),
        (["return"], "unreached"),
    ],
    ids=["created and handed over", "created only", "neither"],
)
def test_listener_needs_an_object_and_a_registration(
    tmp_path: Path, code: list[str], state: str
) -> None:
    app = small_app(tmp_path, [main_class(*code), plain_class("Tap", CLICK, implements=[LISTENER])])
    assert app.state(f"Lorg/example/Tap;->{CLICK}") == state


def test_registration_is_the_evidence_of_a_listener(tmp_path: Path) -> None:
    code = [*creating("Tap"), HAND_OVER]
    app = small_app(tmp_path, [main_class(*code), plain_class("Tap", CLICK, implements=[LISTENER])])
    table = app.facts.table(ENTRY_POINTS)
    row = table["method"].tolist().index(app.method(f"Lorg/example/Tap;->{CLICK}"))
    assert table["kind"][row] == "listener"
    assert "setOnClickListener" in table["because"][row]
    assert int(table["by_method"][row]) == app.method(CREATE)
    assert int(table["offset"][row]) > 0
    quoted = app.facts.blob(int(table["artifact"][row]))[int(table["offset"][row])]
    assert quoted in (0x6E, 0x74)


def test_activity_that_is_its_own_listener(tmp_path: Path) -> None:
    click = {"sig": CLICK, "code": ["return"]}
    listens = main_class("this", HAND_OVER, methods=[click], implements=[LISTENER])
    app = small_app(tmp_path, [listens])
    assert app.state(f"Lorg/example/Main;->{CLICK}") == "reached"
    silent = small_app(tmp_path, [main_class("return", methods=[click], implements=[LISTENER])])
    assert silent.state(f"Lorg/example/Main;->{CLICK}") == "unreached"


def test_thread_and_task_run(tmp_path: Path) -> None:
    task = plain_class("Job", "doInBackground([Ljava/lang/Object;)Ljava/lang/Object;", "helper()V",
                       extends="android.os.AsyncTask")  # fmt: skip
    app = small_app(tmp_path, [
        main_class(*creating("Work"), "call Lorg/example/Work;->start()V", *creating("Job")),
        plain_class("Work", "run()V", extends="java.lang.Thread"),
        task,
    ])  # fmt: skip
    assert app.entry_kinds("Lorg/example/Work;->run()V") == ["thread"]
    background = "Lorg/example/Job;->doInBackground([Ljava/lang/Object;)Ljava/lang/Object;"
    assert app.entry_kinds(background) == ["task"]
    assert app.state("Lorg/example/Job;->helper()V") == "unreached"


def test_virtual_call_lands_in_created_classes_only(tmp_path: Path) -> None:
    app = small_app(tmp_path, [
        main_class(*creating("One"), "call Lorg/example/Base;->act()V"),
        plain_class("Base", "act()V"),
        plain_class("One", "act()V", extends="org.example.Base"),
        plain_class("Two", "act()V", extends="org.example.Base"),
    ])  # fmt: skip
    assert app.state("Lorg/example/One;->act()V") == "reached"
    assert app.state("Lorg/example/Two;->act()V") == "unreached"
    assert app.state("Lorg/example/Base;->act()V") == "unreached"
    targets = [
        app.facts.method_signature(target) for _, target in
        app.facts.table(DISPATCHES).rows("named", "target")
    ]  # fmt: skip
    assert targets == ["Lorg/example/One;->act()V"]


def test_inherited_method_is_found_upwards(tmp_path: Path) -> None:
    app = small_app(tmp_path, [
        main_class(*creating("One"), "call Lorg/example/One;->act()V"),
        plain_class("Base", "act()V"),
        plain_class("One", extends="org.example.Base"),
    ])  # fmt: skip
    assert app.state("Lorg/example/Base;->act()V") == "reached"


def test_call_without_any_object_lands_in_the_declared_class(tmp_path: Path) -> None:
    app = small_app(tmp_path, [
        main_class("sget Lorg/example/Base;->it:Lorg/example/Base;",
                   "call Lorg/example/Base;->act()V"),
        plain_class("Base", "act()V", fields=[{"sig": "it:Lorg/example/Base;"}]),
    ])  # fmt: skip
    assert app.state("Lorg/example/Base;->act()V") == "reached"


def test_interface_called_without_any_object_leaves_implementations_unknown(tmp_path: Path) -> None:
    app = small_app(tmp_path, [
        main_class("sget Lorg/example/Impl;->it:Lorg/example/Api;",
                   "call interface Lorg/example/Api;->act()V"),
        {"name": "org.example.Api", "access": "public interface abstract",
         "methods": [{"sig": "act()V", "access": "public abstract"}]},
        plain_class("Impl", "act()V", "other()V", implements=["org.example.Api"],
                    fields=[{"sig": "it:Lorg/example/Api;"}]),
    ])  # fmt: skip
    assert app.state("Lorg/example/Impl;->act()V") == "unknown"
    assert app.state("Lorg/example/Impl;->other()V") == "unreached"


def test_static_initialiser_runs_when_its_class_is_touched(tmp_path: Path) -> None:
    app = small_app(tmp_path, [
        main_class("sget Lorg/example/Held;->n:I"),
        plain_class("Held", "<clinit>()V", fields=[{"sig": "n:I"}]),
        plain_class("Idle", "<clinit>()V"),
    ])  # fmt: skip
    assert app.state("Lorg/example/Held;-><clinit>()V") == "reached"
    assert app.state("Lorg/example/Idle;-><clinit>()V") == "unreached"


def test_layout_names_click_handlers_and_views(tmp_path: Path) -> None:
    layout = """<LinearLayout xmlns:android="http://schemas.android.com/apk/res/android">
      <Button android:onClick="save"/><org.example.Chart/></LinearLayout>"""
    handlers = [
        {"sig": "save(Landroid/view/View;)V", "code": ["return"]},
        {"sig": "save(Ljava/lang/String;)V", "code": ["return"]},
    ]
    chart = plain_class("Chart", "onDraw(Landroid/graphics/Canvas;)V", extends="android.view.View")
    app = small_app(
        tmp_path, [main_class("return", methods=handlers), chart], layouts={"main": layout}
    )
    assert app.entry_kinds("Lorg/example/Main;->save(Landroid/view/View;)V") == ["listener"]
    assert app.state("Lorg/example/Main;->save(Ljava/lang/String;)V") == "unreached"
    assert app.entry_kinds("Lorg/example/Chart;->onDraw(Landroid/graphics/Canvas;)V") == ["view"]


FOR_NAME = "call static Ljava/lang/Class;->forName(Ljava/lang/String;)Ljava/lang/Class;"


def test_class_looked_up_by_a_constant_name_is_created(tmp_path: Path) -> None:
    hidden = plain_class("Hidden", "run()V", "idle()V", extends="java.lang.Thread")
    app = small_app(tmp_path, [main_class("string org.example.Hidden", FOR_NAME), hidden])
    assert app.state("Lorg/example/Hidden;->run()V") == "reached"
    assert app.state("Lorg/example/Hidden;->idle()V") != "reached"


def test_class_whose_name_is_passed_to_the_lookup_is_created(tmp_path: Path) -> None:
    find = {"sig": "find(Ljava/lang/String;)V", "code": ["param 1", FOR_NAME]}
    main = main_class(
        "this", "string org.example.Hidden",
        "call Lorg/example/Main;->find(Ljava/lang/String;)V", methods=[find],
    )  # fmt: skip
    hidden = plain_class("Hidden", "run()V", extends="java.lang.Thread")
    app = small_app(tmp_path, [main, hidden])
    assert app.state("Lorg/example/Hidden;->run()V") == "reached"
    assert not any("by names" in gap.why for gap in app.flow.gaps)


def test_class_whose_name_is_put_together_is_created(tmp_path: Path) -> None:
    concat = "call Ljava/lang/String;->concat(Ljava/lang/String;)Ljava/lang/String;"
    code = ["string org.example.", "string Hidden", concat, FOR_NAME]
    hidden = plain_class("Hidden", "run()V", extends="java.lang.Thread")
    app = small_app(tmp_path, [main_class(*code), hidden])
    assert app.state("Lorg/example/Hidden;->run()V") == "reached"


def test_method_that_is_looked_up_by_a_passed_name_is_called(tmp_path: Path) -> None:
    get = (
        "call Ljava/lang/Class;->getMethod(Ljava/lang/String;[Ljava/lang/Class;)"
        "Ljava/lang/reflect/Method;"
    )
    find = {"sig": "find(Ljava/lang/Class;Ljava/lang/String;)V",
            "code": ["param 1", "param 2", "array [Ljava/lang/Class; 0", get]}  # fmt: skip
    main = main_class(
        "this", "type Lorg/example/Hidden;", "string act",
        "call Lorg/example/Main;->find(Ljava/lang/Class;Ljava/lang/String;)V", methods=[find],
    )  # fmt: skip
    other = plain_class("Other", "act()V")
    app = small_app(tmp_path, [main, plain_class("Hidden", "act()V", "idle()V"), other])
    assert app.state("Lorg/example/Hidden;->act()V") == "reached"
    assert app.state("Lorg/example/Hidden;->idle()V") != "reached"


def test_files_of_loaded_code_are_named(tmp_path: Path) -> None:
    text = "Ljava/lang/String;"
    code = ["new Ldalvik/system/DexClassLoader;", "string /data/local/", "string plug.jar",
            f"call {text}->concat({text}){text}", "int 0", "int 0", "int 0",
            f"call Ldalvik/system/DexClassLoader;-><init>({text}{text}{text}Ljava/lang/ClassLoader;)V"]  # fmt: skip
    app = small_app(tmp_path, [main_class(*code)])
    assert "code loaded from /data/local/plug.jar" in {gap.at for gap in app.flow.gaps}


def test_class_named_away_from_the_lookup_is_unknown(tmp_path: Path) -> None:
    name = "call static Lx/Net;->name()Ljava/lang/String;"
    main = main_class("string org.example.Hidden", "call static Lx/Api;->text(Ljava/lang/String;)V",
                      methods=[{"sig": "onPause()V", "code": [name, FOR_NAME]}])  # fmt: skip
    app = small_app(tmp_path, [main, plain_class("Hidden", "act()V")])
    assert app.state("Lorg/example/Hidden;->act()V") == "unknown"
    assert any("by names" in gap.why for gap in app.flow.gaps)


def test_name_of_a_class_means_nothing_without_reflection(tmp_path: Path) -> None:
    app = small_app(
        tmp_path, [main_class("string org.example.Hidden"), plain_class("Hidden", "act()V")]
    )
    assert app.state("Lorg/example/Hidden;->act()V") == "unreached"


def test_class_below_an_unknown_class_may_be_called_back_anywhere(tmp_path: Path) -> None:
    app = small_app(tmp_path, [
        main_class(*creating("Plug")),
        plain_class("Plug", "anything()V", extends="vendor.Missing"),
    ])  # fmt: skip
    assert app.state("Lorg/example/Plug;->anything()V") == "reached"
    assert any("vendor.Missing" in gap.why for gap in app.flow.gaps)


def test_without_a_manifest_nothing_is_called_unreached(tmp_path: Path) -> None:
    app = bare_dex(tmp_path, [plain_class("Lone", "act()V")])
    assert app.state("Lorg/example/Lone;->act()V") == "unknown"
    assert any("no entry point" in gap.why for gap in app.flow.gaps)


def test_program_for_the_shell_is_unknown(tmp_path: Path) -> None:
    tool = {"name": "org.example.Tool", "methods": [
        {"sig": "main([Ljava/lang/String;)V", "access": "public static", "code": ["return"]}]}  # fmt: skip
    app = small_app(tmp_path, [main_class("return"), tool])
    assert app.state("Lorg/example/Tool;->main([Ljava/lang/String;)V") == "unknown"


MANIFEST = """<manifest xmlns:android="http://schemas.android.com/apk/res/android"
 package="org.example"><application android:name=".App">
 <service android:name=".Sync" android:exported="true" android:permission="org.example.SYNC"/>
 <activity android:name=".Gone"/>
 <provider android:name=".Data" android:authorities="x" android:exported="true"
  android:readPermission="org.example.READ"/></application></manifest>"""


def test_application_and_provider_come_first_and_exports_name_permissions(tmp_path: Path) -> None:
    app = small_app(
        tmp_path,
        [
            plain_class("Sync", "onBind(Landroid/content/Intent;)Landroid/os/IBinder;",
                        extends="android.app.Service"),
            plain_class("App", "onCreate()V", extends="android.app.Application"),
            plain_class("Data", "onCreate()Z", extends="android.content.ContentProvider"),
        ],
        manifest=MANIFEST,
    )  # fmt: skip
    kinds = list(dict.fromkeys(app.facts.table(ENTRY_POINTS)["kind"].tolist()))
    assert kinds == ["application", "provider", "service"]
    exported = set(app.facts.table(EXPORTED).rows("access", "permission"))
    assert exported == {
        ("start", "org.example.SYNC"), ("read", "org.example.READ"), ("write", ""),
    }  # fmt: skip
    assert any(gap.at == "org.example.Gone" for gap in app.flow.gaps)


def test_edges_say_how_one_leads_to_another(tmp_path: Path) -> None:
    app = small_app(tmp_path, [
        main_class(*creating("Work"), "call Lorg/example/Work;->start()V"),
        plain_class("Work", "run()V", extends="java.lang.Thread"),
    ])  # fmt: skip
    run = app.method("Lorg/example/Work;->run()V")
    edges = app.facts.table(CALL_EDGES)
    kinds = {kind for _, callee, kind in edges.rows("caller", "callee", "kind") if callee == run}
    assert kinds == {3, 6}
    assert reach_of(app.facts, run).path == (CREATE, "Lorg/example/Work;->run()V")


def test_same_app_same_tables(tmp_path: Path) -> None:
    classes = [main_class(*creating("Tap"), HAND_OVER), plain_class("Tap", CLICK, implements=[LISTENER])]  # fmt: skip
    one, two = (small_app(tmp_path, classes).flow for _ in range(2))
    for name, table in one.tables.items():
        assert list(table.rows()) == list(two.tables[name].rows())
    assert one.gaps == two.gaps
    assert len(one.tables[REACH.name]) > 0


def test_method_inherited_from_a_class_below_an_unknown_one(tmp_path: Path) -> None:
    app = small_app(tmp_path, [
        main_class(*creating("Plug")),
        plain_class("Base", "anything()V", extends="vendor.Missing", access="public abstract"),
        plain_class("Plug", extends="org.example.Base"),
    ])  # fmt: skip
    assert app.state("Lorg/example/Base;->anything()V") == "reached"


def test_too_many_classes_and_methods_are_cut_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("witnessmark.flow.dispatch.MOST_ROWS", 1)
    app = small_app(tmp_path, [
        main_class(*creating("One"), "call Lorg/example/Base;->act()V",
                   *creating("Two"), "call Lorg/example/Base;->act()V"),
        plain_class("Base", "act()V"),
        plain_class("One", "act()V", extends="org.example.Base"),
        plain_class("Two", "act()V", extends="org.example.Base"),
    ])  # fmt: skip
    assert any(gap.at == "dispatch" for gap in app.flow.gaps)


def test_app_whose_components_are_elsewhere_leaves_its_code_unknown(tmp_path: Path) -> None:
    app = small_app(tmp_path, [plain_class("Stub", "act()V")])
    assert app.state("Lorg/example/Stub;->act()V") == "unknown"
    assert any(gap.at == "org.example.Main" for gap in app.flow.gaps)
