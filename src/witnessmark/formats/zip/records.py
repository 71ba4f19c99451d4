"""What a reader tells of a ZIP archive."""

from __future__ import annotations

from msgspec import Struct

from witnessmark.model.location import Span

STORED = 0
DEFLATED = 8
ENCRYPTED_FLAG = 0x0001
DESCRIPTOR_FLAG = 0x0008


class Anomaly(Struct, frozen=True, order=True):
    """A place where the archive contradicts its format and could be read all the same.

    ``code`` is a short stable name, ``says`` one sentence, ``offset`` and ``length`` the
    bytes of the archive it is about.
    """

    code: str
    says: str
    offset: int
    length: int


class ZipEntry(Struct, frozen=True):
    """One entry; sizes in bytes, spans in the archive.

    ``name``         decoded as UTF-8, or as code page 437 where it is none.
    ``raw_name``     as stored in the central directory.
    ``member_name``  unambiguous name for locations (see `witnessmark.model.location`).
    ``method``, ``flags``, ``crc32``, ``compressed_size``, ``size``  as the central directory
                     declares them, zip64 values applied.
    ``modified``     MS-DOS date in the upper, time in the lower 16 bits.
    ``local_header``  with name and extra field; length 0 where none stands there.
    ``central_header``  with name, extra field and comment; length 0 for an entry that
                     only its local header knows.
    ``data``         the packed bytes, cut where the file ends.
    ``made_by``, ``internal_attributes``, ``external_attributes``  raw values that Android
                     never reads, hence a place to hide data.
    """

    name: str
    raw_name: bytes
    member_name: str
    method: int
    flags: int
    crc32: int
    compressed_size: int
    size: int
    modified: int
    local_header: Span
    central_header: Span
    data: Span
    made_by: int = 0
    internal_attributes: int = 0
    external_attributes: int = 0

    @property
    def is_directory(self) -> bool:
        """Whether the name ends as a folder's does."""
        return self.name.endswith("/")


class ZipArchive(Struct, frozen=True):
    """An archive's entries and everything odd about it.

    ``entries``            central directory order; recovered ones follow.
    ``central_directory``  from its first header to the end of its last.
    ``end_record``         the record in use, without its comment; length 0 if there is none.
    ``comment``            the archive comment.
    ``signing_block``      bytes between the last entry and the central directory, if any.
    ``by_name``            the first entry of each name.
    """

    entries: tuple[ZipEntry, ...]
    anomalies: tuple[Anomaly, ...]
    central_directory: Span
    end_record: Span
    comment: Span
    signing_block: Span | None
    by_name: dict[str, ZipEntry]

    def find(self, name: str) -> ZipEntry | None:
        """The entry that Android's native code loads for ``name``: the first of that name.

        Newer versions refuse an archive with duplicates; those that do not
        (https://nvd.nist.gov/vuln/detail/CVE-2013-4787) verified the last and ran the first.
        """
        return self.by_name.get(name)
