"""A database as SQLCipher 4 writes it, made for the fixture app of lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark.formats.sqlite import open_cipher, read_sqlite
from witnessmark.model.errors import FormatError

VAULT = Path(__file__).parents[3] / "apps/lists/assets/vault.dat"


def test_the_passphrase_opens() -> None:
    scheme, plain = open_cipher(VAULT.read_bytes(), b"invented-passphrase")
    assert scheme.version == 4
    file = read_sqlite(plain)
    (table,) = [one for one in file.objects if one.type == "table"]
    assert (table.name, file.count(table.root)) == ("wanted", 5)


@pytest.mark.parametrize("data", [b"", b"short", bytes(4096), bytes(5000)])
def test_what_is_no_such_database_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        open_cipher(data, b"invented-passphrase")


def test_another_passphrase_is_refused() -> None:
    with pytest.raises(FormatError):
        open_cipher(VAULT.read_bytes(), b"invented")
