"""APKs as parts of one app: their manifests, their code in load order, their splits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING

from witnessmark.formats.zip import ZipArchive
from witnessmark.model.errors import FormatError, InputError
from witnessmark.model.gap import Gap
from witnessmark.package.app import Part
from witnessmark.package.gather import Gathering

if TYPE_CHECKING:
    from witnessmark.formats.axml import XmlTree

MANIFEST = "AndroidManifest.xml"
INSTANT_RUN = "instant-run.zip"
CODE_CHAPTERS = ("takes", "keeps", "marks", "sends", "embeds", "hides", "orders")
MANIFEST_CHAPTERS = ("takes/permission", "asks", "orders")


def apk_part(gathering: Gathering, container: int, archive: ZipArchive) -> Part:
    """The part that the APK in ``container`` is; what cannot be read becomes gaps."""
    contents = {one.member: one.content for one in gathering.members if one.container == container}
    manifest = _content(archive, MANIFEST, contents)
    tree = read_manifest(gathering, manifest)
    if tree is None and manifest < 0:
        why = "holds no AndroidManifest.xml, so nothing tells its permissions and components"
        gathering.gaps.append(Gap(gathering.path(container), why, MANIFEST_CHAPTERS))
    dex = tuple(_dex_in_order(gathering, archive, contents))
    slices = _content(archive, INSTANT_RUN, contents)
    return Part(
        split_name(tree),
        container,
        archive,
        manifest,
        tree,
        _content(archive, "resources.arsc", contents),
        (*dex, *_instant_run(gathering, slices)),
    )


def _instant_run(gathering: Gathering, slices: int) -> Iterable[int]:
    """Code that a debug build keeps in an archive and loads itself when it starts.

    Source: Android Studio 2.0 to 3.4, Instant Run: the bootstrap application loads every dex
    file of this archive.
    """
    if slices < 0 or gathering.artifacts[slices].type != "zip":
        return ()
    try:
        gathering.list_container(slices, unpacking=True)
    except FormatError as error:
        why = f"the app's own code lies in this archive, which cannot be read: {error.what}"
        gathering.gaps.append(Gap(gathering.path(slices), why, CODE_CHAPTERS))
        return ()
    inside = [one for one in gathering.members if one.container == slices and one.type == "dex"]
    return [one.content for one in sorted(inside, key=lambda one: one.name) if one.content >= 0]


def _content(archive: ZipArchive, name: str, contents: Mapping[str, int]) -> int:
    entry = archive.find(name)
    return -1 if entry is None else contents.get(entry.member_name, -1)


def read_manifest(gathering: Gathering, artifact: int) -> XmlTree | None:
    """The XML in ``artifact``, binary or text; None, with a gap, where it cannot be read."""
    if artifact < 0:
        return None
    try:
        data = bytes(gathering.blobs.read(artifact))
        if gathering.artifacts[artifact].type == "axml":
            from witnessmark.formats.axml import read_axml

            return read_axml(data)
        from witnessmark.formats.textxml import read_text_xml

        return read_text_xml(data).tree
    except FormatError as error:
        why = f"the manifest cannot be read: {error.what}"
        gathering.gaps.append(Gap(gathering.path(artifact), why, MANIFEST_CHAPTERS))
        return None


def split_name(tree: XmlTree | None) -> str:
    """Value of the manifest's ``split`` attribute; empty for a base."""
    if tree is None:
        return ""
    split = tree.elements[0].attribute("split", "")
    return split.value if split is not None else ""


def package_name(part: Part) -> str:
    """Package that a part's manifest names; empty without a manifest."""
    package = part.tree.elements[0].attribute("package", "") if part.tree is not None else None
    return package.value if package is not None else ""


def _dex_in_order(
    gathering: Gathering, archive: ZipArchive, contents: Mapping[str, int]
) -> Iterable[int]:
    """classes.dex, classes2.dex, ... up to the first number that is missing, as ART loads them.

    Source: ``DexFileLoader::GetMultiDexClassesDexName`` and its callers in AOSP ``art/libdexfile``.
    """
    loaded = set()
    for number in count(1):
        name = "classes.dex" if number == 1 else f"classes{number}.dex"
        entry = archive.find(name)
        if entry is None:
            break
        loaded.add(entry.member_name)
        artifact = contents.get(entry.member_name, -1)
        if artifact >= 0 and gathering.artifacts[artifact].type == "dex":
            yield artifact
        elif artifact >= 0:
            why = f"is no dex file (its bytes are of type {gathering.artifacts[artifact].type})"
            gathering.gaps.append(Gap(gathering.path(artifact), why, CODE_CHAPTERS))
    for member, artifact in contents.items():
        if artifact >= 0 and member not in loaded and gathering.artifacts[artifact].type == "dex":
            why = "is code that Android does not load by itself; it was not read as code"
            gathering.gaps.append(Gap(gathering.path(artifact), why, CODE_CHAPTERS))


def arrange(gathering: Gathering, parts: Sequence[Part], *, chosen: bool) -> tuple[Part, ...]:
    """Base first, then splits by name.

    ``chosen`` says that a person named each APK, so that parts which contradict each other are
    an `InputError`; those out of one archive are variants, of which the first counts.
    """
    _same_package(parts)
    by_split: dict[str, Part] = {}
    for part in parts:
        first = by_split.setdefault(part.split, part)
        if first is part:
            continue
        if chosen:
            what = f"split {part.split!r}" if part.split else "base APK"
            raise InputError(
                f"{gathering.path(first.container)} and {gathering.path(part.container)} are both "
                f"the {what}; hand in one of them"
            )
        why = f"is another variant of {gathering.path(first.container)} and was not read as code"
        gathering.gaps.append(Gap(gathering.path(part.container), why, CODE_CHAPTERS))
    if parts and "" not in by_split:
        why = "the base APK is missing: only its splits were handed in"
        gathering.gaps.append(Gap(gathering.path(parts[0].container), why, MANIFEST_CHAPTERS))
    return tuple(by_split[name] for name in sorted(by_split))


def _same_package(parts: Sequence[Part]) -> None:
    packages = sorted({package_name(part) for part in parts if package_name(part)})
    if len(packages) > 1:
        raise InputError(
            f"these are {len(packages)} different apps ({', '.join(packages)}); "
            "examine one at a time"
        )
