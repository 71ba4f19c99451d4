"""A bundle: a bag of files in which every file is listed with its hash.

Source: RFC 8493, The BagIt File Packaging Format 1.0, sections 2.1 and 3. Stricter than that:
the lists must be spelled exactly as they would be written, so that no byte can change unseen.
"""

import hashlib
from pathlib import Path

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAYLOAD = "manifest-sha256.txt"
TAGS = "tagmanifest-sha256.txt"
CASE = "data/case"
"""Where the case lies in a bundle."""


def is_bag(folder: Path) -> bool:
    """Whether a folder claims to be a bundle."""
    return (folder / "bagit.txt").is_file()


def bag_faults(bag: Path) -> "list[str]":
    """What of a bundle is not as its lists say."""
    faults = []
    if (bag / "bagit.txt").read_bytes() != DECLARATION.encode():
        faults.append("bagit.txt: it is not the declaration of a bundle")
    files = sorted(one.relative_to(bag).as_posix() for one in bag.rglob("*") if one.is_file())
    payload = [name for name in files if name.startswith("data/")]
    tags = [name for name in files if name not in payload and name != TAGS]
    for name, members in ((PAYLOAD, payload), (TAGS, tags)):
        expected = listing({member: (bag / member).read_bytes() for member in members})
        found = (bag / name).read_bytes() if (bag / name).is_file() else b""
        if found != expected:
            faults.append(f"{name}: {_difference(found, expected)}")
    return faults


def listing(files: "dict[str, bytes]") -> bytes:
    """A manifest: hash and name a line, by name."""
    return b"".join(
        f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n".encode() for name in sorted(files)
    )


def _difference(found: bytes, expected: bytes) -> str:
    known, here = set(found.splitlines()), set(expected.splitlines())
    names = sorted({line[66:].decode("utf-8", "replace") for line in known ^ here})
    return f"the files differ from the list: {', '.join(names) or 'its spelling'}"
