"""Our reader of catalogues says what the general reader of Fluent says, message by message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource

from witnessmark.report.words import FOLDER, LANGUAGES
from witnessmark.report.words.catalogue import Catalogue, parts_of
from witnessmark.report.words.conventions import conventions

NUMBERS = (0, 1, 2, 3, 5, 11, 21, 100, 101, 999, 1000, 12345, 1234567)
VALUE = re.compile(r"\{ *\$(\w+)")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_reads_as_fluent_reads_it(lang: str) -> None:
    path = FOLDER / f"{lang}.ftl"
    written = path.read_text(encoding="utf-8")
    bundle = FluentBundle([lang], use_isolating=False)
    bundle.add_resource(FluentResource(written))
    own = Catalogue(path, conventions(lang))
    names = re.findall(r"^([a-zA-Z][\w-]*) =", written, re.MULTILINE)
    assert len(names) > 300
    texts = {name: f"⟨{name}⟩" for name in VALUE.findall(written)}
    for name in names:
        assert name in own
        for number in NUMBERS:
            values = {**texts, "n": number}
            pattern = bundle.get_message(name).value
            assert pattern is not None, name
            told, problems = bundle.format_pattern(pattern, values)
            assert not problems, name
            assert own.format(name, values) == told, name


def made(folder: Path, text: str) -> Catalogue:
    (folder / "made.ftl").write_text(text, encoding="utf-8")
    return Catalogue(folder / "made.ftl", conventions("en"))


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    own = made(tmp_path, "known = It shows { $what }\n")
    assert own.format("known", {"what": "a list"}) == "It shows a list"
    assert "unknown" not in own
    with pytest.raises(KeyError, match="unknown"):
        own.format("unknown", {})
    with pytest.raises(KeyError, match="what"):
        own.format("known", {})
    with pytest.raises(TypeError, match="not list"):
        own.format("known", {"what": []})


@pytest.mark.parametrize(
    "written",
    [
        '{ "quoted" }', "{ NUMBER($n) }", "{ -term }", "two\n    lines", "a { brace", "a } brace",
        "{ $n ->\n    [one] one\n    [other] more\n}",
    ],
)  # fmt: skip
def test_what_catalogues_do_not_use_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"not a part|marked"):
        parts_of(written)
