"""Our reading of manifests, layouts and resource tables against aapt's, line by line."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from apps.real import APPS, real_app
from oracles import aapt_dialect
from witnessmark.formats.arsc import ResourceTable, Value, read_arsc
from witnessmark.formats.axml import Attribute, XmlTree, read_axml

HERE = Path(__file__).resolve().parent
INTAKE = HERE.parent / "apps" / "intake" / "intake.apk"
EXPECTED = HERE / "expected"
FRAMEWORK = Path("/usr/share/android-framework-res/framework-res.apk")
WITH_MANIFEST = sorted(set(APPS) - {"drozer-binder"})
LAYOUTS_EACH = 25


def member(apk: Path, name: str) -> bytes:
    with zipfile.ZipFile(apk) as archive:
        return archive.read(name)


def aapt(*arguments: str) -> str:
    if shutil.which("aapt") is None:
        pytest.skip("aapt is not installed")
    done = subprocess.run(["aapt", "dump", *arguments], capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace")


def app(name: str) -> Path:
    if name != "framework":
        return real_app(name)
    if not FRAMEWORK.is_file():
        pytest.skip("framework-res.apk (Debian android-framework-res) is not installed")
    return FRAMEWORK


def assert_same_resources(table: ResourceTable, dump: str) -> int:
    theirs, ours = aapt_dialect.resources(dump), aapt_dialect.our_resources(table)
    assert sorted(ours) == sorted(theirs)
    different = [key for key in theirs if ours[key] != theirs[key]]
    assert not different, [(ours[key], theirs[key]) for key in different[:3]]
    return len(theirs)


def test_intake_manifest_as_aapt_dumped_it() -> None:
    tree = read_axml(member(INTAKE, "AndroidManifest.xml"))
    dump = (EXPECTED / "intake-manifest.txt").read_text("utf-8")
    assert aapt_dialect.our_xml_lines(tree) == aapt_dialect.xml_lines(dump)
    assert tree.anomalies == ()


def test_intake_layout_as_aapt_dumped_it() -> None:
    tree = read_axml(member(INTAKE, "res/layout/intake.xml"))
    dump = (EXPECTED / "intake-layout.txt").read_text("utf-8")
    assert aapt_dialect.our_xml_lines(tree) == aapt_dialect.xml_lines(dump)


def test_intake_resources_as_aapt_dumped_them() -> None:
    table = read_arsc(member(INTAKE, "resources.arsc"))
    dump = (EXPECTED / "intake-resources.txt").read_text("utf-8")
    assert assert_same_resources(table, dump) == 23
    assert table.anomalies == ()


def test_intake_badging_as_aapt_dumped_it() -> None:
    assert_same_badging(INTAKE, (EXPECTED / "intake-badging.txt").read_text("utf-8"))


@pytest.mark.parametrize("name", [*WITH_MANIFEST, "framework"])
def test_manifest(name: str) -> None:
    path = app(name)
    tree = read_axml(member(path, "AndroidManifest.xml"))
    dump = aapt("xmltree", str(path), "AndroidManifest.xml")
    assert aapt_dialect.our_xml_lines(tree) == aapt_dialect.xml_lines(dump)


@pytest.mark.parametrize("name", WITH_MANIFEST)
def test_layouts(name: str) -> None:
    path = app(name)
    with zipfile.ZipFile(path) as archive:
        compiled = [one for one in archive.namelist() if re.fullmatch(r"res/.*\.xml", one)]
    for one in compiled[:: max(1, len(compiled) // LAYOUTS_EACH)]:
        data = member(path, one)
        if not data.startswith(b"\x03\x00"):
            continue
        tree, dump = read_axml(data), aapt("xmltree", str(path), one)
        assert aapt_dialect.our_xml_lines(tree) == aapt_dialect.xml_lines(dump), one


@pytest.mark.parametrize("name", [*WITH_MANIFEST, "framework"])
def test_every_resource_in_every_configuration(name: str) -> None:
    path = app(name)
    table = read_arsc(member(path, "resources.arsc"))
    assert_same_resources(table, aapt("--values", "resources", str(path)))


@pytest.mark.parametrize("name", WITH_MANIFEST)
def test_permissions_and_labels(name: str) -> None:
    assert_same_badging(app(name), aapt("badging", str(app(name))))


def assert_same_badging(path: Path, dump: str) -> None:
    """Package, versions, permissions, and the app's label in every language."""
    tree = read_axml(member(path, "AndroidManifest.xml"))
    table = read_arsc(member(path, "resources.arsc"))
    permissions = [
        shown(element.attribute("name"), table)
        for element in tree.elements
        if element.name == "uses-permission"
    ]
    assert sorted([*permissions, *implied(dump)]) == sorted(
        re.findall(r"^uses-permission: name='([^']*)'", dump, re.MULTILINE)
    )
    package = re.search(
        r"^package: name='([^']*)' versionCode='([^']*)' versionName='([^']*)'", dump
    )
    manifest = tree.elements[0]
    assert package is not None
    assert shown(manifest.attribute("package", ""), table) == package[1]
    assert shown(manifest.attribute("versionCode"), table) == package[2]
    assert shown(manifest.attribute("versionName"), table) == package[3]
    labels = dict(re.findall(r"^application-label-?([^:]*):'(.*)'$", dump, re.MULTILINE))
    attribute = application_label(tree)
    for locale, label in labels.items():
        assert shown(attribute, table, locale or None) == label.replace("\\'", "'"), locale


def implied(dump: str) -> list[str]:
    """Permissions that aapt adds because an old target version implies them."""
    return re.findall(r"^\s*uses-implied-permission: name='([^']*)'", dump, re.MULTILINE)


def application_label(tree: XmlTree) -> Attribute | None:
    for element in tree.elements:
        if element.name == "application":
            return element.attribute("label")
    return None


def shown(attribute: Attribute | None, table: ResourceTable, locale: str | None = None) -> str:
    """An attribute's value, references resolved; nothing for an absent one."""
    if attribute is None:
        return ""
    if not attribute.is_reference:
        return attribute.value
    value: Value | None = table.resolve(attribute.data, locale)
    return value.value if value is not None else ""
