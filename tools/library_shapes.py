"""Build the pack of shapes by which libraries are known again where their classes were renamed.

    python tools/library_shapes.py FOLDER --d8 D8.jar --platform android.jar [--beside APK ...]

FOLDER holds the archives that ``library_shapes.csv`` beside this file lists,
``GROUP+ARTIFACT-VERSION.jar`` or ``.aar``, as Maven Central has them; those that are missing are
told and left out. D8 (of R8's own file) turns each into dex code, kept in ``FOLDER/dex``. Whose a
class is, is told by its name, from the pack ``sdks``. A shape that two libraries have, or that a
class of another maker in one of the apps named by ``--beside`` has, is left out.
"""

from __future__ import annotations

import argparse
import csv
import io
import math
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from witnessmark.analyses.embeds._class_shapes import shapes_of  # noqa: E402
from witnessmark.analyses.embeds._ownership import is_marker  # noqa: E402
from witnessmark.facts.build import build_facts  # noqa: E402
from witnessmark.facts.search import used_strings  # noqa: E402
from witnessmark.facts.tables.code import CALLS, CLASSES, METHODS  # noqa: E402
from witnessmark.facts.view import Facts  # noqa: E402
from witnessmark.knowledge.load import load  # noqa: E402
from witnessmark.knowledge.packs.sdk_shapes import FEWEST_EXAMPLE, kept, shape_of  # noqa: E402
from witnessmark.knowledge.packs.sdks import Sdk, longest_prefix  # noqa: E402
from witnessmark.package.open import open_input  # noqa: E402

LIST = Path(__file__).with_suffix(".csv")
PACK = ROOT / "src/witnessmark/knowledge/data/sdk_shapes/shapes.csv"
MOST_CLASSES, MOST_SHAPES, FEWEST_SHAPES = 64, 12, 5
"""Classes of a library, shapes of a class, and shapes from which a class tells anything."""

RANK = {ord(kind): rank for rank, kind in enumerate("tamkc")}
"""Kinds of shapes, the most telling first."""

SAYS = "Shapes of classes of the library, from the files that its makers publish."


class Library(NamedTuple):
    """One file of the list."""

    group: str
    artifact: str
    version: str
    form: str

    @property
    def label(self) -> str:
        """As the pack names it."""
        return f"{self.artifact} {self.version}"

    @property
    def file(self) -> str:
        """Its name in the folder, without the ending."""
        return f"{self.group}+{self.artifact}-{self.version}"


Callers = dict[str, set[str]]
"""By class, the other classes that call it: the more, the likelier a shrinker leaves it in."""

Shapes = dict[str, dict[str, dict[int, tuple[int, set[int]]]]]
"""By library, class and shape: its kind, and the numbers of the files that have it."""


def dex_of(folder: Path, library: Library, d8: Path, platform: Path) -> Path | None:
    """The dex code of one file, made once; None where the file is missing or D8 refuses it."""
    made = folder / "dex" / f"{library.file}.zip"
    source = folder / f"{library.file}.{library.form}"
    if made.exists():
        return made
    if not source.exists():
        sys.stderr.write(f"missing: {source.name}\n")
        return None
    made.parent.mkdir(exist_ok=True)
    if library.form == "aar":
        with zipfile.ZipFile(source) as container:
            inner = container.read("classes.jar")
        source = made.with_suffix(".jar")
        source.write_bytes(inner)
    command = ["java", "-Xmx1500m", "-cp", str(d8), "com.android.tools.r8.D8", "--release"]
    command += ["--min-api", "21", "--lib", str(platform), "--output", str(made), str(source)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        sys.stderr.write(f"refused: {source.name}\n")
        return None
    return made


def read(path: Path) -> Facts:
    """The tables of one file; what flows through them is not needed."""
    return build_facts(open_input([path], digests=False))


def rows_by_owner(facts: Facts, prefixes: Mapping[str, str]) -> Mapping[str, list[int]]:
    """Class rows by library, empty for nobody that is known."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in range(len(facts.table(CLASSES))):
        name = facts.class_name(row)
        if not is_marker(name):
            found[prefixes.get(longest_prefix(name, prefixes), "")].append(row)
    return found


def collect(facts: Facts, prefixes: Mapping[str, str], number: int, found: Shapes) -> None:
    """Add what one file has."""
    for owner, rows in rows_by_owner(facts, prefixes).items():
        if not owner:
            continue
        told = shapes_of(facts, rows)
        for row, shape, kind in zip(
            told.classes.tolist(), told.shapes.tolist(), told.kinds.tolist(), strict=True
        ):
            of_class = found.setdefault(owner, {}).setdefault(facts.class_name(row), {})
            of_class.setdefault(shape, (kind, set()))[1].add(number)


def add_callers(facts: Facts, callers: Callers) -> None:
    """Add who calls whom in one file."""
    methods, calls = facts.table(METHODS), facts.table(CALLS)
    users = methods["class"][calls["method"]].astype(np.int64)
    used = methods["class"][calls["callee"]].astype(np.int64)
    across = (users >= 0) & (used >= 0) & (users != used)
    pairs = np.unique(np.stack([used[across], users[across]]), axis=1)
    for callee, caller in pairs.T.tolist():
        callers.setdefault(facts.class_name(callee), set()).add(facts.class_name(caller))


def shared(found: Shapes, beside: Iterable[Facts], prefixes: Mapping[str, str]) -> set[int]:
    """Shapes that do not tell one library from all others."""
    owners: dict[int, set[str]] = defaultdict(set)
    for owner, classes in found.items():
        for shapes in classes.values():
            for shape in shapes:
                owners[shape].add(owner)
    for app in beside:
        for owner, rows in rows_by_owner(app, prefixes).items():
            for shape in np.unique(shapes_of(app, rows).shapes).tolist():
                if shape in owners:
                    owners[shape].add(owner)
    return {shape for shape, whose in owners.items() if len(whose) > 1}


def chosen(
    classes: Mapping[str, Mapping[int, tuple[int, set[int]]]], common: set[int], callers: Callers
) -> Iterator[tuple[str, Sequence[tuple[int, set[int]]]]]:
    """The most telling classes and of each the most telling shapes, with their files."""
    telling = {
        name: sorted(
            (RANK[kind], -len(files), shape, files)
            for shape, (kind, files) in shapes.items()
            if shape not in common
        )
        for name, shapes in classes.items()
    }
    weights = {
        name: _weight(shapes) * math.log2(2 + len(callers.get(name, ())))
        for name, shapes in telling.items()
    }
    order = sorted(telling, key=lambda name: (-weights[name], name))
    for name in order[:MOST_CLASSES]:
        if len(telling[name]) >= FEWEST_SHAPES:
            yield name, _spread(telling[name])


def _weight(shapes: Sequence[tuple[int, int, int, set[int]]]) -> int:
    """How well a class tells its library, over all files: each file's shapes up to the most."""
    counts: dict[int, int] = defaultdict(int)
    for _, _, _, files in shapes:
        for number in files:
            counts[number] += 1
    return sum(min(count, MOST_SHAPES) for count in counts.values())


def _spread(shapes: Sequence[tuple[int, int, int, set[int]]]) -> list[tuple[int, set[int]]]:
    """Shapes until each file has the most, or all that it has."""
    counts: dict[int, int] = defaultdict(int)
    taken = []
    for _, _, shape, files in shapes:
        if any(counts[number] < MOST_SHAPES for number in files):
            taken.append((shape, files))
            for number in files:
                counts[number] += 1
    return taken


def line_of(name: str, shapes: Sequence[tuple[int, set[int]]], files: Sequence[int]) -> str:
    """One class as the pack spells it."""
    groups: dict[int, list[int]] = defaultdict(list)
    for shape, holders in shapes:
        groups[sum(1 << files.index(number) for number in holders)].append(shape)
    spelled = (
        f"{mask:x}:{''.join(f'{shape:08x}' for shape in sorted(some))}"
        for mask, some in sorted(groups.items())
    )
    return " ".join([name, *spelled])


def example_of(
    lines: Sequence[tuple[str, Sequence[tuple[int, set[int]]]]], texts: Mapping[int, str]
) -> list[str]:
    """Texts of one class by which it is told, none where no class has enough."""
    for _, shapes in lines:
        told = sorted({texts[shape] for shape, _ in shapes if shape in texts})
        if len(told) >= FEWEST_EXAMPLE:
            return told[:FEWEST_EXAMPLE]
    return []


def texts_of(facts: Facts) -> Iterator[tuple[int, str]]:
    """Shapes of texts that can stand in an example."""
    for content in used_strings(facts).texts:
        if content.isascii() and content.decode().isprintable() and len(content) < 60:
            text = content.decode()
            if text.strip() == text and not {"&", "|", "\\"} & set(text):
                yield kept(shape_of("text", content)), text


def main() -> None:
    """Read the list and write the pack."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--d8", type=Path, required=True)
    parser.add_argument("--platform", type=Path, required=True)
    parser.add_argument("--beside", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=PACK)
    given = parser.parse_args()
    with LIST.open(encoding="utf-8") as file:
        libraries = [Library(**row) for row in csv.DictReader(file)]
    prefixes = {
        prefix: sdk.id for sdk in load(["sdks"]).entries("sdks", Sdk) for prefix in sdk.code
    }
    found: Shapes = {}
    callers: Callers = {}
    texts: dict[int, str] = {}
    for number, library in enumerate(libraries):
        made = dex_of(given.folder, library, given.d8, given.platform)
        if made is not None:
            facts = read(made)
            collect(facts, prefixes, number, found)
            add_callers(facts, callers)
            texts.update(texts_of(facts))
    common = shared(found, (read(path) for path in given.beside), prefixes)
    given.out.parent.mkdir(exist_ok=True)
    given.out.write_text(pack_of(found, common, libraries, (texts, callers)), "utf-8")


def pack_of(
    found: Shapes,
    common: set[int],
    libraries: Sequence[Library],
    beside: tuple[Mapping[int, str], Callers],
) -> str:
    """The pack as CSV; ``beside`` are texts by shape, and who calls whom."""
    texts, callers = beside
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "says", "source", "versions", "classes", "matches", "not_matches"])
    for owner in sorted(found):
        lines = list(chosen(found[owner], common, callers))
        files = sorted({number for _, shapes in lines for _, some in shapes for number in some})
        example = example_of(lines, texts)
        if not example:
            sys.stderr.write(f"no example: {owner}, {len(lines)} classes\n")
            continue
        groups = sorted({f"{libraries[one].group}:{libraries[one].artifact}" for one in files})
        writer.writerow(
            [
                owner, SAYS, "Maven Central, " + ", ".join(groups),
                " | ".join(libraries[one].label for one in files),
                " | ".join(line_of(name, shapes, files) for name, shapes in lines),
                " & ".join(example), " & ".join(example[:1]),
            ]
        )  # fmt: skip
    return out.getvalue()


if __name__ == "__main__":
    main()
