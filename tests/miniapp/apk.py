"""Writes a whole mini app from the YAML of a case."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from miniapp.dex import write_dex
from miniapp.xml import ResourceIds, write_axml

TESTS = Path(__file__).parents[1]
NEVER = (1980, 1, 1, 0, 0, 0)
DEFAULT_MANIFEST = """<manifest xmlns:android="http://schemas.android.com/apk/res/android"
 package="org.example" android:versionCode="1" android:versionName="1.0">
 <uses-sdk android:minSdkVersion="21" android:targetSdkVersion="28"/>
 <application><activity android:name="org.example.Main" android:exported="true"/></application>
</manifest>"""


def write_apk(case: Mapping[str, Any]) -> bytes:
    """An APK with the manifest, strings, arrays, layouts, files and classes of a case.

    Keys, all optional: ``manifest`` (text XML), ``strings`` {name: text or {locale: text}},
    ``arrays`` {name: list or {locale: list}}, ``layouts`` / ``xml`` {name: text XML}, ``files``
    {member: "text" or "hex:..." or "sample:PATH" of a file below tests}, ``classes``.
    """
    manifest = case.get("manifest", DEFAULT_MANIFEST)
    ids = ResourceIds(_package(manifest))
    for kind, key in (("string", "strings"), ("array", "arrays")):
        for name, value in case.get(key, {}).items():
            for locale, text in value.items() if isinstance(value, dict) else (("", value),):
                ids.add(kind, name, text, locale)
    documents = {}
    for folder in ("layout", "xml", "menu"):
        for name, text in case.get({"layout": "layouts"}.get(folder, folder), {}).items():
            path = f"res/{folder}/{name}.xml"
            ids.add(folder, name, path)
            documents[path] = _declared(text)
    members = {"AndroidManifest.xml": write_axml(_declared(manifest), ids.resolve)}
    for path, text in documents.items():
        members[path] = write_axml(text, ids.resolve)
    if ids.types:
        members["resources.arsc"] = ids.write()
    if case.get("classes"):
        members["classes.dex"] = write_dex(case["classes"])
    for name, content in case.get("files", {}).items():
        members[name] = _content(content)
    return write_zip(members)


def _content(told: str) -> bytes:
    if told.startswith("hex:"):
        return bytes.fromhex(told[4:])
    if told.startswith("sample:"):
        return (TESTS / told.removeprefix("sample:")).read_bytes()
    return told.encode("utf-8")


def write_zip(members: Mapping[str, bytes]) -> bytes:
    """A plain zip with a fixed time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, NEVER), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _package(manifest: str) -> str:
    from xml.etree import ElementTree

    return ElementTree.fromstring(_declared(manifest)).get("package", "org.example")


def _declared(text: str) -> str:
    """``text`` with the android namespace declared, where a short case left it out."""
    if "xmlns:android" in text or "android:" not in text:
        return text
    head, bracket, rest = text.strip().partition(">")
    closing = "/" if head.endswith("/") else ""
    declaration = ' xmlns:android="http://schemas.android.com/apk/res/android"'
    return head.removesuffix("/") + declaration + closing + bracket + rest
