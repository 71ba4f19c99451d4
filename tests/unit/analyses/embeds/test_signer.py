"""What certificates say of makers."""

from __future__ import annotations

import pytest

from witnessmark.analyses.embeds._named_code import maker_in
from witnessmark.analyses.embeds._signer import name_parts, signer_findings
from witnessmark.facts.tables.artifacts import ARTIFACTS
from witnessmark.facts.tables.signing import SIGNERS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.attribution import Trace
from witnessmark.model.finding import Finding
from witnessmark.model.table import Table

KEYS = [
    trace
    for trace in load(["attribution"]).entries("attribution", Trace)
    if trace.kind == "shared_key"
]


def signed(subject: str, sha1: str = "0" * 40, schemes: tuple[str, ...] = ("v2",)) -> Finding:
    rows = [
        (
            scheme,
            "verified",
            "cd" * 32,
            sha1,
            "",
            subject,
            subject,
            "1",
            "",
            "",
            "RSA 2048",
            0,
            0,
            4,
        )
        for scheme in schemes
    ]
    artifact = (0, "ab" * 32, "[]", "apk", 4, "")
    tables = {
        ARTIFACTS.name: Table.from_rows(ARTIFACTS, [artifact]),
        SIGNERS.name: Table.from_rows(SIGNERS, rows),
    }
    (finding,) = signer_findings(Facts(tables, lambda _: memoryview(b"cert")), KEYS)
    return finding


def test_names_are_told_with_what_speaks_against_them() -> None:
    finding = signed("CN=Some Maker,O=Hidden Eye\\, Ltd,C=CN", schemes=("v1", "v2"))
    assert finding.subject["grade"] == "supporting"
    assert "Some Maker; Hidden Eye, Ltd" in finding.says
    assert any("self-signed" in one for one in finding.limits)
    assert len(finding.evidence) == 2


@pytest.mark.parametrize(
    "subject",
    ["CN=Android Debug,O=Android,C=US", "CN=Unknown,OU=Unknown,O=Unknown", "C=US"],
)
def test_empty_names_say_nothing(subject: str) -> None:
    assert signed(subject).subject["grade"] == "none"


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_published_test_keys_say_nothing_whatever_they_claim(key: Trace) -> None:
    finding = signed("CN=Famous Maker,O=Famous Maker", sha1=key.pattern)
    assert finding.subject["grade"] == "none"
    assert "Famous" not in finding.says


def test_escapes_in_names() -> None:
    assert name_parts(r"CN=A\, B,O=C\+D") == {"CN": "A, B", "O": "C+D"}


@pytest.mark.parametrize(
    ("package", "maker"),
    [
        ("cn.com.maker.app", "maker"),
        ("com.maker.app", "maker"),
        ("com.github.someone.tool", "someone"),
        ("com.example.app", ""),  # a filler
        ("com.parental.control", ""),  # what it does, not who made it
        ("com.example", ""),
        ("single", ""),
    ],
)
def test_maker_in_package_names(package: str, maker: str) -> None:
    fillers = [
        one for one in load(["attribution"]).entries("attribution", Trace) if one.kind == "filler"
    ]
    assert maker_in(package, {"cn.com", "com.github", "com.example"}, fillers) == maker
