"""Requests: what the app sends over networks, to which address, with which named values.

What it finds
    One finding for each kind of request to each place: method, address, named values of query,
    form, body and headers with where they come from, form of the body, how it is packed, whether
    it is encrypted on the way. HTTP by the platform and by the libraries that pack ``requests``
    lists, web services (SOAP), web pages that are opened, sockets and ports that are waited at,
    MQTT, XMPP, FTP, stores in the cloud.

Why it matters
    This is what leaves the phone. The names of the values say what the other side learns, and
    the list of requests is the interface of the system behind the app.

How it decides
    An interpreter without effects runs the methods that send, and from there their callers, as
    long as what is sent depends on what they are given; calls of libraries act on objects of the
    run as pack ``requests`` says. Declared requests (Retrofit) are read from annotations and joined
    to the base that code sets. What is not known keeps a label of where it came from: a reading
    of the device, a field of a form, a setting, a column. Several runs to one place are one
    finding, unless one value tells them apart, as ``action=login`` does. Code of libraries counts
    only where it names an address.

What it misses
    Libraries that the pack does not know, or that were renamed (but for Retrofit and OkHttp 4);
    native code; forms that a page sends by itself; bundles over 4 MiB; what only a server or a
    downloaded file says. More paths than a run may take. That a request is in the code does not
    show that it was ever made.

Example
    ``HttpUtil.post(BASE + "/person/add", params)`` with ``params.put("idcard", ...)``
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.contract import Analysis, Row, Yield
from witnessmark.analyses.sends._described import MESSAGES, Describer
from witnessmark.analyses.sends._origins import KEPT, Origins
from witnessmark.analyses.sends._rows import request_row
from witnessmark.analyses.sends._runs import collect
from witnessmark.analyses.sends._script_requests import script_rows
from witnessmark.analyses.sends._setters import set_from
from witnessmark.analyses.sends._tell import NO_LIBRARY, finding, named, whose
from witnessmark.analyses.tables import API_SITES, FIELD_ANSWERS, REQUESTS, SDK_CLASSES
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import (
    ANNOTATIONS,
    CALLS,
    CLASSES,
    FIELD_USES,
    FIELDS,
    METHODS,
    STATIC_VALUES,
    STRING_USES,
    STRINGS,
    TYPE_USES,
)  # fmt: skip
from witnessmark.facts.tables.resources import RESOURCE_VALUES, RESOURCES
from witnessmark.facts.tables.scripts import SCRIPT_CALLS, SCRIPT_MARKS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.tables import KEPT_TEXTS
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.annotation_order import OrderedAnnotation
from witnessmark.knowledge.packs.apis import Api
from witnessmark.knowledge.packs.renamed_calls import RenamedCall
from witnessmark.knowledge.packs.request_marks import RequestMark
from witnessmark.knowledge.packs.requests import Part
from witnessmark.knowledge.packs.script_calls import ScriptCall
from witnessmark.knowledge.packs.script_clouds import ScriptCloud
from witnessmark.knowledge.packs.script_marks import ScriptMark
from witnessmark.knowledge.packs.sdks import Sdk, within
from witnessmark.knowledge.packs.web_files import WebFile
from witnessmark.model.gap import Gap
from witnessmark.model.table import Table

REQUEST = Analysis(
    id="sends/request",
    version=2,
    reads=(
        ANNOTATIONS, API_SITES, CALLS, CLASSES, FIELD_ANSWERS, FIELD_USES, FIELDS, KEPT_TEXTS,
        MEMBERS, METHODS,
        REACH, RESOURCE_VALUES, RESOURCES, SDK_CLASSES, STATIC_VALUES, STRING_USES, STRINGS,
        TYPE_USES, SCRIPT_CALLS, SCRIPT_MARKS, SCRIPTS,
    ),
    writes=(REQUESTS,),
    knows=(
        "annotation_order", "apis", "renamed_calls", "request_marks", "requests", "script_calls",
        "script_clouds", "script_marks", "sdks", "web_files",
    ),
)  # fmt: skip


@REQUEST.run
def find(app: Facts, know: Knowledge) -> Iterator[Yield]:
    """Yield a row for each request and message, and a finding for each request."""
    names = CodeNames(app, framework_model())
    parts = know.entries("requests", Part)
    marks = know.entries("request_marks", RequestMark)
    order = know.entries("annotation_order", OrderedAnnotation)
    collected = collect(
        app, names, parts, marks, order, know.entries("renamed_calls", RenamedCall),
        _carriers(know.entries("sdks", Sdk), parts),
    )  # fmt: skip
    apis = {api.id: api for api in know.entries("apis", Api)}
    labels = collected.machine.labels
    origins = Origins(app, names, labels, apis)
    states = app.table(REACH)["state"]
    describer = Describer(
        origins, labels, collected.forms, lambda method: states[method] == "unreached"
    )
    requests = describer.requests(collected.sent)
    keys = {
        one.name for request in requests for one in request.origins if one.rank == KEPT and one.name
    }
    setters = set_from(app, collected.machine, origins, sorted(keys))
    scripts, open_calls = _of_scripts(app, know)
    rows = [
        *(request_row(app, request, collected.declared, setters) for request in requests),
        *scripts,
    ]
    yield from (Row(REQUESTS, row) for row in rows)
    told = app.with_tables({REQUESTS.name: Table.from_rows(REQUESTS, rows)})
    for number, row in enumerate(rows):
        subject = json.loads(str(row[6]))
        if row[0] not in MESSAGES and _is_told(subject):
            yield finding(told, number, "sends.request", _says(subject), subject)
    yield from (*collected.gaps, *open_calls)


def _of_scripts(app: Facts, know: Knowledge) -> tuple[Sequence[tuple[object, ...]], Sequence[Gap]]:
    """Rows of what scripts send, and gaps."""
    rows: list[tuple[object, ...]] = []
    gaps: list[Gap] = []
    for one in script_rows(
        app,
        know.entries("script_calls", ScriptCall),
        know.entries("web_files", WebFile),
        know.entries("script_marks", ScriptMark),
        know.entries("script_clouds", ScriptCloud),
    ):
        if isinstance(one, Gap):
            gaps.append(one)
        else:
            rows.append(one)
    return rows, gaps


def _carriers(sdks: Sequence[Sdk], parts: Sequence[Part]) -> frozenset[str]:
    """Libraries for the network of which no entry says how they are called."""
    owners = {part.owner for part in parts}
    return frozenset(
        sdk.id
        for sdk in sdks
        if sdk.purpose == "network"
        and not any(within(prefix, owner) for prefix in sdk.code for owner in owners)
    )


def _is_told(subject: dict[str, Any]) -> bool:
    """Whether there is anything to tell: an address, a name, an operation."""
    if subject["owner"] not in NO_LIBRARY:
        return bool(subject["host"])
    return bool(subject["url"] or subject["parameters"] or subject.get("operation"))


ON_SOCKETS = ("CONNECT", "SEND")
"""What is done with a connection that stays open, no verbs of HTTP."""


def _says(subject: dict[str, Any]) -> str:
    channel, who = subject["channel"], whose(subject["owner"], subject.get("code", ""))
    where = subject["url"] if _WORDS.search(subject["url"]) else _UNKNOWN
    local = " on a local network" if subject["private"] else ""
    plainly = "; it is not encrypted on the way" if subject["cleartext"] else ""
    values = named(subject)
    if subject["method"] == "LISTEN":
        return f"{who} waits for others to connect at port {subject['port'] or '?'}{plainly}."
    if channel == "soap":
        what = f"calls the web service operation {subject.get('operation', '?')} at"
    elif channel == "webview":
        if where == _UNKNOWN:
            return f"{who} opens a web page whose address is known only at run time{values}."
        what = "opens the web page"
    elif channel == "http" or (channel == "websocket" and subject["method"] not in ON_SOCKETS):
        what = f"sends a {subject['method']} request to"
    elif channel == "cloud":
        place = subject.get("operation") or where
        return f"{who} saves {place} in a store in the cloud{values}."
    elif channel == "mqtt":
        what = f"{_MQTT.get(subject['method'], 'talks')} {subject.get('operation', '')} at".strip()
    elif channel in _SERVERS:
        does = _FTP.get(subject["method"], "connects to") if channel != "database" else _DIRECTLY
        server = _SERVERS[channel]
        if where == _UNKNOWN:
            return f"{who} {does} a {server}; {_UNKNOWN_THERE}{plainly}."
        what = f"{does} the {server}"
    elif subject["method"] == "CONNECT":
        what = "opens a connection to"
    else:
        what = "writes over a connection to"
    return f"{who} {what} {where}{local}{values}{_said(subject)}{plainly}."


def _said(subject: dict[str, Any]) -> str:
    """What is written over a connection whose form the app chooses, as far as it is a text."""
    texts = [one for one in subject.get("text", ()) if one.strip("? ")]
    if subject["channel"] not in _FREE or not texts:
        return ""
    more = f" and {len(texts) - 1} more texts" if len(texts) > 1 else ""
    return f", on which it sends “{' '.join(texts[0].split())[:LONGEST_SAID]}”{more}"


_WORDS = kept_regex(r"(?<![\w{])[A-Za-z0-9]")
"""A letter outside names of holes."""

_FREE = frozenset({"socket", "udp"})
"""Ways over which an app sends in a form of its own."""

LONGEST_SAID = 120
_SERVERS = {"database": "database server", "ftp": "file server", "sftp": "file server"}
_DIRECTLY = "connects directly to"
_UNKNOWN_THERE = "its address is known only at run time"
_UNKNOWN = "an address that is known only at run time"
_MQTT = {"PUBLISH": "publishes messages under", "SUBSCRIBE": "asks for messages under",
         "CONNECT": "connects to the message broker"}  # fmt: skip
_FTP = {"STORE": "puts a file on", "RETRIEVE": "gets a file from", "LOGIN": "logs in at",
        "CONNECT": "connects to"}  # fmt: skip
