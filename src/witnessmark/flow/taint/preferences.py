"""Preferences: what is kept under a key of a file is read under it, wherever in the app that is.

Source: developer.android.com/training/data-storage
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from witnessmark.flow.taint.named import UNNAMED
from witnessmark.flow.taint.outcall import OutsideCall, Special
from witnessmark.flow.taint.started import register
from witnessmark.flow.taint.store import CONTENT
from witnessmark.flow.taint.values import (
    ANY,
    NOTHING,
    Obj,
    Value,
    join,
)

PREFERENCES: Final = "android/content/SharedPreferences"
KEPT: Final = "kept"
"""Field of an editor: the preferences that it edits."""


def _preferences(call: OutsideCall) -> Value | None:
    """``getSharedPreferences`` and the like: one object for each file."""
    name = call.method.name
    names = call.typed("Ljava/lang/String;").texts if name == "getSharedPreferences" else [name]
    node = call.engine.world.node(PREFERENCES)
    found = tuple(_kept(call, node, one) for one in names or [UNNAMED])
    return Value(found)


def _kept(call: OutsideCall, node: int, name: str) -> Obj:
    return call.engine.object(node, "preferences", name, lasts=True)


def _edit(call: OutsideCall) -> Value | None:
    made = call.anything()
    for obj in made.objects:
        call.store.write(obj, KEPT, call.receiver, strong=False)
    return made


def _edited(call: OutsideCall) -> list[Obj]:
    found: dict[Obj, None] = {}
    for editor in call.receiver.objects:
        found.update(dict.fromkeys(call.store.peek(editor, KEPT).objects))
    return list(found)


def _put(call: OutsideCall) -> Value | None:
    key, value = call.parameter(0).constant, call.given(call.parameter(1))
    files = _edited(call)
    for obj in files:
        field = CONTENT if key is None else ("k", key)
        strong = key is not None and len(files) == 1
        call.store.write(obj, field, value, strong=strong)
    return call.receiver


def _remove(call: OutsideCall) -> Value | None:
    key = call.parameter(0).constant
    files = _edited(call)
    if key is not None and len(files) == 1:
        call.store.write(files[0], ("k", key), NOTHING, strong=True)
    return call.receiver


def _clear(call: OutsideCall) -> Value | None:
    files = _edited(call)
    if len(files) == 1:
        call.store.clear(files[0])
    return call.receiver


def _get(call: OutsideCall) -> Value | None:
    """What is kept under a key, or the default that is given."""
    key = call.parameter(0).constant
    found = Value((), call.receiver.taint)
    for obj in _alike(call):
        if key is None:
            found = join(found, call.store.content(obj))
        else:
            found = join(found, call.store.peek(obj, ("k", key)))
            found = join(found, call.store.peek(obj, CONTENT))
    found = join(found, call.parameter(1))
    return join(found, ANY)


def _all(call: OutsideCall) -> Value | None:
    made = call.anything()
    for obj in _alike(call):
        for one in made.objects:
            call.store.write(one, CONTENT, call.store.content(obj), strong=False)
    return made


def _alike(call: OutsideCall) -> Iterator[Obj]:
    """The files that the receiver may be, and what was kept under an unknown name."""
    yield from call.receiver.objects
    node = call.engine.world.node(PREFERENCES)
    yield _kept(call, node, UNNAMED)


def _listen(call: OutsideCall) -> Value | None:
    for obj in call.parameter(0).objects:
        if call.engine.world.is_own(obj.node):
            register(call, obj)
            call.store.write(obj, "preferences", call.receiver, strong=False)
    return NOTHING


EDITOR: Final = "android/content/SharedPreferences$Editor"
PUTS = ("putString", "putInt", "putLong", "putFloat", "putBoolean", "putStringSet")
GETS = ("getString", "getInt", "getLong", "getFloat", "getBoolean", "getStringSet")
GIVERS = (
    ("android/content/Context", "getSharedPreferences"),
    ("android/app/Activity", "getPreferences"),
    ("android/preference/PreferenceManager", "getDefaultSharedPreferences"),
    ("androidx/preference/PreferenceManager", "getDefaultSharedPreferences"),
    ("android/preference/PreferenceManager", "getSharedPreferences"),
)

PREFERENCES_SPECIALS: Mapping[tuple[str, str], Special] = {
    **dict.fromkeys(GIVERS, _preferences),
    (PREFERENCES, "edit"): _edit,
    **{(EDITOR, name): _put for name in PUTS},
    (EDITOR, "remove"): _remove,
    (EDITOR, "clear"): _clear,
    **{(PREFERENCES, name): _get for name in GETS},
    (PREFERENCES, "getAll"): _all,
    (PREFERENCES, "registerOnSharedPreferenceChangeListener"): _listen,
}
