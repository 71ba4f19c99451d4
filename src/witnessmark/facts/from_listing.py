"""Code from text: smali and Java source, assembled so that one reader reads all code."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from witnessmark.facts.tables.artifacts import TEXT_SPANS
from witnessmark.model.errors import FormatError
from witnessmark.model.gap import Gap
from witnessmark.model.location import Span
from witnessmark.model.table import Table
from witnessmark.package.app import App, Artifact

if TYPE_CHECKING:  # most apps hold no text, and the assembler costs more to import than to miss
    from witnessmark.formats.listing.assemble import Assembled
    from witnessmark.formats.listing.model import Listing, Unread

HIDES = ("takes", "keeps", "marks", "sends", "embeds", "hides", "orders")
ASSEMBLED = "assembled"
"""Type of an artifact that is no file: dex bytes made from texts."""

MADE = "code taken out of other files"
CLASSES_NAMED = 12
"""Missing classes that a gap names."""
GAPS_PER_TEXT = 3
MOST_GAPS = 200


class AssembledCode(Struct, frozen=True):
    """Dex files made from texts, as artifacts that come after those of the app.

    ``first``   artifact of the first of them.
    ``refused``  texts of which nothing could be read.
    ``unread``   parts that could not be read, by text.
    ``renamed``  descriptors that a decompiler gave to classes, and those they have in the code.
    """

    files: tuple[Assembled, ...]
    artifacts: tuple[Artifact, ...]
    first: int
    gaps: tuple[Gap, ...]
    refused: frozenset[int]
    unread: tuple[tuple[int, Unread], ...]
    renamed: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[int, ...]:
        """Artifacts of the files."""
        return tuple(range(self.first, self.first + len(self.files)))

    @property
    def unread_methods(self) -> tuple[tuple[int, Unread], ...]:
        """Methods whose code could not be read."""
        if not self.unread:
            return ()
        from witnessmark.formats.listing.compiled import UNREAD_CODE

        return tuple(one for one in self.unread if one[1].says.startswith(UNREAD_CODE))

    def path(self, row: int) -> str:
        """What a person is told of such an artifact."""
        return f"{MADE}, {row - self.first + 1}"


def assembled_code(app: App) -> AssembledCode:
    """Read all code that the app has as text; what cannot be read becomes gaps."""
    if not app.texts and not app.images:
        return AssembledCode((), (), len(app.artifacts), (), frozenset(), ())
    from witnessmark.formats.listing.assemble import assemble

    refused: dict[int, str] = {}
    renamed: dict[str, str] = {}
    assembly = assemble(_listings(app, refused, renamed))
    gaps = [Gap(app.path(row), why, HIDES) for row, why in refused.items()]
    gaps += _missing_gaps(app, assembly.unread)
    gaps += _unread_gaps(app, assembly.unread)
    files = (*_carved(app), *assembly.files)
    owner = app.artifacts[(*app.images, *app.texts)[0]].input if files else 0
    artifacts = tuple(
        Artifact(
            owner, (f"{MADE}, {number}",), -1, ASSEMBLED, len(one.dex),
            hashlib.sha256(one.dex).hexdigest(),
        )
        for number, one in enumerate(files, start=1)
    )  # fmt: skip
    return AssembledCode(
        files,
        artifacts,
        len(app.artifacts),
        tuple(gaps),
        frozenset(refused),
        assembly.unread,
        renamed,
    )


def _carved(app: App) -> Iterator[Assembled]:
    """Dex files that lie inside other files, each with the one span that it has there."""
    from witnessmark.formats.dex.carve import find_dex
    from witnessmark.formats.listing.assemble import Assembled
    from witnessmark.formats.listing.span_map import SpanRows

    for row in app.images:
        blob = app.blob(row)
        for span in find_dex(blob):
            spans = SpanRows()
            spans.add(0, span.length, row, span.offset, span.length)
            yield Assembled(bytes(blob[span.offset : span.end]), spans.finished())


def _listings(
    app: App, refused: dict[int, str], renamed: dict[str, str]
) -> Iterator[tuple[int, Listing]]:
    """Listings in the order in which classes count, each with the artifact of its text.

    Where smali declares a class, Java source of it adds nothing and is passed over.
    """
    declared: set[str] = set()
    for row in app.texts:
        if app.artifacts[row].type == "smali":
            for text, listing in _read_smali(app, row, refused):
                declared.update(one.type for one in listing.classes)
                yield text, listing
    java = [row for row in app.texts if app.artifacts[row].type == "java"]
    for row, listing in _read_java(app, java, refused, renamed) if java else ():
        classes = tuple(one for one in listing.classes if one.type not in declared)
        if classes or not listing.classes:
            yield row, replace(listing, classes=classes)


def _read_smali(app: App, row: int, refused: dict[int, str]) -> Iterator[tuple[int, Listing]]:
    from witnessmark.formats.smali import read_smali

    try:
        yield row, read_smali(bytes(app.blob(row)))
    except FormatError as error:
        refused[row] = f"cannot be read: {error.what}"


def _read_java(
    app: App, rows: Sequence[int], refused: dict[int, str], renamed: dict[str, str]
) -> Iterator[tuple[int, Listing]]:
    """All Java files at once, since one names what another declares."""
    from witnessmark.formats.java.read import read_java

    found: dict[str, int] = {}
    files: list[tuple[str, bytes]] = []
    for row in rows:
        name = app.path(row)
        try:
            files.append((name, bytes(app.blob(row))))
            found[name] = row
        except FormatError as error:
            refused[row] = f"cannot be read: {error.what}"
    listings = read_java(files)
    renamed.update(listings.renamed)
    for name, row in found.items():
        yield row, listings[name]


def _unread_gaps(app: App, unread: Sequence[tuple[int, Unread]]) -> Iterator[Gap]:
    """A gap for each text of which something was not read, the first places by line."""
    by_text: dict[int, list[Unread]] = {}
    for text, one in unread:
        if not one.missing:
            by_text.setdefault(text, []).append(one)
    for number, (text, lost) in enumerate(sorted(by_text.items())):
        if number >= MOST_GAPS:
            why = f"{len(by_text) - number} more source files were read in part only"
            yield Gap(app.path(text), why, HIDES)
            return
        blob = bytes(app.blob(text))
        places = [f"line {_line(blob, one.span)}: {one.says}" for one in lost[:GAPS_PER_TEXT]]
        more = f" (and {len(lost) - len(places)} more)" if len(lost) > len(places) else ""
        yield Gap(app.path(text), f"was read in part: {'; '.join(places)}{more}", HIDES)


def _missing_gaps(app: App, unread: Sequence[tuple[int, Unread]]) -> Iterator[Gap]:
    """A gap for each tree whose files name classes that are not there."""
    wanted: dict[int, Counter[str]] = {}
    for text, one in unread:
        if one.missing:
            wanted.setdefault(app.artifacts[text].parent, Counter())[one.missing] += 1
    for container, classes in sorted(wanted.items()):
        most = sorted(classes.items(), key=lambda item: (-item[1], item[0]))
        named = [f"{name} ({_files(count)})" for name, count in most[:CLASSES_NAMED]]
        more = f" and {len(most) - len(named)} more" if len(most) > len(named) else ""
        why = (
            f"{len(most)} classes that the source names are not here, so what they do, take and "
            f"return was not read: {', '.join(named)}{more}"
        )
        yield Gap(app.path(container), why, HIDES)


def _files(count: int) -> str:
    return "one file" if count == 1 else f"{count} files"


def _line(blob: bytes, span: Span) -> int:
    return blob.count(b"\n", 0, span.offset) + 1


def text_span_table(code: AssembledCode) -> Table:
    """Where in the texts each part of the assembled files stands."""
    blocks: list[Mapping[str, np.ndarray]] = []
    for row, one in zip(code.rows, code.files, strict=True):
        spans = one.spans
        blocks.append(
            {
                "artifact": np.full(len(spans), row, dtype=np.int32),
                "offset": spans.start,
                "length": spans.length,
                "text": spans.text,
                "text_offset": spans.offset,
                "text_length": spans.size,
            }
        )
    if not blocks:
        return Table.empty(TEXT_SPANS)
    names = TEXT_SPANS.column_names()
    return Table(
        TEXT_SPANS, {name: np.concatenate([block[name] for block in blocks]) for name in names}
    )
