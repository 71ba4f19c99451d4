"""Addresses that interfaces declare by annotation, joined to the base that code sets.

Source: retrofit2.Retrofit.Builder.baseUrl and retrofit2.http.GET at square.github.io/retrofit; a
path is resolved against the base like a link in a page (RFC 3986, 5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import numpy as np

from witnessmark.facts.tables.code import ANNOTATIONS, CALLS
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import constant_arguments
from witnessmark.flow.values.evidence import derived_evidence
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.model.evidence import Evidence

VERBS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")
TYPES = frozenset(
    f"L{package}/http/{verb};" for package in ("retrofit2", "retrofit") for verb in VERBS
)
BASES = (("retrofit2.Retrofit$Builder", "baseUrl"), ("retrofit.RestAdapter$Builder", "setEndpoint"))
MOST_BASES = 3
"""An app with more bases does not tell by its constants which path belongs to which."""


@dataclass(frozen=True, slots=True)
class DeclaredAddress:
    """An address of an interface's method, and the two pieces as evidence."""

    text: str
    method: int
    evidence: Evidence


def declared_addresses(app: Facts) -> Iterator[DeclaredAddress]:
    """Every declared path with every base, at most `MOST_BASES`; absolute paths alone."""
    paths = list(_paths(app))
    bases = list(_bases(app)) if paths else []
    for method, path, evidence in paths:
        if "://" in path:
            yield DeclaredAddress(path, method, evidence)
        elif len(bases) <= MOST_BASES:
            for base, said in bases:
                text = urljoin(base, path)
                says = f"the interface declares a part of {text}"
                yield DeclaredAddress(text, method, Evidence(says, because=(evidence, said)))


def _paths(app: Facts) -> Iterator[tuple[int, str, Evidence]]:
    table = app.table(ANNOTATIONS)
    wanted = [kind for kind in np.unique(table["type"]).tolist() if app.descriptor(kind) in TYPES]
    for row in np.flatnonzero(np.isin(table["type"], wanted)).tolist():
        string = int(table["ref"][row])
        of_method = table["target"][row] == "method" and table["name"][row] == "value"
        if of_method and table["kind"][row] == "string" and string >= 0:
            method, path = int(table["row"][row]), str(table["text"][row])
            place: dict[str, str | int] = {"method": app.method_signature(method)}
            yield method, path, app.quote_string("path declared by annotation", string, place)


def _bases(app: Facts) -> Iterator[tuple[str, Evidence]]:
    """Base addresses that code sets, each once, with evidence."""
    calls = sorted(call for owner, name in BASES for call in app.calls_to(owner, name))
    found: dict[str, Evidence] = {}
    given = constant_arguments(app, calls)
    for call, kind, text, string in given.rows("call", "kind", "text", "row"):
        if kind == "string" and string >= 0 and "://" in text:
            place = _place(app, call)
            found.setdefault(text, app.quote_string("base of addresses", string, place))
    computed = app.table(DERIVED_TEXTS)
    for row in np.flatnonzero(np.isin(computed["call"], calls)).tolist():
        text = str(computed["text"][row])
        if "://" in text and computed["whole"][row]:
            found.setdefault(text, derived_evidence(app, row))
    yield from sorted(found.items(), key=lambda item: item[0])


def _place(app: Facts, call: int) -> dict[str, str | int]:
    calls = app.table(CALLS)
    method = app.method_signature(int(calls["method"][call]))
    return {"method": method, "pc": int(calls["pc"][call])}
