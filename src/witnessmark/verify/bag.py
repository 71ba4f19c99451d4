"""A bundle: a bag of files in which every file is listed with its hash.

Source: RFC 8493, The BagIt File Packaging Format 1.0, sections 2.1 and 3. Stricter than that:
the lists must be spelled exactly as they would be written, so that no byte can change unseen.
Signatures and a time stamp of the last list may lie beside it.
"""

import hashlib
from pathlib import Path

from .signatures import plain_signature, ssh_signature
from .timestamps import time_stamp

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAYLOAD = "manifest-sha256.txt"
TAGS = "tagmanifest-sha256.txt"
SIGNATURES = (f"{TAGS}.sig", f"{TAGS}.ed25519", f"{TAGS}.tsr")
"""Made after the lists were, hence in none of them."""

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
    tags = [name for name in files if name not in (*payload, TAGS, *SIGNATURES)]
    for name, members in ((PAYLOAD, payload), (TAGS, tags)):
        expected = listing({member: (bag / member).read_bytes() for member in members})
        found = (bag / name).read_bytes() if (bag / name).is_file() else b""
        if found != expected:
            faults.append(f"{name}: {_difference(found, expected)}")
    return faults


def seal_notes(bag: Path, faults: "list[str]") -> "list[str]":
    """What signatures and time stamps of a bundle say; what does not hold goes to ``faults``."""
    message = (bag / TAGS).read_bytes() if (bag / TAGS).is_file() else b""
    notes = []
    for name in SIGNATURES:
        if (bag / name).is_file():
            try:
                notes.append(f"{name}: {_seal_note(name, (bag / name).read_bytes(), message)}")
            except (ValueError, StopIteration) as error:
                faults.append(f"{name}: {error or 'it is cut off'}")
    return notes


def _seal_note(name: str, seal: bytes, message: bytes) -> str:
    if name.endswith(".tsr"):
        stamp = time_stamp(seal, message)
        return f"stamped at {stamp.time}; its signature {stamp.signature}"
    check = ssh_signature if name.endswith(".sig") else plain_signature
    signed = check(seal, message)
    if not signed.holds:
        raise ValueError(f"it is not the signature of {TAGS}")
    return (
        f"signed with the Ed25519 key {signed.fingerprint}; compare that with what the signer "
        "told you"
    )


def listing(files: "dict[str, bytes]") -> bytes:
    """A manifest: hash and name a line, by name."""
    return b"".join(
        f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n".encode() for name in sorted(files)
    )


def _difference(found: bytes, expected: bytes) -> str:
    known, here = set(found.splitlines()), set(expected.splitlines())
    names = sorted({line[66:].decode("utf-8", "replace") for line in known ^ here})
    return f"the files differ from the list: {', '.join(names) or 'its spelling'}"
