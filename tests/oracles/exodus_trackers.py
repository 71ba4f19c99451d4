"""Trackers by the class names of the Exodus list beside what embeds.sdk says of the same apps.

``python tests/oracles/exodus_trackers.py trackers.yara APP...`` prints the tables of
docs/reference/sdk-agreement.md. The list is read from APKiD's ``rules/dex/trackers.yara``, which
is made from it; a tracker counts as Exodus counts it, when its expression fits a class name.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from witnessmark import pipeline
from witnessmark.analyses.embeds.sdk import SDK
from witnessmark.analyses.runner import run_analyses
from witnessmark.facts.tables.code import CLASSES
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.sdks import Sdk, longest_prefix

RULE = re.compile(
    r'description = "(?P<name>[^"]+)".*?\$code_signature\s*= /(?P<code>(?:\\/|[^/])+)/', re.DOTALL
)
PLAIN = re.compile(r"[\w.$-]+")


@dataclass(frozen=True, slots=True)
class Tracker:
    """A name and the expressions of class names, each without its escapes where it is plain."""

    name: str
    codes: tuple[str, ...]

    @property
    def plain(self) -> tuple[str, ...]:
        """Beginnings of class names that stand in the expression as they are."""
        spelled = (one.replace("\\.", ".").lstrip("^").rstrip(".*") for one in self.codes)
        return tuple(one for one in spelled if PLAIN.fullmatch(one) and "." in one)


def trackers(text: str) -> Iterator[Tracker]:
    """The trackers of a rule file that have an expression for class names."""
    for rule in text.split("\nrule ")[1:]:
        match = RULE.search(rule)
        if match:
            yield Tracker(match["name"], tuple(match["code"].split("|")))


def owner_of(code: str, prefixes: Mapping[str, str]) -> str:
    """Name of our library that has classes below ``code``, empty for none."""
    found = longest_prefix(f"{code}.Some", prefixes)
    below = next((one for one in sorted(prefixes) if one.startswith(f"{code}.")), "")
    return prefixes.get(found or below, "")


def coverage(known: Sequence[Tracker], prefixes: Mapping[str, str]) -> None:
    """Print how many of the list our data knows by class names, and which it does not."""
    missing = [
        one for one in known if one.plain and not any(owner_of(c, prefixes) for c in one.plain)
    ]
    told = [one for one in known if one.plain]
    say(f"{len(told)} trackers with plain class names, {len(told) - len(missing)} known to us")
    say("not known: " + "; ".join(f"{one.name} ({one.plain[0]})" for one in missing))


def compare(app: Path, known: Sequence[Tracker], prefixes: Mapping[str, str]) -> None:
    """Print one row for an app."""
    facts = pipeline.read_app([app])
    names = sorted({facts.class_name(row) for row in range(len(facts.table(CLASSES)))})
    joined = "\n".join(names)
    theirs = {one for one in known if any(re.search(code, joined) for code in one.codes if code)}
    found = run_analyses(facts, load(SDK.knows), [SDK]).findings
    ours = {str(one.subject["name"]): one.subject for one in found if one.kind == "embeds.sdk"}
    both, only_theirs = [], []
    for one in sorted(theirs, key=lambda one: one.name):
        names_of = {owner_of(code, prefixes) for code in one.plain} & set(ours)
        if names_of:
            state = ours[min(names_of)]["state"]
            both.append(f"{one.name} = {min(names_of)} ({state})")
        else:
            only_theirs.append(one.name)
    tracking = {"analytics", "ads", "crash", "push", "location"}
    matched = {owner_of(code, prefixes) for one in theirs for code in one.plain}
    extra = sorted(
        f"{name} ({one['state']})"
        for name, one in ours.items()
        if one["purpose"] in tracking and name not in matched
    )
    cells = [app.stem, "; ".join(both), "; ".join(only_theirs), "; ".join(extra), str(len(ours))]
    say("| " + " | ".join(cells) + " |")


def say(line: str) -> None:
    """One line of output, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(rules: str, apps: Sequence[str]) -> None:
    """Print coverage, then a row for each app."""
    known = list(trackers(Path(rules).read_text("utf-8")))
    sdks = load(["sdks"]).entries("sdks", Sdk)
    prefixes = {prefix: sdk.name for sdk in sdks for prefix in sdk.code}
    coverage(known, prefixes)
    say("\n| app | both | only Exodus | only we (of the same purposes) | our libraries |")
    say("|---|---|---|---|---|")
    for app in apps:
        compare(Path(app), known, prefixes)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
