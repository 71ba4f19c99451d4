"""A request while it is put together: an object of a run, and what it holds when it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from witnessmark.analyses.sends._spelled import Spelling
from witnessmark.flow.values.objects import UNKNOWN, Array, Step, Text, Thing, Value, joined_steps

MESSAGE = "message"
"""Under this name an object knows the request that it belongs to."""

LIBRARY = "library"
"""Under this name a request knows from which library the calls are that made it."""

LISTED = "fields", "body", "inside", "segments", "encodings"
"""What a request holds several of, in order."""

DEEPEST = 6
MOST_FIELDS = 200
LONGEST_BODY = 16_384

WORDS = ("channel", "verb", "else", "url", "base", "scheme", "host", "port", "path", "operation",
         "space", "to", "subject", "type", "user", "secret", "client")  # fmt: skip


def message_of(value: Value) -> Thing | None:
    """The request that an object belongs to, None for none."""
    found = value.known.get(MESSAGE) if isinstance(value, Thing) else None
    return found if isinstance(found, Thing) else None


def own_message(value: Value) -> Thing | None:
    """The same; an object without one gets a new one."""
    if not isinstance(value, Thing):
        return None
    return message_of(value) or value.known.setdefault(MESSAGE, Thing(MESSAGE))


def new_request() -> Thing:
    """An object that carries a new request."""
    return Thing("request", {MESSAGE: Thing(MESSAGE)})


def set_word(message: Thing, word: str, value: Value) -> None:
    """Say one thing about a request; what was said before counts no more."""
    message.known[word] = value


def append(message: Thing, word: str, value: Value) -> None:
    """Add to one of `LISTED`."""
    held = message.known.setdefault(word, Array(word, []))
    if isinstance(held, Array) and len(held.items) < MOST_FIELDS:
        held.items.append(value)


def add_field(message: Thing, where: str, name: Value, value: Value) -> None:
    """Add a named value; the same name in the same place is set anew."""
    held = message.known.setdefault("fields", Array("fields", []))
    fresh = Thing("field", {"in": where, "name": name, "value": value})
    for at, one in enumerate(held.items):
        same = isinstance(name, Text) and one.known["name"] == name and one.known["in"] == where
        if same and name.whole:
            held.items[at] = fresh
            return
    if len(held.items) < MOST_FIELDS:
        held.items.append(fresh)


class Named(Struct, frozen=True):
    """A named value of a request and where it stands; ``kind`` of the value as declared."""

    where: str
    name: str
    value: str


class Sent(Struct, frozen=True):
    """What a request held when it was sent; texts with holes, empty for what was not said.

    ``words``   by name of `WORDS`.
    ``place``   method, pc and row of ``calls`` of the call that sends.
    ``chain``   places of the calls that led there, outermost first; ``root`` where the run began.
    ``steps``   constants that it was put together from.
    """

    words: dict[str, str]
    fields: tuple[Named, ...]
    body: str
    segments: tuple[str, ...]
    encodings: tuple[str, ...]
    place: tuple[int, int, int]
    chain: tuple[tuple[int, int], ...]
    root: int
    steps: tuple[Step, ...]

    def word(self, name: str) -> str:
        """One of `WORDS`, empty when it was not said."""
        return self.words.get(name, "")


class Snapshot:
    """Reads a request, with those inside it, into a `Sent`."""

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling

    def take(
        self, message: Thing, place: tuple[int, int, int], chain: Sequence[tuple[int, int]]
    ) -> Sent:
        """``message`` as it is now."""
        parts = list(_inside(message, 0, set()))
        words: dict[str, str] = {}
        for part in parts:
            for name in WORDS:
                if name in part.known:
                    words.setdefault(name, self._spelling.plain(part.known[name]))
        bodies = [self._spelling.plain(one) for part in parts for one in _listed(part, "body")]
        fields = [self._named(one) for part in parts for one in _listed(part, "fields")]
        held = [value for part in parts for value in part.known.values() if value is not UNKNOWN]
        return Sent(
            words,
            tuple(fields[:MOST_FIELDS]),
            "".join(bodies)[:LONGEST_BODY],
            tuple(self._spelling.plain(one) for part in parts for one in _listed(part, "segments")),
            tuple(str(one) for part in parts for one in _listed(part, "encodings")),
            place,
            tuple(chain),
            chain[0][0] if chain else place[0],
            joined_steps(*(self._spelling.steps(value) for value in held)),
        )

    def body_of(self, value: Thing) -> str:
        """What an object that carries a body holds, empty for none."""
        message = message_of(value)
        if message is None:
            return ""
        return "".join(
            self._spelling.plain(one)
            for part in _inside(message, 0, set())
            for one in _listed(part, "body")
        )

    def _named(self, one: Thing) -> Named:
        spell = self._spelling.plain
        return Named(str(one.known["in"]), spell(one.known["name"]), spell(one.known["value"]))


def _listed(message: Thing, word: str) -> Sequence[Value]:
    held = message.known.get(word)
    return held.items if isinstance(held, Array) else ()


def _inside(message: Thing, depth: int, seen: set[int]) -> Iterator[Thing]:
    """A request and those that were put into it, or into fields of what was put into it."""
    if depth > DEEPEST or id(message) in seen:
        return
    seen.add(id(message))
    yield message
    for thing in _listed(message, "inside"):
        inner = message_of(thing)
        if inner is not None:
            yield from _inside(inner, depth + 1, seen)
        for name, value in thing.known.items() if isinstance(thing, Thing) else ():
            held = message_of(value) if isinstance(name, int) else None
            if held is not None:
                yield from _inside(held, depth + 1, seen)
