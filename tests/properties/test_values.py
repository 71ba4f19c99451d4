"""The interpreter holds whatever it is given: no exception, bounded, the same each time."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from witnessmark.facts.build import build_facts
from witnessmark.facts.tables.code import METHODS
from witnessmark.facts.view import Facts
from witnessmark.flow.values import library, machine
from witnessmark.flow.values.library_call import Call
from witnessmark.flow.values.numbers import DivisionError, binary, wrapped
from witnessmark.flow.values.objects import (
    HOLE,
    UNKNOWN,
    Array,
    Builder,
    ClassName,
    Text,
    Thing,
    copied,
)
from witnessmark.flow.values.texts import derived_texts
from witnessmark.model.errors import FormatError
from witnessmark.package.open import open_input

APP = Path(__file__).parents[1] / "apps" / "values" / "values.dex"
KEYS = sorted(library._ALL)
WORDS = ["", "a", HOLE, "AES", "AES/CBC/PKCS5Padding", "DES", "UTF-8", "%s%d%5x%", "{0}{", "-5",
         "aGk=", "0g", "http://a?b", "\U0001f600", "\ud800", "md5", "/", "x" * 300]  # fmt: skip

texts = st.sampled_from(WORDS).map(Text)
numbers = st.one_of(st.integers(-3, 300), st.sampled_from([2**31 - 1, -(2**31), 2**62]))
simple = st.one_of(st.just(UNKNOWN), texts, numbers, st.just(ClassName("La;")))
KINDS = ("[B", "[C", "[I", "[Ljava/lang/String;")
arrays = st.builds(Array, st.sampled_from(KINDS), st.lists(simple, max_size=20))
things = st.builds(
    Thing,
    st.sampled_from(
        [
            "map",
            "list",
            "uri",
            "digest",
            "cipher",
            "stream",
            "Lx/A;",
            "Lorg/json/JSONObject;",
            "Lorg/json/JSONArray;",
            "iterator",
            "entry",
        ]
    ),
    st.dictionaries(
        st.sampled_from(
            [
                "array",
                "base",
                "spelled",
                "data",
                "name",
                "key",
                "iv",
                "mode",
                "number",
                "at",
                "value",
            ]
        ),
        st.one_of(simple, arrays, st.binary(max_size=20), st.sampled_from(WORDS)),
        max_size=4,
    ),
    st.booleans(),
)
values = st.one_of(simple, arrays, things, st.builds(Builder, st.sampled_from(WORDS)))
TYPES = ("Ljava/lang/String;", "I", "C", "J", "[B", "[C", "Ljava/lang/Object;", "Z", "L")


@settings(max_examples=600, deadline=None)
@given(
    st.sampled_from(KEYS),
    st.lists(st.tuples(values, st.sampled_from(TYPES)), min_size=1, max_size=5),
)
@example("Ljava/net/URLEncoder;->encode", [(Text("\ud800"), "Ljava/lang/String;")])
def test_stand_ins_answer_anything(key: str, given_: list[tuple[Any, str]]) -> None:
    arguments, kinds = zip(*given_, strict=True)
    function = library.stand_in(key, kinds)
    assert function is not None
    function(Call(key, arguments, kinds, 0, 0))


@given(st.sampled_from([0x90, 0x9B]), st.integers(0, 10), numbers, numbers)
def test_arithmetic_stays_in_range(first: int, which: int, a: int, b: int) -> None:
    operation = binary(first + which)
    assert operation is not None
    function, bits = operation
    try:
        result = wrapped(function(wrapped(a, bits), wrapped(b, bits), bits), bits)
    except DivisionError:
        assert b == 0 or wrapped(b, bits) == 0
        return
    assert -(1 << (bits - 1)) <= result < 1 << (bits - 1)


@given(st.lists(values, max_size=6))
def test_copies_share_nothing_that_changes(held: list[Any]) -> None:
    twins = copied([*held, *held])
    for one, twin, again in zip(held, twins, twins[len(held) :], strict=False):
        assert twin is again
        if isinstance(one, Array | Builder | Thing):
            assert twin is not one


@pytest.fixture(scope="module")
def whole() -> bytes:
    return APP.read_bytes()


def _facts(data: bytes, folder: Path) -> Facts | None:
    path = folder / "changed.dex"
    path.write_bytes(data)
    try:
        return build_facts(open_input([path]))
    except FormatError:
        return None


def test_changed_code_is_interpreted_without_fault(
    whole: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("witnessmark.flow.values.texts.LIMITS", machine.Limits(fuel=4000))
    facts = _facts(whole, tmp_path)
    assert facts is not None
    methods = facts.table(METHODS)
    spans = [
        (offset, 2 * units)
        for offset, units in methods.rows("code_offset", "code_units")
        if offset > 0
    ]
    dice = random.Random(7)
    ran = 0
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 40)):
            offset, size = dice.choice(spans)
            data[offset + dice.randrange(size)] = dice.randrange(256)
        changed = _facts(bytes(data), tmp_path)
        if changed is not None:
            ran += 1
            assert len(derived_texts(changed).table) >= 0
    assert ran > 9
