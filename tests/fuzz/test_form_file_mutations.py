"""Seeded injuries of form files: described, or not, never an error."""

from __future__ import annotations

import random
import re

import pytest

from cases.case_file import read_cases
from fuzz.test_text_mutations import mutate
from witnessmark.analyses.asks._described import in_json, in_xml
from witnessmark.formats.jsontext import read_json
from witnessmark.formats.textxml import read_text_xml
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.form_formats import FormFormat
from witnessmark.model.errors import FormatError

FILES = {
    name: text.encode()
    for case in read_cases("asks/form_file")
    for name, text in case.block["files"].items()
}
FORMATS = load(("form_formats",)).entries("form_formats", FormFormat)


@pytest.mark.parametrize("name", sorted(FILES))
def test_injured_form_files(name: str) -> None:
    chance, described = random.Random(name), 0
    for _ in range(150):
        hurt = mutate(chance, FILES[name])
        try:
            if name.endswith("json"):
                fields = in_json(read_json(hurt), FORMATS)
            else:
                fields = in_xml(read_text_xml(hurt), hurt, FORMATS)
        except FormatError:
            continue
        described += bool(fields)
        for one in fields:
            for at in (one.at, one.label_at, *(at for _, _, at in one.options)):
                assert at is None or 0 <= at.offset <= at.offset + at.length <= len(hurt)
    assert described or not re.search("visit|intake", name)
