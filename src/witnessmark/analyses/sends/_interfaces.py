"""Requests that interfaces declare by annotation, as what a call of their methods does.

Source: retrofit2.http at square.github.io/retrofit; a path is joined to the base that code sets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import ANNOTATIONS, METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.renamed import renamed_annotations
from witnessmark.knowledge.packs.annotation_order import OrderedAnnotation
from witnessmark.knowledge.packs.request_marks import RequestMark
from witnessmark.knowledge.packs.requests import Part
from witnessmark.model.distinct import among

SPACE = "\ue000"
"""Stands for a space inside a word of a step."""

PARTS_OF: Mapping[str, str] = {"query": "query", "form": "form", "part": "part",
                               "route": "route", "header": "header"}  # fmt: skip
MAPS_OF: Mapping[str, str] = {"queries": "query", "forms": "form", "parts": "part",
                              "headers": "header"}  # fmt: skip


class Declared(Struct, frozen=True):
    """A method that declares a request: what its call does, and the string of its path.

    ``resolves``  the path is resolved against the base like a link in a page (RFC 3986, 5), not
                  put behind it.
    """

    part: Part
    path: str
    string: int
    resolves: bool


def declared_requests(
    app: Facts, marks: Sequence[RequestMark], order: Sequence[OrderedAnnotation]
) -> Mapping[int, Declared]:
    """By method row, in the order of methods.

    ``order``  by what annotations are told that a shrinker renamed.
    """
    renamed = renamed_annotations(app, order)
    by_type = {
        app.type_by_descriptor(mark.descriptor): mark for mark in marks if mark.owner not in renamed
    }
    by_type.update((renamed[mark.owner], mark) for mark in marks if mark.owner in renamed)
    by_type.pop(-1, None)
    if not by_type:
        return {}
    found: dict[int, list[tuple[RequestMark, str, str, int, int]]] = defaultdict(list)
    bases: dict[int, str] = {}
    columns = ("target", "row", "parameter", "type", "name", "text", "ref")
    table = app.table(ANNOTATIONS)
    rows = np.flatnonzero(among(table["type"], sorted(by_type)))
    for target, row, parameter, kind, name, text, ref in table.rows_at(rows, *columns):
        mark = by_type[kind]
        if target in ("method", "parameter"):
            found[row].append((mark, name, text, ref, parameter))
        elif target == "class" and mark.role == "base" and name == mark.element:
            bases[row] = text
    owners = app.table(METHODS)["class"]
    told = {row: _declared(rows, bases.get(int(owners[row]), "")) for row, rows in found.items()}
    return {row: one for row, one in sorted(told.items()) if one is not None}


def _declared(rows: list[tuple[RequestMark, str, str, int, int]], base: str) -> Declared | None:
    verb, path, string = "", "", -1
    for mark, name, text, ref, _ in rows:
        if mark.role == "verb":
            verb = verb or mark.word
            if name == mark.element:
                path, string = text, ref
            elif name == "method":
                verb = text
    if not verb and not any(mark.role == "verb" for mark, *_ in rows):
        return None
    steps = ["new", "channel http", f"verb {verb or 'GET'}"]
    if path:
        steps.append(f"url {_constant(path)}")
    if base:
        steps.append(f"base {_constant(base)}")
    steps += list(_steps(rows))
    part = Part(
        id="declared", says="A declared request", source="annotations", owner="declared",
        members=("declared",), effect=(*steps, "send"), matches=(), not_matches=(),
    )  # fmt: skip
    resolves = any(mark.owner.startswith("retrofit2.") for mark, *_ in rows)
    return Declared(part, path, string, resolves)


def _steps(rows: list[tuple[RequestMark, str, str, int, int]]) -> Iterator[str]:
    for mark, name, text, _, parameter in rows:
        at = str(parameter)
        if mark.role in PARTS_OF and (name == mark.element or not name) and text:
            yield f"{mark.role} {_constant(text)} {at}"
        elif mark.role == "part" and not name:
            yield f"fields part {at}"
        elif mark.role in MAPS_OF:
            yield f"fields {MAPS_OF[mark.role]} {at}"
        elif mark.role == "body":
            yield f"bean {at}"
        elif mark.role == "url":
            yield f"url {at}"
        elif mark.role == "fixed" and ":" in text:
            title, _, value = text.partition(":")
            yield f"header {_constant(title.strip())} {_constant(value.strip() or '-')}"


def _constant(text: str) -> str:
    """A constant as a place of a step."""
    return "=" + "".join(SPACE if letter.isspace() else letter for letter in text)
