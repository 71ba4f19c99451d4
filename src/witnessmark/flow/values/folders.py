"""Folders and names that the platform gives an app, as the texts that people know them by.

Shared storage is written ``/sdcard`` and private storage ``/data/data/<package>``, whatever the
device at hand calls them. Source: Environment, Context and File at developer.android.com/reference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from witnessmark.flow.values.objects import HOLE, Step, Text, Value, joined_steps, text_of

SHARED: Final = "/sdcard"
FILE: Final = "Ljava/io/File;"
ENVIRONMENT: Final = "Landroid/os/Environment;"
STEP: Final = "given by the platform"
"""How the step that stands for a folder begins; letters of such a folder stand in no constant."""

_STATIC: Mapping[str, str] = {
    "getExternalStorageDirectory": SHARED,
    "getDownloadCacheDirectory": "/cache",
    "getRootDirectory": "/system",
    "getDataDirectory": "/data",
}
_PRIVATE: Mapping[str, str] = {
    "getFilesDir": "files",
    "getCacheDir": "cache",
    "getNoBackupFilesDir": "no_backup",
    "getDataDir": "",
    "getObbDir": "",
    "getExternalCacheDir": "cache",
}
_NAMED: Mapping[str, str] = {
    "getDir": "app_",
    "getDatabasePath": "databases/",
    "getFileStreamPath": "files/",
    "getExternalFilesDir": "files/",
}
"""Methods that take a name, and what comes before it."""

_OF_APPS: Mapping[str, str] = {
    "getExternalCacheDir": f"{SHARED}/Android/data/",
    "getExternalFilesDir": f"{SHARED}/Android/data/",
    "getObbDir": f"{SHARED}/Android/obb/",
}
DIRECTORIES: Mapping[str, str] = {
    "DIRECTORY_ALARMS": "Alarms", "DIRECTORY_AUDIOBOOKS": "Audiobooks", "DIRECTORY_DCIM": "DCIM",
    "DIRECTORY_DOCUMENTS": "Documents", "DIRECTORY_DOWNLOADS": "Download",
    "DIRECTORY_MOVIES": "Movies", "DIRECTORY_MUSIC": "Music",
    "DIRECTORY_NOTIFICATIONS": "Notifications", "DIRECTORY_PICTURES": "Pictures",
    "DIRECTORY_PODCASTS": "Podcasts", "DIRECTORY_RECORDINGS": "Recordings",
    "DIRECTORY_RINGTONES": "Ringtones", "DIRECTORY_SCREENSHOTS": "Screenshots",
}  # fmt: skip
"""Static fields of Environment and what they hold."""

FIELDS: Mapping[str, str] = {
    **{f"{ENVIRONMENT}->{name}": folder for name, folder in DIRECTORIES.items()},
    "Ljava/io/File;->separator": "/",
    "Ljava/io/File;->pathSeparator": ":",
}
"""Static fields of the platform that hold parts of paths, by ``Lowner;->name``."""


def platform_text(
    key: str, returns: str, given: Sequence[Value], package: str, place: tuple[int, int]
) -> Text | None:
    """The folder, or the app's own package name, that a call gives; None for any other call.

    ``key`` is ``Lowner;->name``, ``given`` the arguments with the receiver first where there is
    one. A name or package that is not known is a hole.
    """
    owner, _, name = key.partition("->")
    if name == "getPackageName" and len(given) == 1:
        return Text(package, (Step(f"{STEP}: {package}", *place),)) if package else None
    path = (
        _of_environment(name, given) if owner == ENVIRONMENT else _of_context(name, given, package)
    )
    if path is None or returns != FILE:
        return None
    steps = (_steps(one) for one in given)
    return Text(path, joined_steps(*steps, (Step(f"{STEP}: {path.replace(HOLE, '?')}", *place),)))


GIVEN_BY = frozenset({*_STATIC, *_PRIVATE, *_NAMED, "getExternalStoragePublicDirectory"})
"""Bare names of all methods that may give a folder of the platform."""


def may_be_given(owner: str, name: str) -> bool:
    """Whether a method of that name may give a folder of the platform."""
    if owner == ENVIRONMENT:
        return name in _STATIC or name == "getExternalStoragePublicDirectory"
    return name in _PRIVATE or name in _NAMED


def _steps(value: Value) -> tuple[Step, ...]:
    return value.steps if isinstance(value, Text) else ()


def _of_environment(name: str, given: Sequence[Value]) -> str | None:
    if name == "getExternalStoragePublicDirectory" and given:
        return f"{SHARED}/{_spelled(given[0])}"
    return _STATIC.get(name)


def _of_context(name: str, given: Sequence[Value], package: str) -> str | None:
    home = _OF_APPS.get(name, "/data/data/") + (package or HOLE)
    if name in _PRIVATE and len(given) == 1:
        return f"{home}/{_PRIVATE[name]}".rstrip("/")
    if name in _NAMED and len(given) > 1:
        inside = "" if given[1] == 0 else _spelled(given[1])
        return f"{home}/{_NAMED[name]}{inside}".rstrip("/")
    return None


def _spelled(value: Value) -> str:
    found = text_of(value, "Ljava/lang/String;")
    return HOLE if found is None else found.text
