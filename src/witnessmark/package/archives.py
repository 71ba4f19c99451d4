"""Archives handed in: an APK, a set of APKs in an archive, archives in archives, a decoded app
that somebody packed, a library, a bundle for the store.
"""

from __future__ import annotations

from witnessmark.formats.zip import ZipArchive
from witnessmark.formats.zip.records import ENCRYPTED_FLAG
from witnessmark.model.errors import FormatError, InputError
from witnessmark.model.gap import Gap
from witnessmark.package.app import Part
from witnessmark.package.bundle import bundle_parts, is_bundle
from witnessmark.package.gather import Gathering
from witnessmark.package.parts import CODE_CHAPTERS, MANIFEST, apk_part
from witnessmark.package.tree import tree_part

PACKAGE_ENDINGS = (".apk",)
COMPANION_ENDINGS = (".obb",)
DEEPEST = 4
"""Archives in archives that are looked into for APKs."""


def open_archive(gathering: Gathering, row: int) -> tuple[list[Part], bool]:
    """The parts in the archive of ``row``, and whether it is an archive of APKs.

    Raises `InputError` for an archive without anything of an app.
    """
    archive = gathering.list_container(row, unpacking=True)
    if is_bundle(archive):
        return bundle_parts(gathering, row), True
    if archive.find(MANIFEST) is None and archive.find("classes.dex") is None:
        packages = _preferred(gathering, _packages(gathering, row, 0))
        if packages:
            return [_nested_part(gathering, one) for one in packages], True
    part = _part(gathering, row, archive)
    if part is None:
        raise InputError(_refusal(gathering, row, archive))
    list_nested(gathering, row)
    return [part], False


def _part(gathering: Gathering, row: int, archive: ZipArchive) -> Part | None:
    """The archive as an APK or as a decoded app; None for one that is neither."""
    types = {one.type for one in gathering.members if one.container == row}
    manifest = next(
        (one.type for one in gathering.members if one.container == row and one.name == MANIFEST), ""
    )
    has_code = archive.find("classes.dex") is not None
    if manifest in ("", "xml") and not has_code and (manifest or types & {"smali", "java"}):
        part = tree_part(gathering, row)
        if archive.find("classes.jar") is not None:
            why = ("holds Java classes, which are not read; make dex code of them (d8 classes.jar) "
                   "and hand it in beside this file")  # fmt: skip
            gathering.gaps.append(Gap(gathering.path(row, "classes.jar"), why, CODE_CHAPTERS))
        return part if part.tree is not None or part.texts else None
    part = apk_part(gathering, row, archive)
    return part if part.tree is not None or part.dex or part.resources >= 0 else None


def nested_archives(gathering: Gathering, container: int) -> list[int]:
    """Archives that lie directly in a container and were unpacked."""
    return [
        one.content
        for one in gathering.members
        if one.container == container and one.type == "zip" and one.content >= 0
    ]


def _packages(gathering: Gathering, container: int, depth: int) -> list[int]:
    """APKs in a container, also those in archives in it; companions are listed on the way."""
    found: list[int] = []
    others: list[int] = []
    for one in nested_archives(gathering, container):
        is_package = gathering.path(one).lower().endswith(PACKAGE_ENDINGS)
        (found if is_package else others).append(one)
    for one in others:
        is_companion = gathering.path(one).lower().endswith(COMPANION_ENDINGS)
        if not (found or is_companion or depth < DEEPEST):
            continue
        if _listed(gathering, one, unpacking=is_companion or not found) and not found:
            found += _packages(gathering, one, depth + 1)
    return found


def _listed(gathering: Gathering, row: int, *, unpacking: bool) -> bool:
    """List an archive; whether it can be read, with a gap where not."""
    try:
        gathering.list_container(row, unpacking=unpacking)
    except FormatError as error:
        why = f"an archive inside cannot be read: {error.what}"
        gathering.gaps.append(Gap(gathering.path(row), why, ("embeds", "hides")))
        return False
    return True


def _preferred(gathering: Gathering, packages: list[int]) -> list[int]:
    """Of a device set (``splits/`` beside ``standalones/``), one way to install the app."""
    splits = [one for one in packages if "splits/" in gathering.path(one)]
    universal = [one for one in packages if gathering.path(one).endswith("!universal.apk")]
    return universal or splits or packages


def _nested_part(gathering: Gathering, row: int) -> Part:
    try:
        archive = gathering.list_container(row, unpacking=True)
    except FormatError as error:
        raise InputError(f"{gathering.path(row)} is no readable APK: {error.what}") from error
    return apk_part(gathering, row, archive)


def list_nested(gathering: Gathering, container: int) -> None:
    """List archives inside an app; their code is not the app's until something loads it."""
    listed = {one.container for one in gathering.members}
    for row in nested_archives(gathering, container):
        if row in listed or not _listed(gathering, row, unpacking=False):
            continue
        holds_code = any(one.container == row and one.type == "dex" for one in gathering.members)
        why = "an archive inside the app was listed, its content was not examined"
        hides = CODE_CHAPTERS if holds_code else ("embeds", "hides")
        gathering.gaps.append(Gap(gathering.path(row), why, hides))


def list_companion(gathering: Gathering, row: int) -> None:
    """List a companion file (.obb), its content unpacked so that it can be searched."""
    if gathering.artifacts[row].type == "zip":
        _listed(gathering, row, unpacking=True)
        return
    why = "is a companion file in a format of its own; it was listed, its content not examined"
    gathering.gaps.append(Gap(gathering.path(row), why, ("asks", "marks", "sends", "hides")))


def _refusal(gathering: Gathering, row: int, archive: ZipArchive) -> str:
    """What an archive is that is no app, and what to do."""
    name = gathering.path(row)
    names = [entry.name for entry in archive.entries]
    if any(entry.flags & ENCRYPTED_FLAG for entry in archive.entries):
        says = "a zip archive locked with a password; unpack it first and hand in the .apk inside"
    elif any(one.startswith("Payload/") and ".app/" in one for one in names):
        says = "an iOS app (.ipa); witnessmark reads Android apps, so hand in an .apk"
    elif "[Content_Types].xml" in names:
        says = "an office document; hand in an .apk"
    elif any(one.endswith(".class") for one in names):
        says = ("a Java archive (.jar) without dex code; make dex code of it (d8 FILE.jar), or "
                "hand in the .apk that was built from it")  # fmt: skip
    elif MANIFEST in names:
        says = "an APK whose manifest cannot be read and that holds no code; get an undamaged copy"
    elif not names:
        says = "an empty or truncated zip archive; get an undamaged copy"
    else:
        says = "a zip archive without Android manifest or dex code; hand in the .apk itself"
    return f"{name} is {says}"
