"""Words of notices, whose pieces pass over most texts."""

from __future__ import annotations

import re

import pytest

from witnessmark.knowledge.load import load_pack
from witnessmark.knowledge.packs.notices import Notice

NOTICES = tuple(one for one in load_pack("notices") if isinstance(one, Notice))
TEXTS = sorted({text for one in NOTICES for text in (*one.matches, *one.not_matches)})


@pytest.mark.parametrize("notice", NOTICES, ids=lambda one: one.id)
def test_a_notice_is_recognised_as_by_its_patterns_alone(notice: Notice) -> None:
    plain = re.compile("|".join(f"(?:{one})" for one in notice.patterns), re.IGNORECASE)
    for text in TEXTS:
        for said in (text, text.lower(), text.upper(), text.title()):
            assert notice.recognises(said) == (plain.search(" ".join(said.split())) is not None)
