"""What the summary of a case tells of problems."""

from __future__ import annotations

from witnessmark.facts.tables.signing import SIGNING_PROBLEMS
from witnessmark.facts.view import Facts
from witnessmark.model.table import Table
from witnessmark.summary import reading_gaps


def test_problems_of_signatures_that_differ_by_a_name_are_told_once() -> None:
    told = [f"the section of 'res/{name}.xml' is not the signed one" for name in "abc"]
    rows = [("v1", says, 0, 0, 0) for says in (*told, "the certificate is another one")]
    facts = Facts(
        {SIGNING_PROBLEMS.name: Table.from_rows(SIGNING_PROBLEMS, rows)}, lambda _: memoryview(b"")
    )
    assert [gap.why for gap in reading_gaps(facts)] == [
        "the section of 'res/a.xml' is not the signed one (one of 3 problems of this kind)",
        "the certificate is another one",
    ]
