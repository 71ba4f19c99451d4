"""What is told of an ELF file."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from witnessmark.model.location import Span

SymbolKind = Literal["import", "export"]
FileKind = Literal["library", "executable", "object", "core", "other"]


class Anomaly(Struct, frozen=True, order=True):
    """A place where the file contradicts its format and could be read all the same."""

    code: str
    says: str
    offset: int
    length: int

    @property
    def span(self) -> Span:
        """The bytes in question."""
        return Span(self.offset, self.length)


class Symbol(Struct, frozen=True):
    """A dynamic symbol that binds across files.

    ``name``     bytes of the string table read as UTF-8, undecodable ones replaced.
    ``address``  virtual address, 0 for an import.
    ``span``     the name in the string table, without the closing zero.
    """

    name: str
    kind: SymbolKind
    address: int
    span: Span


class NativeString(Struct, frozen=True):
    """A run of printable UTF-8 in read-only or initialised data; ``span`` is exactly its bytes."""

    text: str
    span: Span


class ElfFile(Struct, frozen=True):
    """One file.

    ``machine``   processor in the words of its tools (``aarch64``, ``arm``, ``x86_64``, ``i386``),
                  ``machine 243`` where unknown.
    ``soname``    the name it gives itself, empty for none.
    ``build_id``  the GNU build id in hex, empty for none.
    ``needed``    libraries to load with it, in order.
    ``symbols``   imports and exports in table order; local symbols are left out.
    """

    machine: str
    bits: Literal[32, 64]
    kind: FileKind
    soname: str
    build_id: str
    interpreter: str
    needed: tuple[str, ...]
    symbols: tuple[Symbol, ...]
    strings: tuple[NativeString, ...]
    anomalies: tuple[Anomaly, ...]
