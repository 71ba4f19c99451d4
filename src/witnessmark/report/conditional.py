"""Sentences about deeds of code that was not seen to run are told under that condition.

"The app sends the contacts to a server" says more than is known where nothing was seen to run the
code that would. Whoever quotes the sentence alone must not be misled, in whatever form of the
report it stands; so the condition is part of the sentence, in front of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding

UNREACHED = "Not seen to run: "
UNKNOWN = "Whether it runs is not known: "

DEEDS = frozenset({
    "takes.device_data", "takes.account_scan", "takes.file_scan", "keeps.table", "keeps.record",
    "keeps.file", "keeps.preference", "marks.comparison", "marks.rule", "sends.flow",
    "sends.request", "sends.message", "hides.dynamic_code", "hides.reflection", "hides.trace",
    "hides.erasure", "hides.presence", "hides.evasion", "hides.weakness", "orders.command",
    "orders.restriction", "orders.trigger",
})  # fmt: skip
"""Kinds whose sentences tell what the app does; others tell what it holds, declares or shows."""

SAID = " has code that nothing is seen to start: "
"""How sentences of `sends.request` tell the condition themselves."""

STARTED = "orders.trigger"
"""Told of components that the manifest declares: with no code behind it, nothing is started."""

DECLARING = re.compile(
    r"(?:.*/)?(?:AndroidManifest\.xml|resources\.(?:arsc|pb)|apktool\.yml)"
    r"|(?!(?:.*/)?(?:assets|smali\w*)/)(?:.*/)?res/[^/]+/[^/]+\.xml"
)
"""Names of members that declare and do nothing, in packages and in decoded trees."""


def conditional(finding: Finding) -> str:
    """The sentence of a finding, with its condition where one must be told."""
    says_so = finding.kind.startswith("sends.") and SAID in finding.says.partition("“")[0]
    sure = finding.reach.state == "reached" or says_so
    if sure or finding.kind not in DEEDS:
        return finding.says
    if finding.kind != STARTED and not _stands_in_code(finding.evidence):
        return finding.says
    return f"{UNREACHED if finding.reach.state == 'unreached' else UNKNOWN}{finding.says}"


def _stands_in_code(evidence: Iterable[Evidence]) -> bool:
    return any(not _declares(member) for member in _members(evidence))


def _declares(member: str) -> bool:
    return DECLARING.fullmatch(member) is not None


def _members(evidence: Iterable[Evidence]) -> Iterator[str]:
    """Members that evidence quotes, each by its innermost name; "" for the input itself."""
    for node in evidence:
        if node.at is not None:
            yield node.at.member[-1] if node.at.member else ""
        yield from _members(node.because)
