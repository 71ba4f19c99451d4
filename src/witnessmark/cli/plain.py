"""``witnessmark facts`` and ``examine`` when they are asked for in plain words.

The parser of all commands takes longer to load than a small app to be read. Whatever is not plain
(help, an option it does not know, no input) is left to that parser, its errors with it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

FACTS, EXAMINE = "facts", "examine"


class Wish(Struct, frozen=True):
    """What a command is asked for."""

    inputs: tuple[Path, ...]
    case: Path | None = None
    force: bool = False
    quiet: bool = False
    command: str = FACTS


def plain_wish(words: Sequence[str]) -> Wish | None:
    """The wish that the words behind the program's name say; None where they are not plain."""
    if not words or words[0] not in (FACTS, EXAMINE):
        return None
    inputs: list[Path] = []
    case: list[Path] = []
    flags = set()
    rest = iter(words[1:])
    for word in rest:
        if word in ("--force", "--quiet", "-q"):
            flags.add(word)
        elif word == "--case":
            value = next(rest, "-")
            if value.startswith("-"):
                return None
            case.append(Path(value))
        elif word.startswith("-") or not word:
            return None
        else:
            inputs.append(Path(word))
    if not inputs or len(case) > 1:
        return None
    quiet = not flags.isdisjoint(("--quiet", "-q"))
    return Wish(tuple(inputs), case[0] if case else None, "--force" in flags, quiet, words[0])


def fulfil(wish: Wish) -> None:
    """Do what is asked for."""
    if wish.command == EXAMINE:
        examined(wish)
        return
    from witnessmark import pipeline
    from witnessmark.cli.progress import progress

    target = case_folder(wish.case, wish.inputs)
    with progress(quiet=wish.quiet) as step:
        database = pipeline.write_facts(wish.inputs, target, force=wish.force, progress=step)
    sys.stdout.write(f"Tables: {database}\n")


def examined(wish: Wish, **options: Any) -> None:
    """Examine an app, with ``options`` of `pipeline.examine`, and tell what was found."""
    from witnessmark import pipeline
    from witnessmark.cli.progress import progress

    target = case_folder(wish.case, wish.inputs)
    with progress(quiet=wish.quiet) as step:
        outcome = pipeline.examine(wish.inputs, target, force=wish.force, progress=step, **options)
    lines = (*outcome.headlines, "", f"Report: {outcome.report}")
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def case_folder(case: Path | None, inputs: Sequence[Path]) -> Path:
    """The folder asked for, or one named after the first input."""
    return case if case is not None else Path(f"{inputs[0].resolve().stem or 'app'}.case")
