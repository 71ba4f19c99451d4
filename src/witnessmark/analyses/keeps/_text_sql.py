"""SQL in text files of the app: scripts of statements, web pages and their scripts.

Web code joins its statements with ``+`` and fills them by templates; such joints are closed and
what is no constant becomes a hole before the text is read.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.analyses.file_uses import uses_of_member
from witnessmark.analyses.keeps._sql import SqlTable, read_tables
from witnessmark.analyses.keeps._statements import SQL, Statement, verb
from witnessmark.facts.tables.artifacts import ARTIFACTS
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex

PLAIN = frozenset({"sql", "text", "csv", "properties", "unknown", "xml", "json", "yaml"})
WEB = frozenset({"js", "html", "xhtml", "typescript"})
LARGEST = 16 << 20
WINDOW = 20_000
"""Bytes of one statement at most."""

JOINT = kept_regex(r"(['\"`])\s*\+\s*(?:\\\s*)?(['\"`])")
FILLED = kept_regex(r"(['\"`])\s*\+[^'\"`;]{1,80}?\+\s*(['\"`])|\$\{[^}]{1,80}\}")
CONTINUED = kept_regex(r"\\r?\\n|\\[ntr]|\\\n")
NAME = kept_regex(r"[^\W\d][\w $.-]{0,127}")


def statements_in_files(app: Facts) -> Iterator[Statement]:
    """Statements in text files that are no code of the app, in the order of files."""
    for artifact, (kind, size) in enumerate(app.table(ARTIFACTS).rows("type", "size")):
        if kind not in PLAIN | WEB or not 0 < size <= LARGEST:
            continue
        yield from _of_file(app, artifact, web=kind in WEB)


def _of_file(app: Facts, artifact: int, *, web: bool) -> Iterator[Statement]:
    data = bytes(app.blob(artifact))
    readers: tuple[int, ...] | None = None
    for match in SQL.finditer(data):
        window = data[match.start() : match.start() + WINDOW]
        following = SQL.search(window, len(match[0]))
        window = window[: following.start() if following else WINDOW]
        text = window.decode("utf-8", "replace")
        table = next(read_tables(_script(text) if web else text), None)
        if table is None or not _is_named(table):
            continue
        if readers is None:
            member = app.member_name(artifact).rpartition("!")[2]
            readers = tuple(sorted({use.method for use in uses_of_member(app, member)}))
        file = app.member_path(artifact)
        says = f"a text in the app {verb(table)} the table {table.name}"
        length = len(window.partition(b";")[0])
        evidence = app.quote(says, artifact, match.start(), length, "utf-8", {"file": file})
        yield Statement(table, readers, evidence, "derived" if web else "read")


def _is_named(table: SqlTable) -> bool:
    names = (table.name, *(column.name for column in table.columns))
    return len(names) > 1 and all(NAME.fullmatch(name) for name in names)


def _script(text: str) -> str:
    """The text of a statement in a script, its joints closed."""
    text = CONTINUED.sub(" ", text)
    return FILLED.sub("?", JOINT.sub("", text))
