"""Requests that scripts in pages and script apps send, as rows of the table ``requests``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from witnessmark.analyses.sends._appended import appended_in, near
from witnessmark.analyses.sends._bodies import read_body, read_query
from witnessmark.analyses.sends._described import LONGEST_VALUE, MOST_VALUES, SECRET, masked
from witnessmark.analyses.sends._marked_requests import MarkedRequest, marked_requests
from witnessmark.analyses.sends._script_clouds import Saved, ScriptClouds
from witnessmark.analyses.sends._scripts import (
    Scope,
    Scripts,
    Source,
    Spelled,
)  # fmt: skip
from witnessmark.analyses.sends._some import some
from witnessmark.analyses.sends._urls import Address, in_clear, is_host
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.formats.script import Call, Choice, Expression, Joined, Name, Record, Text
from witnessmark.knowledge.packs.script_calls import ScriptCall
from witnessmark.knowledge.packs.script_clouds import ScriptCloud
from witnessmark.knowledge.packs.script_marks import ScriptMark
from witnessmark.knowledge.packs.web_files import WebFile
from witnessmark.model.gap import Gap

VERBS = frozenset({"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"})
BODILESS = frozenset({"GET", "HEAD", "DELETE"})
FULL = kept_regex(r"(?P<scheme>[A-Za-z][\w+.-]*)://(?P<rest>[^?#]*)(?:\?(?P<query>[^#]*))?")
BASE = kept_regex(r"\{\$?base_?ur[li]\}", re.IGNORECASE)
AUTHORITY = kept_regex(r"(?P<host>[^/:{}]+)(?::(?P<port>\d{1,5}))?(?=/|$)")
WORDS = kept_regex(r"[A-Za-z\u0080-\uffff]{2}")
PATH = kept_regex(r"/[A-Za-z]|https?://")
WHOLE = kept_regex(r"https?://[^{}/?#]+(?:[/?#]|$)")
"""An address whose host is known."""

FOLDERS = kept_regex(r"(?:https?://|/)?[A-Za-z][\w.-]*/[\w{]")
"""An address of which the folders are told, whatever it begins with."""

GUESSED = ("path", "address", "folders")
HOLE = kept_regex(r"\{[^{}]*\}")
CLOUD = "cloud"
OPEN = "calls of scripts that send, of which the address was not made out: {}"
UNKNOWN = "?"
MOST_SITES = 8
DEEPEST_PACKED = 4
NOT_SENT = ("file:", "data:", "blob:", "javascript:", "about:", "_www", "_doc")
PACKED = (
    "stringify", "toJson", "param", "encrypt", "serialize", "SerializeObject", "Serialize",
    "StringContent", "FormUrlEncodedContent", "JsonContent.Create",
)  # fmt: skip
"""Ends of names of functions that write values out, or wrap them."""

SENT_AS_JSON = ("AsJsonAsync",)
"""Ends of names of methods that send, and write out as JSON what they are given."""

AS_JSON = ("stringify", "toJson", "SerializeObject", "Serialize", "JsonContent.Create")


class _Named(Struct):
    where: str
    values: dict[str, None] = field(default_factory=dict)
    origins: dict[str, None] = field(default_factory=dict)


class _Request(Struct):
    """Calls of one kind to one address, in all scripts.

    ``guessed``  what is called has no name, and is told by what it is given.
    """

    channel: str
    verb: str
    url: Spelled
    code: str = "script"
    guessed: bool = False
    names: dict[tuple[str, str], _Named] = field(default_factory=dict)
    kinds: dict[str, None] = field(default_factory=dict)
    places: list[tuple[int, int, int, str]] = field(default_factory=list)


class _Sending(Struct, frozen=True):
    """A call that sends, what is known of it, and what its script appends to named lists."""

    known: ScriptCall
    call: Call
    appended: Mapping[str, list[tuple[str, Expression]]]


def script_rows(
    app: Facts,
    known: Sequence[ScriptCall],
    kinds: Sequence[WebFile],
    marks: Sequence[ScriptMark],
    clouds: Sequence[ScriptCloud] = (),
) -> Iterator[tuple[object, ...] | Gap]:
    """One row of `REQUESTS` for each kind of request to each address, and a gap for calls that send
    of which nothing of the address was made out.
    """
    scripts = Scripts(app, kinds)
    reader = _Reader(scripts, known)
    declared = (_declared(one) for one in marked_requests(app, marks))
    saved = (reader.cloud(*one) for one in ScriptClouds(scripts, clouds).saved())
    found = _by_key((*reader.requests(), *declared, *saved))
    _join_paths(found)
    for request in found.values():
        if request.channel != CLOUD:
            request.url = reader.whole(request.url)
    found = _by_key(found.values())
    for key in sorted(found):
        yield _row(found[key])
    if reader.open:
        yield Gap("sends/request", OPEN.format(reader.open), ("sends",))


def _declared(one: MarkedRequest) -> _Request:
    """A request that attributes declare."""
    request = _Request("http", one.verb, Spelled(one.url), "dotnet")
    request.names = {key: _Named(key[0]) for key in one.names}
    request.places.append(one.place)
    return request


def _by_key(requests: Iterable[_Request]) -> dict[Any, _Request]:
    found: dict[Any, _Request] = {}
    for request in requests:
        mine = found.setdefault(_key(request), request)
        if mine is not request:
            _join(mine, request)
    return found


def _key(request: _Request) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
    """Requests of one key are told as one: those to unknown addresses where they send the same."""
    url = request.url.text
    if WORDS.search(HOLE.sub("", url)):
        return request.channel, request.verb, url, ()
    return request.channel, request.verb, UNKNOWN, tuple(sorted(request.names))


def _join_paths(found: dict[Any, _Request]) -> None:
    """Tell what a helper is given as the request that the helper sends to a whole address."""
    whole = [one for one in found.values() if "://" in one.url.text]
    for key, request in list(found.items()):
        path = "/" + request.url.text.lstrip("/")
        if "://" in request.url.text or request.url.text.startswith("{") or path == "/":
            continue
        same = [
            one for one in whole
            if (one.channel, one.verb) == (request.channel, request.verb)
            and one.url.text.partition("?")[0].endswith(path.partition("?")[0])
        ]  # fmt: skip
        for one in same:
            _join(one, request)
        if same:
            del found[key]


class _Reader:
    def __init__(self, scripts: Scripts, known: Sequence[ScriptCall]) -> None:
        self._scripts = scripts
        self._known = known
        self._last = {name.rpartition(".")[2] for one in known for name in one.names}
        self._patterns = [one for one in known if one.is_pattern]
        self.open = 0
        """Calls met so far that send, of which nothing of the address was made out."""

    def requests(self) -> Iterator[_Request]:
        """Each call that sends, in the order of files."""
        for source in self._scripts.all:
            appended = appended_in(source)
            for call in source.script.calls:
                known = self._meant(call, source)
                if known is not None:
                    given = near(appended, call, source)
                    made = tuple(self._sent(_Sending(known, call, given), source))
                    self.open += not made and self._is_open(known, call, source)
                    yield from made

    @staticmethod
    def _serves(source: Source) -> bool:
        """Whether a script stands between the page and its servers: what it sends the page asked
        for (service workers, w3.org/TR/service-workers).
        """
        return any(call.name.endswith("respondWith") for call in source.script.calls)

    def _is_open(self, known: ScriptCall, call: Call, source: Source) -> bool:
        """Whether a call surely sends, and not to what an element of the page names."""
        if known.needs not in ("", "text") or source.kind != "script":
            return False
        scope, _ = self._scripts.scope(call, source)
        at = self._part(known.url, call, scope)
        linked = isinstance(call.arguments[0], Name) and call.arguments[0].name.endswith(".href")
        if at is None or linked or self._serves(source):
            return False
        return "{" in self._scripts.spelled(*at).text

    def _meant(self, call: Call, source: Source) -> ScriptCall | None:
        """What a call is, by its name and what it is given; None for one that does not send."""
        last = call.name.rpartition(".")[2]
        listed = self._known if last in self._last else self._patterns
        return next(
            (one for one in listed
             if one.made == call.made and one.recognises(call.name)
             and self._fits(one, call, source)), None,
        )  # fmt: skip

    def _fits(self, known: ScriptCall, call: Call, source: Source) -> bool:
        scope, _ = self._scripts.scope(call, source)
        if self._part(known.url, call, scope) is None:
            return False
        return known.needs != "verb" or self._verb(known, call, scope) in VERBS

    def _sent(self, sending: _Sending, source: Source) -> Iterator[_Request]:
        """Requests of one call: for each call of the function around it, where that decides."""
        scope, function = self._scripts.scope(sending.call, source)
        parts = [
            self._part(ways, sending.call, scope, record=True)
            for ways in (sending.known.url, sending.known.data)
        ]
        if function is not None and any(
            part is not None and self._scripts.depends(part[0], part[1]) for part in parts
        ):
            several = False
            for inner, call, caller in self._scripts.callers(function, scope):
                several = True
                for request in self._as(sending, inner):
                    request.places.append(
                        (caller.artifact, call.span.offset, call.span.length, call.name)
                    )
                    yield request
            if several:
                return
        yield from self._as(sending, scope)

    def _as(self, sending: _Sending, scope: Scope) -> Iterator[_Request]:
        """The request of a call, once for each address that conditions leave open."""
        at = self._part(sending.known.url, sending.call, scope)
        for url in self._scripts.ways(*at) if at is not None else ():
            if not url.text.startswith(NOT_SENT) and _is_address(url, sending.known):
                yield self._to(url, sending, scope)

    def _to(self, url: Spelled, sending: _Sending, scope: Scope) -> _Request:
        known, call = sending.known, sending.call
        verb = self._verb(known, call, scope)
        request = _Request(known.channel, verb if verb.isalpha() else "GET", url)
        self._read_data(request, sending, scope)
        artifact = scope.source.artifact
        request.code = "dotnet" if scope.source.kind == "dotnet" else "script"
        request.guessed = known.needs in GUESSED
        request.places.append((artifact, call.span.offset, call.span.length, call.name))
        return request

    def cloud(self, saved: Saved, source: Source) -> _Request:
        """What is saved in the cloud, as a request to the place in the store."""
        request = _Request(CLOUD, saved.verb, saved.place)
        if saved.data is not None:
            self._read(request, "json", saved.data, {})
        span = saved.call.span
        request.places.append((source.artifact, span.offset, span.length, saved.call.name))
        return request

    def whole(self, url: Spelled) -> Spelled:
        """An address with the base that requests are joined to, where there is one."""
        base = self._scripts.base
        if base and "://" not in url.text:
            named = BASE.match(url.text)
            rest = url.text[named.end() :] if named else url.text
            if not rest.startswith("{"):
                return Spelled(f"{base.rstrip('/')}/{rest.lstrip('/')}", url.origins)
        return url

    def _verb(self, known: ScriptCall, call: Call, scope: Scope) -> str:
        for way in known.verb.split(" / "):
            if way.startswith("="):
                return way[1:]
            found = self._part(way, call, scope)
            if found is not None:
                return self._scripts.spelled(*found).text.upper()
        return ""

    def _part(
        self, ways: str, call: Call, scope: Scope, *, record: bool = False
    ) -> tuple[Expression, Scope] | None:
        """What stands at the first of several places; a record counts only with ``record``."""
        for way in ways.split(" / ") if ways else ():
            position, *members = way.split(".")
            if int(position) >= len(call.arguments):
                continue
            value: Expression | None = call.arguments[int(position)]
            inner = scope
            for member in members:
                value, inner = self._scripts.resolved(value, inner) if value else (value, inner)
                value = self._member(value, member)
            if value is not None and (record or members or not isinstance(value, Record)):
                return value, inner
        return None

    @staticmethod
    def _member(value: Expression | None, member: str) -> Expression | None:
        if isinstance(value, Record):
            return value.members.get(member)
        if isinstance(value, Name):
            return Name(f"{value.name}.{member}", value.span)
        return None

    def _read_data(self, request: _Request, sending: _Sending, scope: Scope) -> None:
        match = FULL.match(request.url.text)
        query = (match["query"] or "") if match else request.url.text.partition("?")[2]
        for inner in read_query(query):
            self._add(request, "query", inner.name, Spelled(inner.value))
        where = "query" if request.verb in BODILESS else "form"
        known, call = sending.known, sending.call
        where = "json" if where == "form" and call.name.endswith(SENT_AS_JSON) else where
        data = self._part(known.data, call, scope, record=True)
        if data is not None:
            self._read(request, where, data, sending.appended)
        self._read_headers(request, self._part(known.headers, call, scope, record=True))
        named = self._part(known.files, call, scope)
        if named is not None:
            told = self._scripts.spelled(*named)
            self._add(request, "file", told.text, Spelled("{file}", ("a file",)))

    def _read_headers(self, request: _Request, found: tuple[Expression, Scope] | None) -> None:
        headers, scope = self._scripts.resolved(*found) if found else (None, None)
        if isinstance(headers, Record) and scope is not None:
            for name, value in headers.members.items():
                told = self._scripts.spelled(value, scope)
                self._add(request, "header", name, told)
                if name.lower() == "content-type" and "json" in told.text:
                    request.kinds.setdefault("json")

    def _read(
        self,
        request: _Request,
        where: str,
        found: tuple[Expression, Scope],
        appended: Mapping[str, list[tuple[str, Expression]]],
    ) -> None:
        value, scope = self._scripts.resolved(*found)
        for _ in range(DEEPEST_PACKED):
            if not (isinstance(value, Call) and value.arguments and value.name.endswith(PACKED)):
                break
            where = "json" if value.name.endswith(AS_JSON) and where == "form" else where
            value, scope = self._scripts.resolved(value.arguments[0], scope)
        if isinstance(value, Name):
            for name, given in appended.get(value.name, ()):
                self._add(request, where, name, self._scripts.spelled(given, scope))
        elif isinstance(value, Record):
            for name, given in value.members.items():
                self._add(request, where, name, self._scripts.spelled(given, scope))
        elif isinstance(value, Choice):
            for option in value.options:
                self._read(request, where, (option, scope), appended)
        elif isinstance(value, Text | Joined):
            body = read_body(self._scripts.spelled(value, scope).text)
            for inner in body.names:
                self._add(request, body.form or where, inner.name, Spelled(inner.value))

    @staticmethod
    def _add(request: _Request, where: str, name: str, value: Spelled) -> None:
        if not name or "{" in name:
            return
        one = request.names.setdefault((where, name), _Named(where))
        if value.is_constant and value.text and len(value.text) <= LONGEST_VALUE:
            hidden = SECRET.search(name) and where != "header"
            one.values.setdefault(masked(value.text) if hidden else value.text)
        one.origins.update(dict.fromkeys(value.origins))


def _is_address(url: Spelled, known: ScriptCall) -> bool:
    """Whether what stands there can be an address, as far as its name leaves doubt."""
    constant = HOLE.sub("", url.text)
    if not url.text or url.text == "{}":
        return False
    if known.needs == "path":
        return bool(PATH.match(url.text))
    if known.needs in ("address", "folders"):
        form = WHOLE if known.needs == "address" else FOLDERS
        return bool(form.match(url.text))
    if known.needs == "text":
        return bool(WORDS.search(constant)) and ("/" in constant or "." in constant)
    return bool(WORDS.search(constant)) or bool(re.search(r"\{\w", url.text))


def _join(mine: _Request, other: _Request) -> None:
    origins = dict.fromkeys((*mine.url.origins, *other.url.origins))
    mine.url = Spelled(mine.url.text, tuple(origins))
    for key, theirs in other.names.items():
        one = mine.names.setdefault(key, theirs)
        one.values.update(theirs.values)
        one.origins.update(theirs.origins)
    mine.kinds.update(other.kinds)
    mine.places += other.places


def _row(request: _Request) -> tuple[object, ...]:
    subject = _subject(request)
    trace = {
        "sites": [], "all_sites": len(request.places), "roots": [], "strings": [],
        "resources": [], "declared": [],
        "spans": [list(place) for place in request.places[:MOST_SITES]],
    }  # fmt: skip
    host, operation = subject["host"] or "", ""
    if request.channel == CLOUD:
        operation = request.url.text
        subject.update(url="", path="", operation=operation)
    return (
        request.channel, request.verb, subject["url"], host, operation, "own",
        json.dumps(subject, ensure_ascii=False), json.dumps(trace, ensure_ascii=False), -1, -1,
    )  # fmt: skip


def _subject(request: _Request) -> dict[str, Any]:
    url, _, _ = request.url.text.partition("?")
    match = FULL.match(url)
    scheme = match["scheme"].lower() if match else ""
    authority = AUTHORITY.match(match["rest"]) if match else None
    host = authority["host"].lower() if authority else ""
    host = host if is_host(host) else ""
    port = int(authority["port"]) if authority and authority["port"] else None
    path = match["rest"][authority.end() :] if match and authority else "" if match else url
    return {
        "method": request.verb,
        "url": url,
        "parameters": [_parameter(name, one) for (_, name), one in request.names.items()],
        "body": _body(request),
        "channel": request.channel,
        "host": host or None,
        "port": port,
        "scheme": scheme or None,
        "path": path,
        "cleartext": in_clear(scheme),
        "private": Address(scheme, host, 0, "").is_private if host else None,
        **some("set_at_run_time", list(request.url.origins), MOST_VALUES),
        "owner": "own",
        "code": request.code,
        "by_shape": request.guessed,
    }


def _parameter(name: str, one: _Named) -> dict[str, Any]:
    told: dict[str, Any] = {"name": name, "in": one.where}
    if one.values:
        told.update(some("values", list(one.values), MOST_VALUES))
    if one.origins:
        told.update(some("from", list(one.origins), MOST_VALUES))
    told["categories"] = []
    return told


def _body(request: _Request) -> dict[str, Any] | None:
    places = dict.fromkeys(one.where for one in request.names.values())
    kinds = [where for where in places if where in ("form", "json", "xml")]
    if "json" in request.kinds and "form" in kinds:
        kinds[kinds.index("form")] = "json"
    if "file" in places:
        kinds.append("multipart")
    if not kinds:
        return None
    inside = [name for (where, name) in request.names if where not in ("header", "query")]
    return {"kinds": kinds, "types": [], "encodings": [], "fields": inside}
