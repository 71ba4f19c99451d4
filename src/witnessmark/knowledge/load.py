"""Load knowledge packs: folders of data files, checked against their schema.

A CSV file has one entry a row and a column a field; an empty cell leaves the field at its
default, and a field that holds several values separates them by `` | ``. A YAML file is a list of
entries. Lines of a CSV file that start with ``#`` are remarks. Files of a pack are read in the
order of their names.

A user's own packs lie in a folder of the same shape, ``FOLDER/<pack>/*.csv|*.yaml``. They add to
the packs of that name, and their examples are proved when they are loaded.
"""

from __future__ import annotations

import csv
import hashlib
import importlib
import importlib.util
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar, get_origin, get_type_hints

import msgspec

from witnessmark.knowledge import schema
from witnessmark.knowledge.check import problems_of
from witnessmark.knowledge.kept import digest_of, kept_entries
from witnessmark.knowledge.schema import Entry
from witnessmark.model.errors import KnowledgeError

DATA = Path(__file__).parent / "data"
"""The packs that come with witnessmark."""

LARGEST_FILE = 16 << 20
"""Bytes a data file may have."""

LARGE = frozenset({"glossary"})
"""Packs that take long to read and that many apps need nothing of."""

E = TypeVar("E", bound=Entry)
Made = TypeVar("Made")


class Knowledge:
    """Packs by name; a pack is a tuple of entries of one type (see `knowledge.schema`)."""

    def __init__(
        self,
        packs: Mapping[str, tuple[Any, ...]],
        later: Mapping[str, Callable[[], tuple[Any, ...]]] | None = None,
    ) -> None:
        """``later`` are packs that are read when they are first asked for."""
        self._packs = dict(packs)
        self._later = dict(later or {})
        self._made: dict[Callable[..., Any], Any] = {}

    def once(self, make: Callable[[Knowledge], Made]) -> Made:
        """``make(knowledge)``, made once: what is compiled from packs is shared by all that ask."""
        if make not in self._made:
            self._made[make] = make(self)
        found: Made = self._made[make]
        return found

    def pack(self, name: str) -> tuple[Any, ...]:
        """Entries of the pack ``name``; KeyError when an analysis did not declare it."""
        if name in self._later:
            self._packs[name] = self._later.pop(name)()
        return self._packs[name]

    def is_unread(self, name: str) -> bool:
        """Whether a pack was not asked for yet, and is as it came with witnessmark."""
        return name in self._later

    def entries(self, name: str, kind: type[E]) -> tuple[E, ...]:
        """The same, checked to be of ``kind``; TypeError when they are not."""
        found = self.pack(name)
        for entry in found:
            if not isinstance(entry, kind):
                raise TypeError(f"pack {name} holds {type(entry).__name__}, not {kind.__name__}")
        return found


def load(names: Iterable[str], extra: Sequence[Path] = ()) -> Knowledge:
    """The packs ``names``, each with what the folders ``extra`` add to it.

    KnowledgeError names the file and the entry that is wrong.
    """
    wanted = sorted(set(names))
    later = {name: partial(load_pack, name) for name in wanted if name in LARGE and not extra}
    return Knowledge({name: load_pack(name, extra) for name in wanted if name not in later}, later)


def load_pack(name: str, extra: Sequence[Path] = ()) -> tuple[Entry, ...]:
    """Entries of one pack in the order of files and rows; ids are unique.

    A pack has a module ``packs/<name>.py``; KnowledgeError for a pack nobody defined. A module
    whose files have a shape of their own binds ``read_file``.
    """
    kind = entry_type(name)
    read = getattr(_module(name), "read_file", partial(read_file, kind=kind))
    if not extra:
        module = Path(str(_module(name).__file__))
        made_from = (*data_files(DATA / name), module)
        return kept_entries(name, kind, made_from, lambda: _read_pack(name, read, ()), _made_by())
    return _read_pack(name, read, extra)


@cache
def _made_by() -> bytes:
    """Stands for the code that entries of all packs are made by."""
    return digest_of([Path(str(one.__file__)) for one in (schema, sys.modules[__name__])])


def _read_pack(
    name: str, read: Callable[[Path], Iterator[Entry]], extra: Sequence[Path]
) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    origin: dict[str, Path] = {}
    for folder in (DATA, *extra):
        for path in data_files(folder / name):
            for entry in read(path):
                if entry.id in origin:
                    raise _wrong(path, entry.id, f"the id is taken in {origin[entry.id].name}")
                if folder is not DATA:
                    _prove(path, entry)
                origin[entry.id] = path
                entries.append(entry)
    return tuple(entries)


def entry_type(name: str) -> type[Entry]:
    """Type of the entries of a pack."""
    kind = _module(name).ENTRY
    if not (isinstance(kind, type) and issubclass(kind, Entry)):
        raise KnowledgeError(f"packs/{name}.py: ENTRY must be a type of entries")
    return kind


def _module(name: str) -> ModuleType:
    module_name = f"witnessmark.knowledge.packs.{name}"
    if not name.isidentifier() or name[0] == "_" or importlib.util.find_spec(module_name) is None:
        raise KnowledgeError(f"no knowledge pack is called {name!r}")
    return importlib.import_module(module_name)


def data_files(folder: Path) -> tuple[Path, ...]:
    """CSV and YAML files in a folder and below it, by path; none when there is no such folder."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(folder / name for name in _data_files(str(folder))))


def read_file(path: Path, kind: type[E]) -> Iterator[E]:
    """Entries of one data file; KnowledgeError names the entry that does not fit ``kind``."""
    rows = _csv_rows(path, kind) if path.suffix == ".csv" else _yaml_rows(path)
    for number, row in enumerate(rows, 1):
        try:
            yield msgspec.convert(row, kind, strict=path.suffix != ".csv")
        except msgspec.ValidationError as error:
            named = row.get("id") if isinstance(row, dict) else None
            raise _wrong(path, str(named or f"number {number}"), str(error)) from None


def data_version(extra: Sequence[Path] = ()) -> str:
    """SHA-256 over names and content of all data files, so that a case can name its knowledge."""
    digest = hashlib.sha256()
    for folder in (DATA, *extra):
        for name in sorted(_data_files(str(folder))):
            with open(os.path.join(folder, name), "rb") as file:  # noqa: PTH118, PTH123 - 100 files
                content = file.read()
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _data_files(folder: str) -> Iterator[str]:
    """Names of the data files below a folder, with slashes between their parts."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from (f"{entry.name}/{name}" for name in _data_files(entry.path))
        elif entry.name.endswith((".csv", ".yaml")):
            yield entry.name


def _text(path: Path) -> str:
    if path.stat().st_size > LARGEST_FILE:
        raise KnowledgeError(f"{_told(path)}: larger than {LARGEST_FILE} bytes")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{_told(path)}: not UTF-8 at byte {error.start}") from None


def _csv_rows(path: Path, kind: type[Entry]) -> Iterator[dict[str, Any]]:
    several = {name for name, hint in get_type_hints(kind).items() if get_origin(hint) is tuple}
    lines = (line for line in _text(path).splitlines() if not line.startswith("#"))
    reader = csv.DictReader(lines, strict=True)
    try:
        for row in reader:
            if None in row or None in row.values():
                raise _wrong(
                    path, str(row.get("id")), "the row has more or fewer cells than the header"
                )
            yield {
                name: tuple(part.strip() for part in cell.split(" | ")) if name in several else cell
                for name, cell in row.items()
                if cell != ""
            }
    except csv.Error as error:
        raise KnowledgeError(f"{_told(path)}: line {reader.line_num}: {error}") from None


def _yaml_rows(path: Path) -> Sequence[Any]:
    # Importing and parsing YAML costs more than most packs; CSV packs never pay for it.
    import yaml

    try:
        rows = yaml.load(_text(path), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{_told(path)}: {error}") from None
    if not isinstance(rows, list):
        raise KnowledgeError(f"{_told(path)}: expected a list of entries")
    return rows


def _prove(path: Path, entry: Entry) -> None:
    for problem in problems_of(entry):
        raise _wrong(path, entry.id, problem)


def _wrong(path: Path, entry: str, what: str) -> KnowledgeError:
    return KnowledgeError(f"{_told(path)}: entry {entry}: {what}")


def _told(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
