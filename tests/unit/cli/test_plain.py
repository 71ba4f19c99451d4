"""What ``facts`` and ``examine`` are asked for in plain words; all else is left to the parser of all commands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from unit.cli.test_commands import environment
from unit.facts.made_facts import INTAKE
from witnessmark.cli.plain import Wish, plain_wish

ONE = (Path("a.apk"),)


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("facts a.apk", Wish(ONE)),
        ("facts a.apk b.apk --quiet", Wish((*ONE, Path("b.apk")), quiet=True)),
        ("facts --force --case out a.apk -q", Wish(ONE, Path("out"), force=True, quiet=True)),
        ("facts --case out a.apk", Wish(ONE, Path("out"))),
        ("examine a.apk", Wish(ONE, command="examine")),
        ("examine -q a.apk --case out", Wish(ONE, Path("out"), quiet=True, command="examine")),
    ],
)
def test_plain_words_are_understood(words: str, wish: Wish) -> None:
    assert plain_wish(words.split()) == wish


@pytest.mark.parametrize(
    "words",
    [
        "", "facts", "facts --help", "facts a.apk --help", "facts --quiet", "facts a.apk --case",
        "facts a.apk --case --force", "facts a.apk --case=out", "facts -- a.apk", "--version",
        "facts a.apk --case one --case two", "facts a.apk --unknown", "facts a.apk -qq",
        "examine a.apk --lang de", "flows a.apk", "a.apk facts",
    ],
)  # fmt: skip
def test_other_words_are_left_to_the_parser(words: str) -> None:
    assert plain_wish(words.split()) is None


def test_facts_loads_neither_the_parser_nor_duckdb(tmp_path: Path) -> None:
    code = (
        "import os, sys; from witnessmark.cli import main\n"
        f"sys.argv = ['witnessmark', 'facts', {str(INTAKE)!r}, '--case', {str(tmp_path / 'c')!r}]\n"
        "def leave(status):\n"
        "    print(status, [n for n in ('typer', 'duckdb', 'rich') if n in sys.modules], flush=True)\n"
        "    os._exit(status)\n"
        "main._leave = leave; main.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment()
    )
    assert done.stdout.splitlines()[-1] == "0 []"
    assert (tmp_path / "c" / "facts.duckdb").is_file()
