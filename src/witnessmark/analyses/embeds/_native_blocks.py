"""Blocks of bytes that stand in the code as arrays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from witnessmark.analyses.deed_findings import (
    LIBRARY,
    OTHER,
    UNTOLD,
    doer,
    owner_of_method,
    where_of,
)
from witnessmark.facts.tables.code import ARRAY_PAYLOADS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding
from witnessmark.package.detect import detect_type

SMALLEST = 1024
"""Bytes from which an array that no magic number tells is more than a table of an algorithm."""

SMALLEST_FILE = 64
FILES = frozenset({"elf", "dex", "zip", "gzip", "7z", "rar", "sqlite", "png", "jpeg"})
RUN = kept_regex(rb"(?<![\x20-\x7e])[\w.:/+@= -]{5,}(?![\x20-\x7e])")
"""Letters, digits and the signs of addresses, between bytes that cannot be printed."""

MOST_TEXTS = 10
SHOWN = 4
MOST_METHODS = 12
MOST_QUOTED = 12
FILLED = 10
"""One byte in so many is zero in what is laid out in fields, and hardly any in what is encoded."""

LONGEST_TEXT = 80
_NOT_READ = "What the bytes mean was not read; they may be a picture, a table or settings."


class _Block(Struct, frozen=True):
    row: int
    method: int
    data: bytes
    kind: str


def block_findings(app: Facts) -> Iterator[Finding]:
    """A finding for each file, and one for all other blocks in code of one sort."""
    others: dict[str, list[_Block]] = defaultdict(list)
    for block in _blocks(app):
        where = where_of(owner_of_method(app, block.method))
        if where == LIBRARY:
            continue
        if block.kind:
            yield _finding(app, [block], where)
        else:
            others[where].append(block)
    for where in sorted(others):
        yield _finding(app, others[where], where)


def _blocks(app: Facts) -> Iterator[_Block]:
    columns = ("method", "width", "artifact", "offset", "length")
    for row, (method, width, artifact, offset, length) in enumerate(
        app.table(ARRAY_PAYLOADS).rows(*columns)
    ):
        if width != 1 or length < SMALLEST_FILE:
            continue
        data = bytes(app.blob(artifact)[offset : offset + length])
        kind = detect_type(data)
        if kind in FILES or length >= SMALLEST:
            yield _Block(row, method, data, kind if kind in FILES else "")


def _texts(block: _Block) -> Iterator[str]:
    """Runs of letters; of encoded data, in which they are chance, none."""
    if block.kind or FILLED * block.data.count(0) >= len(block.data):
        for match in RUN.finditer(block.data):
            yield match[0].decode("ascii")[:LONGEST_TEXT]


def _finding(app: Facts, blocks: Sequence[_Block], where: str) -> Finding:
    ordered = sorted(blocks, key=lambda one: (-len(one.data), one.row))
    texts = list(dict.fromkeys(text for block in ordered for text in _texts(block)))
    size, kind = sum(len(one.data) for one in blocks), blocks[0].kind
    what = f"{size} bytes in its code"
    if kind:
        what += f", a file of the kind {kind}"
    elif len(blocks) > 1:
        what += f", in {len(blocks)} blocks of a kind that is not known"
    else:
        what += ", of a kind that is not known"
    names = list(dict.fromkeys(app.method_signature(one.method) for one in ordered))
    return Finding(
        kind="embeds.native",
        subject={
            "name": names[0], "kind": "block", "bytes": size, "blocks": len(blocks),
            "detected": kind, "methods": names[:MOST_METHODS], "texts": texts[:MOST_TEXTS],
        },
        says=f"{doer(where)} carries {what}.{_readable(texts)}",
        evidence=tuple(_quoted(app, one) for one in ordered[:MOST_QUOTED]),
        strength="read",
        reach=best_reach(app, sorted({one.method for one in blocks})),
        limits=(_NOT_READ, UNTOLD) if where == OTHER else (_NOT_READ,),
        identity=f"block {names[0] if kind else where} {blocks[0].row if kind else ''}".strip(),
    )  # fmt: skip


def _readable(texts: Sequence[str]) -> str:
    shown = ", ".join(f"“{text}”" for text in texts[:SHOWN])
    return f" Readable in it: {shown}{' and others' if texts[SHOWN:] else ''}." if texts else ""


def _quoted(app: Facts, block: _Block) -> Evidence:
    table, method = app.table(ARRAY_PAYLOADS), app.method_signature(block.method)
    artifact, offset, length = (
        int(table[name][block.row]) for name in ("artifact", "offset", "length")
    )
    says = f"{length} bytes in {method}"
    return app.quote(says, artifact, offset, length, "hex", {"method": method})
