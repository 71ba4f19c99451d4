"""Make what facts knows of the framework: names of its public resources, symbols of attributes.

    python tools/framework_values.py FRAMEWORK_RES_APK SOURCE FOLDER

Writes ``framework_resources.csv`` (id, type/name and, for strings, the default text) and
``attribute_symbols.csv`` (the words for numbers in enum and flag attributes) into FOLDER.
FRAMEWORK_RES_APK is any ``framework-res.apk`` (Debian: package ``android-framework-res``);
SOURCE names it for the first line. Only facts are taken.
"""

from __future__ import annotations

import csv
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

from witnessmark.formats.arsc import ResourceTable, read_arsc

TYPE_KEY = "^type"
ENUM, FLAGS = 1 << 16, 1 << 17
"""``ResTable_map::TYPE_ENUM`` and ``TYPE_FLAGS``."""


def public_resources(table: ResourceTable) -> Iterable[tuple[str, str, str]]:
    """Id, ``type/name`` and default text of every public resource that is no attribute."""
    for resource_id in table.resource_ids():
        name = table.name(resource_id) or ""
        if name.startswith("attr/") or not table.is_public(resource_id):
            continue
        value = table.resolve(resource_id) if name.startswith("string/") else None
        yield f"0x{resource_id:08x}", name, (value.text or "") if value is not None else ""


def attribute_symbols(table: ResourceTable) -> Iterable[tuple[str, str, str, str]]:
    """Attribute, enum or flags, symbol, value, by attribute id and value."""
    for resource_id in table.resource_ids():
        name = table.name(resource_id) or ""
        value = table.resolve(resource_id) if name.startswith("attr/") else None
        items = (value.items or ()) if value is not None and table.is_public(resource_id) else ()
        kinds = next((item.data for item in items if item.key == TYPE_KEY), 0)
        if not kinds & (ENUM | FLAGS):
            continue
        for item in sorted(items, key=lambda one: (one.data, one.name)):
            symbol = table.name(item.name) or ""
            if symbol.startswith("id/"):
                kind = "enum" if kinds & ENUM else "flags"
                yield name.removeprefix("attr/"), kind, symbol[3:], f"0x{item.data:x}"


def write(path: Path, source: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """One table with its source in the first line."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        handle.write(f"# of {source}; made by tools/framework_values.py\n")
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(framework: str, source: str, folder: str) -> None:
    """Write both tables into ``folder``."""
    with zipfile.ZipFile(Path(framework)) as archive:
        table = read_arsc(archive.read("resources.arsc"))
    target = Path(folder)
    write(
        target / "framework_resources.csv", source, ("id", "name", "text"), public_resources(table)
    )
    header = ("attribute", "kind", "symbol", "value")
    write(target / "attribute_symbols.csv", source, header, attribute_symbols(table))


if __name__ == "__main__":
    main(*sys.argv[1:])
