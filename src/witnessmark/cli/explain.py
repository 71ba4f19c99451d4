"""``witnessmark explain``: one finding with everything it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from witnessmark.cli.arguments import ExistingCase

REACH = {
    "reached": "Running code reaches it, along this path:",
    "unreached": "No path from any entry point reaches it.",
    "unknown": "Whether running code reaches it could not be told.",
}
STRENGTH = {
    "read": "read from the bytes as they stand",
    "derived": "derived from the bytes by the steps below",
    "indicated": "indicated, not shown",
}


def explain(
    case: ExistingCase,
    finding: Annotated[
        str, typer.Argument(help="Id of a finding, or the beginning of one.", show_default=False)
    ],
) -> None:
    """Tell one finding with all its evidence."""
    from witnessmark.case.reader import read_findings
    from witnessmark.model.errors import UsageError

    document = read_findings(case)
    chosen = [item for item in document["findings"] if item["id"].startswith(finding)]
    exact = [item for item in chosen if item["id"] == finding]
    if len(exact or chosen) != 1:
        count = "no finding" if not chosen else f"{len(chosen)} findings"
        raise UsageError(f"{count} of that id: {finding}; findings.json and the report list them")
    for line in story((exact or chosen)[0]):
        typer.echo(line)


def story(finding: Mapping[str, Any]) -> Iterator[str]:
    """Lines that tell a finding."""
    from witnessmark.report.names import category_name
    from witnessmark.report.view import method_names

    yield f"{finding['id']}  ({finding['kind']})"
    yield ""
    yield _clean(finding["says"])
    for original in finding["original"]:
        gloss = f"  = {original['gloss']}" if original["gloss"] else ""
        words = _clean(original["text"] + gloss)
        yield f"  in the app's words ({original['lang']}): {words}"
    if finding["categories"]:
        special = "; special category" if finding["special"] else ""
        listed = ", ".join(f"{category_name(one)} [{one}]" for one in finding["categories"])
        yield f"Personal data: {listed} (about: {finding['about']}{special})"
    yield f"Strength: {STRENGTH[finding['strength']]}"
    yield REACH[finding["reach"]["state"]]
    for step, name in enumerate(method_names(finding["reach"]["path"]), 1):
        yield f"  {step}. {_clean(name)}"
    for limit in finding["limits"]:
        yield f"Limit: {_clean(limit)}"
    if finding["kind"] == "sends.flow":
        yield from _way(finding["subject"])
    yield ""
    yield "Evidence"
    for evidence in finding["evidence"]:
        yield from _evidence(evidence, 1)


def _way(subject: Mapping[str, Any]) -> Iterator[str]:
    """Each move of the data, below the method in which it happens."""
    from witnessmark.report.view import method_names

    source, sink = subject["source"], subject["sink"]
    named = method_names([step["method"] for step in subject["steps"]])
    yield ""
    yield "The way of the data"
    yield f"  It comes in: {source['class']}.{source['method']}"
    last = ""
    for number, (name, step) in enumerate(zip(named, subject["steps"], strict=True), 1):
        if step["method"] != last:
            last = step["method"]
            yield f"  in {_clean(name)}"
        yield f"    {number}. {_clean(step['moves'])}"
    to = ", ".join(subject["recipients"])
    yield f"  It leaves: {sink['class']}.{sink['method']}" + (f", to {_clean(to)}" if to else "")


def _evidence(evidence: Mapping[str, Any], depth: int) -> Iterator[str]:
    indent = "  " * depth
    yield f"{indent}- {_clean(evidence['says'])}"
    at = evidence["at"]
    if at:
        where = " > ".join(at["member"]) or "the file itself"
        span = f"byte {at['offset']} (0x{at['offset']:x}), {at['length']} bytes"
        yield f"{indent}  {_clean(where)}, {span}"
        place = {key: value for key, value in at["place"].items() if key != "reads_as"}
        if place:
            yield f"{indent}  {_clean(', '.join(f'{k} {v}' for k, v in place.items()))}"
        spelled = at["place"].get("reads_as", "hex")
        yield f"{indent}  reads ({spelled}): {_clean(evidence['excerpt'])}"
    for child in evidence["because"]:
        yield from _evidence(child, depth + 1)


def _clean(text: str) -> str:
    """Text without control characters, which an app could use to deceive a terminal."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
