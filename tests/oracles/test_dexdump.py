"""Every use of a name, line, handler and class in code against dexdump: place by place.

``WITNESSMARK_DROIDBENCH`` names a folder of APKs that are compared, too.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from apps.real import APPS, real_app
from oracles.dex_rows import our_rows
from oracles.dexdump_rows import Dump, dexdump

FIXTURES = Path(__file__).resolve().parents[1] / "apps"
OWN = (
    "intake/intake.apk", "intake/intake-r8.apk", "values/values.dex", "flows/flows.apk",
    "requests/requests.apk", "registry/registry-r8.apk",
)  # fmt: skip
BENCHMARK = "WITNESSMARK_DROIDBENCH"
COMPARED = ("calls", "fields", "types", "strings", "lines", "handlers")


def assert_alike(path: Path) -> Dump:
    if shutil.which("dexdump") is None:
        pytest.skip("dexdump is not installed")
    theirs = dexdump(path)
    ours, dex = our_rows(path)
    assert not dex.anomalies
    assert ours.classes == theirs.classes
    assert ours.instructions == theirs.instructions
    for kind in COMPARED:
        found, expected = getattr(ours, kind), getattr(theirs, kind)
        assert found == expected, (kind, list((found - expected).items())[:3],
                                   list((expected - found).items())[:3])  # fmt: skip
    return theirs


@pytest.mark.parametrize("name", OWN)
def test_own_fixtures(name: str) -> None:
    assert sum(assert_alike(FIXTURES / name).calls.values()) > 0


@pytest.mark.parametrize("name", sorted(APPS))
def test_real_apps(name: str) -> None:
    assert_alike(real_app(name))


def test_benchmark_apps() -> None:
    folder = os.environ.get(BENCHMARK, "")
    if not folder:
        pytest.skip(f"{BENCHMARK} names no folder of APKs")
    apps = sorted(Path(folder).rglob("*.apk"))
    assert apps
    for app in apps:
        assert_alike(app)
