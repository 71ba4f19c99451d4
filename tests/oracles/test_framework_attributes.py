"""The shipped attribute names against the framework that they are said to come from."""

from __future__ import annotations

import runpy
import zipfile
from pathlib import Path

import pytest

from witnessmark.formats.arsc import read_arsc
from witnessmark.formats.axml import public_attribute_names

FRAMEWORK = Path("/usr/share/android-framework-res/framework-res.apk")
TOOL = Path(__file__).resolve().parents[2] / "tools" / "framework_attributes.py"


def test_shipped_names_are_those_of_the_framework() -> None:
    if not FRAMEWORK.is_file():
        pytest.skip("framework-res.apk (Debian android-framework-res) is not installed")
    with zipfile.ZipFile(FRAMEWORK) as archive:
        table = read_arsc(archive.read("resources.arsc"))
    public = dict(runpy.run_path(str(TOOL))["public_attributes"](table))
    shipped = public_attribute_names()
    assert {number: shipped.get(number) for number in public} == public
