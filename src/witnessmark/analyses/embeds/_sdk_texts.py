"""Libraries told by constants that stay when their classes are renamed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from witnessmark.analyses.embeds._ownership import Owners
from witnessmark.facts.search import used_strings_by_piece
from witnessmark.facts.tables.code import FIELDS, METHODS, STATIC_VALUES, STRING_USES
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.sdks import Sdk
from witnessmark.model.distinct import among
from witnessmark.model.evidence import Evidence

FOREIGN = ("other", "platform")
"""Owners of classes that may be a renamed library's."""

MOST = 3


class Said(Struct, frozen=True):
    """A constant of a library: its text and row, the version in it, the methods that load it."""

    text: str
    string: int
    version: str
    methods: tuple[int, ...]


def find_said(facts: Facts, sdks: Sequence[Sdk], owners: Owners) -> Mapping[str, list[Said]]:
    """Constants by library id, those with a version first.

    A constant counts where a class loads it that is no known library's and not the app's own:
    others may well name a library without being it.
    """
    told = [sdk for sdk in sdks if sdk.strings]
    candidates = _candidates(facts, told)
    holders = _holders(facts, list(candidates))
    found: dict[str, list[Said]] = defaultdict(list)
    for row, numbers in candidates.items():
        text = facts.string(row)
        for sdk in (told[number] for number in sorted(numbers)):
            match = sdk.said(text)
            if match is None:
                continue
            classes, methods = holders.get(row, (frozenset(), frozenset()))
            own = {owners.owners[one] for one in classes if 0 <= one < len(owners.owners)}
            if own & {*FOREIGN, f"sdk:{sdk.id}"}:
                version = match.groupdict().get("version") or ""
                found[sdk.id].append(Said(text, row, version, tuple(sorted(methods))))
    for listed in found.values():
        listed.sort(key=lambda said: (not said.version, said.text, said.string))
    return found


def _candidates(facts: Facts, sdks: Sequence[Sdk]) -> Mapping[int, set[int]]:
    """Rows of constants that may match, by the longest plain piece of each pattern, ascending; and
    numbers of the libraries that are tried on each.
    """
    by_piece: dict[bytes, set[int]] = defaultdict(set)
    always: set[int] = set()
    for number, sdk in enumerate(sdks):
        for one in sdk.strings:
            piece = _plain_piece(one).encode()
            by_piece[piece].add(number)
            if not piece or "|" in _outside_groups(one) or "(?i" in one:
                always.add(number)
    by_piece.pop(b"", None)
    return {
        row: always.union(*(by_piece[piece] for piece in pieces))
        for row, pieces in used_strings_by_piece(facts, sorted(by_piece)).items()
    }


def _plain_piece(pattern: str) -> str:
    """The longest run of a regular expression outside of its groups that is plain text."""
    outside = _outside_groups(pattern)
    outside = re.sub(r"\[[^\]]*\][*+?]?|\\[wdbsSWD][*+?]?|\.[*+]|.[*?]", "\0", outside)
    plain = re.sub(r"\\(.)", r"\1", outside.strip("^$"))
    return max(re.split("[\0|^$]", plain), key=len)


def _outside_groups(pattern: str) -> str:
    return re.sub(r"\((?:[^()]|\([^()]*\))*\)\??", "\0", pattern)


def _holders(
    facts: Facts, strings: Sequence[int]
) -> Mapping[int, tuple[frozenset[int], frozenset[int]]]:
    """Classes and methods by the constant, one of ``strings``, that they load or keep in a static
    field.
    """
    uses, methods = facts.table(STRING_USES), facts.table(METHODS)["class"]
    rows = np.flatnonzero(among(uses["string"], np.asarray(strings, dtype=np.int64)))
    classes: dict[int, set[int]] = defaultdict(set)
    loads: dict[int, set[int]] = defaultdict(set)
    for string, method in uses.rows_at(rows, "string", "method"):
        classes[string].add(int(methods[method]))
        loads[string].add(method)
    fields = facts.table(FIELDS)["class"]
    for field, kind, ref in facts.table(STATIC_VALUES).rows("field", "kind", "ref"):
        if kind == "string" and ref >= 0:
            classes[ref].add(int(fields[field]))
    return {
        string: (frozenset(kinds), frozenset(loads.get(string, ())))
        for string, kinds in classes.items()
    }


def quote_said(facts: Facts, said: Said, name: str) -> Evidence:
    """Evidence for a constant."""
    place: dict[str, str | int] = {}
    if said.methods:
        place["method"] = facts.method_signature(said.methods[0])
    return facts.quote_string(f"a constant that {name} holds, whatever its classes are called",
                              said.string, place)  # fmt: skip
