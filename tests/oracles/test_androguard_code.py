"""Calls, loaded strings, classes and permissions against androguard, edge by edge.

androguard runs in a process of its own; ``WITNESSMARK_PEER_PYTHON`` names a Python that has it,
where the running one has not. ``WITNESSMARK_DROIDBENCH`` names a folder of APKs to compare, too.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from apps.real import APPS, real_app
from witnessmark.facts.build import build_facts
from witnessmark.facts.tables.code import CALLS, CLASSES, STRING_USES
from witnessmark.facts.tables.manifest import PERMISSIONS
from witnessmark.facts.view import Facts
from witnessmark.package.open import open_input

DUMP = Path(__file__).resolve().with_name("androguard_code_dump.py")
FIXTURES = DUMP.parents[1] / "apps"
OWN = ("intake/intake.apk", "intake/intake-r8.apk", "flows/flows.apk", "requests/requests.apk")
BENCHMARK = "WITNESSMARK_DROIDBENCH"
Edge = tuple[str, int, str]
INVOKE_POLYMORPHIC = (0xFA, 0xFB)
NUMBERS = re.compile(r"\[+[ZBSCIJFD]->")


def androguard(path: Path) -> dict[str, Any]:
    python = os.environ.get("WITNESSMARK_PEER_PYTHON", "")
    if not python and importlib.util.find_spec("androguard") is None:
        pytest.skip("no androguard here, and WITNESSMARK_PEER_PYTHON names no Python that has it")
    command = [python or sys.executable, str(DUMP), str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    dumped: dict[str, Any] = json.loads(done.stdout)
    return dumped


def spelled(facts: Facts, method: int) -> str:
    """A method as androguard writes its full name; of an array it has the class of the items."""
    owner, _, rest = facts.method_signature(method).partition("->")
    name, _, proto = rest.partition("(")
    arguments = " ".join(facts.parameter_types(method))
    return f"{owner.lstrip('[')} {name} ({arguments}){proto.rpartition(')')[2]}"


def calls(facts: Facts) -> set[Edge]:
    """Calls but those that androguard leaves out and dexdump has: on arrays of numbers
    (``int[].clone()``), and invoke-polymorphic (``MethodHandle.invoke``).
    """
    return {
        (spelled(facts, caller), 2 * pc, spelled(facts, callee))
        for caller, pc, callee, opcode in facts.table(CALLS).rows(
            "method", "pc", "callee", "opcode"
        )
        if opcode not in INVOKE_POLYMORPHIC and not NUMBERS.match(facts.method_signature(callee))
    }


def strings(facts: Facts) -> Counter[Edge]:
    return Counter(
        (spelled(facts, method), 2 * pc, facts.string(string))
        for method, pc, string in facts.table(STRING_USES).rows("method", "pc", "string")
    )


def assert_alike(path: Path) -> None:
    theirs = androguard(path)
    facts = build_facts(open_input([path]))
    assert calls(facts) == {tuple(one) for one in theirs["calls"]}
    assert set(strings(facts)) == {tuple(one) for one in theirs["strings"]}
    declared = {
        facts.descriptor(kind)
        for kind, hidden in facts.table(CLASSES).rows("type", "shadowed")
        if not hidden
    }
    assert declared == set(theirs["classes"])
    asked = {
        name
        for kind, name in facts.table(PERMISSIONS).rows("kind", "name")
        if kind in ("uses", "uses_sdk_23")
    }
    assert asked == set(theirs["permissions"])


@pytest.mark.parametrize("name", OWN)
def test_own_fixtures(name: str) -> None:
    assert_alike(FIXTURES / name)


@pytest.mark.parametrize("name", sorted(set(APPS) - {"drozer-binder"}))
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
