"""The compiled modules come to the same cases as Python does (decision 0070)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = sorted(
    str(path) for path in (ROOT / "tests" / "apps").glob("*/*.apk") if "-r8" not in path.name
)


def built(scratch: Path) -> Path:
    """The package as it is installed, its modules compiled; skips where that cannot be."""
    pytest.importorskip("mypyc", reason="mypyc is not installed: nothing to hold against Python")
    pytest.importorskip("setuptools", reason="setuptools is not installed")
    if not any(shutil.which(name) for name in ("cc", "gcc", "clang", "cl")):
        pytest.skip("no C compiler here: the modules run as Python only")
    copy = scratch / "source"
    copy.mkdir()
    for name in ("setup.py", "mypyc.ini", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__"))
    made = scratch / "made"
    command = [sys.executable, "setup.py", "-q", "build", "--build-lib", str(made)]
    environment = {k: v for k, v in os.environ.items() if k != "WITNESSMARK_PURE"}
    done = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert "without machine code" not in done.stderr, done.stderr[-4000:]
    return made


def test_without_a_compiler_the_modules_stay_python(tmp_path: Path) -> None:
    pytest.importorskip("setuptools", reason="setuptools is not installed")
    source = tmp_path / "source"
    (source / "pair").mkdir(parents=True)
    (source / "pair" / "one.py").write_text("HERE = True\n", "utf-8")
    (source / "one.c").write_text("int one;\n", "utf-8")
    script = (ROOT / "setup.py").read_text("utf-8")
    wanted = "setup(ext_modules=extensions(), "
    assert wanted in script
    replaced = (
        "setup(name='pair', packages=['pair'], ext_modules=[Extension('pair.one', ['one.c'])], "
    )
    (source / "setup.py").write_text(script.replace(wanted, replaced), "utf-8")
    command = [sys.executable, "setup.py", "-q", "build", "--build-lib", str(tmp_path / "made")]
    environment = {**os.environ, "CC": str(tmp_path / "no-such-compiler")}
    done = subprocess.run(
        command, cwd=source, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "without machine code" in done.stderr
    assert sorted(one.name for one in (tmp_path / "made" / "pair").iterdir()) == ["one.py"]


def examined(source: Path) -> dict[str, Any]:
    """What examining our own apps with the package below ``source`` comes to."""
    command = [sys.executable, str(Path(__file__).with_name("examining.py")), *APPS]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_compiled_modules_make_the_same_cases(tmp_path: Path) -> None:
    made = built(tmp_path)
    compiled, plain = examined(made), examined(ROOT / "src")
    assert compiled["machine code"]
    assert not plain["machine code"]
    assert len(APPS) > 12
    assert compiled["cases"] == plain["cases"]
