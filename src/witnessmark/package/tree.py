"""An app that was unpacked or decoded into files: the layouts of apktool and jadx, parts of
them, and source code as it is.

Source: apktool.org/docs (files that decoding writes); github.com/skylot/jadx (``sources`` and
``resources``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from witnessmark.formats.patterns import kept_regex
from witnessmark.model.gap import Gap
from witnessmark.package.app import Member, Part
from witnessmark.package.gather import Gathering
from witnessmark.package.parts import (
    CODE_CHAPTERS,
    MANIFEST,
    MANIFEST_CHAPTERS,
    read_manifest,
    split_name,
)

CODE_FOLDER = kept_regex(r"(?:^|/)smali(?:_classes(\d+))?/")
DEX_NAME = kept_regex(r"(?:^|/)classes(\d*)\.dex$")
NOTED = kept_regex(
    r"^[ \t]*(minSdkVersion|targetSdkVersion|versionCode|versionName)[ \t]*:[ \t]*(\S.*?)[ \t\r]*$",
    re.MULTILINE,
)
NOTED_KEYS = {
    "minSdkVersion": "min_sdk", "targetSdkVersion": "target_sdk",
    "versionCode": "version_code", "versionName": "version_name",
}  # fmt: skip
RESOURCE = kept_regex(
    r"(?:^|/)(res/(?:values|layout|xml|menu|drawable|raw|color|mipmap)(?:-[^/]+)?/[^/]+)$"
)
LONGEST_NOTES = 1 << 20
ORIGINALS = "original/"
"""Where apktool keeps files as they were, beside what it made of them."""


def tree_part(gathering: Gathering, container: int) -> Part:
    """The part that the files of a folder are."""
    members = [one for one in gathering.members if one.container == container and one.content >= 0]
    manifest = _manifest(gathering, members)
    beside = manifest.member.removesuffix(MANIFEST) if manifest is not None else ""
    root = _resource_root(members, beside)
    content = manifest.content if manifest is not None else -1
    by_name = {one.member: one.content for one in members}
    tree = read_manifest(gathering, content)
    said = _said(gathering, by_name.get(f"{beside}apktool.yml", -1))
    if manifest is None:
        why = "holds no AndroidManifest.xml, so nothing tells its permissions and components"
        gathering.gaps.append(Gap(gathering.path(container), why, MANIFEST_CHAPTERS))
    texts = _texts(members)
    kotlin = [one for one in members if one.type == "kotlin"]
    if kotlin:
        why = f"{len(kotlin)} Kotlin files are not read, the first is {kotlin[0].member}"
        gathering.gaps.append(Gap(gathering.path(container), why, (*CODE_CHAPTERS, "asks")))
    dex = _dex(gathering, members, bool(texts))
    if not texts and not dex:
        why = "holds no code: neither smali nor Java source nor dex files"
        gathering.gaps.append(Gap(gathering.path(container), why, CODE_CHAPTERS))
    resources = by_name.get(f"{root}resources.arsc", -1)
    if resources < 0 and not any(one.member.startswith(f"{root}res/") for one in members):
        why = (
            "holds no resources (no folder named res), so screens and words in files were not read"
        )
        gathering.gaps.append(Gap(gathering.path(container), why, ("asks", "marks")))
    return Part(split_name(tree), container, None, content, tree, resources, dex, texts, root, said)


def _resource_root(members: Sequence[Member], beside: str) -> str:
    """Start of the names of members under which ``res/`` lies: beside the manifest, if there."""
    found = {
        one.member[: match.start(1)]
        for one in members
        if not is_kept_aside(one.member) and (match := RESOURCE.search(one.member)) is not None
    }
    if beside in found or not found:
        return beside
    return min(found, key=lambda root: (root.count("/"), root))


def _said(gathering: Gathering, artifact: int) -> Mapping[str, str]:
    """Versions that apktool moves from the manifest into its own file."""
    if artifact < 0:
        return {}
    text = bytes(gathering.blobs.read(artifact)[:LONGEST_NOTES]).decode("utf-8", "replace")
    said: dict[str, str] = {}
    for match in NOTED.finditer(text):
        said.setdefault(NOTED_KEYS[match[1]], match[2].strip("'\""))
    return said


def _manifest(gathering: Gathering, members: Sequence[Member]) -> Member | None:
    """The manifest that lies least deep, those that apktool keeps aside left out."""
    found = sorted(
        (one for one in members if one.member.rpartition("/")[2] == MANIFEST),
        key=lambda one: (is_kept_aside(one.member), one.member.count("/"), one.member),
    )
    for one in found[1:]:
        if not is_kept_aside(one.member):
            why = f"is another manifest than {found[0].member}, which counts; it was not read"
            gathering.gaps.append(Gap(gathering.path(one.content), why, MANIFEST_CHAPTERS))
    return found[0] if found else None


def is_kept_aside(name: str) -> bool:
    """Whether a member is a file as it was, of which the decoder wrote another form."""
    return name.startswith(ORIGINALS) or f"/{ORIGINALS}" in name


def _texts(members: Sequence[Member]) -> tuple[int, ...]:
    """Smali in the order of its dex files, then Java."""
    smali = [one for one in members if one.type == "smali"]
    java = [one for one in members if one.type == "java"]
    smali.sort(key=lambda one: (_dex_number(one.member), one.member))
    return tuple(one.content for one in (*smali, *sorted(java, key=lambda one: one.member)))


def _dex_number(name: str) -> int:
    found = CODE_FOLDER.search(name)
    return int(found[1] or 1) if found is not None else 1 << 30


def _dex(gathering: Gathering, members: Sequence[Member], has_text: bool) -> tuple[int, ...]:
    """Dex files of an unpacked APK in load order; those beside source code are not the app's."""
    named: Mapping[int, int] = {
        int(found[1] or 1): one.content
        for one in members
        if one.type == "dex" and "/" not in one.member
        and (found := DEX_NAME.search(one.member)) is not None
    }  # fmt: skip
    loaded = [] if has_text else [named[number] for number in sorted(named)]
    for one in members:
        if one.type == "dex" and one.content not in loaded:
            why = "is code that Android does not load by itself; it was not read as code"
            gathering.gaps.append(Gap(gathering.path(one.content), why, CODE_CHAPTERS))
    return tuple(loaded)
