"""What is told of an APK's signatures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, Protocol

from msgspec import Struct

from witnessmark.model.location import Span

Content = bytes | memoryview
Scheme = Literal["v1", "v2", "v3", "v3.1"]
State = Literal["verified", "failed", "absent", "unreadable"]

Unpack = Callable[[Any], Content]
"""Content of one of the archive's entries; raises `FormatError` where it cannot be had."""


class Entry(Protocol):
    """What signatures need to know of a zip entry."""

    @property
    def raw_name(self) -> bytes:
        """Name as stored."""

    @property
    def name(self) -> str:
        """Name as text."""

    @property
    def member_name(self) -> str:
        """Name that locations use."""


class Archive(Protocol):
    """What signatures need to know of a zip archive; spans in the file."""

    @property
    def entries(self) -> Sequence[Entry]:
        """Entries in directory order."""

    @property
    def central_directory(self) -> Span:
        """First to last central header."""

    @property
    def end_record(self) -> Span:
        """End of central directory record without its comment."""

    @property
    def signing_block(self) -> Span | None:
        """Bytes between the last entry and the central directory, whatever they are."""


class Problem(Struct, frozen=True):
    """Something that does not hold.

    ``offset`` and ``length`` count in the unpacked ``member``, or in the file if that is empty.
    """

    says: str
    offset: int
    length: int
    member: str = ""


class Certificate(Struct, frozen=True):
    """An X.509 certificate as it stands; nothing of it is checked against a clock or an issuer.

    ``subject`` and ``issuer`` follow RFC 4514; ``not_before`` and ``not_after`` are ISO 8601 in
    UTC; ``key`` is kind and size, ``RSA 2048``; the digests are lower-case hex over the DER,
    which stands at ``offset`` in ``member`` (in the file if that is empty).
    """

    subject: str
    issuer: str
    serial: int
    not_before: str
    not_after: str
    key: str
    sha256: str
    sha1: str
    md5: str
    offset: int
    length: int
    member: str = ""


class Signer(Struct, frozen=True):
    """One signer of one scheme.

    ``certificates``  the signing certificate first, as far as any could be read.
    ``algorithms``    names of the signature algorithms used, strongest first.
    ``min_sdk``, ``max_sdk``  Android versions it is meant for; None where the scheme has none.
    ``lineage``       certificates of the proof of rotation, oldest first, if there is a valid one.
    ``source``        member that holds a v1 signature; empty for the others.
    """

    state: State
    certificates: tuple[Certificate, ...]
    algorithms: tuple[str, ...] = ()
    min_sdk: int | None = None
    max_sdk: int | None = None
    lineage: tuple[Certificate, ...] = ()
    source: str = ""


class SchemeResult(Struct, frozen=True):
    """Outcome for one scheme, with the problems that explain it.

    ``failed`` is what Android would refuse, ``unreadable`` what could not be checked here.
    """

    scheme: Scheme
    state: State
    signers: tuple[Signer, ...] = ()
    problems: tuple[Problem, ...] = ()


class BlockPair(Struct, frozen=True):
    """An id-value pair of the APK Signing Block; ``span`` is its value in the file."""

    id: int
    name: str
    span: Span


class Signatures(Struct, frozen=True):
    """All schemes (v1, v2, v3, v3.1, in this order), the block's pairs, and disagreements."""

    schemes: tuple[SchemeResult, ...]
    block: Span | None
    pairs: tuple[BlockPair, ...]
    problems: tuple[Problem, ...]
    mismatches: tuple[Problem, ...]

    def scheme(self, name: Scheme) -> SchemeResult:
        """The outcome for the scheme of that name."""
        return next(result for result in self.schemes if result.scheme == name)
