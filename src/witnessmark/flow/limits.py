"""Gaps of the call graph: what an app does that reach cannot follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from witnessmark.facts.tables.code import METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.entries import Declared
from witnessmark.flow.graph import Ints, distinct
from witnessmark.flow.methods import NATIVE
from witnessmark.flow.program import Program, dynamic_sites
from witnessmark.flow.search import Reached
from witnessmark.model.distinct import among
from witnessmark.model.gap import Gap

REACH = ("takes", "keeps", "sends", "orders")
"""Chapters whose findings lean on reach."""

SHOWN = 3

WHY: Mapping[str, str] = {
    "code": "Code that runs loads further code from files or memory, which is not read here",
    "class_by_name": "Code that runs looks classes up by names that are put together at run time",
    "invoke": "Code that runs calls methods that are chosen at run time",
    "all_methods": "Code that runs lists the methods of classes at run time",
}


def flow_gaps(
    facts: Facts, program: Program, reached: Reached, declared: Declared
) -> tuple[Gap, ...]:
    """What may make a method look unreached, or a path be missing; each kind once."""
    return tuple(sorted({
        *_of_declarations(facts, declared),
        *_of_reflection(facts, program, reached),
        *_of_hierarchy(program),
        *_of_native(facts, program, reached),
        *_of_dynamic(facts),
    }))  # fmt: skip


def _of_declarations(facts: Facts, declared: Declared) -> Iterator[Gap]:
    if not declared.entries and len(facts.table(METHODS)):
        yield Gap("manifest", "no entry point is declared, so what runs is not known", REACH)
    if declared.hollow:
        yield Gap(
            "manifest",
            "the code lacks most of the declared components; what starts it is elsewhere",
            REACH,
        )
    if len(declared.missing) == 1:
        why = "the manifest declares this component, but the code that was read lacks it"
        yield Gap(declared.missing[0], why, REACH)
    elif declared.missing:
        why = (
            f"the manifest declares these {len(declared.missing)} components, but the code that "
            "was read lacks them"
        )
        yield Gap(", ".join(declared.missing), why, REACH)


def _of_reflection(facts: Facts, program: Program, reached: Reached) -> Iterator[Gap]:
    for kind, rows in program.reflection.unseen.items():
        if kind not in WHY:
            continue
        inside = rows[reached.methods[program.calls.method[rows]]]
        if kind == "class_by_name":
            inside = inside[
                ~among(program.calls.method[inside], program.reflection.classes.method)
                & ~among(inside, program.reflection.computed)
            ]
        if len(inside):
            yield Gap(f"reach/{kind}", f"{WHY[kind]}: {_places(facts, program, inside)}", REACH)


def _places(facts: Facts, program: Program, rows: Ints) -> str:
    methods = distinct(program.calls.method[rows])
    shown = ", ".join(
        f"{facts.method_class(int(method))}.{facts.method_name(int(method))}"
        for method in methods[:SHOWN]
    )
    more = f" and {len(methods) - SHOWN} more" if len(methods) > SHOWN else ""
    return f"{len(rows)} {'place' if len(rows) == 1 else 'places'} in {shown}{more}"


def _of_hierarchy(program: Program) -> Iterator[Gap]:
    hierarchy = program.hierarchy
    if hierarchy.cut:
        yield Gap("hierarchy", "the classes extend one another in a circle or without end", REACH)
    if program.dispatch.cut:
        yield Gap(
            "dispatch", "too many classes and methods: not every virtual call is followed", REACH
        )
    used = np.zeros(hierarchy.size, dtype=bool)
    own = np.flatnonzero(hierarchy.class_row >= 0)
    used[hierarchy.above.expand(own)[1]] = True
    strange = np.flatnonzero(used & hierarchy.unknown).tolist()
    if len(strange):
        names = sorted({hierarchy.names[node].replace("/", ".") for node in strange} - {""})
        shown = ", ".join(names[:SHOWN]) or "?"
        yield Gap(
            "hierarchy/unknown",
            f"{len(strange)} classes that code extends are neither in the app nor in the framework "
            f"model, e.g. {shown}; every method below them counts as called",
            REACH,
        )


def _of_native(facts: Facts, program: Program, reached: Reached) -> Iterator[Gap]:
    native = np.flatnonzero(reached.methods & ((program.index.access & NATIVE) != 0))
    if len(native):
        shown = ", ".join(facts.method_signature(int(method)) for method in native[:SHOWN])
        yield Gap(
            "reach/native",
            f"{len(native)} native methods are reached; what they call in turn is not followed, "
            f"e.g. {shown}",
            REACH,
        )


def _of_dynamic(facts: Facts) -> Iterator[Gap]:
    sites = dynamic_sites(facts)
    if sites:
        yield Gap("reach/dynamic", f"{sites} invoke-custom instructions are not followed", REACH)
