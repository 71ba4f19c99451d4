"""What calls of libraries do to a request: the steps of pack ``requests``, carried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from witnessmark.analyses.sends._interfaces import SPACE
from witnessmark.analyses.sends._message import (
    LIBRARY,
    MESSAGE,
    add_field,
    append,
    message_of,
    new_request,
    own_message,
    set_word,
)  # fmt: skip
from witnessmark.flow.values.library_call import Call
from witnessmark.flow.values.library_walks import entries_of, put_in_map
from witnessmark.flow.values.objects import (
    UNKNOWN,
    Array,
    Builder,
    Text,
    Thing,
    Value,
    is_unknown,
)
from witnessmark.knowledge.packs.requests import Part

DECLARED = "declared"
"""Id of entries made of annotations: what their calls give is an answer, no request."""

PLAIN_TYPES = frozenset({"String;", "Map;", "File;"})
"""Types that every library shares: nothing stands in for an argument of them."""

AT_ONCE = frozenset({"socket"})
"""Ways on which what is written leaves at once."""

GIVES_VALUES = frozenset({"json", "map", "same", "given"})


class Host(Protocol):
    """The run, as effects use it."""

    def send(self, message: Thing, said: Call) -> None:
        """A request leaves as it is now."""

    def ask(self, thing: Value, method: str) -> Value:
        """What a method of the app gives that an object has; unknown when it has none."""

    def json_of(self, value: Value) -> Value:
        """A value as JSON."""

    def serves(self, declares: Value, message: Thing) -> None:
        """Requests that a class declares go where ``message`` does."""

    def begins(self, base: Value, said: Call) -> None:
        """Some declared requests begin with ``base``."""

    def body_of(self, thing: Thing) -> Value:
        """The body so far."""

    def was_given(self, value: Value) -> bool:
        """Whether a method that is run was given the value."""

    def constant(self, value: Value) -> str:
        """The name of a constant that is not followed, such as one of a library's enum."""


class _Run(Struct):
    """One call while its steps are carried out."""

    said: Call
    host: Host
    first: int
    library: str = ""
    subject: Thing | None = None
    result: Value = UNKNOWN
    made: bool = False

    def at(self, place: str) -> Value:
        if place[0] == "=":
            return Text(place[1:].replace(SPACE, " "))
        position = self.position(place)
        return self.said.value(position) if position >= 0 else UNKNOWN

    def position(self, place: str) -> int:
        """Index of a place of the call, -1 when it has no such argument."""
        if place == "this":
            return 0
        if place[0] != "@":
            at = self.first + int(place)
            return at if at < len(self.said) else -1
        wanted = place[1:] + ";"
        for at in range(self.first, len(self.said)):
            kind = self.said.kind(at)
            if kind.endswith(("/" + wanted, "$" + wanted)):
                return at
        return -1 if wanted in PLAIN_TYPES else self._carrier()

    def _carrier(self) -> int:
        """The first argument that carries a request: its class may be missing, or another."""
        for at in range(self.first, len(self.said)):
            if _carries(self.said.value(at)):
                return at
        return -1

    def text(self, place: str) -> Value:
        """A value, as text where its declared type decides how it is spelled."""
        if place[0] == "=":
            return self.at(place)
        position = self.position(place)
        found = self.said.text(position) if position >= 0 else None
        return found if found is not None else self.at(place)


def apply(part: Part, said: Call, host: Host, *, name: str) -> Value:
    """Carry out the steps of ``part`` for one call of the method ``name``; what the call gives."""
    is_static = said.kind(0) != "L"
    run = _Run(said, host, 0 if is_static else 1, part.source)
    if not is_static:
        run.result = said.value(0)
        if _tells_all(part) and own_message(run.result) is None and is_unknown(run.result):
            run.subject = Thing(MESSAGE)
    for step in part.effect:
        word, *rest = step.split()
        if word in GIVES_VALUES:
            run.result = _value(run, word, rest)
        elif word in _OBJECTS:
            _OBJECTS[word](run, rest)
        else:
            subject = _subject(run, sends=word == "send")
            if subject is not None:
                _STEPS[word](run, subject, word, rest, name)
    sent = "send" in part.effect and (not run.made or part.id == DECLARED)
    return UNKNOWN if sent and name != "<init>" else run.result


def _tells_all(part: Part) -> bool:
    """Whether the call says by itself on which way it sends, whatever its receiver was told before:
    a client that a field keeps was made elsewhere.
    """
    words = [step.partition(" ")[0] for step in part.effect]
    return words[0] == "channel" and words[-1] == "send" and not {"new", "of", "join"} & {*words}


def _subject(run: _Run, *, sends: bool = False) -> Thing | None:
    if run.subject is None and run.first:
        receiver = run.said.value(0)
        run.subject = own_message(receiver)
        if run.subject is None and sends and run.host.was_given(receiver):
            run.subject = _given(receiver)
    if run.subject is not None:
        run.subject.known.setdefault(LIBRARY, run.library)
    return run.subject


def _given(value: Value) -> Thing | None:
    """A request that a label stands for: where it goes is known where the label comes from."""
    labelled = isinstance(value, Text) and is_unknown(value)
    return Thing(MESSAGE, {"url": value}) if labelled else None


def _new(run: _Run, _: Sequence[str]) -> None:
    made = new_request()
    run.subject, run.result, run.made = message_of(made), made, True
    _subject(run)


def _of(run: _Run, rest: Sequence[str]) -> None:
    value = run.at(rest[0])
    run.subject = own_message(value) or _given(value)


def _join(run: _Run, rest: Sequence[str]) -> None:
    value, mine = run.at(rest[0]), run.result
    other = own_message(value) or _given(value)
    if other is not None and isinstance(mine, Thing):
        mine.known[MESSAGE] = other
        run.subject = other


def _open(run: _Run, _: Sequence[str]) -> None:
    subject = _subject(run)
    if subject is not None:
        run.result, run.made = Thing("stream", {MESSAGE: subject}), True


def _pair(run: _Run, rest: Sequence[str]) -> None:
    carrier = run.result if isinstance(run.result, Thing) else Thing("pair")
    carrier.known["name"], carrier.known["value"] = run.text(rest[0]), run.text(rest[1])
    run.result = carrier


def _half(word: str) -> Callable[[_Run, Sequence[str]], None]:
    def put(run: _Run, rest: Sequence[str]) -> None:
        if isinstance(run.result, Thing):
            run.result.known[word] = run.text(rest[0])

    return put


def _entry(run: _Run, rest: Sequence[str]) -> None:
    held = run.said.value(0)
    if isinstance(held, Thing):
        put_in_map(held, run.at(rest[0]), run.text(rest[1]))


def _spell(run: _Run, rest: Sequence[str]) -> None:
    if isinstance(run.result, Thing):
        run.result.known["spelled"] = run.host.json_of(run.at(rest[0]))
        run.result.open = True


def _value(run: _Run, word: str, rest: Sequence[str]) -> Value:
    if word == "json":
        return run.host.json_of(run.at(rest[0]))
    if word == "given":
        receiver = run.said.value(0)
        return run.host.body_of(receiver) if isinstance(receiver, Thing) else UNKNOWN
    if word == "map":
        return _map_of(run.at(rest[0]))
    return run.at(rest[0])


def _map_of(value: Value) -> Value:
    pairs = value.items if isinstance(value, Array) else [value]
    made = Thing("map")
    for pair in pairs:
        if isinstance(pair, Thing) and "name" in pair.known:
            put_in_map(made, pair.known["name"], pair.known.get("value", UNKNOWN))
        else:
            made.open = True
    return made


def _say(run: _Run, subject: Thing, word: str, rest: Sequence[str], _: str) -> None:
    value = run.text(rest[0])
    inner = run.at(rest[0])
    if message_of(inner) is not None and word in ("url", "to"):
        append(subject, "inside", inner)
        if word == "url":
            return
    if value is not UNKNOWN or word not in subject.known:
        set_word(subject, word, value)
    if word == "base":
        run.host.begins(value, run.said)


def _channel(_: _Run, subject: Thing, word: str, rest: Sequence[str], __: str) -> None:
    set_word(subject, word, Text(rest[0]))


def _verb(_: _Run, subject: Thing, word: str, rest: Sequence[str], name: str) -> None:
    set_word(subject, word, Text(name if rest[0] == "name" else rest[0]))


def _verbs(run: _Run, subject: Thing, _: str, rest: Sequence[str], __: str) -> None:
    position = run.position(rest[0])
    value = run.said.value(position) if position >= 0 else UNKNOWN
    listed = rest[1].split(",")
    if isinstance(value, int) and rest[1] != "-":
        if 0 <= value < len(listed):
            set_word(subject, "verb", Text(listed[value]))
        return
    text = run.said.text(position)
    constant = run.host.constant(value)
    if constant:
        set_word(subject, "verb", Text(constant))
    elif text is not None and text.whole:
        set_word(subject, "verb", text)


def _add(run: _Run, subject: Thing, word: str, rest: Sequence[str], _: str) -> None:
    add_field(subject, word, run.text(rest[0]), run.text(rest[1]))


def _fields(run: _Run, subject: Thing, _: str, rest: Sequence[str], __: str) -> None:
    add_all(subject, rest[0], run.at(rest[1]))


def add_all(subject: Thing, where: str, value: Value) -> None:
    """Add all that a map, a list or array of pairs, or another request holds."""
    if not isinstance(value, Thing | Array):
        return
    if isinstance(value, Thing) and message_of(value) is not None:
        append(subject, "inside", value)
        return
    array = value if isinstance(value, Array) else value.known.get("array")
    if isinstance(array, Array):
        for item in array.items:
            if isinstance(item, Thing) and "name" in item.known:
                add_field(subject, where, item.known["name"], item.known.get("value", UNKNOWN))
            elif isinstance(item, Thing) and message_of(item) is not None:
                append(subject, "inside", item)
        return
    if isinstance(value, Thing) and "name" in value.known:
        add_field(subject, where, value.known["name"], value.known.get("value", UNKNOWN))
        return
    for key, one in entries_of(value) if isinstance(value, Thing) else ():
        add_field(subject, where, key, one)


def _body(run: _Run, subject: Thing, word: str, rest: Sequence[str], _: str) -> None:
    position = run.position(rest[0])
    value = run.said.value(position) if position >= 0 else UNKNOWN
    if position < 0 or (isinstance(value, int) and value == 0 and word == "body"):
        return
    if message_of(value) is not subject and _carries(value):
        own_message(value)
        append(subject, "inside", value)
        return
    if word == "body":
        subject.known["body"] = Array("body", [])
    text = run.text(rest[0])
    append(subject, "body", Text(text.text, text.steps) if isinstance(text, Builder) else text)
    channel = subject.known.get("channel")
    if word == "write" and isinstance(channel, Text) and channel.text in AT_ONCE:
        run.host.send(subject, run.said)


def _carries(value: Value) -> bool:
    """Whether an object belongs to a request, or holds one in a field."""
    held = value.known.items() if isinstance(value, Thing) else ()
    return message_of(value) is not None or any(
        isinstance(name, int) and message_of(one) is not None for name, one in held
    )


def _bean(run: _Run, subject: Thing, _: str, rest: Sequence[str], __: str) -> None:
    value = run.at(rest[0])
    if message_of(value) is not None:
        append(subject, "inside", value)
        return
    said = value if isinstance(value, Text) and not is_unknown(value) else None
    append(subject, "body", said or run.host.json_of(value))


def _serves(run: _Run, subject: Thing, _: str, rest: Sequence[str], __: str) -> None:
    run.host.serves(run.at(rest[0]), subject)


def _segment(run: _Run, subject: Thing, _: str, rest: Sequence[str], __: str) -> None:
    append(subject, "segments", run.text(rest[0]))


def _encode(_: _Run, subject: Thing, __: str, rest: Sequence[str], ___: str) -> None:
    append(subject, "encodings", rest[0])


def _login(run: _Run, subject: Thing, _: str, rest: Sequence[str], __: str) -> None:
    set_word(subject, "user", run.text(rest[0]))
    set_word(subject, "secret", run.text(rest[1]))


def _ask(run: _Run, subject: Thing, _: str, rest: Sequence[str], __: str) -> None:
    answer = run.host.ask(run.said.value(run.first), rest[0])
    if answer is UNKNOWN:
        return
    if rest[1] == "body":
        append(subject, "body", answer)
    else:
        add_all(subject, rest[1], answer)


def _listen(run: _Run, subject: Thing, _: str, rest: Sequence[str], __: str) -> None:
    set_word(subject, "port", run.text(rest[0]))
    run.host.send(subject, run.said)


def _send(run: _Run, subject: Thing, _: str, __: Sequence[str], ___: str) -> None:
    run.host.send(subject, run.said)


_OBJECTS: Mapping[str, Callable[[_Run, Sequence[str]], None]] = {
    "new": _new,
    "of": _of,
    "join": _join,
    "open": _open,
    "pair": _pair,
    "name": _half("name"),
    "value": _half("value"),
    "entry": _entry,
    "spell": _spell,
}

_Step = Callable[[_Run, Thing, str, Sequence[str], str], None]

_STEPS: Mapping[str, _Step] = {
    **dict.fromkeys(
        ("url", "base", "host", "port", "scheme", "path", "operation", "space", "to", "subject",
         "type", "user", "secret", "client"), _say,
    ),
    **dict.fromkeys(
        ("header", "query", "form", "part", "file", "property", "field", "route"), _add
    ),
    "channel": _channel,
    "verb": _verb,
    "else": _channel,
    "verbs": _verbs,
    "fields": _fields,
    "body": _body,
    "write": _body,
    "bean": _bean,
    "serves": _serves,
    "segment": _segment,
    "encode": _encode,
    "login": _login,
    "ask": _ask,
    "listen": _listen,
    "send": _send,
}  # fmt: skip
