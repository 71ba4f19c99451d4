"""Bundles for the store (.aab): one module a folder, manifests and resources as protobuf.

Source: developer.android.com/guide/app-bundle/app-bundle-format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from witnessmark.formats.patterns import kept_regex
from witnessmark.formats.zip import ZipArchive
from witnessmark.model.errors import FormatError, InputError
from witnessmark.model.gap import Gap
from witnessmark.package.app import Part
from witnessmark.package.gather import Gathering
from witnessmark.package.parts import CODE_CHAPTERS, MANIFEST_CHAPTERS

if TYPE_CHECKING:
    from witnessmark.formats.axml import XmlTree

MODULE_MANIFEST = kept_regex(r"([^/]+)/manifest/AndroidManifest\.xml")
DEX = kept_regex(r"classes(\d*)\.dex")
BASE = "base"


def is_bundle(archive: ZipArchive) -> bool:
    """Whether an archive is a bundle."""
    names = {entry.name for entry in archive.entries}
    return "BundleConfig.pb" in names or f"{BASE}/manifest/AndroidManifest.xml" in names


def bundle_parts(gathering: Gathering, row: int) -> list[Part]:
    """A part for each module; the base module is the app's base.

    Raises `InputError` for a bundle without any module.
    """
    members = {one.name: one.content for one in gathering.members if one.container == row}
    modules = [found[1] for name in sorted(members) if (found := MODULE_MANIFEST.fullmatch(name))]
    if not modules:
        name = gathering.path(row)
        raise InputError(f"{name} is an Android App Bundle without modules; get an undamaged copy")
    return [_part(gathering, row, module, members) for module in modules]


def _part(gathering: Gathering, row: int, module: str, members: dict[str, int]) -> Part:
    manifest = members.get(f"{module}/manifest/AndroidManifest.xml", -1)
    dex = sorted(
        (int(found[1] or 1), content)
        for name, content in members.items()
        if name.startswith(f"{module}/dex/") and content >= 0
        and (found := DEX.fullmatch(name.rpartition("/")[2])) is not None
    )  # fmt: skip
    for _, content in dex:
        if gathering.artifacts[content].type != "dex":
            gathering.gaps.append(Gap(gathering.path(content), "is no dex file", CODE_CHAPTERS))
    return Part(
        "" if module == BASE else module,
        row,
        None,
        manifest,
        _tree(gathering, manifest),
        members.get(f"{module}/resources.pb", -1),
        tuple(content for _, content in dex if gathering.artifacts[content].type == "dex"),
        root=f"{module}/",
    )


def _tree(gathering: Gathering, manifest: int) -> XmlTree | None:
    if manifest < 0:
        return None
    try:
        from witnessmark.formats.protobuf import read_xml_node

        return read_xml_node(bytes(gathering.blobs.read(manifest)))
    except FormatError as error:
        why = f"the manifest cannot be read: {error.what}"
        gathering.gaps.append(Gap(gathering.path(manifest), why, MANIFEST_CHAPTERS))
        return None
