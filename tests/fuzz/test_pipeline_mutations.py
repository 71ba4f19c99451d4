"""Injured apps through the whole road: a clear refusal or a report, never another exception."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from witnessmark import pipeline
from witnessmark.case.reader import case_file
from witnessmark.model.errors import InputError
from witnessmark.report.document import thaw

FIXTURES = Path(__file__).parents[1] / "apps"
APPS = ("intake/intake.apk", "intake/intake-r8.apk")
INJURIES = 10
MEMBERS = ("classes.dex", "resources.arsc", "AndroidManifest.xml")


def injured(data: bytes, chance: random.Random) -> bytes:
    """Bytes with one to eight flipped, or cut, or with a piece repeated."""
    broken = bytearray(data)
    match chance.randrange(4):
        case 0:
            del broken[chance.randrange(len(broken)) :]
        case 1:
            at = chance.randrange(len(broken))
            broken[at:at] = broken[max(0, at - 64) : at]
        case _:
            for _ in range(chance.randint(1, 8)):
                broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def injured_member(data: bytes, chance: random.Random) -> bytes:
    """The app with one member injured and packed anew, so that the injury reaches its reader."""
    chosen = chance.choice(MEMBERS)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, injured(content, chance) if name == chosen else content)
    return out.getvalue()


@pytest.mark.parametrize("seed", range(INJURIES))
@pytest.mark.parametrize("app", APPS)
def test_an_injured_app_is_reported_or_refused(app: str, seed: int, tmp_path: Path) -> None:
    chance = random.Random(f"{app} {seed}")
    data = (FIXTURES / app).read_bytes()
    path = tmp_path / "injured.apk"
    path.write_bytes(injured_member(data, chance) if seed % 4 else injured(data, chance))
    case = tmp_path / "case"
    try:
        pipeline.examine([path], case)
    except InputError:
        assert not case.exists()
        return
    document = thaw(case_file(case, "findings.json").read_bytes())
    crashed = [gap.why for gap in document.gaps if "internal error" in gap.why]
    assert crashed == []
