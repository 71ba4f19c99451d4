"""Requests as descriptions: what several runs sent to one place, put together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from witnessmark.analyses.sends._bodies import Body, Inner, read_body, read_query
from witnessmark.analyses.sends._labels import Labels, lone_label, plain
from witnessmark.analyses.sends._message import Named, Sent
from witnessmark.analyses.sends._origins import Origin, Origins
from witnessmark.analyses.sends._target import Target, target_of
from witnessmark.flow.values.objects import HOLES
from witnessmark.formats.patterns import kept_regex

MESSAGES = frozenset({"sms", "mms", "mail", "push"})
DEFAULTS = {"http": "GET", "webview": "GET", "soap": "POST"}
"""What a request is where nothing else is said."""

BODILESS = frozenset({"GET", "HEAD", "DELETE"})
MOST_VALUES = 6
FEWEST_KNOWN = 6
"""Characters of an address that must be known before it is held against others."""

LONGEST_VALUE = 120
DEEPEST_FORM = 3
SECRET = kept_regex(r"(?i)pass|pwd|psw|secret|token|sign|auth|api_?key|app_?key|\bkey\b|salt")
TYPE_HEADER = "content-type"
OPERATION = re.compile(r"[A-Za-z][A-Za-z_.-]*\d?")
"""A word that names what a server is to do, unlike the number of a page or a key."""


class Parameter(Struct):
    """A named value; ``values`` constants that it has, ``origins`` where others come from."""

    name: str
    where: str
    inside: str = ""
    values: dict[str, None] = field(default_factory=dict)
    origins: dict[Origin, None] = field(default_factory=dict)
    forms: dict[str, None] = field(default_factory=dict)
    times: int = 0


class Request(Struct):
    """Requests of one kind to one place.

    ``names``  of parameters by place and name; ``wide`` with holes named, for readers.
    """

    channel: str
    verb: str
    target: Target
    url: str
    operation: str
    space: str
    parameters: dict[tuple[str, str, str], Parameter] = field(default_factory=dict)
    bodies: dict[str, None] = field(default_factory=dict)
    types: dict[str, None] = field(default_factory=dict)
    encodings: dict[str, None] = field(default_factory=dict)
    origins: dict[Origin, None] = field(default_factory=dict)
    words: dict[str, dict[str, None]] = field(default_factory=dict)
    texts: dict[str, None] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)


LOGIN = ("user", "secret", "client")
"""Words that say who connects, and nothing of where to."""


class Describer:
    """Turns what left into requests."""

    def __init__(
        self,
        origins: Origins,
        labels: Labels,
        forms: Mapping[int, str],
        idle: Callable[[int], bool] = lambda _: False,
    ) -> None:
        self._origins = origins
        self._labels = labels
        self._forms = forms
        self._idle = idle

    def requests(self, sent: Iterable[Sent]) -> list[Request]:
        """One for each place and kind, in a fixed order."""
        found: dict[tuple[str, ...], list[Request]] = defaultdict(list)
        for one in sent:
            request = self._one(one)
            if request is not None:
                where = plain(request.target.text)
                if request.channel == "webview":  # whose choice a page is matters for each screen
                    where = request.url
                key = (request.channel, request.verb, where, request.operation)
                found[key].append(request)
        join_open(found)
        return [
            joined(part)
            for key in sorted(found)
            for group in _told_apart(found[key])
            for part in self._by_running(group)
        ]

    def _by_running(self, requests: Sequence[Request]) -> Iterator[Sequence[Request]]:
        """Requests of code that nothing starts apart, where they have names that others lack."""
        idle = [one for one in requests if all(self._idle(sent.root) for sent in one.sent)]
        run = [one for one in requests if one not in idle]
        names = {key for one in run for key in one.parameters}
        if not run or all(names.issuperset(one.parameters) for one in idle):
            yield requests
            return
        yield run
        yield idle

    def _one(self, sent: Sent) -> Request | None:
        channel = sent.word("channel")
        target = target_of(sent)
        if not channel or target is None:
            return None
        verb = sent.word("verb") or sent.word("else")
        if not verb or HOLES.search(verb):
            verb = DEFAULTS.get(channel, "")
            verb = "POST" if verb == "GET" and sent.body else verb
        name = self._origins.named
        shown = Request(
            channel, verb.upper() if channel in ("http", "webview") else verb, target,
            name(target.text), name(sent.word("operation")), sent.word("space"),
        )  # fmt: skip
        shown.sent.append(sent)
        shown.origins = dict.fromkeys(self._origins.of_text(target.text))
        shown.encodings = dict.fromkeys(sent.encodings)
        self._read_fields(shown, sent, target)
        self._read_bodies(shown, sent.body)
        for word in ("to", "subject", "user", "secret", "client"):
            if sent.word(word):
                self._word(shown, word, sent.word(word))
        return shown

    def _word(self, shown: Request, word: str, text: str) -> None:
        """Who gets a message, or who logs in; a constant secret is not repeated."""
        told = self._origins.named(text)
        if word == "secret" and not HOLES.search(text):
            told = masked(text)
        shown.words.setdefault(word, {}).setdefault(told)
        if word not in LOGIN:
            shown.origins.update(dict.fromkeys(self._origins.of_text(text)))

    def _read_fields(self, shown: Request, sent: Sent, target: Target) -> None:
        for inner in read_query(target.query):
            self._add_all(shown, "query", inner)
        for one in sent.fields:
            if one.where == "header" and one.name.casefold() == TYPE_HEADER:
                shown.types.setdefault(plain(one.value))
            self._add_named(shown, one)
        if sent.word("type"):
            shown.types.setdefault(plain(sent.word("type")))

    def _add_named(self, shown: Request, one: Named) -> None:
        where = one.where
        if where == "field":
            where = "query" if shown.verb in BODILESS else "form"
        self._add_all(shown, where, Inner(self._origins.named(one.name), one.value))

    def _add_all(self, shown: Request, where: str, one: Inner) -> None:
        """A name with its value, and the names in a value that is JSON or XML itself."""
        self._add(shown, where, one)
        if where not in ("header", "json", "xml"):
            body = self._understood(one.value)[0]
            if body.form in ("json", "xml"):
                for inner in body.names:
                    self._add(shown, body.form, inner, one.name)

    def _read_bodies(self, shown: Request, text: str) -> None:
        if not text:
            return
        body, forms = self._understood(text)
        shown.bodies.setdefault(body.form or "text")
        shown.encodings.update(dict.fromkeys(forms))
        for inner in body.names:
            self._add_all(shown, "part" if body.form == "multipart" else body.form, inner)
        if body.form in ("", "text") and HOLES.sub("", text).strip():
            shown.words.setdefault("text", {}).setdefault(self._origins.named(text)[:400])
            shown.origins.update(dict.fromkeys(self._origins.of_text(text)))

    def _understood(self, text: str, depth: int = 0) -> tuple[Body, list[str]]:
        """A body, looked for behind the forms that it was given, with these forms."""
        number = lone_label(text)
        if number < 0 or depth > DEEPEST_FORM:
            return read_body(text), []
        for label in self._labels.everything(number):
            if label.source and label.kind == "result":
                body, forms = self._understood(label.source, depth + 1)
                return body, [self._forms.get(label.row, ""), *forms]
        return Body("text"), []

    def _add(self, shown: Request, where: str, inner: Inner, inside: str = "") -> None:
        key = (where, inside, inner.name)
        one = shown.parameters.setdefault(key, Parameter(inner.name, where, inside))
        one.times = 1
        if not HOLES.search(inner.value):
            if inner.value and len(inner.value) <= LONGEST_VALUE:
                secret = SECRET.search(inner.name) and where != "header"
                one.values.setdefault(masked(inner.value) if secret else inner.value)
        else:
            known = HOLES.sub("", inner.value).strip()
            if known and len(inner.value) <= LONGEST_VALUE:
                one.values.setdefault(self._origins.named(inner.value))
            one.origins.update(dict.fromkeys(self._origins.of_text(inner.value)))
            one.forms.update(dict.fromkeys(self._origins.forms(inner.value, self._forms)))


def masked(text: str) -> str:
    """A secret as reports show it."""
    return f"{text[:2]}… ({len(text)} characters)"


def join_open(found: dict[tuple[str, ...], list[Request]]) -> None:
    """Tell a request of which a piece of the address is open as the one that fills it, where one
    call sends both: a setting with a value that it has from the start.
    """
    for key in [key for key in sorted(found) if "?" in key[2]]:
        channel, verb, where, operation = key
        if len(where.replace("?", "")) < FEWEST_KNOWN:
            continue
        form = re.compile(re.escape(where).replace(r"\?", r"[^/?&#]+"))
        places = {one.place for request in found[key] for one in request.sent}
        filled = [
            other
            for other, requests in found.items()
            if other != key
            and (other[0], other[1], other[3]) == (channel, verb, operation)
            and form.fullmatch(other[2].replace("?", "0"))
            and other[2].count("?") < where.count("?")
            and places == {one.place for request in requests for one in request.sent}
        ]
        if len(filled) == 1:
            found[filled[0]] += found.pop(key)


def _told_apart(requests: Sequence[Request]) -> Iterator[list[Request]]:
    """Requests to one place by the value of the parameter that tells them apart, if one does.

    That is: each request gives it one constant word, and requests with different words have
    different parameters, as where ``action=login`` and ``action=upload`` go to one address. Words
    with the same parameters stay together where none of them is a number, as a page is.
    """
    loosely: dict[str, list[Request]] = {}
    for key in _common(requests):
        words = [next(iter(one.parameters[key].values), "") for one in requests]
        if not all(re.fullmatch(r"[\w./:-]{1,60}", word) for word in words):
            continue
        groups: dict[str, list[Request]] = defaultdict(list)
        for one, word in zip(requests, words, strict=True):
            groups[word].append(one)
        shapes = {
            frozenset(name for one in group for name in one.parameters) for group in groups.values()
        }
        if len(groups) > 1 and len(shapes) == len(groups):
            yield from (groups[word] for word in sorted(groups))
            return
        if len(shapes) > 1 and len(groups) > len(loosely) and all(map(OPERATION.fullmatch, words)):
            loosely = groups
    alike: dict[tuple[tuple[str, str, str], ...], list[Request]] = defaultdict(list)
    for _, group in sorted(loosely.items()):
        alike[tuple(sorted({name for one in group for name in one.parameters}))] += group
    yield from alike.values() if loosely else [list(requests)]


def _common(requests: Sequence[Request]) -> list[tuple[str, str, str]]:
    """Parameters that every request has with exactly one constant value and no other."""
    if len(requests) < 2:
        return []
    return [
        key
        for key in requests[0].parameters
        if all(
            key in one.parameters
            and len(one.parameters[key].values) == 1
            and not one.parameters[key].origins
            for one in requests
        )
    ]


def joined(requests: Sequence[Request]) -> Request:
    """Several requests as one: the names of all, each with the values that any gives it."""
    first = requests[0]
    for other in requests[1:]:
        for key, theirs in other.parameters.items():
            mine = first.parameters.setdefault(key, theirs)
            if mine is not theirs:
                mine.times += theirs.times
                mine.values.update(theirs.values)
                mine.origins.update(theirs.origins)
                mine.forms.update(theirs.forms)
        for word, texts in other.words.items():
            first.words.setdefault(word, {}).update(texts)
        merge: Callable[[dict[str, None], dict[str, None]], None] = dict.update
        merge(first.bodies, other.bodies)
        merge(first.types, other.types)
        merge(first.encodings, other.encodings)
        first.origins.update(other.origins)
        first.space = first.space or other.space
        first.sent += other.sent
    return first
