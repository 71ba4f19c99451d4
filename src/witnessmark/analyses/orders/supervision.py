"""Supervision of the operator: signing in, being scored, being tracked at work.

What it finds
    Words by which the app counts, scores, ranks or follows those who work with it
    (``orders.supervision``).

Why it matters
    Who is measured by the number of people checked will check more people. And the operators of
    an app are people concerned, too.

How it decides
    By words of the knowledge pack ``phrases`` on screens, in lists and in code.

What it misses
    Supervision on the server, from what the app sends anyway; other languages.

Example
    ``任务完成率``, ``绩效考核排名``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.orders._words import PACKS, READS, Hit, hits_of, originals, quoted
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.model.finding import Finding, Reach

SUPERVISION = Analysis(
    id="orders/supervision",
    version=1,
    reads=(*READS, REACH),
    knows=PACKS,
)  # fmt: skip

MOST = 16


@SUPERVISION.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding for each way of supervising."""
    by_what: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits_of(app, know, ("supervision",)):
        by_what[hit.phrase.what].append(hit)
    for what in sorted(by_what):
        yield _finding(app, what, by_what[what])


def _finding(app: Facts, what: str, hits: Sequence[Hit]) -> Finding:
    texts = list(dict.fromkeys((hit.label.text, hit.phrase.lang) for hit in hits))
    methods = sorted({method for hit in hits for method in hit.label.methods})
    shown = ", ".join(quoted(text) for text, _ in texts[:4])
    return Finding(
        kind="orders.supervision",
        subject={
            "what": what, "labels": [text for text, _ in texts[:MOST]], "places": len(hits),
        },
        says=f"{hits[0].phrase.says}: the app has words such as {shown}.",
        original=originals(texts[:MOST]),
        evidence=tuple(hit.label.quote(app) for hit in hits[:MOST]),
        strength="indicated",
        about="operator",
        reach=best_reach(app, methods) if methods else Reach("unknown"),
        limits=("Words alone do not show what is counted, and who sees it.",),
        identity=what,
    )  # fmt: skip
