"""An app as it lies in its files: containers, members, parts, and the bytes behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec import field as structs_field

from witnessmark.formats.zip import ZipArchive
from witnessmark.model.gap import Gap
from witnessmark.model.location import Span
from witnessmark.package.blobs import Blobs

if TYPE_CHECKING:
    from witnessmark.formats.axml import XmlTree


class Input(Struct, frozen=True):
    """A file handed in; hashes are lower-case hex of its bytes.

    A folder counts as one, its name ends with a slash: its hashes are those of the listing of
    its files.
    """

    name: str
    size: int
    sha256: str
    sha1: str
    md5: str
    type: str


class Artifact(Struct, frozen=True):
    """A blob that was read: a file handed in, or a member unpacked from one.

    ``input``   index of the file handed in.
    ``member``  chain of member names, empty for the file itself.
    ``parent``  artifact of the container it was unpacked from, -1 for a file.
    ``size``, ``sha256``  of the unpacked bytes; ``sha1`` and ``md5`` of files in a folder.
    """

    input: int
    member: tuple[str, ...]
    parent: int
    type: str
    size: int
    sha256: str
    sha1: str = ""
    md5: str = ""


class Member(Struct, frozen=True):
    """An entry as a container's directory lists it.

    ``content``  artifact of its unpacked bytes, -1 when they were not unpacked.
    ``record``   its directory record (local header where no directory lists it), in the container.
    """

    container: int
    name: str
    member: str
    method: int
    flags: int
    packed: int
    size: int
    type: str
    content: int
    record: Span


class Oddity(Struct, frozen=True):
    """An anomaly that ``format``'s reader met at a span of an artifact."""

    format: str
    code: str
    says: str
    artifact: int
    span: Span


class Part(Struct, frozen=True):
    """One APK of an app (the base or a split), or files handed in without an APK around them.

    ``split``      split name, empty for the base.
    ``container``  artifact of the APK, -1 for bare files.
    ``manifest``, ``resources``  artifacts, -1 for none; ``tree`` the manifest as read.
    ``dex``        artifacts in the order in which Android loads them.
    ``texts``      artifacts of smali and Java source, in the order in which their classes count.
    ``root``       of a folder, how the names of members begin that lie beside its manifest.
    ``images``     artifacts that are no dex files but hold some.
    ``said``       what a decoder took out of the manifest and noted elsewhere, by the key that the
                   table of the app has for it.
    """

    split: str
    container: int
    archive: ZipArchive | None
    manifest: int
    tree: XmlTree | None
    resources: int
    dex: tuple[int, ...]
    texts: tuple[int, ...] = ()
    root: str = ""
    said: Mapping[str, str] = structs_field(default_factory=dict)
    images: tuple[int, ...] = ()

    @property
    def resource_key(self) -> int:
        """What its resource table is known by: its artifact, else the folder of its files."""
        return self.resources if self.resources >= 0 else self.container


class App(Struct, frozen=True, eq=False):
    """All inputs as one app; ``parts`` has the base first, splits by name after it."""

    inputs: tuple[Input, ...]
    artifacts: tuple[Artifact, ...]
    members: tuple[Member, ...]
    parts: tuple[Part, ...]
    oddities: tuple[Oddity, ...]
    gaps: tuple[Gap, ...]
    blobs: Blobs

    @property
    def dex(self) -> tuple[int, ...]:
        """Artifacts that hold the app's code, in load order."""
        return tuple(artifact for part in self.parts for artifact in part.dex)

    @property
    def texts(self) -> tuple[int, ...]:
        """Artifacts that hold the app's code as text."""
        return tuple(artifact for part in self.parts for artifact in part.texts)

    @property
    def images(self) -> tuple[int, ...]:
        """Artifacts that hold dex files somewhere inside."""
        return tuple(artifact for part in self.parts for artifact in part.images)

    def blob(self, artifact: int) -> memoryview:
        """Unpacked bytes of an artifact; unpacked again when they were dropped meanwhile."""
        return self.blobs.read(artifact)

    def of_type(self, *types: str) -> tuple[int, ...]:
        """Artifacts of the given types, in order."""
        return tuple(row for row, one in enumerate(self.artifacts) if one.type in types)

    def path(self, artifact: int) -> str:
        """Input name and member chain, as people write it: ``app.apk!classes.dex``."""
        one = self.artifacts[artifact]
        return readable_path(self.inputs[one.input].name, one.member)


def readable_path(name: str, member: Sequence[str]) -> str:
    """Name of an input and chain of members; what is in a folder follows its slash."""
    return name + "!".join(member) if name.endswith("/") else "!".join((name, *member))
