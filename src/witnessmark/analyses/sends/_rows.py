"""Requests as rows of the table ``requests``: their description, and what it rests on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from witnessmark.analyses.ownership import owner_of
from witnessmark.analyses.sends._described import MOST_VALUES, Parameter, Request
from witnessmark.analyses.sends._interfaces import Declared
from witnessmark.analyses.sends._labels import plain
from witnessmark.analyses.sends._message import Sent
from witnessmark.analyses.sends._origins import STORES
from witnessmark.analyses.sends._some import some
from witnessmark.analyses.sends._urls import Address, in_clear
from witnessmark.facts.view import Facts
from witnessmark.flow.values.objects import Step
from witnessmark.formats.patterns import kept_regex

MOST_SITES = 8
MOST_SAID = 40
"""Texts of one connection: each is a message of a form that the app chose."""

MOST_STRINGS = 16
HTTP_LIKE = frozenset({"http", "webview", "soap", "websocket"})
HOST = kept_regex(r"[\w-][\w.-]*|\[[0-9a-fA-F:.]+\]")
HANDED_OVER = STORES["extras"].partition("{")[0]
OPEN_CHANNELS = frozenset({"socket", "udp", "sms", "mms"})
"""Ways that do not encrypt by themselves."""


def request_row(
    app: Facts,
    request: Request,
    declared: Mapping[int, Declared],
    setters: Mapping[str, Sequence[str]],
) -> tuple[object, ...]:
    """The row of one request; ``setters`` tells by key where a setting comes from."""
    subject = _subject(request)
    if request.channel == "socket" and not subject["host"] and app.once(_wraps_sockets):
        subject["cleartext"] = None
    from_where = {
        one.name: list(setters[one.name])[:MOST_VALUES]
        for one in request.origins
        if setters.get(one.name)
    }
    if from_where:
        subject["settings_from"] = from_where
    handed = [one.name for one in request.origins if one.says.startswith(HANDED_OVER) and one.name]
    if handed:
        subject.update(some("handed_over", handed, MOST_VALUES))
    methods = {one.root for one in request.sent} | {one.place[0] for one in request.sent}
    owner = owner_of(app, methods)
    first = request.sent[0]
    host = subject["host"] if isinstance(subject["host"], str) else ""
    return (
        request.channel, request.verb, subject["url"], host, request.operation, owner,
        json.dumps({**subject, "owner": owner}, ensure_ascii=False),
        json.dumps(_trace(app, request, declared), ensure_ascii=False),
        first.place[0], first.place[2],
    )  # fmt: skip


def _subject(request: Request) -> dict[str, Any]:
    target = request.target
    host = target.host if HOST.fullmatch(target.host) else ""
    scheme = target.scheme
    subject: dict[str, Any] = {
        "method": request.verb,
        "url": request.url,
        "parameters": [_parameter(one) for one in request.parameters.values()],
        "body": _body(request),
        "channel": request.channel,
        "host": host or None,
        "port": int(target.port) if target.port.isdecimal() else None,
        "scheme": scheme or None,
        "path": plain(target.path),
        "cleartext": _cleartext(request.channel, scheme),
        "private": Address(scheme, host, 0, "").is_private if host else None,
        **some("set_at_run_time", [one.says for one in request.origins], MOST_VALUES),
    }
    if request.operation:
        subject["operation"] = request.operation
    if request.space:
        subject["namespace"] = request.space
    for word, texts in request.words.items():
        subject.update(some(word, list(texts), MOST_SAID if word == "text" else MOST_VALUES))
    return subject


def _wraps_sockets(app: Facts) -> bool:
    """Whether the app puts encryption over connections that are open already (`SSLSocketFactory`,
    docs.oracle.com/en/java/javase/17/docs/api): of one whose other end is not known, it is then
    open whether it is encrypted.
    """
    made = app.methods_named("javax.net.ssl.SSLSocketFactory", "createSocket")
    over = [row for row in made if app.parameter_types(row)[:1] == ("Ljava/net/Socket;",)]
    return bool(app.calls_of_any(over))


def _cleartext(channel: str, scheme: str) -> bool | None:
    """Whether what is sent can be read on the way; None when neither scheme nor channel says it."""
    if channel in OPEN_CHANNELS:
        return True
    return None if channel == "database" else in_clear(scheme)


def _parameter(one: Parameter) -> dict[str, Any]:
    told: dict[str, Any] = {"name": one.name, "in": one.where}
    if one.inside:
        told["inside"] = one.inside
    if one.values:
        told.update(some("values", list(one.values), MOST_VALUES))
    if one.origins:
        told.update(some("from", [origin.says for origin in one.origins], MOST_VALUES))
    entered = dict.fromkeys(place for origin in one.origins for place in origin.entered)
    if entered:
        fields = [
            {"screen": screen, "number": number, "name": name, "label": label}
            for screen, number, name, label in entered
        ]
        told.update(some("entered", fields, MOST_VALUES))
    if one.forms:
        told["as"] = [form for form in one.forms if form]
    terms = dict.fromkeys(term for origin in one.origins for term in origin.categories)
    told["categories"] = list(terms)
    return told


def _body(request: Request) -> dict[str, Any] | None:
    """What kind of body; None without one."""
    forms = [form for form in request.bodies if form]
    places = {one.where for one in request.parameters.values()}
    for where in ("form", "part", "json", "xml"):
        kind = "multipart" if where == "part" else where
        if where in places and kind not in forms and not _nested(request, where):
            forms.append(kind)
    if "file" in places and "multipart" not in forms:
        forms.append("multipart")
    if request.channel == "soap" and not forms:
        forms.append("soap")
    if not forms:
        return None
    return {
        "kinds": forms,
        "types": list(request.types),
        "encodings": [one for one in request.encodings if one],
        "fields": [one.name for one in request.parameters.values() if one.where not in
                   ("header", "query", "route")],
    }  # fmt: skip


def _nested(request: Request, where: str) -> bool:
    return all(one.inside for one in request.parameters.values() if one.where == where)


def _trace(app: Facts, request: Request, declared: Mapping[int, Declared]) -> dict[str, Any]:
    sites: dict[tuple[int, int], None] = {}
    roots: dict[int, Sequence[tuple[int, int]]] = {}
    for one in request.sent:
        sites.setdefault((one.place[0], one.place[1]))
        if one.root not in roots or len(one.chain) < len(roots[one.root]):
            roots[one.root] = one.chain
    return {
        "sites": [list(site) for site in list(sites)[:MOST_SITES]],
        "all_sites": len(sites),
        "roots": [[root, [list(step) for step in chain]] for root, chain in roots.items()],
        "strings": [list(one) for one in _strings(app, request)][:MOST_STRINGS],
        "resources": sorted(
            {step.resource for one in request.sent for step in one.steps if step.resource >= 0}
        )[:MOST_STRINGS],
        "declared": sorted(
            {declared[one.place[0]].string for one in request.sent if one.place[0] in declared}
            | set(_paths(app, request.sent, declared))
        ),
    }


def _paths(app: Facts, sent: Sequence[Sent], declared: Mapping[int, Declared]) -> Iterator[int]:
    from witnessmark.facts.tables.code import CALLS

    callee = app.table(CALLS)["callee"]
    for one in sent:
        named = int(callee[one.place[2]]) if one.place[2] >= 0 else -1
        if named in declared and declared[named].string >= 0:
            yield declared[named].string


def _strings(app: Facts, request: Request) -> Iterator[tuple[int, int, int]]:
    """Constants that stand in the address, the operation or a name, with where they are loaded."""
    wanted = [request.url, request.operation, request.space, request.target.path]
    names = {one.name for one in request.parameters.values()}
    seen: set[int] = set()
    for step in _steps(request):
        text = app.string(step.string)
        if step.string in seen or len(text) < 2:
            continue
        stripped = text.strip("?&=/<>\"'{}: ")
        inside = stripped and any(stripped in one for one in wanted)
        if inside or stripped in names or _holds_a_name(text, names):
            seen.add(step.string)
            yield step.string, step.method, step.pc


def _steps(request: Request) -> Iterator[Step]:
    for one in request.sent:
        yield from (step for step in one.steps if step.string >= 0)


def _holds_a_name(text: str, names: set[str]) -> bool:
    return len(text) < 200 and any(len(name) > 2 and name in text for name in names)
