"""Requests that interfaces of .NET programs declare by attributes (table ``script_marks``).

Source: reactiveui.github.io/refit: parameters without an attribute are pieces of the path where it
names them, else go into the query, or are the body where a verb has one and they are objects.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from witnessmark.facts.tables.scripts import SCRIPT_CALLS, SCRIPT_MARKS
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.script_marks import ScriptMark

BASES = ("RestService.For", "RestClient.For", "HttpApiFactory.Create")
"""Ends of names of calls that make a client of an interface for one base address."""

SIMPLE = kept_regex(r"(?:string|bool|char|s?byte|u?short|u?int|u?long|float|double|object|enum .*"
                    r"|System\..*|\?)(?:\[\])?")  # fmt: skip
STOPS = kept_regex(r"enum System\.Threading\.CancellationToken.*|System\.Nullable<enum System\."
                   r"Threading\.CancellationToken>")  # fmt: skip
PARTS = kept_regex(r"Refit\.\w*Part|(?:System\.IO\.)(?:Stream|FileInfo)")
BODILESS = frozenset({"GET", "DELETE", "HEAD", "OPTIONS"})
MOST_FIELDS = 64


class MarkedRequest(Struct, frozen=True):
    """One declared request: ``names`` are where and name of what is sent; ``place`` the artifact,
    offset and length of the attribute, and what it is called.
    """

    verb: str
    url: str
    names: tuple[tuple[str, str], ...]
    place: tuple[int, int, int, str]


class _Parameter(Struct):
    name: str
    kind: str
    marks: list[tuple[ScriptMark, Sequence[str]]] = field(default_factory=list)


class _Method(Struct):
    verb: str = ""
    path: str = ""
    place: tuple[int, int, int, str] = (-1, 0, 0, "")
    multipart: bool = False
    headers: list[str] = field(default_factory=list)
    parameters: dict[int, _Parameter] = field(default_factory=dict)


def marked_requests(app: Facts, marks: Sequence[ScriptMark]) -> Iterator[MarkedRequest]:
    """Each declared request, in the order of programs and methods."""
    if not len(app.table(SCRIPT_MARKS)):
        return
    known = {one.name: one for one in marks}
    methods, classes = _read(app, known)
    bases = _bases(app)
    for (script, owner, _), method in methods.items():
        if method.verb:
            lines = (*methods.get((script, owner, ""), _Method()).headers, *method.headers)
            yield _request(method, lines, bases.get(script, ()), classes)


def _read(
    app: Facts, known: Mapping[str, ScriptMark]
) -> tuple[dict[tuple[int, str, str], _Method], dict[str, dict[str, str]]]:
    """Methods (and, without a name, interfaces) by program, and fields of classes as written."""
    methods: dict[tuple[int, str, str], _Method] = defaultdict(_Method)
    classes: dict[str, dict[str, str]] = defaultdict(dict)
    columns = ("script", "target", "owner", "member", "place", "kind", "name", "texts",
               "artifact", "offset", "length")  # fmt: skip
    for row in app.table(SCRIPT_MARKS).rows(*columns):
        script, target, owner, member, place, kind, name, told, *span = row
        mark, texts = known.get(name), [t for t in json.loads(told) if t]
        if target == "property":
            written = classes[owner]
            written.setdefault(member, member)
            if mark is not None and mark.role == "named" and texts:
                written[member] = texts[0].partition("=")[2] or texts[0]
        elif target == "parameter":
            home, _, method = owner.rpartition(".")
            one = methods[script, home, method].parameters.setdefault(
                place, _Parameter(member, kind)
            )
            if mark is not None:
                one.marks.append((mark, texts))
        elif mark is not None:
            _of_method(methods[script, owner, member], mark, texts, (*span, name))
    return methods, classes


def _of_method(
    method: _Method, mark: ScriptMark, texts: Sequence[str], place: tuple[int, int, int, str]
) -> None:
    if mark.role == "verb":
        method.verb, method.place = mark.word, place
        method.path = texts[0] if texts else ""
    elif mark.role == "multipart":
        method.multipart = True
    elif mark.role == "headers":
        method.headers += texts


def _bases(app: Facts) -> Mapping[int, Sequence[str]]:
    """Base addresses that programs give to clients."""
    found: dict[int, list[str]] = defaultdict(list)
    for script, name, told in app.table(SCRIPT_CALLS).rows("script", "name", "arguments"):
        if name.endswith(BASES):
            urls = [one for one in json.loads(told) if isinstance(one, str) and "://" in one]
            found[script] += [one for one in urls[:1] if one not in found[script]]
    return found


def _request(
    method: _Method,
    lines: Sequence[str],
    bases: Sequence[str],
    classes: Mapping[str, Mapping[str, str]],
) -> MarkedRequest:
    path, _, query = method.path.partition("?")
    named = [("query", one.partition("=")[0]) for one in query.split("&") if one]
    named += [("header", line.partition(":")[0].strip()) for line in lines if ":" in line]
    for place in sorted(method.parameters):
        named += _sent(method, method.parameters[place], classes)
    if "://" not in path and len(bases) == 1:
        path = f"{bases[0].rstrip('/')}/{path.lstrip('/')}"
    return MarkedRequest(method.verb, path, tuple(dict.fromkeys(named)), method.place)


def _sent(
    method: _Method, one: _Parameter, classes: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str]]:
    """Where a parameter goes, and under which names."""
    roles = {mark.role: (mark, texts) for mark, texts in one.marks}
    name = roles["named"][1][0] if "named" in roles and roles["named"][1] else one.name
    if STOPS.fullmatch(one.kind) or f"{{{name}}}" in method.path or "route" in roles:
        return
    fields = [*classes.get(one.kind, {}).values()][:MOST_FIELDS]
    if "header" in roles:
        mark, texts = roles["header"]
        yield "header", mark.word or (texts[0] if texts else name)
    elif method.multipart or PARTS.fullmatch(one.kind):
        yield "file" if PARTS.fullmatch(one.kind) else "form", name
    elif "body" in roles:
        where = roles["body"][0].word or "json"
        yield from ((where, each) for each in fields or [name])
    elif "query" in roles or SIMPLE.fullmatch(one.kind) or method.verb in BODILESS:
        yield from (("query", each) for each in fields or [name])
    else:
        yield from (("json", each) for each in fields or [name])
