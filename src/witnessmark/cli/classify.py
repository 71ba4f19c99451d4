"""``witnessmark classify``: what the lexicons make of a string, and why."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import asdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from witnessmark.knowledge.gloss import Gloss
    from witnessmark.knowledge.people import Classification


def classify(
    texts: Annotated[
        list[str] | None,
        typer.Argument(help="Labels, keys or columns; lines of standard input when absent."),
    ] = None,
    lang: Annotated[
        str, typer.Option("--lang", help="Locale of the resource they were found in, e.g. zh-CN.")
    ] = "und",
    near: Annotated[
        list[str] | None,
        typer.Option("--near", help="Another name of the same record or screen; repeatable."),
    ] = None,
    *,
    record: Annotated[
        bool, typer.Option("--record", help="The texts are names of one record, each other's near.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show which personal data a string names, and which words decided that.

    For those who extend the lexicons: see docs/reference/classify.md.
    """
    from witnessmark.knowledge.gloss import load_glossary
    from witnessmark.knowledge.load import load
    from witnessmark.knowledge.people import PACKS, Classifier

    lines = texts or (line.rstrip("\r\n") for line in sys.stdin)
    classifier, glossary = Classifier(load(PACKS)), load_glossary()
    neighbours = list(near or ())
    if record:
        lines = list(lines)
        neighbours += lines
    show = _as_json if as_json else _as_text
    for text in _worth(lines):
        found = classifier.classify(text, lang, neighbours)
        typer.echo(show(found, glossary.gloss(text, lang)))


def _worth(lines: Iterable[str]) -> Iterator[str]:
    return (line for line in lines if line.strip())


def _as_json(found: Classification, gloss: Gloss | None) -> str:
    told = asdict(found)
    told["gloss"] = gloss.text if gloss else found.gloss
    told["gloss_origin"] = gloss.origin if gloss else "lexicon" if found.gloss else ""
    return json.dumps(told, ensure_ascii=False)


def _as_text(found: Classification, gloss: Gloss | None) -> str:
    alone = "nothing about people by itself" if found.because else "nothing about people"
    terms = " ".join(found.categories) or alone
    about = "" if found.about == "unknown" else f", about {found.about.replace('_', ' ')}"
    special = ", special category" if found.special else ""
    said = gloss.text if gloss else found.gloss
    head = f"{found.text}  [{found.lang}]  {terms}{special}{about}"
    lines = [head, *([f"  gloss: {said}"] if said else []), *(f"  {why}" for why in found.because)]
    return "\n".join(lines)
