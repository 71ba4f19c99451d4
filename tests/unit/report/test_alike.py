"""What several cases share: only what makers put in, with what speaks against it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from unit.report.samples import sample
from witnessmark.report.alike import GRADES, SHARED_WORDS, as_json, shared
from witnessmark.report.document import Document, thaw

DOC = thaw(sample(40).document)
KEY = {"what": "signer", "sha256": "ab" * 32, "grade": "supporting"}


def with_findings(package: str, *subjects: tuple[str, Mapping[str, Any]]) -> Document:
    """The sample with other findings, made after its first one."""
    model = DOC.findings[0]
    made = tuple(
        msgspec.structs.replace(model, id=f"{kind}-{number:012x}", kind=kind, subject=dict(subject))
        for number, (kind, subject) in enumerate(subjects)
    )
    app = msgspec.structs.replace(DOC.app, package=package)
    return msgspec.structs.replace(DOC, app=app, findings=made)


def test_a_common_key_is_the_strongest_trace() -> None:
    one = with_findings("org.one.app", ("embeds.attribution", KEY))
    two = with_findings("net.two.app", ("embeds.attribution", KEY))
    (found,) = shared([one, two])
    assert (found.what, found.grade, found.cases) == ("signer", "strong", (0, 1))
    assert found.against


def test_a_published_test_key_says_nothing() -> None:
    published = ("embeds.attribution", {**KEY, "grade": "none"})
    assert shared([with_findings("org.one.app", published), with_findings("a.b", published)]) == ()


def test_tables_and_servers_of_own_code_count_and_those_of_libraries_do_not() -> None:
    columns = [{"name": name} for name in ("id", "name", "phone")]
    own = ("keeps.table", {"name": "people", "columns": columns, "owner": "own"})
    foreign = ("keeps.table", {"name": "hits", "columns": columns, "owner": "google-analytics"})
    server = ("sends.endpoint", {"host": "collect.invalid", "owner": "own", "private": False})
    local = ("sends.endpoint", {"host": "10.0.0.2", "owner": "own", "private": True})
    cases = [with_findings(name, own, foreign, server, local) for name in ("x.y", "z.w")]
    assert [(one.what, one.value) for one in shared(cases)] == [
        ("table", "people (id, name, phone)"), ("server", "collect.invalid"),
    ]  # fmt: skip


def test_one_case_alone_shares_nothing() -> None:
    assert shared([DOC]) == ()


def test_every_trace_has_words_and_an_argument_against_it() -> None:
    assert set(GRADES) == set(SHARED_WORDS)
    assert all(grade and against for grade, against in GRADES.values())


def test_json_names_the_cases_by_their_order() -> None:
    secret = ("embeds.secret", {"digest": "00ff00ff00ff", "in_own_code": True})
    found = shared([DOC, with_findings("a.b", secret), with_findings("c.d", secret)])
    (row,) = [one for one in json.loads(as_json(found)) if one["what"] == "secret"]
    assert row["cases"] == [1, 2]
