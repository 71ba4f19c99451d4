"""Hold entries to what they promise: a source, words, and examples that prove their matcher."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.knowledge.schema import Entry, Rule


def problems_of(entry: Entry) -> Iterator[str]:
    """What is wrong with an entry, one sentence each; nothing when it keeps its promises."""
    for name in ("id", "says", "source"):
        if not getattr(entry, name).strip():
            yield f"{name} is empty"
    if isinstance(entry, Rule):
        yield from _unproved(entry)


def _unproved(rule: Rule) -> Iterator[str]:
    if not rule.matches:
        yield "it has no example"
    if not rule.not_matches:
        yield "it has no counter-example"
    for text in rule.matches:
        if not rule.recognises(text):
            yield f"it does not recognise its example {text!r}"
    for text in rule.not_matches:
        if rule.recognises(text):
            yield f"it recognises its counter-example {text!r}"
