"""How two findings about the same thing differ, in words.

Left out is what a build changes and nobody means: names of classes and methods, sketches of
screens, and how often something stands in the code. That something is there at all, or no longer,
is told.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from witnessmark.report.document import FrozenFinding
from witnessmark.report.names import category_name

BUILD_NAMES = frozenset({
    "class", "method", "in_class", "in_method", "screen", "owner", "widget", "opened_by",
    "compared_in", "api", "apis", "steps", "source_file", "where", "drawing", "by", "number",
    "told_by", "used_by", "in_own_code", "in_sdk", "layout", "component", "against", "grade",
})  # fmt: skip
"""Keys of subjects whose values name code, or count it, which a build changes."""

NAMED_BY_CODE = frozenset({"keeps.record", "keeps.preference", "marks.code_book"})
"""Kinds whose ``name`` may be that of a class or method."""

COUNTS = frozenset({
    "sites", "places", "classes", "renamed_classes", "unnamed", "requests", "texts", "inputs",
    "count",
})  # fmt: skip
"""Keys that count; told only where there was nothing before, or is nothing now."""

CONTENT = {
    "asks.screen": "fields", "keeps.record": "fields", "keeps.preference": "keys",
    "marks.code_book": "entries",
}  # fmt: skip
"""Where a kind has the list that says what a thing is, whatever its name."""

REACH = {
    "reached": "code that runs leads to it",
    "unreached": "no code that runs was seen to lead to it",
    "unknown": "whether code that runs leads to it is not known",
}
LABELS = {"occasions": "when", "goes_to": "where the answer goes", "what_it_starts": "it starts"}
SWITCHES = {"repeats": "it happens again and again", "required": "an answer is required",
            "cleartext": "it is not encrypted"}  # fmt: skip
MOST_LISTED = 12


def how_they_differ(before: FrozenFinding, after: FrozenFinding) -> tuple[str, ...]:
    """A sentence for each difference, none where both say the same."""
    return tuple(_differences(before, after))


def content_of(finding: FrozenFinding) -> frozenset[str]:
    """The parts of what a finding lists, where they say what it is."""
    key = CONTENT.get(finding.kind)
    listed = finding.subject.get(key, ()) if key else ()
    return frozenset(_told(one) for one in listed)


def _differences(before: FrozenFinding, after: FrozenFinding) -> Iterator[str]:
    if before.reach.state != after.reach.state:
        yield f"before: {REACH[before.reach.state]}; now: {REACH[after.reach.state]}"
    more = sorted(set(after.categories) - set(before.categories))
    less = sorted(set(before.categories) - set(after.categories))
    if more:
        yield f"newly about {', '.join(map(category_name, more))}"
    if less:
        yield f"no longer about {', '.join(map(category_name, less))}"
    old, new = _meant(before), _meant(after)
    for key in sorted(set(old) | set(new)):
        yield from _value(key, old.get(key), new.get(key))


def _meant(finding: FrozenFinding) -> dict[str, Any]:
    """The subject without what a build changes."""
    hidden = BUILD_NAMES | ({"name"} if finding.kind in NAMED_BY_CODE else set())
    subject = {key: value for key, value in finding.subject.items() if key not in hidden}
    goes = [one for one in subject.pop("goes_to", ()) if isinstance(one, Mapping)]
    in_code = {one.get("name") for one in goes if one.get("kind") == "field"}
    if subject.get("bound_to") in in_code:
        del subject["bound_to"]
    named = [{"name": one.get("name", "")} for one in goes if one.get("kind") != "field"]
    if named:
        subject["goes_to"] = [*named, *_bound(subject)]
    return subject


def _bound(subject: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    if subject.get("bound_to"):
        yield {"name": str(subject["bound_to"])}


def _value(key: str, before: Any, after: Any) -> Iterator[str]:
    label = LABELS.get(key, key.replace("_", " "))
    if isinstance(before, list | None) and isinstance(after, list | None):
        yield from _lists(label, before or (), after or ())
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        for inner in sorted(set(before) | set(after)):
            yield from _value(inner, before.get(inner), after.get(inner))
    elif before == after or (key in COUNTS and bool(before) == bool(after)):
        return
    elif key in SWITCHES:
        yield f"now {SWITCHES[key]}" if after else f"no longer: {SWITCHES[key]}"
    else:
        yield f"{label}: was {_told(before)}, is {_told(after)}"


def _lists(label: str, before: Collection[Any], after: Collection[Any]) -> Iterator[str]:
    old, new = ({_told(one): None for one in listed} for listed in (before, after))
    added = [one for one in new if one not in old]
    removed = [one for one in old if one not in new]
    if added:
        yield f"{label}: newly {_some(added)}"
    if removed:
        yield f"{label}: no longer {_some(removed)}"


def _some(words: list[str]) -> str:
    more = len(words) - MOST_LISTED
    return "; ".join(words[:MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        named = [str(value[key]) for key in ("code", "label", "name", "file") if value.get(key)]
        return " ".join(named) or json.dumps(value, ensure_ascii=False, sort_keys=True)
    return "nothing" if value in (None, "", [], 0) else str(value)
