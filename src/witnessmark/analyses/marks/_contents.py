"""What lies in an app as data: its files, what is packed in them, what a key of the app opens."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from witnessmark.analyses.bounded import first, too_large
from witnessmark.analyses.marks._keys import Keys
from witnessmark.analyses.marks._lists import inflated
from witnessmark.facts.tables.artifacts import ARTIFACTS
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.formats.zip import read_zip, unpack
from witnessmark.formats.zip.encrypted import is_locked, unlock
from witnessmark.knowledge.packs.comparisons import Comparison
from witnessmark.model.errors import FormatError
from witnessmark.model.evidence import Evidence
from witnessmark.package.detect import HEAD, detect_type

SYSTEM = kept_regex(
    r"(?:^|/)META-INF/|^(?:kotlin|okhttp3|DebugProbesKt)|\.(?:prof|profm|SF|MF)$|(?:^|/)res/(?!raw)|"
    r"(?:^|/)(?:AndroidManifest\.xml|apktool\.yml|classes\d*\.dex|resources\.arsc)$"
)
"""Files that builds and tools put into every app."""

BASE64 = kept_regex(rb"[A-Za-z0-9+/]+={0,2}")
PLAIN = frozenset({
    "text", "csv", "json", "properties", "xml", "sql", "js", "unknown", "high_entropy", "sqlite",
    "yaml", "pem",
})  # fmt: skip
SECRET = frozenset({"unknown", "high_entropy"})
LOOKED_INTO = PLAIN | {"zip", "gzip"}
HIDES = ("marks/watch_list", "marks/people_list")
SMALLEST = 48
LARGEST = 64 << 20
MOST_ENTRIES = 300
DEEPEST = 3


class Content(Struct, frozen=True):
    """Bytes to look for lists in.

    ``name``    for readers; ``member`` the file of the app that holds it, as code names it.
    ``kind``    what the bytes are, as `package.detect` tells; ``how`` what had to be done to
                get at them, in words, and ``opened_with`` the key's place in the app.
    """

    artifact: int
    name: str
    member: str
    kind: str
    data: memoryview
    how: tuple[str, ...] = ()
    opened_with: tuple[Evidence, ...] = ()

    def evidence(self, app: Facts) -> Evidence:
        """The whole file of the app by its digest, with what was done to read it."""
        table = app.table(ARTIFACTS)
        size, digest = int(table["size"][self.artifact]), str(table["sha256"][self.artifact])
        where = app.location(self.artifact, 0, size, "sha256", {"file": self.member})
        says = "the list, by the SHA-256 of the whole file"
        if not self.how:
            return Evidence(says, where, digest)
        told = f"{says}; {', then '.join(self.how)}"
        whole = Evidence(told, where, digest)
        if not self.opened_with:
            return whole
        return Evidence("the file and the key that opens it", because=(whole, *self.opened_with))


def contents(app: Facts, calls: tuple[Comparison, ...]) -> Sequence[Content]:
    """Everything that may hold lists, in the order of files; equal files once.

    ``calls`` are those of the pack ``comparisons`` that are given keys. Bounded by `LARGEST` for
    each content, `MOST_ENTRIES` for each archive, `DEEPEST` archives in one another.
    """
    return app.once(_contents, calls)


def _contents(app: Facts, calls: tuple[Comparison, ...]) -> Sequence[Content]:
    keys = Keys(app, [one for one in calls if one.role == "keys"])
    found: list[Content] = []
    seen: set[str] = set()
    for row, (kind, size, digest, member) in enumerate(
        app.table(ARTIFACTS).rows("type", "size", "sha256", "member")
    ):
        name = app.member_name(row)
        if not json.loads(member) or size < SMALLEST or digest in seen:
            continue
        if SYSTEM.search(name.rpartition("!")[2]):
            continue
        if kind in LOOKED_INTO and too_large(app, size, LARGEST, name, HIDES):
            continue
        if size > LARGEST:
            continue
        seen.add(digest)
        member_name = name.rpartition("!")[2]
        whole = Content(row, name, member_name, kind, app.blob(row))
        found.extend(_opened(app, whole, keys, DEEPEST))
    return found


def _opened(app: Facts, content: Content, keys: Keys, depth: int) -> Iterator[Content]:
    """A content, and what is in it."""
    if content.kind in PLAIN:
        yield content
    if depth == 0:
        return
    spelled = _from_base64(content) if content.kind == "text" else None
    if spelled is not None:
        yield from _opened(
            app, _inner(content, spelled, "", "decoded from Base64"), keys, depth - 1
        )
    if content.kind == "gzip":
        inside = inflated(content.data)
        if inside is not None:
            yield from _opened(
                app, _inner(content, inside, "", "unpacked from gzip"), keys, depth - 1
            )
    elif content.kind == "zip":
        yield from _entries(app, content, keys, depth)
    elif content.kind == "text":
        unmasked = keys.unmasked(content.data)
        if unmasked is not None:
            told = replace(_inner(content, memoryview(unmasked[1]), "", unmasked[0]),
                           opened_with=unmasked[2])  # fmt: skip
            yield from _opened(app, told, keys, depth - 1)
    elif content.kind in SECRET:
        for how, plain, places in keys.decrypted(content.data):
            told = replace(_inner(content, memoryview(plain), "", how), opened_with=places)
            yield from _opened(app, told, keys, depth - 1)


def _from_base64(content: Content) -> memoryview | None:
    """What a text spells that is nothing but Base64 (RFC 4648) of at least 64 bytes."""
    text = b"".join(bytes(content.data).split())
    if len(text) < 88 or not BASE64.fullmatch(text):
        return None
    try:
        return memoryview(base64.b64decode(text, validate=True))
    except binascii.Error:
        return None


def _inner(content: Content, data: memoryview, name: str, how: str) -> Content:
    """What lies in a content; ``name`` is its own name there, empty for none."""
    kind = detect_type(bytes(data[:HEAD]), name or content.name, whole=len(data) <= HEAD)
    shown = f"{content.name}!{name}" if name else content.name
    return Content(
        content.artifact, shown, content.member, kind, data, (*content.how, how),
        content.opened_with,
    )  # fmt: skip


def _entries(app: Facts, content: Content, keys: Keys, depth: int) -> Iterator[Content]:
    """Entries of an archive; locked ones with a password of the app."""
    try:
        archive = read_zip(content.data)
    except FormatError:
        return
    if any(one.name in ("classes.dex", "META-INF/MANIFEST.MF") for one in archive.entries):
        return
    what, name = "entries of this archive", content.name
    for entry in first(app, archive.entries, MOST_ENTRIES, what, name, HIDES):
        if entry.is_directory or entry.size < SMALLEST:
            continue
        if too_large(app, entry.size, LARGEST, f"{name}!{entry.name}", HIDES):
            continue
        how, places = f"entry {entry.name} of an archive", content.opened_with
        data: bytes | memoryview | None = None
        if is_locked(entry):
            for password, where in keys.passwords():
                try:
                    data = unlock(content.data, entry, password, LARGEST)
                except FormatError:
                    continue
                how += ", locked with a password that the app holds"
                places = (*places, where)
                break
        else:
            try:
                data = unpack(content.data, entry, LARGEST)
            except FormatError:
                data = None
        if data is not None:
            inner = _inner(content, memoryview(data), entry.name, how)
            yield from _opened(app, replace(inner, opened_with=places), keys, depth - 1)
