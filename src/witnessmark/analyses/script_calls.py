"""Calls in scripts, whatever the scripts are kept as: JavaScript files, pages, compiled code.

A script is parsed once for an app. Libraries by the name of their file (pack ``web_files``) are
left out; of what one file bundles, library and app are not told apart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.scripts import SCRIPT_CALLS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.formats.html import tokens
from witnessmark.formats.script import (
    LARGEST_SCRIPT,
    Call,
    Choice,
    Expression,
    Items,
    Joined,
    Name,
    Record,
    Script,
    Text,
    read_script,
)
from witnessmark.knowledge.packs.web_files import WebFile
from witnessmark.model.evidence import Evidence
from witnessmark.model.location import ReadsAs
from witnessmark.model.table import Table

PAGES = (".html", ".htm", ".xhtml")
MOST_BYTES = 12 << 20
"""Bytes of scripts that are parsed for one question, the shortest first."""

DEEPEST = 6
LONGEST_QUOTE = 160
NO_SCRIPT = ("json", "template", "html", "x-handlebars", "importmap")


class ScriptCallSite(Struct, frozen=True):
    """A call: what is called (``?`` begins what nobody names), what it is given, where it stands.

    Arguments are texts (``{name}`` for what is not known), objects, lists, None for other things.
    """

    name: str
    arguments: tuple[Any, ...]
    made: bool
    member: str
    artifact: int
    offset: int
    length: int
    reads_as: ReadsAs

    def given(self, path: str) -> Any:
        """The argument at a position, with members behind dots: ``0.key``."""
        position, *members = path.split(".")
        place = int(position)
        value = self.arguments[place] if place < len(self.arguments) else None
        for member in members:
            value = value.get(member) if isinstance(value, dict) else None
        return value

    def text(self, paths: str) -> str:
        """The first text among arguments at several places, divided by `` / ``; empty for none."""
        found = (self.given(path) for path in paths.split(" / "))
        return next((one for one in found if isinstance(one, str)), "")

    def quote(self, app: Facts, says: str) -> Evidence:
        """The call as it stands, or as the instruction that makes it."""
        if self.reads_as != "utf-8":
            return app.quote(says, self.artifact, self.offset, self.length, self.reads_as, {})
        length = whole_letters(app, self.artifact, self.offset, min(self.length, LONGEST_QUOTE))
        return app.quote(says, self.artifact, self.offset, length, "utf-8", {})


def whole_letters(app: Facts, artifact: int, offset: int, length: int) -> int:
    """A length that cuts no letter of UTF-8 in two."""
    blob = app.blob(artifact)
    while length and offset + length < len(blob) and blob[offset + length] & 0xC0 == 0x80:
        length -= 1
    return length


def parsed_script(app: Facts, artifact: int, start: int, end: int) -> Script:
    """A script of JavaScript; call it by `Facts.once`, so that it is parsed once."""
    return read_script(bytes(app.blob(artifact)[start:end]), start)


def script_calls(
    app: Facts, names: Sequence[str], kinds: Sequence[WebFile]
) -> Iterator[ScriptCallSite]:
    """Calls of functions whose last name is that of one of ``names``, in the order of files."""
    last = frozenset(name.rpartition(".")[2] for name in names)
    for name, artifact, start, end in _pieces(app, _hint(names), kinds)[0]:
        script = app.once(parsed_script, artifact, start, end)
        for call in script.calls:
            if call.name.rpartition(".")[2] in last:
                given = tuple(_told(one, script, 0) for one in call.arguments)
                yield ScriptCallSite(
                    call.name, given, call.made, name, artifact, call.span.offset,
                    call.span.length, "utf-8",
                )  # fmt: skip
    yield from _compiled(app, last)


def script_assignments(
    app: Facts, owners: Sequence[str], kinds: Sequence[WebFile]
) -> Iterator[ScriptCallSite]:
    """Members of objects that scripts give a value, as if the object were called with the name."""
    for name, artifact, start, end in _pieces(app, _hint(owners), kinds)[0]:
        for one in app.once(parsed_script, artifact, start, end).assigned:
            owner, _, member = one.name.rpartition(".")
            if member and any(owner == known or owner.endswith(f".{known}") for known in owners):
                yield ScriptCallSite(
                    owner, (member,), False, name, artifact, one.span.offset, one.span.length,
                    "utf-8",
                )  # fmt: skip


def left_out(app: Facts, names: Sequence[str], kinds: Sequence[WebFile]) -> list[str]:
    """Members with scripts that may hold such calls and are too long to be parsed."""
    return _pieces(app, _hint(names), kinds)[1]


def _hint(names: Sequence[str]) -> re.Pattern[bytes]:
    last = {name.rpartition(".")[2] for name in names}
    words = b"|".join(sorted(re.escape(name.encode()) for name in last))
    return re.compile(rb"(?<![\w$])(?:" + words + rb")(?![\w$])")


def program_calls(app: Facts, kind: str) -> Iterator[ScriptCallSite]:
    """All calls of programs of one kind (table ``scripts``), in their order."""
    kinds = app.table(SCRIPTS)["kind"].tolist()
    if kind in kinds:
        scripts = app.table(SCRIPT_CALLS)["script"].tolist()
        yield from _sites(app, [row for row, one in enumerate(scripts) if kinds[one] == kind])


def _compiled(app: Facts, last: frozenset[str]) -> Iterator[ScriptCallSite]:
    names = app.table(SCRIPT_CALLS)["name"].tolist()
    yield from _sites(
        app, [row for row, name in enumerate(names) if name.rpartition(".")[2] in last]
    )


def _sites(app: Facts, rows: Sequence[int]) -> Iterator[ScriptCallSite]:
    table, scripts = app.table(SCRIPT_CALLS), app.table(SCRIPTS)
    names = table["name"].tolist()
    for row in rows:
        script = int(table["script"][row])
        at = _span(table, row)
        reads_as: ReadsAs = "utf-8" if scripts["kind"][script] == "shell" else "hex"
        if at == _span(scripts, script):
            reads_as = "sha256"
        yield ScriptCallSite(
            names[row], tuple(json.loads(table["arguments"][row])), bool(table["made"][row]),
            str(scripts["name"][script]), *at, reads_as,
        )  # fmt: skip


def _span(table: Table, row: int) -> tuple[int, int, int]:
    return int(table["artifact"][row]), int(table["offset"][row]), int(table["length"][row])


def _pieces(
    app: Facts, hint: re.Pattern[bytes], kinds: Sequence[WebFile]
) -> tuple[list[tuple[str, int, int, int]], list[str]]:
    """Scripts that name one of the functions: member, artifact, first byte, end; and members
    that are left out because there is too much to parse.
    """
    found, left_out = [], []
    for name, kind, artifact in app.table(MEMBERS).rows("name", "type", "content"):
        page = kind in ("html", "xhtml") or name.casefold().endswith(PAGES)
        if artifact < 0 or not (page or kind == "js"):
            continue
        blob = app.blob(artifact)
        if any(one.recognises(name) for one in kinds) or not hint.search(blob):
            continue
        data = bytes(blob)
        if len(data) > LARGEST_SCRIPT:
            left_out.append(name)
        else:
            spans = inline_scripts(data) if page else [(0, len(data))]
            found += [(name, artifact, start, end) for start, end in spans]
    left, chosen = MOST_BYTES, set()
    for piece in sorted(found, key=lambda one: (one[3] - one[2], one)):
        left -= piece[3] - piece[2]
        if left < 0:
            left_out.append(piece[0])
        else:
            chosen.add(piece)
    return [piece for piece in found if piece in chosen], sorted(set(left_out))


def inline_scripts(data: bytes) -> Iterator[tuple[int, int]]:
    """Scripts inside a page, as spans of its bytes; templates and data are none."""
    kind = ""
    for token in tokens(data):
        if token.kind == "start" and token.name == "script":
            kind = dict(token.attributes).get("type", b"").decode("utf-8", "replace").casefold()
        elif token.raw == "script" and not any(word in kind for word in NO_SCRIPT):
            yield token.span.offset, token.span.end


def _told(value: Expression, script: Script, depth: int) -> Any:
    """A value as far as the script itself tells it."""
    if isinstance(value, Choice):
        value = value.options[0]
    if isinstance(value, Name):
        value = _only(value, script)
    if isinstance(value, Text):
        return value.text
    if depth > DEEPEST:
        return None
    if isinstance(value, Joined):
        return "".join(_piece(one, script) for one in value.pieces)
    if isinstance(value, Record):
        return {key: _told(one, script, depth + 1) for key, one in value.members.items()}
    if isinstance(value, Items):
        return [_told(one, script, depth + 1) for one in value.items]
    return None


def _piece(value: Expression, script: Script) -> str:
    if isinstance(value, Choice):
        value = value.options[0]
    known = _only(value, script) if isinstance(value, Name) else value
    if isinstance(known, Text):
        return known.text
    named = value.name.rpartition(".")[2] if isinstance(value, Name | Call) else ""
    return "{" + named + "}"


def _only(value: Name, script: Script) -> Expression:
    """The one text that a name of the script is given; the name itself where it may be another."""
    if any(value.name in one.parameters for one in script.functions if _holds(one, value)):
        return value
    bare = value.name.rpartition(".")[2]
    given = (script.members if "." in value.name else script.values).get(bare, [])
    texts = {one.text: one for one in given if isinstance(one, Text)}
    return next(iter(texts.values())) if len(texts) == 1 and len(given) == 1 else value


def _holds(outer: Any, inner: Expression) -> bool:
    span, here = outer.span, inner.span
    return bool(span.offset <= here.offset and here.end <= span.end)
