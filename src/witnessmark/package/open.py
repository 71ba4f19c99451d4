"""From files handed in to one `App`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from witnessmark.model.errors import InputError
from witnessmark.model.gap import Gap
from witnessmark.package.app import App, Part
from witnessmark.package.archives import (
    COMPANION_ENDINGS,
    list_companion,
    list_nested,
    open_archive,
)
from witnessmark.package.gather import Gathering
from witnessmark.package.inputs import IMAGE, open_files
from witnessmark.package.parts import CODE_CHAPTERS, arrange, read_manifest, split_name
from witnessmark.package.tree import tree_part


def open_input(paths: Sequence[Path], *, digests: bool = True) -> App:
    """Open one app: an APK, an archive of split APKs, several split APKs, a folder into which
    an app was unpacked or decoded, or bare files.

    Bare files are .dex, .smali, .java, an AndroidManifest.xml, resources.arsc and .so. Without
    ``digests``, those of the files and members stay empty: a case needs them, tables of code in
    memory do not. Raises
    `InputError`, in a sentence that says what to do, where nothing of an app can be read.
    """
    files = open_files(paths, digests=digests)
    gathering = Gathering(tuple(one.input for one in files), digests=digests)
    rows = [
        gathering.add_file(number, one.data)
        if one.folder is None
        else gathering.add_folder(number, one.folder)
        for number, one in enumerate(files)
    ]
    companions = [row for row in rows if _is_companion(gathering, row)]
    for one in files:
        for at, why in one.notes:
            gathering.gaps.append(Gap(at, why, ("keeps", "hides")))
    apks = [row for row in rows if gathering.artifacts[row].type == "zip" and row not in companions]
    chosen: list[Part] = []
    bundled: list[Part] = []
    for row in apks:
        parts, is_bundle = open_archive(gathering, row)
        (bundled if is_bundle else chosen).extend(parts)
    trees = [row for row in rows if gathering.artifacts[row].type == "folder"]
    chosen += [_tree_part(gathering, row) for row in trees]
    parts_in_order = arrange(gathering, bundled + chosen, chosen=not bundled)
    bare = _bare_part(gathering, [row for row in rows if row not in (*apks, *trees, *companions)])
    for row in companions:
        list_companion(gathering, row)
    if not parts_in_order and bare is None:
        name = gathering.inputs[0].name
        raise InputError(f"{name} accompanies an app but is none; hand it in with the app's .apk")
    return App(
        gathering.inputs,
        tuple(gathering.artifacts),
        tuple(gathering.members),
        parts_in_order + ((bare,) if bare is not None else ()),
        tuple(dict.fromkeys(gathering.oddities)),
        tuple(sorted(set(gathering.gaps))),
        gathering.blobs,
    )


def _is_companion(gathering: Gathering, row: int) -> bool:
    return gathering.path(row).lower().endswith(COMPANION_ENDINGS)


def _tree_part(gathering: Gathering, row: int) -> Part:
    part = tree_part(gathering, row)
    list_nested(gathering, row)
    return part


def _bare_part(gathering: Gathering, rows: Sequence[int]) -> Part | None:
    """Files handed in without an APK around them, as one part."""
    if not rows:
        return None
    by_type: dict[str, list[int]] = {}
    for row in rows:
        by_type.setdefault(gathering.artifacts[row].type, []).append(row)
    manifest = (by_type.get("axml", []) + by_type.get("xml", []) + [-1])[0]
    texts = (*by_type.get("smali", ()), *by_type.get("java", ()))
    tree = read_manifest(gathering, manifest)
    resources = by_type.get("arsc", [-1])[0]
    images = tuple(by_type.get(IMAGE, ()))
    for row in images:
        why = "is no dex file but holds some; instructions that the phone rewrote cannot be read"
        gathering.gaps.append(Gap(gathering.path(row), why, CODE_CHAPTERS))
    dex = tuple(by_type.get("dex", ()))
    return Part(split_name(tree), -1, None, manifest, tree, resources, dex, texts, images=images)
