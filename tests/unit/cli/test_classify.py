"""``witnessmark classify`` prints what the lexicons make of a string."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from witnessmark.cli.app import app


def run(*words: str, typed: str | None = None) -> str:
    result = CliRunner().invoke(app, ["classify", *words], input=typed)
    assert result.exit_code == 0
    return result.output


def test_json_has_the_promised_keys() -> None:
    told = json.loads(run("--json", "父亲姓名"))
    assert set(told) == {
        "text", "lang", "categories", "special", "about", "gloss", "gloss_origin", "because",
    }  # fmt: skip
    assert told["categories"] == ["pd:Name", "pd:Parent"]
    assert told["about"] == "third_person"
    assert told["gloss"] == "father name"


def test_lines_of_standard_input() -> None:
    told = [json.loads(line) for line in run("--json", typed="姓名\n\nOK\n").splitlines()]
    assert [one["text"] for one in told] == ["姓名", "OK"]
    assert told[1]["categories"] == []


def test_texts_of_one_record_are_context_for_each_other() -> None:
    assert "nothing about people" in run("xm")
    assert "nothing about people" not in run("--record", "xm", "sfzh")
    assert "pd:Name" in run("--near", "sfzh", "xm")


def test_a_locale_decides_between_languages() -> None:
    assert "pd:Country" in run("--lang", "de", "Land")
    assert "pd:Country" not in run("Land")
