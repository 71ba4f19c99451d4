"""The framework model: facts of the platform that reach rests on."""

from __future__ import annotations

import pytest

from witnessmark.knowledge.framework import framework_model

MODEL = framework_model()


@pytest.mark.parametrize(
    ("name", "method", "binding"),
    [
        ("android/view/View$OnClickListener", "onClick:L", "virtual"),
        ("android/os/AsyncTask", "doInBackground:L", "virtual"),
        ("android/app/Service", "onStartCommand:LII", "virtual"),
        ("android/view/View", "onDraw:L", "virtual"),
        ("java/lang/Runnable", "run:", "virtual"),
        ("android/location/LocationListener", "onLocationChanged:L", "virtual"),
        ("android/app/Activity", "runOnUiThread:L", "final"),
        ("androidx/work/Worker", "doWork:", "virtual"),
        ("org/apache/http/client/ResponseHandler", "handleResponse:L", "virtual"),
    ],
)
def test_what_apps_override(name: str, method: str, binding: str) -> None:
    found = MODEL.outside(name)
    assert found is not None
    assert found.methods[method] == binding


def test_what_is_no_part_of_the_platform() -> None:
    assert MODEL.outside("org/example/Main") is None
    assert "android/view/View" in MODEL
    assert "Landroid/view/View;" not in MODEL


def test_every_supertype_is_in_the_model() -> None:
    absent = set()
    for name in MODEL:
        found = MODEL.outside(name)
        assert found is not None
        absent.update({found.super_name, *found.interfaces} - {""})
    unknown = {name for name in absent if name not in MODEL}
    assert {name for name in unknown if name.startswith(("android/app", "android/view"))} == set()
    assert len(unknown) < 150


def test_small_tables_speak_of_classes_in_the_model() -> None:
    named = {role.type for role in MODEL.roles if role.type[0] != "*"} | set(MODEL.always_called)
    named |= {name for rule in MODEL.implicit_calls for name in (rule.class_name, rule.on)}
    named |= {rule.class_name for rule in MODEL.unseen_calls}
    assert {name for name in named if name not in MODEL} == set()


def names_in(name: str) -> set[str]:
    """Names of the methods of a class and of everything above it."""
    found = MODEL.outside(name)
    if found is None:
        return set()
    own = {method.partition(":")[0] for method in found.methods}
    return own.union(*(names_in(above) for above in (found.super_name, *found.interfaces)))


def test_what_an_implicit_call_runs_exists() -> None:
    for rule in MODEL.implicit_calls:
        assert rule.runs in names_in(rule.on), rule
