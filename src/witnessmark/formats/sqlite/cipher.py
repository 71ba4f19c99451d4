"""SQLCipher databases, opened with a passphrase.

Source: SQLCipher design, zetetic.net/sqlcipher/design and the defaults of versions 2 to 4: the
first page begins with the salt, each page ends with vector and authentication code.
"""

from __future__ import annotations

from hashlib import pbkdf2_hmac

from msgspec import Struct

from witnessmark.formats.sqlite.read import MAGIC
from witnessmark.model.errors import FormatError

SALT = 16
LARGEST = 64 << 20


class Scheme(Struct, frozen=True):
    """Defaults of one version: digest and rounds of the key, page size, bytes kept at its end."""

    version: int
    digest: str
    rounds: int
    page: int
    reserved: int


SCHEMES = (
    Scheme(4, "sha512", 256_000, 4096, 80),
    Scheme(3, "sha1", 64_000, 1024, 48),
    Scheme(2, "sha1", 4_000, 1024, 48),
)


def open_cipher(data: bytes | memoryview, passphrase: bytes) -> tuple[Scheme, bytes]:
    """The scheme and the plain database; `FormatError` where the passphrase opens none."""
    view = memoryview(data)
    if not SALT < len(view) <= LARGEST:
        raise FormatError("no database of a size that can be decrypted", 0)
    for scheme in SCHEMES:
        if len(view) % scheme.page:
            continue
        salt = bytes(view[:SALT])
        key = pbkdf2_hmac(scheme.digest, passphrase, salt, scheme.rounds, 32)
        first = _page(view, 0, scheme, key)
        if _is_first(first, scheme):
            rest = (
                _page(view, at, scheme, key) for at in range(scheme.page, len(view), scheme.page)
            )
            return scheme, b"".join((first, *rest))
    raise FormatError("the passphrase does not open it", 0)


def _page(view: memoryview, at: int, scheme: Scheme, key: bytes) -> bytes:
    """A page in plain, padded to its size; the salt of the first is SQLite's magic again."""
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import CBC

    page = bytes(view[at : at + scheme.page])
    begin = SALT if at == 0 else 0
    end = scheme.page - scheme.reserved
    vector = page[end : end + 16]
    work = Cipher(AES(key), CBC(vector)).decryptor()
    plain = work.update(page[begin:end]) + work.finalize()
    head = MAGIC if at == 0 else b""
    return head + plain + bytes(scheme.reserved)


def _is_first(page: bytes, scheme: Scheme) -> bool:
    """Whether a page has the header of a database: its size, its reserve, the fractions."""
    size = int.from_bytes(page[16:18], "big")
    return size == scheme.page and page[20] == scheme.reserved and page[21:24] == b"\x40\x20\x20"
