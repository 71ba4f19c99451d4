"""Code that is missing from an app, and code that is there and damaged."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from witnessmark import pipeline
from witnessmark.analyses.hides._packed import look_for_hidden_code

APP = Path(__file__).parents[3] / "apps" / "direct" / "direct.apk"


def app_with(code: bytes, folder: Path, *, broken: bool) -> Path:
    """The fixture with other code; ``broken`` spoils what the archive holds of it."""
    path = folder / "app.apk"
    with zipfile.ZipFile(APP) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            if not one.filename.endswith(".dex"):
                new.writestr(one.filename, old.read(one))
        new.writestr("classes.dex", code)
        at = new.getinfo("classes.dex").header_offset
    data = bytearray(path.read_bytes())
    if broken:
        start = at + 30 + len("classes.dex")
        data[start : start + 64] = b"\xff" * 64
        path.write_bytes(data)
    return path


@pytest.mark.parametrize(("broken", "missing"), [(False, True), (True, False)])
def test_damaged_code_is_not_elsewhere(tmp_path: Path, broken: bool, missing: bool) -> None:
    other = (APP.parents[2] / "unit" / "analyses" / "sends" / "samples" / "patrol.dex").read_bytes()
    facts = pipeline.read_app([app_with(other, tmp_path, broken=broken)])
    assert bool(look_for_hidden_code(facts).missing) is missing
