"""case.json: what was examined, with which versions and options."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

CaseMember = tuple[str, int, str] | tuple[str, int, str, str, str]
"""Name, size, SHA-256, and of files SHA-1 and MD5."""

MEMBER_KEYS = ("name", "size", "sha256", "sha1", "md5")


class CaseInput(Struct, frozen=True):
    """A file handed in, its hashes, and its members as (name, size, SHA-256 or empty).

    A folder is one too, its name ends with a slash: its hashes are those of its listing, and its
    files also have SHA-1 and MD5.
    """

    name: str
    size: int
    sha256: str
    sha1: str
    md5: str
    members: tuple[CaseMember, ...]


def case_json(
    inputs: Iterable[CaseInput],
    *,
    version: str,
    knowledge: str,
    analyses: Mapping[str, int],
    options: Mapping[str, Any],
) -> bytes:
    """The bytes of case.json, format ``witnessmark-case/1``.

    ``knowledge`` is the digest of all knowledge used, ``analyses`` the version of each that ran.
    A member that was not unpacked has an empty hash.
    """
    record = {
        "format": "witnessmark-case/1",
        "tool": {"name": "witnessmark", "version": version},
        "knowledge": knowledge,
        "analyses": dict(sorted(analyses.items())),
        "options": dict(sorted(options.items())),
        "inputs": [
            {
                "name": one.name,
                "size": one.size,
                "sha256": one.sha256,
                "sha1": one.sha1,
                "md5": one.md5,
                "members": [dict(zip(MEMBER_KEYS, member, strict=False)) for member in one.members],
            }
            for one in inputs
        ],
    }
    text = json.dumps(record, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "surrogatepass") + b"\n"
