"""Stand-ins for org.json: what a body or record looks like, with holes for what is not known.

Source: org.json.JSONObject and JSONArray at developer.android.com/reference; members stand in the
order in which they were put.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from witnessmark.flow.values.library_call import Call, Function
from witnessmark.flow.values.objects import (
    HOLE,
    LONGEST_TEXT,
    UNKNOWN,
    Array,
    Builder,
    Text,
    Thing,
    Value,
    joined_steps,
    steps_of,
    text_of,
)

OBJECT, ARRAY = "Lorg/json/JSONObject;", "Lorg/json/JSONArray;"
MOST_MEMBERS = 256


def _new(call: Call) -> Value:
    """An empty object or array, or one of a known text."""
    owner = call.key.partition("->")[0]
    if len(call) == 1:
        return _spelled(Thing(owner, {"members": Array("members", [])}))
    given = call.text(1)
    return UNKNOWN if given is None else Thing(owner, {"spelled": given}, open=True)


def _put(call: Call) -> Value:
    held = call.value(0)
    members = held.known.get("members") if isinstance(held, Thing) else None
    if not isinstance(held, Thing) or not isinstance(members, Array):
        return held
    of_object = held.kind == OBJECT
    name = call.text(1) if of_object else Text("")
    value = _json(call.value(len(call) - 1), call.kind(len(call) - 1))
    if name is None or len(members.items) >= MOST_MEMBERS or (not of_object and len(call) > 2):
        members.items.append(Text(HOLE))
    elif of_object:
        head = json.dumps(name.text, ensure_ascii=False)
        steps = joined_steps(name.steps, steps_of(value))
        members.items.append(Text(f"{head}:{value.text}", steps))
    else:
        members.items.append(value)
    return _spelled(held)


def _json(value: Value, kind: str) -> Text:
    """One value as JSON; a hole where it is not known."""
    if isinstance(value, Thing) and value.kind in (OBJECT, ARRAY):
        return text_of(value) or Text(HOLE)
    found = text_of(value, kind)
    if found is None:
        return Text(HOLE)
    if isinstance(value, Text | Builder):
        return Text(json.dumps(found.text, ensure_ascii=False), found.steps)
    return found


def _spelled(held: Thing) -> Thing:
    members = held.known["members"].items
    inner = ",".join(member.text for member in members)
    text = f"{{{inner}}}" if held.kind == OBJECT else f"[{inner}]"
    steps = joined_steps(*(member.steps for member in members))
    held.known["spelled"] = Text(text if len(text) <= LONGEST_TEXT else HOLE, steps)
    return held


def _text(call: Call) -> Value:
    found = call.text(0)
    return UNKNOWN if found is None else found


JSON_FUNCTIONS: Mapping[str, Function] = {
    f"{owner}->{name}": function
    for owner in (OBJECT, ARRAY)
    for name, function in {
        "<init>": _new, "put": _put, "putOpt": _put, "toString": _text
    }.items()
}  # fmt: skip
"""By ``Lowner;->name``."""
