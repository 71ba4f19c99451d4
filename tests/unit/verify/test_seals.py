"""Hostile seals: a ValueError, never anything else."""

from __future__ import annotations

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as some

from witnessmark.verify.signatures import plain_signature, ssh_signature
from witnessmark.verify.timestamps import time_stamp


@given(some.binary(max_size=300))
def test_any_bytes_are_refused_politely(data: bytes) -> None:
    armour = b"-----BEGIN SSH SIGNATURE-----\n", b"\n-----END SSH SIGNATURE-----\n"
    for check, seal in (
        (time_stamp, data),
        (time_stamp, b"\x30\x82" + struct.pack(">H", len(data)) + data),
        (ssh_signature, data),
        (ssh_signature, base64.b64encode(b"SSHSIG\0\0\0\1" + data).join(armour)),
        (plain_signature, data),
    ):
        with pytest.raises(ValueError):  # noqa: PT011 - its words differ by what is wrong
            check(seal, b"message")
