"""Values of a run as text: what a request would carry, with holes for what is not known."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from witnessmark.analyses.sends._beans import Member
from witnessmark.flow.values.library_walks import entries_of
from witnessmark.flow.values.objects import (
    HOLE,
    LONGEST_TEXT,
    Array,
    Builder,
    Steps,
    Text,
    Thing,
    Value,
    bytes_of,
    is_unknown,
    joined_steps,
    steps_of,
    text_of,
)

DEEPEST = 5
MOST_MEMBERS = 128
JSON_OBJECTS = frozenset({"Lorg/json/JSONObject;", "Lorg/json/JSONArray;"})

Members = Callable[[str], Sequence[Member]]
"""Members of a class, by descriptor, as they are written as JSON; none for a class that is not of
the app.
"""

BodyOf = Callable[[Thing], str]
"""What a thing that carries a body holds, empty for none."""


class Spelling:
    """Spells values; ``members`` and ``body_of`` tell of classes and of what carries a body."""

    def __init__(self, members: Members, body_of: BodyOf) -> None:
        self._members = members
        self._body_of = body_of

    def plain(self, value: Value, kind: str = "") -> str:
        """A value as text stands in a request."""
        found = text_of(value, kind)
        if found is not None:
            return found.text
        if isinstance(value, Array):
            return self._array(value)
        if isinstance(value, Thing):
            return self._body_of(value) or self.as_json(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return HOLE

    def _array(self, value: Array) -> str:
        data = bytes_of(value)
        if data is not None:
            text = data.decode("utf-8", "replace")
            return text if text.isprintable() or "\n" in text else HOLE
        items = [self.plain(item) for item in value.items[:MOST_MEMBERS]]
        return ",".join(items) if items and value.kind != "[B" else HOLE

    def as_json(self, value: Value, depth: int = 0, around: tuple[str, ...] = ()) -> str:
        """A value as an encoder of JSON writes it; the class of an object gives its members.

        ``around``  classes of the objects that the value is in, outermost first.
        """
        if depth > DEEPEST:
            return HOLE
        found = text_of(value, "I")
        if isinstance(value, Text | Builder) and found is not None:
            return json.dumps(found.text, ensure_ascii=False)
        if found is not None:
            return found.text
        if isinstance(value, Array):
            return self._json_list(value.items, depth)
        if not isinstance(value, Thing):
            return HOLE
        array = value.known.get("array")
        if isinstance(array, Array):
            return self._json_list(array.items, depth)
        return self._json_object(value, depth, around)

    def _json_list(self, items: Sequence[Value], depth: int) -> str:
        inner = ",".join(self.as_json(item, depth + 1) for item in items[:MOST_MEMBERS])
        return f"[{inner}]"

    def _json_object(self, value: Thing, depth: int, around: tuple[str, ...]) -> str:
        members = {key.text: self.as_json(one, depth + 1) for key, one in entries_of(value)}
        if not members and value.kind[:1] == "L":
            inside = (*around, value.kind)
            members = {
                one.name: self._member(value, one, depth + 1, inside)
                for one in self._members(value.kind)
            }
        if not members and (value.kind != "map" or value.open):
            return HOLE
        shown = list(members.items())[:MOST_MEMBERS]
        inner = ",".join(f"{json.dumps(key, ensure_ascii=False)}:{one}" for key, one in shown)
        return f"{{{inner}}}"[:LONGEST_TEXT]

    def _member(self, held: Thing, member: Member, depth: int, around: tuple[str, ...]) -> str:
        """What an object has in a field. Of one of a class of the app that was not seen, the names
        that it would have; null, and what was never put there, stay holes.
        """
        value = held.known.get(member.row)
        if not member.kind.startswith(("L", "[")):
            found = text_of(value, member.kind) if value is not None else None
            return found.text if found is not None else HOLE
        unseen = is_unknown(value) if value is not None else held.open
        if unseen and member.kind not in around and self._members(member.kind):
            return self.as_json(Thing(member.kind, open=True), depth, around)
        if value is None or isinstance(value, int):
            return HOLE
        return self.as_json(value, depth, around)

    def steps(self, value: Value, depth: int = 0) -> Steps:
        """Where the pieces of a value come from."""
        found = steps_of(value)
        if depth > DEEPEST:
            return found
        if isinstance(value, Array):
            inner = value.items[:MOST_MEMBERS]
        elif isinstance(value, Thing):
            inner = [one for one in value.known.values() if isinstance(one, Text | Thing | Array)]
        else:
            inner = []
        return joined_steps(found, *(self.steps(one, depth + 1) for one in inner))
