"""Whose a folder is: the app's own, another app's, the system's, or shared by all apps."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from witnessmark.facts.tables.manifest import APP
from witnessmark.facts.view import Facts
from witnessmark.flow.values.folders import DIRECTORIES
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.formats.patterns import kept_regex

Owner = Literal["own", "made", "other", "system", "shared", "unknown"]

SHARED = kept_regex(
    r"^(?:file://)?(?:/mnt)?/(?:sdcard\d?|external_sd|extSdCard|usbotg|"
    r"storage(?:/(?:emulated/(?:\d+|legacy)|sdcard\d?|self/primary|extSdCard|[0-9A-F]{4}-[0-9A-F]{4}))?)(?=/|$)"
)
"""Where the platform keeps what all apps share; its folders have gone by several names."""

PRIVATE = kept_regex(r"^/data/(?:data|user(?:_de)?/\d+)/(?P<app>[\w.?]+)(?P<rest>/.*)?$")
OF_APPS = kept_regex(r"^/Android/(?:data|media|obb)/(?P<app>[\w.?]+)(?P<rest>/.*)?$")
PACKAGE = kept_regex(r"[A-Za-z]\w*(?:\.[A-Za-z]\w*)+")
USUAL = frozenset({*DIRECTORIES.values(), "Android", "tencent", "Tencent"})
"""Folders that devices have without the app."""

SYSTEM = (
    "/proc", "/sys", "/system", "/dev", "/vendor", "/etc", "/acct", "/product", "/apex", "/odm",
    "/d", "/init", "/sbin", "/bin", "/usr", "/cache", "/data/local", "/data/dalvik-cache",
)  # fmt: skip


def clean_path(text: str) -> str:
    """A path without ``file://``, doubled and closing strokes."""
    path = re.sub(r"/+", "/", text.strip().removeprefix("file://"))
    return path.rstrip("/") or ("/" if path else "")


def in_shared(path: str) -> str | None:
    """What follows in shared storage, ``""`` for all of it; None for any other place."""
    match = SHARED.match(path)
    return None if match is None else path[match.end() :]


def app_folder(path: str) -> tuple[str, str]:
    """Package and rest where a path lies in the folder of one app; empty for any other path."""
    match = PRIVATE.match(path)
    if match is None:
        inside = in_shared(path)
        spelled = path if inside is None else inside
        match = OF_APPS.match(spelled if spelled.startswith("/") else f"/{spelled}")
    return (match["app"], match["rest"] or "") if match else ("", "")


class Folders:
    """Folders as one app sees them."""

    def __init__(self, app: Facts) -> None:
        self._app = app

    @cached_property
    def package(self) -> str:
        """Package name of the app, empty where no manifest tells it."""
        rows = self._app.table(APP).rows("key", "value")
        return next((str(value) for key, value in rows if key == "package"), "")

    @cached_property
    def _made(self) -> frozenset[str]:
        """Folders in shared storage that the app itself makes, with those above that come along."""
        makers = {
            call
            for name in ("mkdir", "mkdirs")
            for call in self._app.calls_to("java.io.File", name)
        }
        rows = self._app.table(DERIVED_TEXTS).rows("call", "position", "text")
        paths = (clean_path(text) for call, at, text in rows if call in makers and at == -1)
        return frozenset(one for path in paths for one in _own_part(path))

    def owner(self, text: str) -> Owner:
        """Whose the folder or file ``text`` is."""
        path = clean_path(text)
        if not path.startswith("/"):
            return "unknown"
        package, _ = app_folder(path)
        if package:
            return self._of_package(package)
        if path in SYSTEM or path.startswith(tuple(f"{one}/" for one in SYSTEM)):
            return "system"
        if in_shared(path) is not None:
            return "made" if self._is_made(path) else "shared"
        return "shared" if path == "/" or path.startswith(("/data", "/mnt")) else "unknown"

    def _of_package(self, package: str) -> Owner:
        if not PACKAGE.fullmatch(package):
            return "unknown"
        return "own" if self.is_own(package) else "other"

    def is_own(self, package: str) -> bool:
        """Whether a package is the app's own, or one that goes by a longer or shorter name."""
        own = self.package
        return package == own or package.startswith(f"{own}.") or own.startswith(f"{package}.")

    def _is_made(self, path: str) -> bool:
        return any(
            path == one or path.startswith(f"{one}/") or (one[0] == "?" and path.endswith(one[1:]))
            for one in self._made
        )


def _own_part(path: str) -> list[str]:
    """A folder and those above it, up to what every device has."""
    if path.startswith("?/") and path.count("/") == 1:
        return [path]
    inside = in_shared(path)
    if not inside:
        return []
    names = inside.strip("/").split("/")
    usual = 1 if names[0] in USUAL else 0
    start = path[: len(path) - len(inside)]
    return [
        f"{start}/{'/'.join(names[:count])}"
        for count in range(usual + 1, len(names) + 1)
        if "?" not in names[:count]
    ]
