"""From files handed in to one `App`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from witnessmark.formats.zip import ZipArchive
from witnessmark.formats.zip.records import ENCRYPTED_FLAG
from witnessmark.model.errors import FormatError, InputError
from witnessmark.model.gap import Gap
from witnessmark.package.app import App, Part
from witnessmark.package.gather import Gathering
from witnessmark.package.inputs import open_files
from witnessmark.package.parts import CODE_CHAPTERS, apk_part, arrange, read_manifest, split_name
from witnessmark.package.tree import tree_part

PACKAGE_ENDINGS = (".apk",)


def open_input(paths: Sequence[Path]) -> App:
    """Open one app: an APK, an archive of split APKs, several split APKs, a folder into which
    an app was unpacked or decoded, or bare files.

    Bare files are .dex, a binary AndroidManifest.xml, resources.arsc and .so. Raises
    `InputError`, in a sentence that says what to do, where nothing of an app can be read.
    """
    files = open_files(paths)
    gathering = Gathering(tuple(one.input for one in files))
    rows = [
        gathering.add_file(number, one.data)
        if one.folder is None
        else gathering.add_folder(number, one.folder)
        for number, one in enumerate(files)
    ]
    apks = [row for row in rows if gathering.artifacts[row].type == "zip"]
    chosen: list[Part] = []
    bundled: list[Part] = []
    for row in apks:
        parts, is_bundle = _open_archive(gathering, row)
        (bundled if is_bundle else chosen).extend(parts)
    trees = [row for row in rows if gathering.artifacts[row].type == "folder"]
    chosen += [_tree_part(gathering, row) for row in trees]
    parts_in_order = arrange(gathering, bundled + chosen, chosen=not bundled)
    bare = _bare_part(gathering, [row for row in rows if row not in (*apks, *trees)])
    return App(
        gathering.inputs,
        tuple(gathering.artifacts),
        tuple(gathering.members),
        parts_in_order + ((bare,) if bare is not None else ()),
        tuple(dict.fromkeys(gathering.oddities)),
        tuple(sorted(set(gathering.gaps))),
        gathering.blobs,
    )


def _tree_part(gathering: Gathering, row: int) -> Part:
    part = tree_part(gathering, row)
    for one in _nested_archives(gathering, row):
        _list_nested(gathering, one)
    return part


def _open_archive(gathering: Gathering, row: int) -> tuple[list[Part], bool]:
    """The parts in the archive of ``row``, and whether it is an archive of APKs."""
    archive = gathering.list_container(row, unpacking=True)
    nested = _nested_archives(gathering, row)
    if archive.find("AndroidManifest.xml") is None and archive.find("classes.dex") is None:
        packages = [one for one in nested if gathering.path(one).lower().endswith(PACKAGE_ENDINGS)]
        packages = _preferred(gathering, packages)
        if packages:
            return [_nested_part(gathering, one) for one in packages], True
        _refuse(gathering, row, archive)
    part = apk_part(gathering, row, archive)
    if part.tree is None and not part.dex and part.resources < 0:
        _refuse(gathering, row, archive)
    for one in nested:
        _list_nested(gathering, one)
    return [part], False


def _nested_archives(gathering: Gathering, container: int) -> list[int]:
    return [
        one.content
        for one in gathering.members
        if one.container == container and one.type == "zip" and one.content >= 0
    ]


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


def _list_nested(gathering: Gathering, row: int) -> None:
    """List an archive inside an APK; its code is not the app's until something loads it."""
    try:
        gathering.list_container(row, unpacking=False)
    except FormatError as error:
        why = f"an archive inside the app cannot be read: {error.what}"
        gathering.gaps.append(Gap(gathering.path(row), why, ("embeds", "hides")))
        return
    holds_code = any(one.container == row and one.type == "dex" for one in gathering.members)
    why = "an archive inside the app was listed, its content was not examined"
    hides = CODE_CHAPTERS if holds_code else ("embeds", "hides")
    gathering.gaps.append(Gap(gathering.path(row), why, hides))


def _bare_part(gathering: Gathering, rows: Sequence[int]) -> Part | None:
    """Files handed in without an APK around them, as one part."""
    if not rows:
        return None
    by_type: dict[str, list[int]] = {}
    for row in rows:
        by_type.setdefault(gathering.artifacts[row].type, []).append(row)
    manifest = by_type.get("axml", [-1])[0]
    tree = read_manifest(gathering, manifest)
    resources = by_type.get("arsc", [-1])[0]
    return Part(
        split_name(tree), -1, None, manifest, tree, resources, tuple(by_type.get("dex", ()))
    )


def _refuse(gathering: Gathering, row: int, archive: ZipArchive) -> None:
    """Raise `InputError` that says what an archive is, since it is no APK."""
    name = gathering.path(row)
    names = [entry.name for entry in archive.entries]
    if any(entry.flags & ENCRYPTED_FLAG for entry in archive.entries):
        says = "a zip archive locked with a password; unpack it first and hand in the .apk inside"
    elif any(one.startswith("Payload/") and ".app/" in one for one in names):
        says = "an iOS app (.ipa); witnessmark reads Android apps, so hand in an .apk"
    elif "BundleConfig.pb" in names or "base/manifest/AndroidManifest.xml" in names:
        says = "an Android App Bundle (.aab); build the .apk files from it (bundletool build-apks)"
    elif "[Content_Types].xml" in names:
        says = "an office document; hand in an .apk"
    elif any(one.endswith(".class") for one in names):
        says = "a Java archive without dex code; hand in the .apk that was built from it"
    elif "AndroidManifest.xml" in names:
        says = "an APK whose manifest cannot be read and that holds no code; get an undamaged copy"
    elif not names:
        says = "an empty or truncated zip archive; get an undamaged copy"
    else:
        says = "a zip archive without Android manifest or dex code; hand in the .apk itself"
    raise InputError(f"{name} is {says}")
