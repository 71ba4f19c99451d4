"""Keys that an app holds, tried on what is encrypted in it.

Candidates are texts and byte arrays of the classes that are given keys of ciphers, archives or
databases. A key counts when what it opens is of a known format or text; nothing is guessed
beyond the forms in which such code makes keys of texts.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from witnessmark.analyses.bounded import first
from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.code import (
    ARRAY_PAYLOADS,
    CALLS,
    FIELDS,
    INSTRUCTIONS,
    METHODS,
    STATIC_VALUES,
    STRING_USES,
)
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader
from witnessmark.flow.values.ciphers import CipherError, deciphered
from witnessmark.formats.sqlite import open_cipher
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.packs.comparisons import Comparison
from witnessmark.model.distinct import among
from witnessmark.model.errors import FormatError
from witnessmark.model.evidence import Evidence
from witnessmark.model.gap import Gap
from witnessmark.package.detect import HEAD, detect_type

SHORTEST, LONGEST = 3, 64
MOST_TEXTS, MOST_PASSPHRASES = 200, 8
MOST_FILES = 12
HIDES = ("marks/watch_list", "marks/people_list")
UNTRIED = "were not tried with keys of the app"
TOO_MANY_FILES = f"files that may be encrypted, behind the first {MOST_FILES}, {UNTRIED}"
TOO_MANY_KEYS = f"texts that may be keys, behind the first {MOST_TEXTS}, were not tried"
PROBE = 2048
"""Bytes of a file that are decrypted to see whether a key opens it."""

BLOCK = 16
XOR_LITERALS = (0xD7, 0xDF)
MASK = "exclusive or with one byte"

KNOWN = frozenset({"sqlite", "zip", "gzip", "xml", "json", "png", "jpeg", "pdf", "bzip2", "xz"})
TEXTUAL = frozenset({"text", "json", "xml", "csv", "properties", "sql"})
DATABASES = ("getWritableDatabase", "getReadableDatabase", "openOrCreateDatabase", "openDatabase")

Opened = tuple[str, bytes, tuple[Evidence, ...]]


class Candidate(Struct, frozen=True):
    """Bytes that may be a key, as the app has them, and where."""

    value: bytes
    where: Evidence


class Keys:
    """Candidates of one app, collected when first asked for."""

    def __init__(self, app: Facts, calls: Sequence[Comparison]) -> None:
        self._app = app
        self._calls = calls
        self._files = 0

    def passwords(self) -> Iterator[tuple[bytes, Evidence]]:
        """Candidates for the password of an archive."""
        for one in self._candidates:
            yield one.value, one.where

    def decrypted(self, data: memoryview) -> Iterator[Opened]:
        """What a candidate opens, the first that does; with words and the key's place."""
        if not (self._candidates or self._masks):
            return
        if self._files >= MOST_FILES:
            self._app.leave_out(Gap("marks/watch_list", TOO_MANY_FILES, HIDES))
            return
        self._files += 1
        unmasked = self.unmasked(data)
        if unmasked is not None:
            yield unmasked
            return
        for name in self._ciphers:
            attempt = _CIPHERS[name]
            for one in self._candidates:
                for key in _forms(one.value):
                    for vector in self._vectors(name, key):
                        plain = attempt(key, vector, data, PROBE)
                        if plain is not None and _tells(name, plain, len(data)):
                            whole = _unpadded(attempt(key, vector, data, len(data)) or plain)
                            how = f"decrypted by {name} with a key that the app holds"
                            yield how, whole, (one.where,)
                            return
        yield from self._database(data)

    def unmasked(self, data: memoryview) -> Opened | None:
        """What ``data`` is when each byte is combined with one number of the app; None for none.

        Masked text may look like text of other letters; what comes out must be words.
        """
        for mask in self._masks:
            plain = _xor(mask.value, b"", data, PROBE)
            known = plain is not None and _tells(MASK, plain, len(data))
            if plain is not None and known and _letters(plain) > _letters(data[:PROBE]):
                whole = _xor(mask.value, b"", data, len(data)) or plain
                how = "every byte combined by exclusive or with a number that the app holds"
                return how, whole, (mask.where,)
        return None

    def _vectors(self, name: str, key: bytes) -> Iterator[bytes]:
        if "CBC" not in name:
            yield b""
            return
        size = 8 if name.startswith("DES") else 16
        yield bytes(size)
        yield key[:size]
        yield from (one.value for one in self._candidates if len(one.value) == size)

    def _database(self, data: memoryview) -> Iterator[Opened]:
        what, at = "passphrases of databases", "marks/watch_list"
        for one in first(self._app, self._passphrases, MOST_PASSPHRASES, what, at, HIDES):
            try:
                scheme, plain = open_cipher(data, one.value)
            except FormatError:
                continue
            how = f"opened as a database of SQLCipher {scheme.version} with a passphrase of the app"
            yield how, plain, (one.where,)
            return

    @cached_property
    def _classes(self) -> Mapping[int, bool]:
        """Classes outside libraries that are given keys; true where a database is opened."""
        app = self._app
        names = CodeNames(app, framework_model())
        members = [Member(one.owner, one.member) for one in self._calls]
        told, calls = not_of_libraries(app), app.table(CALLS)
        classes: dict[int, bool] = {}
        for method, (member, *_) in names.methods(members, below=True).items():
            for call in app.calls_of(method):
                caller = int(calls["method"][call])
                if told[caller]:
                    owner = int(app.table(METHODS)["class"][caller])
                    classes[owner] = classes.get(owner, False) or member.name in DATABASES
        return classes

    @cached_property
    def _ciphers(self) -> Sequence[str]:
        """Ciphers that the classes name; AES and exclusive or are tried in any case."""
        texts = " ".join(one.value.decode("latin-1").upper() for one in self._candidates)
        named = {"AES", "exclusive"} | {name for name in ("DES", "RC4") if name in texts}
        named |= {"triple"} if "DESEDE" in texts else set()
        return [name for name in _CIPHERS if name.split(" ")[0] in named]

    @cached_property
    def _candidates(self) -> Sequence[Candidate]:
        return tuple(self._texts(set(self._classes))) + tuple(self._arrays(set(self._classes)))

    @cached_property
    def _masks(self) -> Sequence[Candidate]:
        """Numbers with which code outside libraries combines bytes by exclusive or."""
        app, told = self._app, not_of_libraries(self._app)
        table = app.table(INSTRUCTIONS)
        rows = np.flatnonzero(among(table["opcode"], XOR_LITERALS) & told[table["method"]])
        reader, found = CodeReader(app), dict[int, Candidate]()
        for method in sorted({int(method) for method in table["method"][rows]})[:MOST_TEXTS]:
            code = reader.read(method)
            for one in code.instructions if code is not None else ():
                number = one.literal & 0xFF
                if one.opcode in XOR_LITERALS and -0x100 < one.literal < 0x100 and number:
                    where = app.quote_instruction(
                        "the number with which bytes are combined stands here", method, one.pc
                    )
                    found.setdefault(number, Candidate(bytes([number]), where))
        return tuple(found.values())

    @cached_property
    def _passphrases(self) -> Sequence[Candidate]:
        return tuple(self._texts({row for row, database in self._classes.items() if database}))

    def _texts(self, classes: set[int]) -> Iterator[Candidate]:
        app, seen = self._app, set[str]()
        uses, owners = app.table(STRING_USES), app.table(METHODS)["class"]
        inside = among(owners[uses["method"]], sorted(classes))
        strings = [
            (int(uses["string"][row]), int(uses["method"][row]), int(uses["pc"][row]))
            for row in np.flatnonzero(inside).tolist()
        ]
        fields = app.table(FIELDS)["class"]
        for field, kind, ref in app.table(STATIC_VALUES).rows("field", "kind", "ref"):
            if kind == "string" and int(fields[field]) in classes:
                strings.append((ref, -1, -1))
        for string, method, pc in strings:
            text = app.string(string)
            if SHORTEST <= len(text) <= LONGEST and text not in seen:
                if len(seen) >= MOST_TEXTS:
                    app.leave_out(Gap("marks/watch_list", TOO_MANY_KEYS, HIDES))
                    return
                seen.add(text)
                place: dict[str, str | int] = {}
                if method >= 0:
                    place = {"method": app.method_signature(method), "pc": pc}
                yield Candidate(
                    text.encode("utf-8", "surrogatepass"),
                    app.quote_string("the key stands here in the app", string, place),
                )

    def _arrays(self, classes: set[int]) -> Iterator[Candidate]:
        app = self._app
        owners = app.table(METHODS)["class"]
        for method, width, count, artifact, offset, length in app.table(ARRAY_PAYLOADS).rows(
            "method", "width", "count", "artifact", "offset", "length"
        ):
            if width == 1 and 8 <= count <= LONGEST and int(owners[method]) in classes:
                value = bytes(app.blob(artifact)[offset : offset + length])[:count]
                says = "the key stands here in the app"
                yield Candidate(value, app.quote(says, artifact, offset, length, "hex"))


def _forms(value: bytes) -> Iterator[bytes]:
    """Keys that code makes of a text: as it is, cut or filled, its digests, what it spells."""
    seen: set[bytes] = set()
    # Weak digests, because apps make keys of them.
    md5, sha1 = hashlib.md5(value).digest(), hashlib.sha1(value).digest()  # noqa: S324
    forms = [
        value, value[:16].ljust(16, b"\0"), md5, md5.hex().encode(), md5.hex()[:16].encode(),
        hashlib.sha256(value).digest(), sha1[:16], value[:32].ljust(32, b"\0"), value[:8],
    ]  # fmt: skip
    forms += _spelled(value)
    for form in forms:
        if form not in seen:
            seen.add(form)
            yield form


def _spelled(value: bytes) -> list[bytes]:
    found = []
    with contextlib.suppress(ValueError):
        found.append(bytes.fromhex(value.decode("ascii")))
    with contextlib.suppress(ValueError):
        found.append(base64.b64decode(value, validate=True))
    return [one for one in found if len(one) in (8, 16, 24, 32)]


def _unpadded(plain: bytes) -> bytes:
    """Without the padding of PKCS #7 (RFC 5652, section 6.3), where it is there."""
    size = plain[-1] if plain else 0
    return plain[:-size] if 0 < size <= 16 and plain.endswith(bytes([size]) * size) else plain


def _tells(cipher: str, plain: bytes, size: int) -> bool:
    """Whether bytes that ``cipher`` gave of a file of ``size`` bytes are of a known format, or text
    to the last byte: of a block cipher with its padding, so that few bytes suffice.
    """
    kind = detect_type(plain[:HEAD], "", whole=False)
    if kind in KNOWN:
        return True
    text = _unpadded(plain) if len(plain) == size else plain
    lines = text.count(b"\n") + text.count(b",") + text.count(b"|") > 2
    padded = "mode" in cipher and len(plain) == size and text != plain
    if padded and "ECB" in cipher and len(text) >= FEWEST_PADDED:
        return lines and detect_type(text[:HEAD], "", whole=len(text) <= HEAD) in TEXTUAL
    # A wrong vector spoils the first block alone; its letters then differ from all others.
    alike = set(plain[:BLOCK]) <= set(plain[BLOCK:])
    return kind in TEXTUAL and len(plain) >= 256 and lines and alike


def _letters(data: bytes | memoryview) -> bool:
    """Whether most bytes are lower-case letters, digits, or of a text beyond ASCII."""
    raw = bytes(data)
    return sum(one in WORDLIKE for one in raw) * 10 >= 7 * len(raw)


WORDLIKE = frozenset({*b"abcdefghijklmnopqrstuvwxyz0123456789.", *range(0x80, 0x100)})
FEWEST_PADDED = 40
"""Bytes of text whose letters, and padding beside them, no wrong key gives."""


Attempt = Callable[[bytes, bytes, memoryview, int], bytes | None]


def _block(transformation: str, sizes: tuple[int, ...], block: int) -> Attempt:
    def attempt(key: bytes, vector: bytes, data: memoryview, most: int) -> bytes | None:
        if len(key) not in sizes or len(data) % block:
            return None
        part = bytes(data[: min(most, len(data)) // block * block])
        try:
            return deciphered(
                f"{transformation}/NoPadding", key, vector, part, encrypt=False, most=len(part)
            )
        except CipherError:
            return None

    return attempt


def _xor(key: bytes, _vector: bytes, data: memoryview, most: int) -> bytes | None:
    if not key:
        return None
    part = np.frombuffer(data[:most], np.uint8)
    pad = np.frombuffer(key, np.uint8)
    repeated = np.tile(pad, len(part) // len(pad) + 1)[: len(part)]
    return (part ^ repeated).tobytes()


def _rc4(key: bytes, _vector: bytes, data: memoryview, most: int) -> bytes | None:
    if len(key) < 5:
        return None
    part = bytes(data[: 512 if most == PROBE else most])
    try:
        return deciphered("RC4", key, b"", part, encrypt=False, most=len(part))
    except CipherError:
        return None


_CIPHERS: Mapping[str, Attempt] = {
    "AES in ECB mode": _block("AES/ECB", (16, 24, 32), 16),
    "AES in CBC mode": _block("AES/CBC", (16, 24, 32), 16),
    "DES in ECB mode": _block("DES/ECB", (8,), 8),
    "DES in CBC mode": _block("DES/CBC", (8,), 8),
    "triple DES in ECB mode": _block("DESede/ECB", (24,), 8),
    "exclusive or": _xor,
    "RC4": _rc4,
}
