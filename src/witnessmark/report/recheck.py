"""How a reader finds the quoted bytes with common tools.

The commands need a POSIX shell with unzip, funzip, tail, head, xxd and sha256sum.
"""

from __future__ import annotations

import re
import shlex

from witnessmark.report.document import At

LISTING = "find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum"
"""Prints the lines by whose hash a folder is known."""

AT_HEADER = re.compile(r"^(?P<name>.*)@(?P<offset>[0-9]{1,15})$", re.DOTALL)


def commands(at: At, file_name: str) -> str:
    """Shell lines that print the span of ``at`` out of the file called ``file_name``."""
    lines: list[str] = []
    source = _file_word(file_name)
    chain = at.member
    if file_name.endswith("/") and chain:
        source, chain = _file_word(file_name + chain[0]), chain[1:]
    for depth, member in enumerate(chain[:-1], start=1):
        lines.append(f"{_unpack(source, member)} > inner{depth}.zip")
        source = f"inner{depth}.zip"
    start, last = at.offset + 1, "sha256sum" if at.place["reads_as"] == "sha256" else "xxd"
    if chain:
        cut = f"{_unpack(source, chain[-1])} | tail -c +{start}"
    elif file_name.endswith("/") and not at.member:
        cut = f"(cd {source} && {LISTING}) | tail -c +{start}"
    else:
        cut = f"tail -c +{start} {source}"
    lines.append(f"{cut} | head -c {at.length} | {last}")
    return "\n".join(lines)


def _unpack(source: str, member: str) -> str:
    header = AT_HEADER.match(member)
    if header:
        return f"tail -c +{int(header['offset']) + 1} {source} | funzip"
    return f"unzip -p {source} {shlex.quote(_unzip_pattern(member))}"


def _unzip_pattern(member: str) -> str:
    """``member`` for unzip, which takes names as patterns and a leading hyphen as an option.

    What cannot be typed is matched by ``?``, so that nothing unprintable reaches a terminal.
    """
    escaped = re.sub(r"[\[*?]", lambda match: f"[{match.group()}]", member.replace("\\", "\\\\"))
    typed = "".join(char if char.isprintable() else "?" for char in escaped)
    return f"[-]{typed[1:]}" if typed.startswith("-") else typed


def _file_word(name: str) -> str:
    typed = "".join(char if char.isprintable() else "?" for char in name)
    return shlex.quote(f"./{typed}" if typed.startswith("-") else typed)
