"""Manifests and string resources against androguard, in a process of its own.

``WITNESSMARK_PEER_PYTHON`` names a Python that has androguard, where the running one has not.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from apps.real import APPS, real_app
from witnessmark.formats.arsc import ResourceTable, read_arsc
from witnessmark.formats.axml import Attribute, read_axml
from witnessmark.formats.chunks import ValueType

DUMP = Path(__file__).resolve().with_name("androguard_dump.py")
INTAKE = DUMP.parents[1] / "apps" / "intake" / "intake.apk"
NAMES = ["intake", *sorted(set(APPS) - {"drozer-binder"})]


def androguard(path: Path) -> dict[str, Any]:
    python = os.environ.get("WITNESSMARK_PEER_PYTHON", "")
    if not python and importlib.util.find_spec("androguard") is None:
        pytest.skip("no androguard here, and WITNESSMARK_PEER_PYTHON names no Python that has it")
    command = [python or sys.executable, str(DUMP), str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    dumped: dict[str, Any] = json.loads(done.stdout)
    return dumped


def app(name: str) -> Path:
    return INTAKE if name == "intake" else real_app(name)


def member(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_element_and_attribute_of_the_manifest(name: str) -> None:
    path = app(name)
    theirs = androguard(path)["elements"]
    ours = []
    for element in read_axml(member(path, "AndroidManifest.xml")).elements:
        attributes = {spelled(one): in_its_words(one) for one in element.attributes}
        ours.append([element.name, [list(one) for one in sorted(attributes.items())]])
    assert ours == theirs


@pytest.mark.parametrize("name", NAMES)
def test_every_string_in_every_language(name: str) -> None:
    path = app(name)
    table = read_arsc(member(path, "resources.arsc"))
    ours = strings(table)
    compared = 0
    for by_locale in androguard(path)["strings"].values():
        for locale, texts in by_locale.items():
            wanted = "" if locale == "DEFAULT" else locale
            for number, text in texts.items():
                assert text in ours[wanted, int(number)], (wanted, number)
                compared += 1
            here = {number for known, number in ours if known == wanted}
            assert here == {int(number) for number in texts}, wanted
    assert compared or not ours


def strings(table: ResourceTable) -> dict[tuple[str, int], set[str]]:
    """Texts of each ``string`` resource by locale as folders write it, over all other qualifiers.

    A reference into the framework, whose table is not here, counts as empty, as there.
    """
    found: dict[tuple[str, int], set[str]] = {}
    for resource_id in table.resource_ids():
        if not (table.name(resource_id) or "").startswith("string/"):
            continue
        for config, value in table.values(resource_id):
            locale = f"{config.language}-r{config.region}" if config.region else config.language
            final = table.resolve(value.data, config.locale) if value.is_reference else value
            text = "" if final is None or final.is_reference else final.value
            found.setdefault((locale, resource_id), set()).add(text)
    return found


def spelled(attribute: Attribute) -> str:
    return f"{{{attribute.namespace}}}{attribute.name}" if attribute.namespace else attribute.name


def in_its_words(attribute: Attribute) -> str:
    """The value as androguard writes it: ids in capitals, numbers decimal."""
    if attribute.type in (ValueType.REFERENCE, ValueType.ATTRIBUTE):
        mark = "@" if attribute.type == ValueType.REFERENCE else "?"
        package = "android:" if attribute.data >> 24 == 1 else ""
        return f"{mark}{package}{attribute.data:08X}"
    if attribute.type == ValueType.FLOAT:
        return f"{float(attribute.value):f}"
    if attribute.type == ValueType.INT_HEX:
        return f"0x{attribute.data:08X}"
    return attribute.value
