"""Hermes bytecode of eleven versions, compiled from ``samples/officer.js`` (our own program)."""

from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark.formats.hermes import Program, read_hermes, read_program
from witnessmark.formats.hermes.file import KNOWN
from witnessmark.formats.hermes.opcodes import opcodes
from witnessmark.formats.hermes.values import Record
from witnessmark.model.errors import FormatError

SAMPLES = sorted(Path(__file__).parent.joinpath("samples").glob("officer-*.hbc"))


def program(path: Path) -> Program:
    return read_program(read_hermes(path.read_bytes()))


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Program:
    return program(request.param)


def test_the_versions_are_those_of_the_names() -> None:
    versions = [int(path.stem.partition("-")[2]) for path in SAMPLES]
    assert versions == [62, 74, 76, 84, 85, 89, 90, 94, 96, 98, 99]
    assert [read_hermes(path.read_bytes()).version for path in SAMPLES] == versions


def test_texts_stand_where_they_say(sample: Program) -> None:
    file = sample.file
    texts = {file.text(number): number for number in range(file.text_count)}
    assert {"https://collect.sample.test/api", "größer als ü — 身份证", "lastPlace"} <= set(texts)
    for text, number in texts.items():
        span = file.span(number)
        raw = bytes(file.data[span.offset : span.end])
        assert raw.decode(file.reads_as(number)) == text


def test_every_function_is_read_and_lies_in_the_file(sample: Program) -> None:
    functions = sample.file.functions
    names = [sample.file.text(one.name) for one in functions]
    assert sample.read == len(functions) == 9
    assert names[0] == "global"
    assert {"send", "locate", "many", "Officer"} <= set(names)


def test_calls_are_told_with_what_they_are_given(sample: Program) -> None:
    told = {sample.name(one.callee): one for one in sample.calls}
    sent = told["fetch"]
    assert sample.text(sent.arguments[0]) == "https://collect.sample.test/api/person/add"
    options = sent.arguments[1]
    assert isinstance(options, Record)
    members = {
        sample.file.text(key): value
        for key, value in options.members.items()
        if isinstance(key, int)
    }
    assert sample.text(members["method"]) == "POST"
    headers = members["headers"]
    assert isinstance(headers, Record)
    assert [sample.text(one) for one in headers.members.values()] == ["k-4711"]
    assert told["localStorage.setItem"].function == told["many"].function
    assert [sample.text(one) for one in told["localStorage.setItem"].arguments] == [
        "lastPlace", "now",
    ]  # fmt: skip
    assert "navigator.geolocation.getCurrentPosition" in told
    assert told["Officer"].made
    assert not told["many"].made


def test_arguments_of_long_calls_are_in_order(sample: Program) -> None:
    many = next(one for one in sample.calls if sample.name(one.callee) == "many")
    assert [sample.text(one) for one in many.arguments] == ["a", "b", "c", "d", "e", "f"]


def test_texts_that_the_code_uses_are_told_from_names(sample: Program) -> None:
    numbers = {sample.file.text(one): one for one in range(sample.file.text_count)}
    assert sample.uses[numbers["lastPlace"]] == 1
    assert sample.uses[numbers["flagged person"]] == 1, "in a literal"
    assert sample.uses[numbers["geolocation"]] == 0
    assert sample.named[numbers["geolocation"]] == 1


def test_what_is_not_known_is_named_not_guessed(sample: Program) -> None:
    report = [one for one in sample.calls if sample.name(one.callee).endswith(".report")]
    assert sample.text(report[0].arguments[0]) == "seen at {}"


@pytest.mark.parametrize("version", sorted(KNOWN))
def test_each_version_has_instructions_without_holes(version: int) -> None:
    table = opcodes(version)
    names = [one.name for one in table]
    assert len(names) == len(set(names))
    assert {"LoadConstString", "Ret", "GetById", "CreateClosure", "Call1"} <= set(names)
    assert all(1 <= one.size <= 18 for one in table)


def test_what_is_no_bytecode_is_refused() -> None:
    whole = SAMPLES[-1].read_bytes()
    with pytest.raises(FormatError, match="no Hermes bytecode"):
        read_hermes(b"var a = 1;" * 40)
    with pytest.raises(FormatError, match="version 4711 is not known"):
        read_hermes(whole[:8] + (4711).to_bytes(4, "little") + whole[12:])
    with pytest.raises(FormatError, match="should have"):
        read_hermes(whole[:-1])


def test_a_member_stands_for_the_one_text_that_all_of_its_name_are_given(sample: Program) -> None:
    concat = next(one for one in sample.calls if sample.name(one.callee).endswith(".concat"))
    assert sample.text(concat.arguments[0]) == "Kind of person"
