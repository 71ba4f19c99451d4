"""A folder that was examined as one input, or that holds the files examined.

As one input, its hash is that of the lines that ``sha256sum`` prints for its files, sorted by
name; which files belong to it, case.json lists. A quotation from a member is re-read from that
file, one without member from those lines.
"""

import hashlib
import os
from pathlib import Path
from typing import Any

DIGESTS = ("sha256", "sha1", "md5")
NAMED = 5
"""Files that differ are named up to this number."""


class Folder:
    """The files of a folder that case.json lists, as they are now."""

    def __init__(self, root: Path, members: list[dict[str, Any]]) -> None:
        self._paths = dict(_files(root))
        self._names = sorted(
            (str(one.get("name")) for one in members), key=lambda name: name.encode()
        )
        self._recorded = {str(one.get("name")): one for one in members}
        self.size = 0
        self.changed: list[str] = []
        self._lines: dict[str, list[bytes]] = {kind: [] for kind in DIGESTS}
        for name in self._names:
            self._hash(name)
        self.listing = b"".join(self._lines["sha256"])

    def _hash(self, name: str) -> None:
        path = self._paths.get(name)
        if path is None:
            self.changed.append(f"{name} is missing")
            return
        data = path.read_bytes()
        self.size += len(data)
        recorded = self._recorded[name]
        for kind in DIGESTS:
            digest = hashlib.new(kind, data, usedforsecurity=False).hexdigest()
            self._lines[kind].append(listing_line(digest, name))
            if recorded.get(kind) != digest and kind == "sha256":
                self.changed.append(f"{name} was changed")

    def digest(self, kind: str) -> str:
        """Hash of the listing that the same kind of hash gives."""
        lines = b"".join(self._lines[kind])
        return hashlib.new(kind, lines, usedforsecurity=False).hexdigest()

    def read(self, name: str) -> bytes:
        """Content of a file; ValueError when the folder has none of that name."""
        path = self._paths.get(name) if name in self._recorded else None
        if path is None:
            raise ValueError(f"there is no file {name!r}")
        return path.read_bytes()


def listing_line(digest: str, name: str) -> bytes:
    """A line as ``sha256sum`` prints it; a backslash before it says that the name is escaped."""
    escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    mark = "\\" if escaped != name else ""
    return f"{mark}{digest}  {escaped}\n".encode()


def _files(root: Path) -> list[tuple[str, Path]]:
    """Files below ``root`` by name, links left out; bytes that are no UTF-8 spelled out."""
    found: list[tuple[str, Path]] = []
    waiting = [("", root)]
    while waiting:
        before, folder = waiting.pop()
        for entry in os.scandir(folder):
            name = before + os.fsencode(entry.name).decode("utf-8", "backslashreplace")
            if entry.is_dir(follow_symlinks=False):
                waiting.append((f"{name}/", Path(entry.path)))
            elif entry.is_file(follow_symlinks=False):
                found.append((name, Path(entry.path)))
    return found


def matching_inputs(
    root: Path, inputs: list[dict[str, Any]], faults: list[str]
) -> dict[str, Folder | bytes]:
    """By hash, the input that the folder ``root`` is, or those that lie in it as files.

    Empty, with faults said, when it is none and none lies in it.
    """
    best: list[str] | None = None
    for one in inputs:
        members = one.get("members")
        if not isinstance(members, list) or not all(isinstance(m, dict) for m in members):
            continue
        folder = Folder(root, members)
        if folder.digest("sha256") == one.get("sha256"):
            return {str(one.get("sha256")): folder}
        if str(one.get("name")).endswith("/") and (best is None or len(folder.changed) < len(best)):
            best = folder.changed
    inside = _inputs_inside(root, inputs)
    if inside:
        return dict(inside)
    told = "; ".join((best or [])[:NAMED])
    more = f" and {len(best) - NAMED} more" if best and len(best) > NAMED else ""
    faults.append(
        f"{root.name}: it is none of the folders examined, or was changed"
        + (f": {told}{more}" if told else "")
    )
    return {}


def _inputs_inside(root: Path, inputs: list[dict[str, Any]]) -> dict[str, bytes]:
    """Files below ``root`` that were examined, by hash; a file of another size is not read."""
    sizes = {str(one.get("sha256")): one.get("size") for one in inputs}
    found: dict[str, bytes] = {}
    for _, path in _files(root):
        if path.stat().st_size in sizes.values():
            data = path.read_bytes()
            digest = hashlib.sha256(data).hexdigest()
            if digest in sizes:
                found[digest] = data
    return found
