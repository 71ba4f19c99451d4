"""Terms of forms and administration with their English, one line a term.

Files ``data/glossary/<lang>-<domain>.csv`` have the columns ``term, gloss, domain, origin``: the
origin is a word of ``origins.csv`` beside them, which says what stands behind it, or a sentence of
its own ("my dictionary of 1998").
"""

import csv
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from witnessmark.knowledge.load import DATA, LARGEST_FILE, data_files
from witnessmark.knowledge.schema import Entry
from witnessmark.model.errors import KnowledgeError

COLUMNS = ("term", "gloss", "domain", "origin")
ORIGINS = "origins.csv"


class Term(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One term; ``id`` is ``lang/term``, ``says`` its English, ``source`` where that is from.

    ``domain``  what it belongs to: ``police``, ``health``, ``kin`` and so on; ``app`` for ordinary
                words of apps, ``country`` for names of countries.
    """

    domain: str

    @property
    def lang(self) -> str:
        """BCP 47 tag."""
        return self.id.partition("/")[0]

    @property
    def term(self) -> str:
        """The term as written."""
        return self.id.partition("/")[2]


ENTRY = Term


def read_file(path: Path) -> Iterator[Term]:
    """Terms of one file; none of the file of origins. KnowledgeError names what is wrong."""
    if path.name == ORIGINS:
        return
    lang = path.stem.partition("-")[0]
    origins = {**_origins(DATA / "glossary" / ORIGINS), **_origins(path.parent / ORIGINS)}
    for term, gloss, domain, origin in _rows(path, COLUMNS):
        source = origins.get(origin, origin)
        yield Term(id=f"{lang}/{term}", says=gloss, domain=domain, source=source)


@cache
def languages() -> frozenset[str]:
    """Languages of the terms that come with witnessmark, by the names of their files."""
    files = data_files(DATA / "glossary")
    return frozenset(path.stem.partition("-")[0] for path in files if path.name != ORIGINS)


@lru_cache(maxsize=8)
def _origins(path: Path) -> Mapping[str, str]:
    if not path.is_file():
        return {}
    return {row[0]: row[1] for row in _rows(path, ("origin", "says"))}


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[list[str]]:
    if path.stat().st_size > LARGEST_FILE:
        raise KnowledgeError(f"glossary/{path.name}: larger than {LARGEST_FILE} bytes")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"glossary/{path.name}: not UTF-8 at byte {error.start}") from None
    reader = csv.reader(text.splitlines(), strict=True)
    try:
        if tuple(next(reader, ())) != columns:
            raise _wrong(path, 1, f"the columns must be {', '.join(columns)}")
        for row in reader:
            if len(row) != len(columns) or not all(row):
                raise _wrong(path, reader.line_num, f"expected {len(columns)} cells, none empty")
            yield row
    except csv.Error as error:
        raise _wrong(path, reader.line_num, str(error)) from None


def _wrong(path: Path, line: int, what: str) -> KnowledgeError:
    return KnowledgeError(f"glossary/{path.name}: line {line}: {what}")
