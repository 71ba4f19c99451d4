"""What calls of the platform's own methods give: texts put together, objects with members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from witnessmark.formats.dotnet.members import Callee
from witnessmark.formats.dotnet.metadata import data_rows
from witnessmark.formats.dotnet.values import Items, Joined, Made, Number, Text, Value
from witnessmark.formats.patterns import kept_regex

HOLE = kept_regex(r"\{(\d+)[^{}]*\}")
PAIR = "System.Collections.Generic.KeyValuePair"
SETTER, MAKER = "set_", "..ctor"
MOST_PIECES = 200


class Effects:
    """Answers for calls by the data file ``texts.csv``."""

    def answer(
        self, callee: Callee, given: Sequence[Value], *, made: bool, on_object: bool
    ) -> Value:
        """What a call gives; ``given`` begins with the object when it is called on one."""
        does, word = _does(callee.name)
        owner = given[0] if on_object and given else None
        passed = list(given[1:] if on_object else given)
        if does == "constant":
            return Text(word)
        if does in ("join", "address", "path", "format"):
            return _put_together(does, passed)
        if does == "same":
            value = owner if on_object else (passed[0] if passed else None)
            adds = isinstance(value, Made) and _does(f"{value.name}.ToString")[0] == "text"
            return _added(value) if adds and isinstance(value, Made) else value
        if isinstance(owner, Made):
            if does == "append" and passed and len(owner.arguments) < MOST_PIECES:
                owner.arguments.append(passed[0])
                return owner
            if does == "text":
                return _added(owner)
            if _is_put(owner, callee.name, does, passed):
                return owner
        name = callee.name.removesuffix(MAKER) if made else callee.name
        return Made(name, passed, callee.row, made)


def _is_put(owner: Made, name: str, does: str, passed: Sequence[Value]) -> bool:
    """Note a member that a call sets on an object; False where it sets none."""
    bare = name.rpartition(".")[2]
    if does == "put":
        first = passed[0] if passed else None
        if isinstance(first, Made) and first.name == PAIR:
            passed = first.arguments
            first = passed[0] if passed else None
        if len(passed) > 1 and isinstance(first, Text):
            owner.members[first.text] = passed[1]
            return True
    elif bare.startswith(SETTER) and len(passed) == 1:
        owner.members[bare.removeprefix(SETTER)] = passed[0]
        return True
    return False


def _put_together(does: str, passed: list[Value]) -> Value:
    only = passed[0] if len(passed) == 1 else None
    pieces = _listed(only) if isinstance(only, Items) else passed
    if does == "address":
        pieces = [one for one in pieces if not isinstance(one, Number)]
    if does == "path":
        pieces = [part for one in pieces for part in (Text("/"), one)][1:]
    if does == "format":
        return _filled(passed)
    return Joined((*pieces[:MOST_PIECES], *([None] if len(pieces) > MOST_PIECES else [])))


def _filled(passed: list[Value]) -> Value:
    """A text with its holes filled; None where the text itself is not known."""
    place = next((at for at, one in enumerate(passed[:2]) if isinstance(one, Text)), None)
    if place is None:
        return None
    form, values = passed[place], passed[place + 1 :]
    if len(values) == 1 and isinstance(values[0], Items):
        values = _listed(values[0])
    pieces: list[Value] = []
    at = 0
    text = form.text if isinstance(form, Text) else ""
    for match in HOLE.finditer(text):
        number = int(match[1])
        pieces += [Text(text[at : match.start()]), values[number] if number < len(values) else None]
        at = match.end()
    return Joined((*pieces, Text(text[at:])))


def _listed(array: Items) -> list[Value]:
    """Values by their place; one more than are put together, where there are more."""
    most = min(max(array.items, default=-1) + 1, MOST_PIECES + 1)
    return [array.items.get(place) for place in range(most)]


def _added(value: Made) -> Value:
    """Texts that were added to an object, put together."""
    return Joined(tuple(one for one in value.arguments if not isinstance(one, Number)))


def _does(name: str) -> tuple[str, str]:
    """What a method does, and a word with it."""
    known = _known()
    if name in known:
        return known[name]
    return known.get(f".{name.rpartition('.')[2]}", ("", ""))


@cache
def _known() -> Mapping[str, tuple[str, str]]:
    return {row["name"]: (row["does"], row["word"]) for row in data_rows("texts.csv")}
