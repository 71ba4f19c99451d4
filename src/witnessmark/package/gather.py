"""Lists what containers hold and unpacks what the other layers read."""

from __future__ import annotations

import hashlib
import zlib

from witnessmark.formats.zip import Unpacked, ZipArchive, ZipEntry, read_zip, unpack_noting
from witnessmark.formats.zip.records import DEFLATED
from witnessmark.model.errors import FormatError
from witnessmark.model.gap import Gap
from witnessmark.model.location import Span
from witnessmark.package.app import Artifact, Input, Member, Oddity, readable_path
from witnessmark.package.blobs import MEMBER_LIMIT, Blobs, Packed, Stored
from witnessmark.package.detect import HEAD, MEDIA, detect_type, looks_random
from witnessmark.package.folder import Folder

UNPACKED_AT_LEAST = 256 << 20
UNPACKED_PER_BYTE = 40
UNPACKED_AT_MOST = 4 << 30
"""Bytes unpacked from one input in all: some for any input, more for a larger one."""

SMALL = 1 << 20
MEDIA_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".wav", ".mp3", ".mp4", ".ogg", ".ttf",
                 ".otf", ".woff", ".woff2")  # fmt: skip
"""Names of files that are most likely listed only, so that their first bytes are looked at first.
"""

GAPS_PER_CONTAINER = 50
FIXED_TYPES = {"AndroidManifest.xml": "axml", "resources.arsc": "arsc"}
"""Names that Android reads as these types whatever their first bytes say."""


class Gathering:
    """Collects artifacts, members, oddities and gaps while inputs are opened."""

    def __init__(self, inputs: tuple[Input, ...], *, digests: bool = True) -> None:
        self.inputs = inputs
        self._digests = digests
        self.artifacts: list[Artifact] = []
        self.members: list[Member] = []
        self.oddities: list[Oddity] = []
        self.gaps: list[Gap] = []
        self.blobs = Blobs()
        self._left = [
            min(UNPACKED_AT_MOST, UNPACKED_AT_LEAST + UNPACKED_PER_BYTE * one.size)
            for one in inputs
        ]

    def add_file(self, number: int, data: memoryview) -> int:
        """Artifact of the file handed in as ``number``."""
        one = self.inputs[number]
        self.artifacts.append(Artifact(number, (), -1, one.type, one.size, one.sha256))
        return self.blobs.add(data)

    def add_folder(self, number: int, folder: Folder) -> int:
        """Artifact of the folder handed in as ``number``; its files become members."""
        container = self.add_file(number, memoryview(folder.listing))
        for one in folder.files:
            row = self.blobs.add(Stored(one.path, one.size))
            self.artifacts.append(
                Artifact(
                    number, (one.name,), container, one.type, one.size, one.sha256, one.sha1,
                    one.md5,
                )
            )  # fmt: skip
            self.members.append(
                Member(
                    container, one.name, one.name, 0, 0, one.size, one.size, one.type, row, one.line
                )
            )
        for name, why in folder.left_out:
            self.gaps.append(Gap(self.path(container, name), why, ("hides",)))
        return container

    def path(self, artifact: int, *below: str) -> str:
        """Input name and member chain, as people write it."""
        one = self.artifacts[artifact]
        return readable_path(self.inputs[one.input].name, (*one.member, *below))

    def list_container(self, artifact: int, *, unpacking: bool) -> ZipArchive:
        """Record the entries of the archive in ``artifact``; unpack them where asked to.

        Pictures, sound and fonts are listed only. Raises `FormatError` for what is no archive.
        """
        data = self.blobs.read(artifact)
        archive = read_zip(data)
        for anomaly in archive.anomalies:
            span = Span(anomaly.offset, anomaly.length)
            self.oddities.append(Oddity("zip", anomaly.code, anomaly.says, artifact, span))
        failed = 0
        for entry in archive.entries:
            failed += not self._add_member(artifact, data, entry, unpacking, failed)
        if failed > GAPS_PER_CONTAINER:
            why = f"{failed} members in all could not be unpacked"
            self.gaps.append(Gap(self.path(artifact), why, ("embeds", "hides")))
        return archive

    def _add_member(
        self, container: int, data: memoryview, entry: ZipEntry, unpacking: bool, failed: int
    ) -> bool:
        """Record one entry; whether it could be read as far as was asked."""
        whole = self._small(container, data, entry) if unpacking else None
        head = read_head(data, entry) if whole is None else bytes(whole.content[:HEAD])
        kind = "folder" if entry.is_directory else type_of(head, entry)
        content = -1
        try:
            if unpacking and kind != "folder" and kind not in MEDIA:
                content, kind = self._unpack(container, data, entry, kind, whole)
        except FormatError as error:
            if failed < GAPS_PER_CONTAINER:
                self._note_unread(container, entry, kind, error)
        self.members.append(
            Member(
                container, entry.name, entry.member_name, entry.method, entry.flags,
                entry.compressed_size, entry.size, kind, content,
                entry.central_header if entry.central_header.length else entry.local_header,
            )
        )  # fmt: skip
        return content >= 0 or not unpacking or kind == "folder" or kind in MEDIA

    def _limit(self, container: int) -> int:
        """Bytes to which a member may unpack."""
        return min(MEMBER_LIMIT, self._left[self.artifacts[container].input])

    def _small(self, container: int, data: memoryview, entry: ZipEntry) -> Unpacked | None:
        """A small packed entry that unpacks without oddities, so that its type is told from what
        is unpacked anyway; None for others, and for those that are hardly read.
        """
        if entry.method != DEFLATED or not 0 < entry.size <= SMALL or _looks_like_media(entry):
            return None
        try:
            unpacked = unpack_noting(data, entry, self._limit(container))
        except FormatError:
            return None
        return None if unpacked.anomalies else unpacked

    def _unpack(
        self, container: int, data: memoryview, entry: ZipEntry, kind: str, whole: Unpacked | None
    ) -> tuple[int, str]:
        parent = self.artifacts[container]
        unpacked = whole or unpack_noting(data, entry, self._limit(container))
        content = memoryview(unpacked.content)
        self._left[parent.input] -= len(content)
        if kind == "unknown" and looks_random(content):
            kind = "high_entropy"
        row = self.blobs.add(Packed(container, entry), content)
        digest = hashlib.sha256(content).hexdigest() if self._digests else ""
        chain = (*parent.member, entry.member_name)
        self.artifacts.append(Artifact(parent.input, chain, container, kind, len(content), digest))
        for anomaly in unpacked.anomalies:
            span = Span(anomaly.offset, anomaly.length)
            self.oddities.append(Oddity("zip", anomaly.code, anomaly.says, container, span))
        return row, kind

    def _note_unread(self, container: int, entry: ZipEntry, kind: str, error: FormatError) -> None:
        is_core = kind in ("dex", "axml", "arsc")
        hides = ("asks", "takes", "keeps", "sends") if is_core else ("hides",)
        at = self.path(container, entry.member_name)
        self.gaps.append(Gap(at, f"could not be unpacked: {error.what}", hides))


def _looks_like_media(entry: ZipEntry) -> bool:
    return entry.name.lower().endswith(MEDIA_ENDINGS)


def type_of(head: bytes, entry: ZipEntry) -> str:
    """Type of an entry by its first bytes and its name."""
    kind = detect_type(head, entry.name, whole=entry.size <= HEAD)
    return FIXED_TYPES.get(entry.name, kind) if kind == "unknown" else kind


def read_head(data: memoryview, entry: ZipEntry) -> bytes:
    """The first `HEAD` unpacked bytes of an entry, as far as they can be had."""
    packed = data[entry.data.offset : entry.data.end]
    if entry.method != DEFLATED:
        return bytes(packed[: min(HEAD, entry.size)])
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed[: 4 * HEAD], HEAD)
    except zlib.error:
        return b""
