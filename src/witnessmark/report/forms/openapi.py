"""openapi.json: the interface of the servers behind the app, as its requests describe it.

Only what the app's code shows: paths, methods, named values and bodies of its HTTP requests and web
services. Nobody asked a server. Requests whose address is not known stand below the server ``/``.
What no HTTP is (sockets, messages, brokers) is listed under ``x-witnessmark-others``.

Source: OpenAPI Specification 3.1.0, spec.openapis.org.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from witnessmark.report.document import FrozenFinding, thaw

KIND = "sends.request"
HTTP = frozenset({"http", "webview", "soap"})
VERBS = frozenset({"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"})
IN = {"query": "query", "header": "header", "route": "path"}
"""Where named values stand that are parameters in this form; others are in the body."""

TYPES = {
    "form": "application/x-www-form-urlencoded", "multipart": "multipart/form-data",
    "json": "application/json", "xml": "application/xml", "soap": "application/soap+xml",
    "text": "text/plain",
}  # fmt: skip
HOLE = re.compile(r"\{([^{}]*)\}|\?")
UNKNOWN_SERVER = "/"


def render(document: bytes) -> bytes:
    """The description for the bytes of a findings.json."""
    doc = thaw(document)
    told = [one for one in doc.findings if one.kind == KIND]
    requests = [one for one in told if _is_http(one)]
    paths: dict[str, dict[str, Any]] = {}
    for one in requests:
        path, verb, operation = _path(one), one.subject["method"].lower(), _operation(one)
        item = paths.setdefault(path, {})
        if verb in item:
            item[verb] = _both(item[verb], operation)
        else:
            item[verb] = operation
    servers = sorted({_server(one) for one in requests} - {UNKNOWN_SERVER})
    described: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": f"Requests of {doc.app.name or doc.app.package or 'an app'}",
            "version": doc.app.version or "unknown",
            "description": "Read from the app's code; that a request was ever made, and what a "
            "server answers, is not shown.",
        },
        "servers": [{"url": url} for url in servers] or [{"url": UNKNOWN_SERVER}],
        "paths": dict(sorted(paths.items())),
        "x-witnessmark-others": [
            {"id": one.id, "says": one.says, "subject": one.subject}
            for one in told
            if not _is_http(one)
        ],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _is_http(one: FrozenFinding) -> bool:
    return one.subject.get("channel") in HTTP and one.subject.get("method") in VERBS


def _path(one: FrozenFinding) -> str:
    """The path, with names for holes; operations of web services are told apart behind #."""
    url = str(one.subject["url"])
    match = re.match(r"[A-Za-z][\w+.-]*://[^/]*(.*)", url)
    path = match[1] if match else re.sub(r"^(?:\{[^{}]*\}|\?)", "", url)
    count = 0

    def named(hole: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return "{" + (hole[1] or f"part{count}") + "}"

    path = HOLE.sub(named, path)
    path = path if path.startswith("/") else f"/{path}"
    operation = one.subject.get("operation")
    return f"{path}#{operation}" if operation else path


def _server(one: FrozenFinding) -> str:
    subject = one.subject
    if not subject.get("host"):
        return UNKNOWN_SERVER
    port = f":{subject['port']}" if subject.get("port") else ""
    return f"{subject.get('scheme') or 'http'}://{subject['host']}{port}"


def _operation(one: FrozenFinding) -> dict[str, Any]:
    parameters = list(_parameters(one))
    operation: dict[str, Any] = {
        "summary": one.says,
        "parameters": parameters,
        "responses": {"default": {"description": "Not in the app."}},
        "servers": [{"url": _server(one)}],
        "x-witnessmark-finding": one.id,
        "x-witnessmark-reach": one.reach.state,
    }
    body = _body(one)
    if body:
        operation["requestBody"] = body
    return operation


def _parameters(one: FrozenFinding) -> Iterator[dict[str, Any]]:
    seen: set[tuple[str, str]] = set()
    for value in one.subject.get("parameters", ()):
        where = IN.get(str(value.get("in")))
        key = (str(where), str(value["name"]))
        if where is None or value.get("inside") or key in seen:
            continue
        seen.add(key)
        yield {"name": value["name"], "in": where, "required": where == "path", **_told(value)}
    for hole in re.finditer(r"\{([^{}]+)\}", _path(one).partition("#")[0]):
        if ("path", hole[1]) not in seen:
            seen.add(("path", hole[1]))
            yield {"name": hole[1], "in": "path", "required": True, "schema": {"type": "string"}}


def _told(value: Mapping[str, Any]) -> dict[str, Any]:
    """Schema and words for one value."""
    schema: dict[str, Any] = {"type": "string"}
    if value.get("values"):
        schema["examples"] = list(value["values"])
    told: dict[str, Any] = {"schema": schema}
    if value.get("from"):
        told["description"] = "Comes from: " + "; ".join(value["from"])
    if value.get("categories"):
        told["x-witnessmark-categories"] = list(value["categories"])
    return told


def _body(one: FrozenFinding) -> dict[str, Any] | None:
    body = one.subject.get("body")
    if not body:
        return None
    members: dict[str, Any] = {}
    for value in one.subject.get("parameters", ()):
        if value.get("in") not in IN and not value.get("inside"):
            schema = _told(value)
            members[value["name"]] = {**schema.pop("schema"), **schema}
    types = body.get("types") or [TYPES.get(kind, "text/plain") for kind in body["kinds"]]
    clean = dict.fromkeys(kind.partition(";")[0].strip() or "text/plain" for kind in types)
    schema = {"type": "object", "properties": members} if members else {"type": "string"}
    told: dict[str, Any] = {"content": {kind: {"schema": schema} for kind in clean}}
    if body.get("encodings"):
        told["description"] = "Packed: " + ", ".join(body["encodings"])
    return told


def _both(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Two requests of one method to one path: one operation, whose body is either."""
    joined = {**first}
    names = {(one["name"], one["in"]) for one in first["parameters"]}
    joined["parameters"] = first["parameters"] + [
        one for one in second["parameters"] if (one["name"], one["in"]) not in names
    ]
    joined["servers"] = first["servers"] + [
        one for one in second["servers"] if one not in first["servers"]
    ]
    joined["summary"] = f"{first['summary']} {second['summary']}"
    bodies = [one["requestBody"] for one in (first, second) if "requestBody" in one]
    if len(bodies) > 1:
        joined["requestBody"] = {**bodies[0], "content": _either(*(b["content"] for b in bodies))}
    elif bodies:
        joined["requestBody"] = bodies[0]
    return joined


def _either(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    content = {**first}
    for kind, media in second.items():
        if kind in content and content[kind] != media:
            known = content[kind]["schema"]
            several = known.get("oneOf", [known])
            content[kind] = {"schema": {"oneOf": [*several, media["schema"]]}}
        else:
            content[kind] = media
    return content
