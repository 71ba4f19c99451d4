"""Texts in which addresses are looked for, each with the place it stands in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.network_config import network_config
from witnessmark.analyses.sends._files import file_texts
from witnessmark.analyses.sends._named_hosts import named_hosts
from witnessmark.analyses.sends._script_texts import script_addresses
from witnessmark.analyses.sends._tell import request_evidence
from witnessmark.analyses.sends._urls import (
    ADDRESS_BYTES,
    URL,
    URL_BYTES,
    Address,
    addresses,
    bare_address,
    is_host,
)  # fmt: skip
from witnessmark.analyses.tables import REQUESTS
from witnessmark.facts.search import strings_matching, strings_with_dotted_numbers
from witnessmark.facts.tables.code import (
    ANNOTATIONS,
    ARRAY_PAYLOADS,
    FIELDS,
    METHODS,
    STATIC_VALUES,
    STRING_USES,
)  # fmt: skip
from witnessmark.facts.tables.manifest import XML_TEXTS
from witnessmark.facts.tables.native import NATIVE_LIBRARIES, NATIVE_STRINGS
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.tables.scripts import SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.flow.built_text import BuiltText, built_texts
from witnessmark.flow.values.evidence import derived_evidence
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.host_keys import HostKey
from witnessmark.knowledge.packs.natives import Native
from witnessmark.knowledge.packs.sdks import Sdk, any_matches
from witnessmark.knowledge.packs.web_files import WebFile
from witnessmark.model.distinct import among
from witnessmark.model.evidence import Evidence
from witnessmark.model.location import ReadsAs
from witnessmark.model.table import Table

SCRIPT_LIBRARY = "script library"
NUMBERS_IN_BYTES = kept_regex(
    rb"(?<![\x20-\x7e])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?::[0-9]{2,5})?(?![\x20-\x7e])"
)
"""A dotted address between bytes that cannot be printed."""


class Place(Struct, frozen=True):
    """Where an address stands: kind of place, method (-1 none), span and spelling; or the pieces,
    or the row of ``derived_texts`` (-1 none), or the evidence, of which it is made.

    ``request``  row of ``requests`` that goes there, -1 for none; ``holder`` class whose constant
    has the text; ``owner`` of the file in which it stands, where that is known to be others'.
    """

    kind: str
    says: str
    method: int = -1
    pc: int = 0
    string: int = -1
    span: tuple[int, int, int] = (-1, 0, 0)
    reads_as: ReadsAs = "hex"
    built: BuiltText | None = None
    derived: int = -1
    declared: Evidence | None = None
    request: int = -1
    holder: int = -1
    owner: str = ""

    @property
    def is_derived(self) -> bool:
        """Whether the address stands nowhere as it is."""
        return self.built is not None or self.derived >= 0 or self.declared is not None

    def quote(self, app: Facts) -> Evidence:
        """The evidence."""
        if self.declared is not None:
            return self.declared
        if self.derived >= 0:
            return derived_evidence(app, self.derived)
        if self.built is not None:
            place: dict[str, str | int] = {"method": app.method_signature(self.method)}
            pieces = tuple(
                app.quote_string("piece of the address", piece.string, {**place, "pc": piece.pc})
                for piece in self.built.pieces
                if piece.string >= 0
            )
            return Evidence(self.says, because=pieces)
        if self.string >= 0:
            where: dict[str, str | int] = {}
            if self.method >= 0:
                where = {"method": app.method_signature(self.method), "pc": self.pc}
            return app.quote_string(self.says, self.string, where)
        return app.quote(self.says, *self.span, self.reads_as)


class Source(Struct, frozen=True):
    """Addresses found at one place."""

    addresses: tuple[Address, ...]
    place: Place


def sources(
    app: Facts, kinds: Sequence[WebFile], keys: Sequence[HostKey], known: Sequence[Sdk | Native]
) -> Iterator[Source]:
    """All places with at least one address: code, requests, resources, native libraries, files."""
    yield from _code(app)
    yield from _requested(app)
    yield from _resources(app)
    yield from _native(app, known)
    yield from _arrays(app)
    for host in named_hosts(app, keys, kinds):
        yield Source(
            (host.address,),
            Place("setting", host.says, string=host.string, span=host.span,
                  reads_as=host.reads_as, holder=host.holder),
        )  # fmt: skip
    yield from _configured(app)
    for one in (*file_texts(app, kinds), *script_addresses(app, kinds)):
        found = tuple(addresses(one.text)[:1])
        if found:
            length = len(_as_written(one.text).encode()) if one.reads_as == "utf-8" else one.length
            span = (one.artifact, one.offset, min(length, one.length))
            says = f"text in {one.name}"
            owner = SCRIPT_LIBRARY if one.library else ""
            yield Source(found, Place("file", says, span=span, reads_as=one.reads_as, owner=owner))


def _configured(app: Facts) -> Iterator[Source]:
    """Servers that the network security configuration names."""
    texts = app.table(XML_TEXTS)
    for part in network_config(app).parts:
        for domain in part.domains:
            if not is_host(domain.name):
                continue
            span = (int(texts["artifact"][domain.text]), int(texts["offset"][domain.text]),
                    int(texts["length"][domain.text]))  # fmt: skip
            says = "a server that the network configuration names"
            place = Place("setting", says, span=span, reads_as=texts["reads_as"][domain.text])
            yield Source((Address("", domain.name, 0, ""),), place)


def _code(app: Facts) -> Iterator[Source]:
    with_url = strings_matching(app, URL_BYTES, holding=b"://")
    numeric = [
        s for s in strings_with_dotted_numbers(app, ADDRESS_BYTES) if bare_address(app.string(s))
    ]
    uses = app.table(STRING_USES)
    wanted = {*with_url, *numeric}
    rows = np.flatnonzero(
        among(uses["string"], np.asarray(sorted(wanted), dtype=np.int64))
    ).tolist()
    used = [(int(uses["string"][r]), int(uses["method"][r]), int(uses["pc"][r])) for r in rows]
    joined: set[tuple[int, int]] = set()
    for source, places in _derived(app):
        joined |= places
        yield source
    for text in built_texts(app, sorted({method for _, method, _ in used})):
        found = tuple(addresses(text.joined()))
        known = {(text.method, piece.pc) for piece in text.pieces if piece.string >= 0}
        if found and not known <= joined and any(p.string in wanted for p in text.pieces):
            joined |= {(text.method, piece.pc) for piece in text.pieces}
            says = f"the method joins these pieces to {text.joined()}"
            yield Source(found, Place("built", says, text.method, text.pc, built=text))
    for string, method, pc in used:
        if (method, pc) not in joined:
            yield from _constant(app, string, method, pc)
    unused = sorted(wanted - {string for string, _, _ in used})
    holders = _holders(app, unused)
    for string in unused:
        yield from _constant(app, string, -1, 0, holders.get(string, -1))


def _holders(app: Facts, strings: Sequence[int]) -> Mapping[int, int]:
    """Classes by the text, one of ``strings``, that one of their constants or annotations has."""
    owners = app.table(FIELDS)["class"]
    rows = app.table(STATIC_VALUES).rows("field", "kind", "ref")
    found = {ref: int(owners[field]) for field, kind, ref in rows if kind == "string"}
    methods = app.table(METHODS)["class"]
    table = app.table(ANNOTATIONS)
    told = table.where("kind", "string") & among(table["ref"], np.asarray(strings, np.int64))
    for target, row, ref in table.rows_at(np.flatnonzero(told), "target", "row", "ref"):
        listed = owners if target == "field" else methods
        found.setdefault(ref, row if target == "class" else int(listed[row]))
    return found


def _derived(app: Facts) -> Iterator[tuple[Source, set[tuple[int, int]]]]:
    """Addresses that code computes, each with the places where a piece of it is loaded."""
    table, pinning = app.table(DERIVED_TEXTS), _pinning(app)
    for row, (method, pc, text, steps) in enumerate(table.rows("method", "pc", "text", "steps")):
        bare = bare_address(text)
        found = (bare,) if bare else tuple(addresses(text)) if "://" in text else ()
        if found and pinning and any(step["method"] in pinning for step in json.loads(steps)):
            continue
        if found:
            pieces = {
                (step["method"], step["pc"])
                for step in json.loads(steps)
                if step["string"] >= 0 and step["method"] == method
            }
            says = f"the code computes {text}"
            yield Source(found, Place("derived", says, method, pc, derived=row)), pieces


def _pinning(app: Facts) -> frozenset[int]:
    """Methods that put a scheme before the name of a host for which they are given the digest of a
    certificate: to take the name apart, not to send (okhttp3.CertificatePinner).
    """
    digests, schemes = ({*app.string_rows("sha256/")}, {*app.string_rows("http://")})
    if not digests or not schemes:
        return frozenset()
    uses = app.table(STRING_USES)
    found = [
        set(uses["method"][among(uses["string"], np.asarray(sorted(rows), np.int64))].tolist())
        for rows in (digests, schemes)
    ]
    return frozenset(found[0] & found[1])


def _requested(app: Facts) -> Iterator[Source]:
    """Where requests go, as sends/request tells."""
    columns = ("host", "url", "subject", "trace")
    for row, (host, url, subject, trace) in enumerate(app.table(REQUESTS).rows(*columns)):
        if not is_host(host.casefold()):
            continue
        told = json.loads(subject)
        address = Address(
            told["scheme"] or "", host.casefold(), told["port"] or 0, _path_of(url, host)
        )
        says = f"a request goes to {url}"
        evidence = Evidence(says, because=request_evidence(app, trace))
        roots = json.loads(trace)["roots"]
        root = roots[0][0] if roots else -1
        yield Source((address,), Place("request", says, root, declared=evidence, request=row))


def _path_of(url: str, host: str) -> str:
    return "/" + url.partition(host)[2].partition("/")[2] if "/" in url.partition(host)[2] else ""


def _constant(app: Facts, string: int, method: int, pc: int, holder: int = -1) -> Iterator[Source]:
    text = app.string(string)
    bare = bare_address(text)
    found = (bare,) if bare else tuple(addresses(text))
    if found:
        says = (
            "string constant in code"
            if method >= 0
            else "string constant that no code loads itself"
        )
        yield Source(found, Place("code", says, method, pc, string, holder=holder))


def _resources(app: Facts) -> Iterator[Source]:
    table = app.table(RESOURCE_VALUES)
    for row, (kind, text) in enumerate(table.rows("kind", "text")):
        if kind == "string" and ("://" in text or bare_address(text)):
            bare = bare_address(text)
            found = (bare,) if bare else tuple(addresses(text))
            span = _span(table, row)
            if found:
                place = Place(
                    "resource", "text resource", span=span, reads_as=table["reads_as"][row]
                )
                yield Source(found, place)


def _span(table: Table, row: int) -> tuple[int, int, int]:
    return int(table["artifact"][row]), int(table["offset"][row]), int(table["length"][row])


def _native(app: Facts, known: Sequence[Sdk | Native]) -> Iterator[Source]:
    table, libraries = app.table(NATIVE_STRINGS), app.table(NATIVE_LIBRARIES)
    owners = [_native_owner(str(path), known) for path in libraries["path"]]
    dart = _dart_files(app)  # their texts are told one by one, by their lengths
    for row, (library, text) in enumerate(table.rows("library", "text")):
        is_read = "://" in text and _file_name(str(libraries["path"][library])) not in dart
        found = tuple(addresses(text)) if is_read else ()
        if found:
            span = _span(table, row)
            says = f"string in the native library {libraries['path'][library]}"
            owner = owners[library]
            yield Source(found, Place("native", says, span=span, reads_as="utf-8", owner=owner))


def _dart_files(app: Facts) -> frozenset[str]:
    """Names of the libraries that are Dart programs, for whatever processor."""
    scripts = app.table(SCRIPTS).rows("kind", "name")
    return frozenset(_file_name(str(name)) for kind, name in scripts if kind == "dart")


def _file_name(path: str) -> str:
    return path.rpartition("/")[2]


def _native_owner(path: str, known: Sequence[Sdk | Native]) -> str:
    """The library whose file this is, by its name; empty for none."""
    name = _file_name(path)
    for one in known:
        if any_matches(one.native if isinstance(one, Sdk) else one.files, name):
            return one.id
    return ""


def _arrays(app: Facts) -> Iterator[Source]:
    """Addresses that numbers of constant arrays in code spell."""
    table = app.table(ARRAY_PAYLOADS)
    for row, (width, method, pc) in enumerate(table.rows("width", "method", "pc")):
        artifact, offset, length = _span(table, row)
        text = _spelled(bytes(app.blob(artifact)[offset : offset + length]), width)
        found = tuple(addresses(text))
        if found:
            says = f"numbers of an array in the code spell {text}"
            span = (artifact, offset, length)
            yield Source(found, Place("array", says, method, pc, span=span))
        elif width == 1:
            for match in NUMBERS_IN_BYTES.finditer(app.blob(artifact), offset, offset + length):
                bare = bare_address(match[0].decode())
                if bare is not None:
                    says = f"stands between other bytes of an array in the code: {bare.url}"
                    span = (artifact, match.start(), match.end() - match.start())
                    yield Source((bare,), Place("array", says, method, pc, span=span))


def _spelled(data: bytes, width: int) -> str:
    """Numbers as letters; empty for what is no address."""
    wide = {1: "utf-8", 2: "utf-16-le", 4: "utf-32-le"}.get(width)
    if wide is None or "://".encode(wide) not in data:
        return ""
    return data.decode(wide, "replace")


def _as_written(text: str) -> str:
    match = URL.match(text)
    return text[: match.end()] if match else text[:1]
