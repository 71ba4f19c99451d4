"""The intake app's own source, read as text, against the dex files that compilers made of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from witnessmark.facts.build import build_facts
from witnessmark.facts.tables.code import (
    CALLS,
    CLASSES,
    FIELD_USES,
    METHODS,
    STRING_USES,
)
from witnessmark.facts.view import Facts
from witnessmark.package.open import open_input

INTAKE = Path(__file__).resolve().parents[2] / "apps" / "intake"
MADE = ("/R;", "/R$", "access$")
"""Classes that the build adds, and methods by which old compilers let inner classes reach private
ones; the source does not have them.
"""


@pytest.fixture(scope="module")
def compiled() -> Facts:
    return build_facts(open_input([INTAKE / "intake.apk"]))


@pytest.fixture(scope="module")
def written() -> Facts:
    return build_facts(open_input([INTAKE / "src"]))


def is_made(spelled: str) -> bool:
    return any(one in spelled for one in MADE)


def declared(facts: Facts) -> set[str]:
    listed = facts.table(METHODS)
    rows = (row for row in range(len(listed)) if listed["class"][row] >= 0)
    return {one for one in map(facts.method_signature, rows) if not is_made(one)}


def calls(facts: Facts) -> Counter[tuple[str, str]]:
    return Counter(
        (facts.method_signature(method), facts.method_signature(callee))
        for method, callee in facts.table(CALLS).rows("method", "callee")
    )


def texts(facts: Facts) -> Counter[tuple[str, str]]:
    return Counter(
        (facts.method_signature(method), facts.string(string))
        for method, string in facts.table(STRING_USES).rows("method", "string")
    )


def test_declarations(compiled: Facts, written: Facts) -> None:
    assert len(compiled.table(CLASSES)) >= len(written.table(CLASSES)) >= 3
    assert declared(written) == declared(compiled)


def test_texts(compiled: Facts, written: Facts) -> None:
    assert texts(written) == texts(compiled)


def test_calls(compiled: Facts, written: Facts) -> None:
    def between(facts: Facts) -> Counter[tuple[str, str]]:
        found = calls(facts)
        return Counter({key: count for key, count in found.items() if not is_made(str(key))})

    reached = ("Lorg/example/intake/IntakeActivity$1;->run()V",
               "Lorg/example/intake/IntakeActivity;->contacts()Lorg/json/JSONArray;")  # fmt: skip
    assert between(written) - between(compiled) == Counter({reached: 1})
    assert between(compiled) - between(written) == Counter()


def test_fields(compiled: Facts, written: Facts) -> None:
    def used(facts: Facts) -> set[tuple[str, str]]:
        return {
            (facts.method_signature(method), facts.field_signature(field))
            for method, field in facts.table(FIELD_USES).rows("method", "field")
        }

    only = used(written) - used(compiled)
    assert {one for one in only if not is_made(one[1])} == set()
    assert used(compiled) <= used(written)
