r"""Build the second table by which Java source is resolved: public members of open libraries.

    python tools/java_libraries.py FOLDER --out src/witnessmark/formats/java/libraries.csv

A decompiled tree often lacks the libraries that its code calls. FOLDER holds the archives that
``java_libraries.csv`` beside this file lists, ``ARTIFACT-VERSION.jar`` or ``.aar``, as Maven
Central and Google's Maven repository have them; those that are missing are told and left out.
Only facts of class files are taken, as for the platform; so is the form.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from java_platform import PUBLIC, Outline, outline, row

LIST = Path(__file__).with_suffix(".csv")
TABLE = Path(__file__).resolve().parents[1] / "src/witnessmark/formats/java/platform.csv"
INSIDE = frozenset(
    ("internal", "shaded", "repackaged", "impl", "deser", "ser", "introspect", "jsontype")
)
"""Parts of names of packages that callers outside do not use."""
USED = "kotlin/jvm/internal/"
"""The package of that kind that all compiled code calls."""


def classes(archive: Path) -> Iterator[Outline]:
    """Classes of a jar, or of the jar in an aar, outside of packages of its own."""
    with zipfile.ZipFile(archive) as container:
        names = container.namelist()
        if "classes.jar" in names:
            data = io.BytesIO(container.read("classes.jar"))
            with zipfile.ZipFile(data) as inner:
                yield from _offered(inner)
        else:
            yield from _offered(container)


def _offered(container: zipfile.ZipFile) -> Iterator[Outline]:
    for entry in sorted(container.namelist()):
        parts = entry.removesuffix(".class").split("/")
        if not entry.endswith(".class") or entry.startswith("META-INF") or parts[-1] in (
            "package-info", "module-info",
        ):  # fmt: skip
            continue
        if INSIDE.isdisjoint(parts) or entry.startswith(USED):
            yield outline(container.read(entry))


def reachable(known: Mapping[str, Outline]) -> Iterator[str]:
    """Public classes and those that these extend, which may be closed and hand down members."""
    for name, found in known.items():
        if found.access & PUBLIC:
            above: str | None = name
            while above in known:
                yield above
                above = known[above].super_name


def listed_in_full() -> frozenset[str]:
    """Classes that the platform's table lists with their members."""
    rows = (line.split("\t", 2) for line in TABLE.read_text("utf-8").splitlines()[1:])
    return frozenset(name for name, flags, _ in rows if "?" not in flags)


def main() -> None:
    """Read the archives in order and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    known: dict[str, Outline] = {}
    with LIST.open(encoding="utf-8", newline="") as listed:
        for one in csv.DictReader(listed):
            archive = given.folder / f"{one['artifact']}-{one['version']}.{one['form']}"
            if not archive.is_file():
                sys.stderr.write(f"{archive.name} is not there\n")
                continue
            for found in classes(archive):
                known.setdefault(found.name, found)
    without = listed_in_full()
    with given.out.open("w", encoding="utf-8", newline="") as out:
        out.write("class\tflags\tabove\tfields\tmethods\n")
        for name in sorted(set(reachable(known)) - without):
            out.write("\t".join(row(known[name], known)) + "\n")


if __name__ == "__main__":
    main()
