"""Verdicts of Android's own verifier, and ours beside them.

``python tests/oracles/apksig_verdicts.py FOLDER`` prints the table of
docs/reference/signing-agreement.md for the APKs in FOLDER.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from witnessmark.formats.signing import Signatures, read_signatures
from witnessmark.formats.zip import read_zip, unpack

LEVELS = (23, 24, 30)
JARS = (
    Path("/usr/share/java/apksigner.jar"),
    Path("/usr/lib/android-sdk/build-tools/apksigner.jar"),
)
DRIVER = Path(__file__).with_name("ApksigVerdicts.java")
LIMIT = 1 << 28

REASONS = {
    "RSA/PSS Signature not available": "oracle's Java has no RSA-PSS under the name it asks for",
    "Missing AndroidManifest.xml": "oracle wants a manifest before it looks at signatures",
    "not a ZIP archive": "oracle refuses a directory of another size than declared; we read it",
}
"""Why the oracle may say no where we verify, by what its error says."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What apksig says at one level."""

    v1: bool
    v2: bool
    v3: bool
    error: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One scheme of one file; ``reason`` is empty where both agree or nothing explains it."""

    file: str
    scheme: str
    theirs: bool
    ours: str
    error: str

    @property
    def agrees(self) -> bool:
        return self.theirs == (self.ours == "verified")

    @property
    def reason(self) -> str:
        return next((why for part, why in REASONS.items() if part in self.error), "")


def missing_tool() -> str:
    """What is lacking to ask apksig; empty if nothing is."""
    if shutil.which("java") is None:
        return "no java on the path"
    if not any(jar.is_file() for jar in JARS):
        return "no apksigner.jar (Debian package apksigner)"
    return ""


def ask_apksig(files: Sequence[Path]) -> dict[tuple[str, int], Verdict]:
    """Verdict by file name and API level."""
    jar = next(jar for jar in JARS if jar.is_file())
    command = ["java", "-cp", str(jar), str(DRIVER), ",".join(map(str, LEVELS)), *map(str, files)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    verdicts = {}
    for line in done.stdout.splitlines():
        name, level, _, v1, v2, v3, error = line.split("\t")
        verdicts[name, int(level)] = Verdict(v1 == "true", v2 == "true", v3 == "true", error)
    return verdicts


def ask_ourselves(path: Path) -> Signatures:
    """Our reading of one file."""
    data = path.read_bytes()
    return read_signatures(data, read_zip(data), lambda entry: unpack(data, entry, LIMIT))


def compare(path: Path, verdicts: Mapping[tuple[str, int], Verdict]) -> list[Compared]:
    """Every scheme that we find, at the newest level at which Android looks at it; v1 always."""
    state = {result.scheme: result.state for result in ask_ourselves(path).schemes}
    has_v2, has_v3 = state["v2"] != "absent", state["v3"] != "absent"
    old = verdicts[path.name, 23 if has_v2 or has_v3 else 24]
    rows = [Compared(path.name, "v1", old.v1, state["v1"], old.error)]
    if has_v2:
        middle = verdicts[path.name, 24 if has_v3 else 30]
        rows.append(Compared(path.name, "v2", middle.v2, state["v2"], middle.error))
    if has_v3:
        new = verdicts[path.name, 30]
        rows.append(Compared(path.name, "v3", new.v3, state["v3"], new.error))
    return rows


def main(folder: Path) -> None:
    """Print the table."""
    files = sorted(folder.glob("*.apk"))
    verdicts = ask_apksig(files)
    rows = [row for path in files for row in compare(path, verdicts)]
    out = sys.stdout.write
    out("| scheme | compared | both verify | both refuse | differ |\n|---|---|---|---|---|\n")
    for scheme in ("v1", "v2", "v3"):
        mine = [row for row in rows if row.scheme == scheme]
        count = Counter((row.agrees, row.theirs) for row in mine)
        out(f"| {scheme} | {len(mine)} | {count[True, True]} | {count[True, False]} | "
            f"{count[False, True] + count[False, False]} |\n")  # fmt: skip
    out("\n| file | scheme | apksig | witnessmark | why |\n|---|---|---|---|---|\n")
    for row in rows:
        if not row.agrees:
            theirs = "verified" if row.theirs else "refused"
            out(f"| {row.file} | {row.scheme} | {theirs} | {row.ours} | {row.reason} |\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
