"""Make ``attributes.csv``: resource ids and names of Android's public attributes.

    python tools/framework_attributes.py FRAMEWORK_RES_APK SOURCE > attributes.csv

FRAMEWORK_RES_APK is any ``framework-res.apk`` (Debian: package ``android-framework-res``) or
``android.jar``; SOURCE names it for the first line. Only facts are taken: the id and name of each
attribute that the framework marks as public.
"""

from __future__ import annotations

import csv
import sys
import zipfile
from pathlib import Path

from witnessmark.formats.arsc import ResourceTable, read_arsc


def public_attributes(table: ResourceTable) -> list[tuple[int, str]]:
    """Id and name of every public attribute, by id."""
    rows = []
    for resource_id in table.resource_ids():
        name = table.name(resource_id) or ""
        if name.startswith("attr/") and table.is_public(resource_id):
            rows.append((resource_id, name.removeprefix("attr/")))
    return rows


def main(framework: str, source: str) -> None:
    """Write the table to standard output."""
    with zipfile.ZipFile(Path(framework)) as archive:
        table = read_arsc(archive.read("resources.arsc"))
    sys.stdout.write(f"# public attributes of {source}; made by tools/framework_attributes.py\n")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("id", "name"))
    writer.writerows((f"0x{number:08x}", name) for number, name in public_attributes(table))


if __name__ == "__main__":
    main(*sys.argv[1:])
